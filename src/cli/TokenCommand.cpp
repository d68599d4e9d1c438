// tickmark token: API tokens of an account.
#include "cli/Command.h"
#include "tickmark/app/Accounts.h"

namespace tickmark::cli {
namespace {

struct TokenOptions {
    std::string account{};
    std::string name{};
    std::vector<std::string> scopes{};
    std::string expires{};
};

codec::Json tokenJson(const app::TokenInfo& token) {
    codec::Json scopes = codec::Json::array();
    for (const std::string& scope : token.scopes) scopes.push(scope);
    codec::Json json;
    json.set("name", token.name).set("account", token.account).set("scopes", std::move(scopes));
    json.set("expires", token.expires.iso()).set("revoked", token.revoked);
    if (token.lastUsed) json.set("last_used", token.lastUsed->iso());
    return json;
}

Outcome create(Program& program, const TokenOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_TRY(const domain::Actor actor, app::actorForCommand(*context, options.account));
    app::NewToken input{options.name, options.scopes, context->today().plusDays(90)};
    if (!options.expires.empty()) {
        TM_TRY(input.expires, Date::parse(options.expires));
    }
    TM_TRY(const auto made, app::createToken(*context, actor, input));
    print(program, tokenJson(made.info).set("token", made.token.reveal()),
          "Token " + made.info.name + " for " + made.info.account + ", until " + made.info.expires.iso() +
              ", shown once:\n" + made.token.reveal());
    return 0;
}

Outcome list(Program& program, const TokenOptions&) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
    TM_TRY(const auto tokens, app::listTokens(*context, machineOwner()));
    codec::Json json = codec::Json::array();
    std::string text;
    for (const auto& token : tokens) {
        json.push(tokenJson(token));
        text += token.name + "  " + token.account + "  until " + token.expires.iso() +
                (token.revoked ? "  (revoked)" : "") + "\n";
    }
    print(program, json, text);
    return 0;
}

Outcome revoke(Program& program, const TokenOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_CHECK(app::revokeToken(*context, machineOwner(), options.name));
    print(program, codec::Json().set("revoked", options.name), "Revoked " + options.name + ".");
    return 0;
}

}  // namespace

void addToken(CLI::App& root, Program& program) {
    CLI::App* group = root.add_subcommand("token", "API tokens: create, list, revoke");
    group->require_subcommand(1);
    auto created = std::make_shared<TokenOptions>();
    CLI::App* command = addCommand(*group, program, "create", "Make a token for an account", created, create);
    command->add_option("name", created->name, "What the token is for; unique")->required();
    command->add_option("--account", created->account, "Whose rights it has")->required();
    command->add_option("--scope", created->scopes, "read, write, evidence or admin; may be repeated")
        ->required();
    command->add_option("--expires", created->expires, "Last day (YYYY-MM-DD; default: in 90 days)");
    addCommand(*group, program, "list", "List tokens", std::make_shared<TokenOptions>(), list);
    auto revoked = std::make_shared<TokenOptions>();
    command = addCommand(*group, program, "revoke", "End a token", revoked, revoke);
    command->add_option("name", revoked->name, "The token's name")->required();
}

}  // namespace tickmark::cli

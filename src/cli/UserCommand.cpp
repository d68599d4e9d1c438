// tickmark user: accounts.
#include "cli/Command.h"
#include "tickmark/app/SecondFactor.h"
#include "tickmark/storage/Parties.h"

namespace tickmark::cli {
namespace {

struct CreateOptions {
    std::string account{};
    std::string name{};
    std::string role{};
    std::string until{};
    std::filesystem::path passwordFile{};
};

codec::Json partyJson(const domain::Party& party) {
    codec::Json json;
    json.set("account", party.account).set("name", party.name).set("role", domain::roleCode(party.role));
    json.set("disabled", party.disabled).set("rev", party.rev);
    if (party.validUntil) json.set("valid_until", party.validUntil->iso());
    return json;
}

Result<domain::Role> roleOf(const std::string& code) {
    if (const auto role = domain::roleFromCode(code)) return *role;
    return invalid(
        "enum", "--role", "There is no role \"" + code + "\".",
        "Roles are LA lead auditor, AU auditor, PO process owner, AO action owner, IM improvement manager, "
        "TM top management, XA certification auditor, AD administrator.");
}

Result<std::optional<Date>> dateOf(const std::string& field, const std::string& text) {
    if (text.empty()) return std::optional<Date>{};
    auto date = Date::parse(text);
    if (date) return std::optional<Date>(*date);
    Error error = std::move(date).error();
    error.field = field;
    return error;
}

Outcome create(Program& program, const CreateOptions& options) {
    app::NewAccount input;
    input.account = options.account;
    input.name = options.name;
    TM_TRY(input.role, roleOf(options.role));
    TM_TRY(input.validUntil, dateOf("--until", options.until));
    if (!options.passwordFile.empty()) {
        TM_TRY(input.password, secretFrom(options.passwordFile, "Password", true));
    }
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_TRY(const auto made, app::createAccount(*context, machineOwner(), input));
    codec::Json json = partyJson(made.party);
    std::string text =
        "Created " + made.party.account + " (" + std::string(domain::roleName(made.party.role)) + ").";
    if (!made.password.empty()) {
        json.set("password", made.password.reveal());
        text += "\nPassword: " + made.password.reveal() + "   (shown once)";
    }
    print(program, json, text);
    return 0;
}

struct ListOptions {};

Outcome list(Program& program, const ListOptions&) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
    TM_TRY(const auto parties, app::listAccounts(*context, machineOwner()));
    codec::Json json = codec::Json::array();
    std::string text;
    for (const auto& party : parties) {
        json.push(partyJson(party));
        text += std::string(domain::roleCode(party.role)) + "  " + party.account +
                std::string(party.account.size() < 16 ? 16 - party.account.size() : 1, ' ') + party.name +
                (party.disabled ? "  (disabled)" : "") +
                (party.validUntil ? "  until " + party.validUntil->iso() : "") + "\n";
    }
    print(program, json, text);
    return 0;
}

struct ChangeOptions {
    std::string account{};
    bool disable = false;
    bool enable = false;
    std::string until{};
};

Outcome change(Program& program, const ChangeOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    app::AccountChange wish;
    if (options.disable) wish.disabled = true;
    if (options.enable) wish.disabled = false;
    if (options.until == "never") {
        wish.validUntil = std::optional<Date>{};
    } else if (!options.until.empty()) {
        TM_TRY(wish.validUntil, dateOf("--until", options.until));
    }
    auto stored = context->database->read(
        [&](storage::ReadSession& session) { return storage::findPartyByAccount(session, options.account); });
    if (!stored) return std::move(stored).error();
    wish.rev = stored->rev;
    TM_TRY(const auto party, app::changeAccount(*context, machineOwner(), options.account, wish));
    print(program, partyJson(party), "Changed " + party.account + ".");
    return 0;
}

struct PasswordOptions {
    std::string account{};
    std::filesystem::path passwordFile{};
};

Outcome setPassword(Program& program, const PasswordOptions& options) {
    Secret wish;
    if (!options.passwordFile.empty()) {
        TM_TRY(wish, secretFrom(options.passwordFile, "New password", true));
    }
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_TRY(const Secret invented, app::setPassword(*context, machineOwner(), options.account, {}, wish));
    codec::Json json;
    json.set("account", options.account);
    std::string text = "Set the password of " + options.account + "; its sessions ended.";
    if (!invented.empty()) {
        json.set("password", invented.reveal());
        text += "\nPassword: " + invented.reveal() + "   (shown once)";
    }
    print(program, json, text);
    return 0;
}

struct ResetOptions {
    std::string account{};
    std::string reason{};
};

Outcome resetFactor(Program& program, const ResetOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_CHECK(app::resetSecondFactor(*context, machineOwner(), options.account, options.reason));
    codec::Json json;
    json.set("account", options.account).set("second_factor", false);
    print(program, json, "Reset the second factor of " + options.account + "; its sessions ended.");
    return 0;
}

}  // namespace

void addUser(CLI::App& root, Program& program) {
    CLI::App* group = root.add_subcommand("user", "Accounts: create, list, change, password, second factor");
    group->require_subcommand(1);
    auto created = std::make_shared<CreateOptions>();
    CLI::App* command = addCommand(*group, program, "create", "Create an account", created, create);
    command->add_option("account", created->account, "Sign-in name")->required();
    command->add_option("--role", created->role, "LA, AU, PO, AO, IM, TM, XA or AD")->required();
    command->add_option("--name", created->name,
                        "What is shown, e.g. \"Process owner, Incident management\"");
    command->add_option("--until", created->until, "Last day on which it may sign in (YYYY-MM-DD)");
    command->add_option("--password-file", created->passwordFile, "File whose first line is the password");
    addCommand(*group, program, "list", "List accounts", std::make_shared<ListOptions>(), list);
    auto changed = std::make_shared<ChangeOptions>();
    command = addCommand(*group, program, "change", "Disable, enable or limit an account", changed, change);
    command->add_option("account", changed->account, "Sign-in name")->required();
    auto* disable = command->add_flag("--disable", changed->disable, "It may not sign in any more");
    command->add_flag("--enable", changed->enable, "It may sign in again")->excludes(disable);
    command->add_option("--until", changed->until, "Last day (YYYY-MM-DD), or never");
    auto password = std::make_shared<PasswordOptions>();
    command = addCommand(*group, program, "password", "Set a new password", password, setPassword);
    command->add_option("account", password->account, "Sign-in name")->required();
    command->add_option("--password-file", password->passwordFile,
                        "File whose first line is the new password");
    auto reset = std::make_shared<ResetOptions>();
    command = addCommand(*group, program, "second-factor-reset",
                         "Turn off the second factor of somebody who lost it", reset, resetFactor);
    command->add_option("account", reset->account, "Sign-in name")->required();
    command->add_option("--reason", reset->reason, "Kept in the log")->required();
}

}  // namespace tickmark::cli

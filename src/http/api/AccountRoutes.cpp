// Accounts, tokens, and the people one may name.
#include "http/api/Answers.h"
#include "http/api/Describe.h"
#include "http/api/Rows.h"
#include "tickmark/app/Accounts.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

Result<Response> listAccounts(Call& call) {
    TM_TRY(const auto parties, app::listAccounts(call.context(), call.actor()));
    Json items = Json::array();
    for (const domain::Party& party : parties) items.push(describe(party));
    Json document = Json::object();
    document.set("items", std::move(items));
    return documentAnswer(document);
}

Result<Response> listParties(Call& call) {
    TM_TRY(const auto parties, app::assignableParties(call.context(), call.actor()));
    Json items = Json::array();
    for (const domain::Party& party : parties) {
        Json item = Json::object();
        item.set("account", party.account).set("name", party.name).set("role", domain::roleCode(party.role));
        items.push(std::move(item));
    }
    Json document = Json::object();
    document.set("items", std::move(items));
    return documentAnswer(document);
}

std::optional<domain::Role> roleFrom(std::string_view code) noexcept { return domain::roleFromCode(code); }

Result<Response> createAccount(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    app::NewAccount input;
    input.account = reader.text("account");
    input.name = reader.text("name");
    [[maybe_unused]] const std::string needed = reader.text("role");
    input.role = choiceOf<domain::Role>(reader, "role", roleFrom, domain::Role::Auditor);
    input.validFrom = dateOf(reader, "valid_from");
    input.validUntil = dateOf(reader, "valid_until");
    input.password = Secret(reader.textOr("password", ""));
    TM_CHECK(reader.finish());
    TM_TRY(const app::CreatedAccount made,
           app::createAccount(call.context(), call.actor(), std::move(input)));
    Json document = describe(made.party);
    if (!made.password.empty()) document.set("password", made.password.reveal());
    Response response = documentAnswer(document, made.party.rev);
    response.status = 201;
    response.add("Location", "/api/v1/accounts/" + made.party.account);
    return response;
}

/// `valid_until` set to null takes the limit away.
Result<app::AccountChange> readChange(const Json& body) {
    codec::JsonReader reader(body);
    app::AccountChange change;
    if (reader.has("name")) change.name = reader.textOr("name", "");
    if (reader.has("disabled")) change.disabled = reader.booleanOr("disabled", false);
    if (const Json* until = reader.member("valid_until"); until != nullptr) {
        if (until->isNull())
            change.validUntil = std::optional<Date>{};
        else
            change.validUntil = dateOf(reader, "valid_until");
    }
    if (const Json* from = reader.member("valid_from"); from != nullptr) {
        change.validFrom = from->isNull() ? std::optional<Date>{} : dateOf(reader, "valid_from");
    }
    if (reader.has("role")) {
        change.role = domain::roleFromCode(reader.textOr("role", ""));
        if (!change.role) {
            reader.complain(invalid("role", "role", "There is no such role.",
                                    "Write a two-letter code: LA, AU, PO, AO, IM, TM, XA or AD."));
        }
    }
    TM_CHECK(reader.finish());
    return change;
}

Result<Response> changeAccount(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    TM_TRY(app::AccountChange change, readChange(body));
    change.rev = rev;
    TM_TRY(const domain::Party party,
           app::changeAccount(call.context(), call.actor(), call.path("account"), change));
    return documentAnswer(describe(party), party.rev);
}

Result<Response> setPassword(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const Secret before(reader.textOr("old_password", ""));
    const Secret after(reader.textOr("new_password", ""));
    TM_CHECK(reader.finish());
    TM_TRY(const Secret invented,
           app::setPassword(call.context(), call.actor(), call.path("account"), before, after, call.code()));
    if (invented.empty()) return noContent();
    Json document = Json::object();
    document.set("password", invented.reveal());
    return documentAnswer(document);
}

Json describeToken(const app::TokenInfo& token) {
    Json item = Json::object();
    item.set("name", token.name)
        .set("account", token.account)
        .set("scopes", texts(token.scopes))
        .set("expires", token.expires.iso())
        .set("revoked", token.revoked);
    if (token.lastUsed) item.set("last_used", token.lastUsed->iso());
    return item;
}

Result<Response> listTokens(Call& call) {
    TM_TRY(const auto tokens, app::listTokens(call.context(), call.actor()));
    Json items = Json::array();
    for (const app::TokenInfo& token : tokens) items.push(describeToken(token));
    Json document = Json::object();
    document.set("items", std::move(items));
    return documentAnswer(document);
}

Result<Response> createToken(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    app::NewToken input;
    input.name = reader.text("name");
    input.scopes = reader.textsOr("scopes", {});
    [[maybe_unused]] const std::string needed = reader.text("expires");
    input.expires = dateOf(reader, "expires").value_or(Date{});
    TM_CHECK(reader.finish());
    TM_TRY(const app::CreatedToken made, app::createToken(call.context(), call.actor(), input));
    Json document = describeToken(made.info);
    document.set("token", made.token.reveal());
    Response response = documentAnswer(document);
    response.status = 201;
    return response;
}

Result<Response> revokeToken(Call& call) {
    TM_CHECK(app::revokeToken(call.context(), call.actor(), call.path("name")));
    return noContent();
}

}  // namespace

std::vector<ApiRow> accountRows() {
    const std::string accounts = "/api/v1/accounts";
    const std::string tokens = "/api/v1/tokens";
    return {
        {"GET", accounts, "accounts.list", "AD", "Every account", listAccounts},
        {"POST", accounts, "accounts.create", "AD", "Create an account", createAccount},
        {"PATCH", accounts + "/{account}", "accounts.change", "AD", "Change, disable or enable an account",
         changeAccount},
        {"POST", accounts + "/{account}/password", "accounts.password", "all",
         "Set one's own password, or anyone's as administrator", setPassword},
        {"GET", "/api/v1/parties", "parties.list", "LA AU PO AO IM TM AD", "People one may name",
         listParties},
        {"GET", tokens, "tokens.list", "all", "One's own tokens; all for the administrator", listTokens},
        {"POST", tokens, "tokens.create", "all", "Make a token for a program", createToken},
        {"DELETE", tokens + "/{name}", "tokens.revoke", "all", "Revoke a token", revokeToken},
    };
}

}  // namespace tickmark::http::api

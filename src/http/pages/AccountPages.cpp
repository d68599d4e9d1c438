// Accounts, as the administrator keeps them. MePages.cpp holds what everybody does with their own.
#include <algorithm>
#include <array>

#include "http/pages/AdminPages.h"
#include "http/pages/People.h"
#include "tickmark/app/SecondFactor.h"

namespace tickmark::http::pages {
namespace {

using domain::Party;
using domain::Role;

constexpr std::array<Role, 8> allRoles{
    Role::LeadAuditor,        Role::Auditor,       Role::ProcessOwner,         Role::ActionOwner,
    Role::ImprovementManager, Role::TopManagement, Role::CertificationAuditor, Role::Administrator};

/// What was typed into the form of a new account.
struct NewInput {
    std::string account{};
    std::string name{};
    std::string role{"AU"};
    std::string until{};
    std::string from{};
};

std::string capital(std::string_view words) {
    std::string out(words);
    if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - ('a' - 'A'));
    return out;
}

void putStanding(view::Model& row, const Party& party, Date today) {
    if (party.disabled)
        putWord(row, "STATUS", "neutral", "i-pause", "Disabled");
    else if (party.validUntil && *party.validUntil < today)
        putWord(row, "STATUS", "warn", "i-dashed", "Past its last day");
    else if (party.validFrom && today < *party.validFrom)
        putWord(row, "STATUS", "neutral", "i-dashed", "Not yet");
    else
        putWord(row, "STATUS", "good", "i-tick", "Open");
}

void putParty(view::Model& row, const Party& party, const Caller& caller, bool secondFactor, Date today) {
    const std::string address = "/admin/accounts/" + encoded(party.account);
    row.set("ANCHOR", "account-" + party.account).set("ACCOUNT", party.account).set("NAME", party.name);
    row.say("ROLE", capital(domain::roleName(party.role)))
        .set("SINCE", view::timeText(party.createdAt).substr(0, 10));
    row.setIf("UNTIL", party.validUntil ? party.validUntil->iso() : "");
    row.setIf("FROM", party.validFrom ? party.validFrom->iso() : "");
    row.set("REV", std::to_string(party.rev)).set("CHANGE_ACTION", address + "/change");
    putStanding(row, party, today);
    row.showIf(secondFactor, "FACTOR_ON");
    if (party.id == caller.actor.id) {
        row.show("OWN");
        return;
    }
    view::Model& other = row.add("OTHER");
    other.set("STATE_ACTION", address + "/standing").set("DISABLE_VALUE", party.disabled ? "0" : "1");
    other.say("STATE_NOTE", party.disabled ? "It may sign in again with its password."
                                           : "It may not sign in any more, and its sessions end. What it did "
                                             "stays in the log.");
    other.say("STATE_BUTTON", party.disabled ? "Enable the account" : "Disable the account");
    other.set("PASSWORD_ACTION", address + "/password").set("ROLE_ACTION", address + "/role");
    if (secondFactor) other.add("MAY_RESET").set("RESET_ACTION", address + "/second-factor");
    for (const Role role : allRoles) {
        const std::string code(domain::roleCode(role));
        putOption(other, "ROLE_CHOICE", "CODE", code, view::said(capital(domain::roleName(role))),
                  role == party.role);
    }
}

Result<Response> accountsPage(WebApp& web, Request& request, const NewInput& input, const Error* error) {
    const Caller& caller = callerOf(request);
    TM_TRY(const auto parties, app::listAccounts(*web.context, caller.actor));
    TM_TRY(const auto factors, app::accountsWithSecondFactor(*web.context, caller.actor));
    Frame frame;
    frame.title = view::said("Accounts");
    frame.section = "/admin/accounts";
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/accounts.html", [&](view::Model& model) {
        for (const Party& party : parties) {
            const bool on = std::find(factors.begin(), factors.end(), party.id) != factors.end();
            putParty(model.add("PERSON"), party, caller, on, web.context->today());
        }
        model.set("NEW_ACCOUNT", input.account).set("NEW_NAME", input.name).set("NEW_UNTIL", input.until);
        model.set("NEW_FROM", input.from);
        for (const Role role : allRoles) {
            const std::string code(domain::roleCode(role));
            putOption(model, "NEW_ROLE", "CODE", code, view::said(capital(domain::roleName(role))),
                      code == input.role);
        }
    });
}

Result<Response> showAccounts(WebApp& web, Request& request, const PathParameters&) {
    return accountsPage(web, request, {}, nullptr);
}

Response passwordPage(WebApp& web, Request& request, const std::string& account, const Secret& password) {
    SecretPage shown;
    shown.heading = "Password of " + account;
    shown.words = "The account " + account +
                  " signs in with this password. It can be changed under Your "
                  "account.";
    shown.section = "/admin/accounts";
    shown.back = "/admin/accounts";
    return secretPage(web, request, shown, password);
}

Result<app::CreatedAccount> create(WebApp& web, const Request& request, const Form& form) {
    app::NewAccount input;
    input.account = form.text("account");
    input.name = form.text("name");
    const auto role = domain::roleFromCode(form.text("role"));
    if (!role) return invalid("role", "role", "There is no such role.", "Choose one of the list.");
    input.role = *role;
    TM_TRY(input.validFrom, form.date("valid_from"));
    TM_TRY(input.validUntil, form.date("valid_until"));
    auto made = app::createAccount(*web.context, callerOf(request).actor, std::move(input));
    if (made || made.error().type != "duplicate") return made;
    Error taken = invalid("duplicate", "account", "There is an account of this sign-in name already.",
                          "Choose another name; a name is never given twice.");
    taken.kind = ErrorKind::Conflict;
    return taken;
}

Result<Response> createAccount(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    const auto made = create(web, request, form);
    if (!made) {
        const NewInput input{form.text("account"), form.text("name"), form.text("role"),
                             form.text("valid_until"), form.text("valid_from")};
        return accountsPage(web, request, input, &made.error());
    }
    return passwordPage(web, request, made->party.account, made->password);
}

Result<Response> apply(WebApp& web, Request& request, const PathParameters& parameters,
                       const app::AccountChange& change) {
    const std::string account(parameters.at("account"));
    const auto changed = app::changeAccount(*web.context, callerOf(request).actor, account, change);
    if (!changed) return accountsPage(web, request, {}, &changed.error());
    return redirectResponse("/admin/accounts#account-" + encoded(account));
}

Result<Response> changeAccount(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const Form form, readForm(request));
    app::AccountChange change;
    change.rev = form.revision();
    change.name = form.text("name");
    auto until = form.date("valid_until");
    if (!until) return accountsPage(web, request, {}, &until.error());
    change.validUntil = *until;
    auto from = form.date("valid_from");
    if (!from) return accountsPage(web, request, {}, &from.error());
    change.validFrom = *from;
    return apply(web, request, parameters, change);
}

Result<Response> changeStanding(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const Form form, readForm(request));
    app::AccountChange change;
    change.rev = form.revision();
    change.disabled = form.text("disabled") == "1";
    return apply(web, request, parameters, change);
}

Result<Response> changeRole(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const Form form, readForm(request));
    app::AccountChange change;
    change.rev = form.revision();
    change.role = domain::roleFromCode(form.text("role"));
    if (!change.role) {
        const Error unknown = invalid("role", "role", "There is no such role.", "Choose one of the list.");
        return accountsPage(web, request, {}, &unknown);
    }
    return apply(web, request, parameters, change);
}

Result<Response> makePassword(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY([[maybe_unused]] const Form form, readForm(request));
    const std::string account(parameters.at("account"));
    const auto made = app::setPassword(*web.context, callerOf(request).actor, account, {}, {});
    if (!made) return accountsPage(web, request, {}, &made.error());
    return passwordPage(web, request, account, *made);
}

Result<Response> resetFactor(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const Form form, readForm(request));
    const std::string account(parameters.at("account"));
    const auto reset =
        app::resetSecondFactor(*web.context, callerOf(request).actor, account, form.text("reason"));
    if (!reset) return accountsPage(web, request, {}, &reset.error());
    return redirectResponse("/admin/accounts#account-" + encoded(account));
}

}  // namespace

Result<void> addAccountPages(Router& router, WebApp& web) {
    const std::string all = "/admin/accounts";
    const std::string one = all + "/{account}";
    TM_CHECK(addPage(router, web, all, "page.accounts", "AD", showAccounts));
    TM_CHECK(addForm(router, web, all, "form.account-create", "AD", createAccount));
    TM_CHECK(addForm(router, web, one + "/change", "form.account-change", "AD", changeAccount));
    TM_CHECK(addForm(router, web, one + "/standing", "form.account-standing", "AD", changeStanding));
    TM_CHECK(addForm(router, web, one + "/role", "form.account-role", "AD", changeRole));
    TM_CHECK(addForm(router, web, one + "/password", "form.account-password", "AD", makePassword));
    TM_CHECK(addForm(router, web, one + "/second-factor", "form.account-second-factor", "AD", resetFactor));
    TM_CHECK(addAdminPages(router, web));
    return addMePages(router, web);
}

}  // namespace tickmark::http::pages

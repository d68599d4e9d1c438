// One's own account: password and tokens for programs.
#include <algorithm>
#include <array>

#include "http/pages/People.h"
#include "http/pages/PreferenceForm.h"
#include "tickmark/app/Accounts.h"
#include "tickmark/app/OpenSessions.h"

namespace tickmark::http::pages {
namespace {

using domain::Role;

struct ScopeWord {
    std::string_view code;
    std::string_view word;
};
constexpr std::array<ScopeWord, 4> scopes{{
    {"read", "Read what you may see"},
    {"write", "Change what you may change"},
    {"evidence", "Hand over files and read their receipts, nothing else"},
    {"admin", "Keep accounts"},
}};
constexpr std::int32_t usualDays = 90;
constexpr std::int32_t longestDays = 366;

/// What was typed into a form of the page.
struct NewInput {
    std::string name{};
    std::vector<std::string> scopes{"read"};
    std::string expires{};
    std::optional<app::PreferenceWords> preferences{};
};

void putToken(view::Model& row, const app::TokenInfo& token, const Caller& caller, Date today) {
    std::string words;
    for (const std::string& scope : token.scopes) words += (words.empty() ? "" : ", ") + scope;
    row.set("NAME", token.name).say("SCOPES", words).set("EXPIRES", token.expires.iso());
    if (token.lastUsed) row.add("WAS_USED").setTime("USED", *token.lastUsed);
    row.showIf(!token.lastUsed, "NEVER");
    const bool past = token.expires < today;
    row.say("HINT", token.revoked || past ? "" : view::dueHint(token.expires, today)).set("HINT_TONE", "");
    if (caller.actor.role == Role::Administrator) row.add("OWNER").set("ACCOUNT", token.account);
    if (token.revoked) return putWord(row, "STATUS", "neutral", "i-cross", "Revoked");
    if (past) return putWord(row, "STATUS", "neutral", "i-pause", "Past its last day");
    putWord(row, "STATUS", "good", "i-tick", "Open");
    row.show("LIVE");
}

void putTokens(view::Model& model, const std::vector<app::TokenInfo>& tokens, const Caller& caller,
               Date today) {
    model.showIf(tokens.empty(), "NO_TOKENS");
    if (tokens.empty()) return;
    view::Model& list = model.add("HAS_TOKENS");
    list.showIf(caller.actor.role == Role::Administrator, "SHOW_OWNERS");
    for (const app::TokenInfo& token : tokens) putToken(list.add("TOKEN"), token, caller, today);
}

void putNewToken(view::Model& model, const NewInput& input, const Caller& caller, Date today) {
    model.set("NEW_NAME", input.name).set("LATEST", today.plusDays(longestDays).iso());
    model.set("NEW_EXPIRES", input.expires.empty() ? today.plusDays(usualDays).iso() : input.expires);
    for (const ScopeWord& scope : scopes) {
        if (scope.code == "admin" && caller.actor.role != Role::Administrator) continue;
        const bool on = std::find(input.scopes.begin(), input.scopes.end(), scope.code) != input.scopes.end();
        putOption(model, "SCOPE", "CODE", std::string(scope.code), view::said(scope.word), on);
    }
}

/// Where one is signed in; those from elsewhere can be ended.
void putSessions(view::Model& model, const std::vector<app::OpenSession>& sessions, bool asksCode) {
    bool others = false;
    for (const app::OpenSession& session : sessions) {
        view::Model& row = model.add("SESSION").set("ADDRESS", session.address).say("AGENT", session.agent);
        row.setTime("SINCE", session.since).setTime("SEEN", session.lastSeen);
        row.showIf(session.own, "OWN");
        if (!session.own) row.add("OTHER").set("ID", session.id);
        others = others || !session.own;
    }
    model.showIf(!others, "NO_OTHERS");
    if (others) model.add("HAS_OTHERS").showIf(asksCode, "ASK_CODE");
}

Result<Response> mePage(WebApp& web, Request& request, const NewInput& input, const Error* error) {
    const Caller& caller = callerOf(request);
    TM_TRY(const auto tokens, app::listTokens(*web.context, caller.actor));
    TM_TRY(const auto sessions, app::listOwnSessions(*web.context, caller.actor, sentSessionCookie(request)));
    const Date today = web.context->today();
    Frame frame;
    frame.title = view::said("Your account");
    frame.section = "/me";
    frame.error = error;
    if (request.queryValue("saved") == "preferences") frame.notice = view::said("Your preferences are kept.");
    if (request.queryValue("saved") == "sessions") frame.notice = view::said("They are ended.");
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/me.html", [&](view::Model& model) {
        model.set("NAME", caller.name).set("ACCOUNT", caller.actor.account);
        model.say("ROLE", std::string(domain::roleName(caller.actor.role)));
        model.showIf(caller.secondFactor, "FACTOR_ON").showIf(!caller.secondFactor, "FACTOR_OFF");
        putSessions(model, sessions, caller.secondFactor);
        model.say("PASSWORD_RULE", "12 to 200 characters of any kind");
        putPreferenceForm(model, input.preferences.value_or(app::wordsOf(caller.preferences)),
                          web.context->now());
        putTokens(model, tokens, caller, today);
        putNewToken(model, input, caller, today);
    });
}

Result<Response> showMe(WebApp& web, Request& request, const PathParameters&) {
    return mePage(web, request, {}, nullptr);
}

Result<Response> setPreferences(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    NewInput input;
    input.preferences = preferenceWordsIn(form);
    const auto saved = app::savePreferences(*web.context, callerOf(request).actor, *input.preferences);
    if (!saved) return mePage(web, request, input, &saved.error());
    return redirectResponse("/me?saved=preferences");
}

Result<void> setPassword(WebApp& web, const Request& request, const Form& form) {
    const Secret chosen(form.text("new_password"));
    if (chosen.empty()) return invalid("password", "new_password", "The new password is empty.");
    if (chosen.reveal() != form.text("again"))
        return invalid("password", "again", "The new password was typed in two different ways.",
                       "Type it twice alike.");
    const domain::Actor& actor = callerOf(request).actor;
    TM_TRY([[maybe_unused]] const Secret none,
           app::setPassword(*web.context, actor, actor.account, Secret(form.text("old_password")), chosen,
                            form.text("code")));
    return {};
}

Result<Response> changePassword(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    const auto done = setPassword(web, request, form);
    if (!done) return mePage(web, request, {}, &done.error());
    Response response = redirectResponse("/login");
    response.add("Set-Cookie", expiredSessionCookie(request.secure));
    return response;
}

/// One of them, or all but this one.
Result<void> endThem(WebApp& web, const Request& request, const Form& form) {
    const domain::Actor& actor = callerOf(request).actor;
    const Secret own = sentSessionCookie(request);
    const std::string id = form.text("id");
    if (id != "others") return app::endOwnSession(*web.context, actor, id, own, form.text("code"));
    TM_TRY([[maybe_unused]] const std::int64_t ended,
           app::endOtherSessions(*web.context, actor, own, form.text("code")));
    return {};
}

Result<Response> endSessions(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    const auto ended = endThem(web, request, form);
    if (!ended) return mePage(web, request, {}, &ended.error());
    return redirectResponse("/me?saved=sessions#sessions");
}

Result<app::CreatedToken> create(WebApp& web, const Request& request, const Form& form) {
    app::NewToken input;
    input.name = form.text("name");
    input.scopes = form.all("scope");
    TM_TRY(const auto expires, form.date("expires"));
    if (!expires) return invalid("expires", "expires", "A token needs a last day.");
    input.expires = *expires;
    return app::createToken(*web.context, callerOf(request).actor, input);
}

Result<Response> createToken(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    const auto made = create(web, request, form);
    if (!made) {
        return mePage(web, request, {form.text("name"), form.all("scope"), form.text("expires"), {}},
                      &made.error());
    }
    SecretPage shown;
    shown.heading = "Token " + made->info.name;
    shown.words = "A program that sends this token acts for " + made->info.account + " until " +
                  made->info.expires.iso() + ".";
    shown.example = "Authorization: Bearer " + made->token.reveal();
    shown.section = "/me";
    shown.back = "/me";
    return secretPage(web, request, shown, made->token);
}

Result<Response> revokeToken(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    const auto revoked = app::revokeToken(*web.context, callerOf(request).actor, form.text("name"));
    if (!revoked) return mePage(web, request, {}, &revoked.error());
    return redirectResponse("/me");
}

}  // namespace

Response secretPage(WebApp& web, Request& request, const SecretPage& shown, const Secret& secret) {
    Frame frame;
    frame.title = view::said(shown.heading);
    frame.section = shown.section;
    Response response = page(web, request, frame, "pages/secret.html", [&](view::Model& model) {
        model.say("HEADING", shown.heading).say("WORDS", shown.words).set("SECRET", secret.reveal());
        model.sayIf("EXAMPLE", shown.example).set("HREF", shown.back);
    });
    response.set("Cache-Control", "no-store");
    return response;
}

Result<void> addMePages(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/me", "page.me", "all", showMe));
    TM_CHECK(addForm(router, web, "/me/preferences", "form.me-preferences", "all", setPreferences));
    TM_CHECK(addForm(router, web, "/me/password", "form.me-password", "all", changePassword));
    TM_CHECK(addForm(router, web, "/me/sessions", "form.me-sessions", "all", endSessions));
    TM_CHECK(addForm(router, web, "/me/tokens", "form.token-create", "all", createToken));
    TM_CHECK(addSecondFactorPages(router, web));
    return addForm(router, web, "/me/tokens/revoke", "form.token-revoke", "all", revokeToken);
}

}  // namespace tickmark::http::pages

// Signing in and out.
#include "http/api/Answers.h"
#include "http/api/Rows.h"
#include "tickmark/app/Accounts.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

Json describeCaller(const domain::Actor& actor, const std::string& name) {
    Json document = Json::object();
    document.set("account", actor.account)
        .set("name", name)
        .set("role", domain::roleCode(actor.role))
        .set("role_name", domain::roleName(actor.role));
    return document;
}

Result<Response> signIn(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const std::string account = reader.text("account");
    const Secret password(reader.text("password"));
    const std::string code = reader.textOr("code", "");
    TM_CHECK(reader.finish());
    TM_TRY(const app::SignedIn made,
           app::signIn(call.context(), account, password, call.request.remoteAddress,
                       call.request.header("user-agent"), code));
    // Rotation: what the browser was before this sign-in ends here.
    if (const Secret before = sentSessionCookie(call.request); !before.empty()) {
        TM_CHECK(app::signOut(call.context(), before));
    }
    Json document = describeCaller(made.session.actor, made.session.name);
    document.set("csrf_token", made.session.csrf).set("ends_at", made.session.absoluteEnd.iso());
    if (made.session.mustEnrol) document.set("second_factor_needed", true);
    return documentAnswer(document).add("Set-Cookie", sessionCookie(call.request.secure, made.cookie));
}

Result<Response> showSession(Call& call) {
    const Caller& caller = callerOf(call.request);
    Json document = describeCaller(caller.actor, caller.name);
    if (caller.byToken) {
        Json scopes = Json::array();
        for (const std::string& scope : caller.scopes) scopes.push(scope);
        document.set("scopes", std::move(scopes));
    } else {
        document.set("csrf_token", caller.csrf);
    }
    return documentAnswer(document);
}

Result<Response> endSession(Call& call) {
    TM_CHECK(app::signOut(call.context(), sentSessionCookie(call.request)));
    return noContent()
        .add("Set-Cookie", expiredSessionCookie(call.request.secure))
        .add("Clear-Site-Data", R"("cache", "storage")");
}

}  // namespace

std::vector<ApiRow> sessionRows() {
    const std::string base = "/api/v1/session";
    return {
        {"POST", base, "session.start", "public", "Sign in with account and password", signIn},
        {"GET", base, "session.show", "all", "Who is signed in, and the CSRF token", showSession},
        {"DELETE", base, "session.end", "all", "Sign out", endSession},
    };
}

}  // namespace tickmark::http::api

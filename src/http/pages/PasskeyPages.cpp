// Passkeys: one's own, and signing in with one.
#include "tickmark/app/Passkeys.h"

#include "http/pages/Page.h"
#include "http/pages/PasskeyPages.h"
#include "http/pages/People.h"

namespace tickmark::http::pages {
namespace {

constexpr const char* address = "/me/passkeys";

Frame frameOf(const Error* error) {
    Frame frame;
    frame.title = view::said("Passkeys");
    frame.section = "/me";
    frame.trail = {{"/me", "Your account"}};
    frame.trailEnd = view::said("Passkeys");
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return frame;
}

Result<app::PasskeyPlace> placeOf(WebApp& web, const Request& request) {
    return app::passkeyPlace(web.context->settings, request.header("host"));
}

/// What the script asks the browser with.
void putRequest(view::Model& model, const app::PasskeyRequest& asked) {
    std::string known;
    for (const std::string& one : asked.known) known += (known.empty() ? "" : " ") + one;
    model.set("CHALLENGE", asked.challenge.reveal()).set("PARTY", asked.relyingParty);
    model.set("HANDLE", asked.handle).set("KNOWN", known);
    model.set("PASSKEY_TAG", std::string(view::asset("passkey.js").tag));
}

app::PasskeyAnswer answerIn(const std::vector<NameValue>& fields) {
    const auto text = [&](std::string_view name) { return std::string(valueOf(fields, name)); };
    return {text("credential"), text("client"), text("data"), text("signature"), text("handle")};
}

Result<Response> overview(WebApp& web, Request& request, const Error* error) {
    const Caller& caller = callerOf(request);
    TM_TRY(const auto passkeys, app::listPasskeys(*web.context, caller.actor));
    const auto place = placeOf(web, request);
    return page(web, request, frameOf(error), "pages/passkeys.html", [&](view::Model& model) {
        model.showIf(passkeys.empty(), "NONE").showIf(!place, "NOWHERE");
        for (const app::PasskeyView& one : passkeys) {
            view::Model& row = model.add("PASSKEY");
            row.set("NAME", one.name).set("CREDENTIAL", one.credential).setTime("ADDED", one.added);
            if (one.lastUsed)
                row.add("WAS_USED").setTime("USED", *one.lastUsed);
            else
                row.show("NEVER");
            row.set("CSRF", caller.csrf).showIf(caller.secondFactor, "ASK_CODE");
        }
        if (place) model.add("MAY_ADD").set("ACCOUNT", caller.actor.account);
    });
}

Result<Response> show(WebApp& web, Request& request, const PathParameters&) {
    return overview(web, request, nullptr);
}

Result<Response> begin(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    const Caller& caller = callerOf(request);
    const auto place = placeOf(web, request);
    if (!place) return overview(web, request, &place.error());
    const auto asked = app::beginPasskey(*web.context, caller.actor, *place, form.text("name"),
                                         Secret(form.text("password")), form.text("code"));
    if (!asked) return overview(web, request, &asked.error());
    return page(web, request, frameOf(nullptr), "pages/passkey-add.html", [&](view::Model& model) {
        putRequest(model, *asked);
        model.set("ACCOUNT", caller.actor.account).set("NAME", caller.name);
    });
}

Result<Response> add(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const auto fields, readCheckedForm(request));
    const auto added = app::addPasskey(*web.context, callerOf(request).actor, answerIn(fields));
    if (!added) return overview(web, request, &added.error());
    return redirectResponse(address);
}

Result<Response> remove(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    const auto removed = app::removePasskey(*web.context, callerOf(request).actor, form.text("credential"),
                                            Secret(form.text("password")), form.text("code"));
    if (!removed) return overview(web, request, &removed.error());
    return redirectResponse(address);
}

Frame doorFrame(const Error* error) {
    Frame frame;
    frame.title = view::said("Sign in with a passkey");
    frame.section = signInSection;
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return frame;
}

/// With an error, the challenge is a new one: each is answered once.
Response doorPage(WebApp& web, Request& request, const std::string& next, const Error* error) {
    const auto place = placeOf(web, request);
    const auto asked = place ? app::beginPasskeySignIn(*web.context, *place, request.remoteAddress)
                             : Result<app::PasskeyRequest>(place.error());
    const Error* shown = error != nullptr || asked ? error : &asked.error();
    return page(web, request, doorFrame(shown), "pages/login-passkey.html", [&](view::Model& model) {
        model.set("CSRF", "").set("NEXT", next);
        if (!asked) return;
        view::Model& ask = model.add("ASK");
        ask.set("CSRF", "").set("NEXT", next).showIf(error != nullptr, "AGAIN");
        putRequest(ask, *asked);
    });
}

Result<Response> askAtDoor(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const auto fields, readCheckedForm(request));
    return doorPage(web, request, localTarget(valueOf(fields, "next")), nullptr);
}

Result<Response> enter(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const auto fields, readCheckedForm(request));
    const std::string next = localTarget(valueOf(fields, "next"));
    const auto made = app::finishPasskeySignIn(*web.context, answerIn(fields), request.remoteAddress,
                                               request.header("user-agent"));
    if (!made) return doorPage(web, request, next, &made.error());
    Response response = redirectResponse(next);
    response.add("Set-Cookie", sessionCookie(request.secure, made->cookie))
        .add("Set-Cookie", expiredPendingCookie(request.secure));
    return response;
}

}  // namespace

void offerPasskey(WebApp& web, const Request& request, view::Model& model, const std::string& next) {
    if (placeOf(web, request)) model.add("PASSKEY").set("CSRF", "").set("NEXT", next);
}

Result<void> addPasskeyPages(Router& router, WebApp& web) {
    const std::string base = address;
    TM_CHECK(addPage(router, web, base, "page.passkeys", "all", show));
    TM_CHECK(addForm(router, web, base + "/begin", "form.passkey-begin", "all", begin));
    TM_CHECK(addForm(router, web, base + "/add", "form.passkey-add", "all", add));
    TM_CHECK(addForm(router, web, base + "/remove", "form.passkey-remove", "all", remove));
    TM_CHECK(addForm(router, web, "/login/passkey", "form.login-passkey", "public", askAtDoor));
    return addForm(router, web, "/login/passkey/answer", "form.login-passkey-answer", "public", enter);
}

}  // namespace tickmark::http::pages

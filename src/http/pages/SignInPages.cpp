// Signing in and out, and the assets that every page needs.
#include <algorithm>

#include "http/gate/SecurityHeaders.h"
#include "http/pages/Page.h"
#include "http/pages/PasskeyPages.h"
#include "tickmark/app/Accounts.h"

namespace tickmark::http::pages {
namespace {

Response signInPage(WebApp& web, Request& request, const std::string& next, const std::string& account,
                    const Error* error) {
    Frame frame;
    frame.title = view::said("Sign in");
    frame.section = signInSection;
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/login.html", [&](view::Model& model) {
        model.set("NEXT", next).set("ACCOUNT", account);
        offerPasskey(web, request, model, next);
    });
}

Result<Response> showSignIn(WebApp& web, Request& request, const PathParameters&) {
    const std::string next = localTarget(request.queryValue("next"));
    if (callerIf(request) != nullptr) return redirectResponse(next);
    return signInPage(web, request, next, {}, nullptr);
}

Result<Response> signIn(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const auto fields, readUrlEncodedForm(request));
    const std::string account(valueOf(fields, "account"));
    const std::string next = localTarget(valueOf(fields, "next"));
    auto step = app::beginSignIn(*web.context, account, Secret(std::string(valueOf(fields, "password"))),
                                 request.remoteAddress, request.header("user-agent"));
    if (!step) return signInPage(web, request, next, account, &step.error());
    if (!step->done) {
        Response response = redirectResponse("/login/code?next=" + encoded(next));
        response.add("Set-Cookie", pendingCookie(request.secure, step->pending));
        return response;
    }
    Response response = redirectResponse(next);
    response.add("Set-Cookie", sessionCookie(request.secure, step->done->cookie));
    return response;
}

Response codePage(WebApp& web, Request& request, const std::string& next, const Error* error) {
    Frame frame;
    frame.title = view::said("Second factor");
    frame.section = signInSection;
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/login-code.html", [&](view::Model& model) {
        model.set("CSRF", "").set("NEXT", next);
        offerPasskey(web, request, model, next);
    });
}

/// Without a right password before it there is nothing to give a code for.
Result<Response> showCode(WebApp& web, Request& request, const PathParameters&) {
    const std::string next = localTarget(request.queryValue("next"));
    if (callerIf(request) != nullptr) return redirectResponse(next);
    if (!app::mayFinishSignIn(*web.context, sentPendingCookie(request)))
        return redirectResponse("/login?next=" + encoded(next));
    return codePage(web, request, next, nullptr);
}

Result<Response> giveCode(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const auto fields, readCheckedForm(request));
    const std::string next = localTarget(valueOf(fields, "next"));
    const auto made =
        app::finishSignIn(*web.context, sentPendingCookie(request), std::string(valueOf(fields, "code")),
                          request.remoteAddress, request.header("user-agent"));
    if (!made) {
        const bool wrong = made.error().type == "code" || made.error().kind == ErrorKind::Throttled;
        if (wrong) return codePage(web, request, next, &made.error());
        return signInPage(web, request, next, {}, &made.error());
    }
    Response response = redirectResponse(next);
    response.add("Set-Cookie", sessionCookie(request.secure, made->cookie))
        .add("Set-Cookie", expiredPendingCookie(request.secure));
    return response;
}

Result<Response> signOut(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY([[maybe_unused]] const Form form, readForm(request));
    TM_CHECK(app::signOut(*web.context, sentSessionCookie(request)));
    Response response = redirectResponse("/login");
    // Names of unfinished uploads must not wait for the next person at this machine.
    response.add("Set-Cookie", expiredSessionCookie(request.secure))
        .add("Clear-Site-Data", R"("cache", "storage")");
    return response;
}

Result<Response> showAsset(WebApp&, Request& request, const PathParameters& parameters) {
    const view::Asset asset = view::asset(parameters.at("name"));
    if (asset.text.empty()) return notFound("asset of this name");
    const std::string tag = "\"" + std::string(asset.tag) + "\"";
    Response response;
    const std::string_view known = request.header("if-none-match");
    response.status = known == tag || known == "W/" + tag ? 304 : 200;
    response.set("Content-Type", asset.mediaType).set("ETag", tag);
    const bool exact = request.queryValue("v") == asset.tag;
    response.set("Cache-Control", exact ? "public, max-age=31536000, immutable" : "no-cache");
    if (parameters.at("name") == "digest.js") response.set("Content-Security-Policy", policyOfWorker());
    if (response.status == 200) response.body = std::string(asset.text);
    return response;
}

}  // namespace

/// Only addresses of this server: one slash, then no second slash or backslash. Browsers drop tabs and line
/// breaks inside an address, which would make "/<tab>/host" another server's, so only visible ASCII passes.
std::string localTarget(std::string_view wish) {
    const bool local =
        wish.size() > 1 && wish[0] == '/' && wish[1] != '/' &&
        std::all_of(wish.begin(), wish.end(), [](char c) { return c > ' ' && c < '\x7f' && c != '\\'; });
    return local ? std::string(wish) : "/";
}

Result<void> addSignInPages(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/login", "page.login", "public", showSignIn));
    TM_CHECK(addForm(router, web, "/login", "form.login", "public", signIn));
    TM_CHECK(addPage(router, web, "/login/code", "page.login-code", "public", showCode));
    TM_CHECK(addForm(router, web, "/login/code", "form.login-code", "public", giveCode));
    TM_CHECK(addForm(router, web, "/logout", "form.logout", "all", signOut));
    TM_CHECK(addPasskeyPages(router, web));
    return addPage(router, web, "/assets/{name}", "page.asset", "public", showAsset);
}

}  // namespace tickmark::http::pages

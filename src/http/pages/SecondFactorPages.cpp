// One's own second factor: turning it on and off, recovery codes.
#include "tickmark/app/SecondFactor.h"

#include "http/pages/People.h"
#include "tickmark/view/QrCode.h"

namespace tickmark::http::pages {
namespace {

constexpr const char* address = "/me/second-factor";

Frame frameOf(const Error* error) {
    Frame frame;
    frame.title = view::said("Second factor");
    frame.section = "/me";
    frame.trail = {{"/me", "Your account"}};
    frame.trailEnd = view::said("Second factor");
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return frame;
}

Result<Response> overview(WebApp& web, Request& request, const Error* error) {
    const Caller& caller = callerOf(request);
    TM_TRY(const app::SecondFactorView factor, app::showSecondFactor(*web.context, caller.actor));
    Frame frame = frameOf(error);
    if (request.queryValue("off") == "1" && !factor.since) frame.notice = view::said("It is off.");
    return page(web, request, frame, "pages/second-factor.html", [&](view::Model& model) {
        model.set("ACCOUNT", caller.actor.account).showIf(caller.mustEnrol, "MUST");
        if (!factor.since) {
            model.add("OFF");
            return;
        }
        view::Model& on = model.add("ON");
        on.setTime("SINCE", *factor.since).set("LEFT", std::to_string(factor.recoveryLeft));
        on.showIf(factor.required, "REQUIRED");
    });
}

std::string inGroups(const std::string& text) {
    constexpr std::size_t group = 4;
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += group) out += (i == 0 ? "" : " ") + text.substr(i, group);
    return out;
}

Response enrolPage(WebApp& web, Request& request, const app::Enrolment& enrolment, const Error* error) {
    const auto picture = view::qrCode(enrolment.uri);
    return page(web, request, frameOf(error), "pages/second-factor-enrol.html", [&](view::Model& model) {
        model.set("SECRET", inGroups(enrolment.secret.reveal())).set("URI", enrolment.uri.reveal());
        if (!picture) return;
        model.add("PICTURE")
            .set("SIDE", std::to_string(picture->side))
            .set("MODULES", picture->path.reveal());
    });
}

Response codesPage(WebApp& web, Request& request, const std::vector<Secret>& codes) {
    return page(web, request, frameOf(nullptr), "pages/second-factor-codes.html", [&](view::Model& model) {
        for (const Secret& code : codes) model.add("CODE").set("TEXT", code.reveal());
    });
}

Result<Response> show(WebApp& web, Request& request, const PathParameters&) {
    return overview(web, request, nullptr);
}

Result<Response> begin(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    const auto begun =
        app::beginSecondFactor(*web.context, callerOf(request).actor, Secret(form.text("password")));
    if (!begun) return overview(web, request, &begun.error());
    return enrolPage(web, request, *begun, nullptr);
}

Result<Response> confirm(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    const domain::Actor& actor = callerOf(request).actor;
    const auto codes =
        app::confirmSecondFactor(*web.context, actor, form.text("code"), sentSessionCookie(request));
    if (codes) return codesPage(web, request, *codes);
    if (codes.error().type != "code") return overview(web, request, &codes.error());
    TM_TRY(const app::Enrolment begun, app::begunSecondFactor(*web.context, actor));
    return enrolPage(web, request, begun, &codes.error());
}

Result<Response> renew(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    const auto codes = app::renewRecoveryCodes(*web.context, callerOf(request).actor,
                                               Secret(form.text("password")), form.text("code"));
    if (!codes) return overview(web, request, &codes.error());
    return codesPage(web, request, *codes);
}

Result<Response> end(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    const auto ended = app::endSecondFactor(*web.context, callerOf(request).actor,
                                            Secret(form.text("password")), form.text("code"));
    if (!ended) return overview(web, request, &ended.error());
    return redirectResponse(std::string(address) + "?off=1");
}

}  // namespace

Result<void> addSecondFactorPages(Router& router, WebApp& web) {
    const std::string base = address;
    TM_CHECK(addPage(router, web, base, "page.second-factor", "all", show));
    TM_CHECK(addForm(router, web, base + "/begin", "form.second-factor-begin", "all", begin));
    TM_CHECK(addForm(router, web, base + "/confirm", "form.second-factor-confirm", "all", confirm));
    TM_CHECK(addForm(router, web, base + "/codes", "form.second-factor-codes", "all", renew));
    return addForm(router, web, base + "/off", "form.second-factor-off", "all", end);
}

}  // namespace tickmark::http::pages

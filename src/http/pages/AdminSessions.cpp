// Who is signed in, and ending it.
#include "http/pages/AdminPages.h"
#include "tickmark/app/OpenSessions.h"

namespace tickmark::http::pages {
namespace {

constexpr const char* address = "/admin/sessions";

Result<Response> showSessions(WebApp& web, Request& request, const PathParameters&) {
    const Caller& caller = callerOf(request);
    TM_TRY(const auto sessions,
           app::listOpenSessions(*web.context, caller.actor, sentSessionCookie(request)));
    Frame frame;
    frame.title = view::said("Sessions");
    frame.section = address;
    return page(web, request, frame, "pages/sessions.html", [&](view::Model& model) {
        model.set("COUNT", view::counted(static_cast<std::int64_t>(sessions.size()), "{} session is open",
                                         "{} sessions are open"));
        for (const app::OpenSession& session : sessions) {
            view::Model& row = model.add("SESSION").set("ACCOUNT", session.account).set("NAME", session.name);
            row.say("ROLE", domain::roleName(session.role)).setTime("SINCE", session.since);
            row.setTime("SEEN", session.lastSeen).setTime("ENDS", session.endsAt);
            row.set("ADDRESS", session.address).say("AGENT", session.agent);
            row.set("ACCOUNT_HREF", "/admin/accounts#account-" + encoded(session.account));
            row.showIf(session.own, "OWN");
            if (session.own) continue;
            row.add("OTHER").set("END_ACTION", std::string(address) + "/end").set("ID", session.id);
        }
    });
}

Result<Response> endSession(WebApp& web, Request& request, const PathParameters&) {
    const Caller& caller = callerOf(request);
    TM_TRY(const Form form, readForm(request));
    if (const std::string account = form.text("account"); !account.empty()) {
        TM_TRY([[maybe_unused]] const std::int64_t ended,
               app::endSessionsOfAccount(*web.context, caller.actor, account, sentSessionCookie(request)));
        return redirectResponse(address);
    }
    TM_CHECK(app::endOpenSession(*web.context, caller.actor, form.text("id"), sentSessionCookie(request)));
    return redirectResponse(address);
}

}  // namespace

Result<void> addSessionPages(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, address, "page.sessions", "AD", showSessions));
    return addForm(router, web, std::string(address) + "/end", "form.session-end", "AD", endSession);
}

}  // namespace tickmark::http::pages

// The home page: what waits for this person, their audits, the numbers.
#include "http/pages/Page.h"
#include "tickmark/app/Lists.h"

namespace tickmark::http::pages {
namespace {

constexpr std::size_t shownWaiting = 50;
constexpr std::size_t shownAudits = 12;

std::string addressOf(const app::ToDo& todo) { return "/" + todo.kind + "s/" + encoded(todo.ref); }

void putWaiting(view::Model& model, const app::HomeView& home, Date today) {
    model.showIf(home.waiting.empty(), "NOTHING");
    if (home.waiting.empty()) return;
    view::Model& list = model.add("HAS_WAITING");
    for (std::size_t i = 0; i < home.waiting.size() && i < shownWaiting; ++i) {
        const app::ToDo& todo = home.waiting[i];
        view::Model& row = list.add("WAITING");
        row.set("HREF", addressOf(todo))
            .set("REF", todo.ref)
            .set("WHAT", todo.title)
            .set("STATE", todo.state);
        row.set("VERB", todo.verb)
            .set("AUDIT", todo.audit)
            .set("AUDIT_HREF", "/audits/" + encoded(todo.audit));
        putDue(row, todo.due, today);
    }
    if (home.waiting.size() > shownWaiting) {
        const auto rest = static_cast<std::int64_t>(home.waiting.size() - shownWaiting);
        model.add("MORE").set("TEXT",
                              (home.moreWaiting ? "More than " : "") + view::countText(rest) +
                                  " more wait; the lists of findings, actions and requests show them.");
    }
}

/// What the page offers to this role.
void putRole(view::Model& model, domain::Role role) {
    const bool auditor = role == domain::Role::LeadAuditor || role == domain::Role::Auditor;
    // The administrator keeps accounts and keys; numbers it could not open stand in its way.
    const bool administrator = role == domain::Role::Administrator;
    model.showIf(auditor, "MAY_RECORD").showIf(administrator, "ADMIN").showIf(!administrator, "READER");
    model.showIf(!administrator && role != domain::Role::CertificationAuditor, "IMPROVER");
}

Result<Response> showHome(WebApp& web, Request& request, const PathParameters&) {
    const Caller& caller = callerOf(request);
    TM_TRY(const app::HomeView home, app::showHome(*web.context, caller.actor));
    const Date today = web.context->today();
    Frame frame;
    frame.title = "Home";
    frame.section = "/";
    return page(web, request, frame, "pages/home.html", [&](view::Model& model) {
        const auto waiting = static_cast<std::int64_t>(home.waiting.size());
        model.set("HEADLINE", home.moreWaiting
                                  ? "More than " + view::countText(waiting) + " things wait for you"
                              : waiting == 0 ? "Nothing waits for you"
                              : waiting == 1 ? "One thing waits for you"
                                             : view::countText(waiting) + " things wait for you");
        putRole(model, caller.actor.role);
        model.set("OPEN", view::countText(home.open))
            .set("PAST", view::countText(home.pastDue))
            .set("TODAY", today.iso());
        for (const auto& count : home.openByClass) {
            model.add("CLASS_COUNT")
                .set("CODE", count.key)
                .set("NUMBER", view::countText(count.number))
                .set("WORD", std::string(view::statusOf("class", count.key).word));
        }
        putWaiting(model, home, today);
        if (home.audits.empty()) return;
        view::Model& audits = model.add("HAS_AUDITS");
        for (std::size_t i = 0; i < home.audits.size() && i < shownAudits; ++i) {
            view::Model& row = audits.add("AUDIT_ROW");
            row.set("HREF", "/audits/" + encoded(home.audits[i].ref)).set("REF", home.audits[i].ref);
            row.set("NAME", home.audits[i].title);
            putStatus(row, "STATUS", "audit", home.audits[i].state);
        }
    });
}

}  // namespace

Result<void> addHomePages(Router& router, WebApp& web) {
    return addPage(router, web, "/", "page.home", "all", showHome);
}

}  // namespace tickmark::http::pages

// The home page: what waits for this person first, then what their role is responsible for, then charts.
#include "http/pages/HomeParts.h"

namespace tickmark::http::pages {
namespace {

using domain::Role;

constexpr std::size_t shownWaiting = 8;

std::string headlineOf(Role role, std::int64_t waiting) {
    const bool owns = role == Role::ProcessOwner || role == Role::ActionOwner;
    if (waiting == 0) return view::said(owns ? "You owe nothing" : "Nothing waits for you");
    if (owns) return view::counted(waiting, "You still owe one thing", "You still owe {} things");
    return view::said(waiting == 1 ? "One thing waits for you" : "{} things wait for you",
                      {sentenceNumber(waiting)});
}

std::string sublineOf(const app::WaitingView& waiting, Date today) {
    std::string text = today.iso() + ".";
    const std::int64_t past = waiting.past.all();
    if (waiting.all.all() == 0) return text;
    if (past == 0) return text + " " + view::said("Nothing is past its date.");
    return text + " " +
           view::said(past == 1 ? "One is past its date." : "{} are past their date.",
                      {sentenceNumber(past)}) +
           " " + view::said("Start at the top: it is in order of date.");
}

void putAction(view::Model& model, Role role) {
    const auto action = [&model](const char* href, const char* word) {
        model.add("ACTION").set("HREF", href).say("WORD", word);
    };
    switch (role) {
        case Role::LeadAuditor:
        case Role::Auditor:
            return action("/findings/new", "Record a finding");
        case Role::ProcessOwner:
        case Role::ActionOwner:
            return action("/requests/matching", "Hand over files");
        case Role::ImprovementManager:
            return action("/improvements/new", "Propose an improvement");
        case Role::TopManagement:
            return action("/reviews", "Management reviews");
        case Role::CertificationAuditor:
            return action("/verify", "Verify a bundle");
        case Role::Administrator:
            return action("/admin/accounts", "Accounts");
    }
}

Result<Response> showHome(WebApp& web, Request& request, const PathParameters&) {
    const Caller& caller = callerOf(request);
    app::WaitingQuestion question;
    question.most = shownWaiting;
    TM_TRY(const auto waiting, app::waitingFor(*web.context, caller.actor, question));
    const Date today = web.context->today();
    Frame frame;
    frame.title = view::said("Home");
    frame.section = "/";
    view::Model parts;
    TM_CHECK(putRoleParts(web, request, parts));
    return page(web, request, frame, "pages/home.html", [&](view::Model& model) {
        model = std::move(parts);
        model.set("HEADLINE", headlineOf(caller.actor.role, waiting.all.all()));
        model.set("SUBLINE", sublineOf(waiting, today));
        putAction(model, caller.actor.role);
        model.showIf(waiting.items.empty(), "NOTHING");
        if (waiting.items.empty()) return;
        putKinds(model, waiting, {}, false);
        view::Model& list = model.add("HAS_WAITING");
        for (const auto& item : waiting.items) putWaitingRow(list, item, today);
        const std::int64_t rest = waiting.all.all() - static_cast<std::int64_t>(waiting.items.size());
        if (rest > 0)
            model.add("MORE").set("TEXT",
                                  view::said("All {} that wait", {view::countText(waiting.all.all())}));
    });
}

}  // namespace

Result<void> addHomePages(Router& router, WebApp& web) {
    TM_CHECK(addWaitingPage(router, web));
    return addPage(router, web, "/", "page.home", "all", showHome);
}

}  // namespace tickmark::http::pages

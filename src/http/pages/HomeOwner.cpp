// The home of process and action owners: what came back, and what others now do with their findings.
#include "http/pages/HomePanels.h"
#include "http/pages/Listing.h"
#include "tickmark/app/Lists.h"

namespace tickmark::http::pages {

using domain::Role;
namespace {

/// What others do now, so that nobody needs to ask.
const char* othersNow(domain::FindingState state) {
    using domain::FindingState;
    switch (state) {
        case FindingState::Issued:
            return "You respond";
        case FindingState::Returned:
            return "You answer what the auditor asked";
        case FindingState::Responded:
            return "The lead auditor judges your response";
        case FindingState::PlanAccepted:
            return "You carry out the plan and report it";
        case FindingState::Implemented:
            return "An auditor verifies it";
        case FindingState::Verified:
            return "The lead auditor checks the effectiveness";
        case FindingState::Acknowledged:
            return "You decide what becomes of it";
        case FindingState::Converted:
        case FindingState::NoAction:
            return "The lead auditor closes it";
        case FindingState::Draft:
        case FindingState::Discarded:
        case FindingState::Withdrawn:
        case FindingState::Closed:
            break;
    }
    return "Nothing is left to do";
}

Result<void> putOwnFindings(const Home& home) {
    constexpr std::size_t most = 8;
    const storage::Scope scope = app::scopeOf(*home.web.context, home.actor());
    storage::FindingFilter filter;
    filter.owner = home.actor().id;
    filter.openOnly = true;
    TM_TRY(const auto found, home.web.context->database->read([&](storage::ReadSession& session) {
        return storage::listFindings(session, scope, filter, {most, {}});
    }));
    const std::string list = "/findings?open=1&owner=" + encoded(home.actor().account);
    view::Model& part = panel(home.model, "SIDE", "My findings", list, "All of mine");
    if (found.rows.empty())
        putNone(part, "No finding is yours. When an auditor issues one to you, its next step stands here.");
    for (const auto& row : found.rows) {
        const auto state = domain::findingStateFrom(row.state);
        const bool answer = row.state == "issued" || row.state == "returned";
        const std::string due = answer && !row.responseDue.empty() ? row.responseDue : row.closeDue;
        std::string note = state ? view::said(othersNow(*state)) : std::string();
        if (!due.empty()) note = view::said("{}, by {}", {note, due});
        view::Model& line =
            sideRow(part, row.ref + " " + excerpt(row.title, 60), "/findings/" + encoded(row.ref), note);
        putStatus(line.add("STATE"), "STATUS", "finding", row.state);
    }
    return {};
}

Result<void> putReturned(const Home& home) {
    const storage::Scope scope = app::scopeOf(*home.web.context, home.actor());
    storage::RequestFilter filter;
    filter.assignee = home.actor().id;
    filter.states = {domain::RequestState::Returned};
    return home.web.context->database->read([&](storage::ReadSession& session) -> Result<void> {
        TM_TRY(const auto found, storage::listRequests(session, scope, filter, {1, {}}));
        if (found.rows.empty()) return {};
        TM_TRY(const auto request, storage::findRequest(session, found.rows.front().id));
        view::Model& part = home.model.add("RETURNED");
        part.say("WORDS", "A request came back.").setIf("NOTE", excerpt(request.returnNote, 240));
        part.set("HREF", "/requests/" + encoded(request.ref.text()));
        part.set("REF", request.ref.text()).say("VERB", "Send a new version of");
        return {};
    });
}

}  // namespace

Result<void> putOwner(const Home& home) {
    TM_CHECK(putReturned(home));
    if (home.actor().role == Role::ProcessOwner) {
        TM_CHECK(putTiles(home, {{"/findings?open=1&owner=" + encoded(home.actor().account),
                                  "finding of mine",
                                  "findings of mine",
                                  {},
                                  {},
                                  {}},
                                 {"/actions?mine=1", "action of mine", "actions of mine", {}, {}, {}},
                                 {"/requests?state=open&assignee=" + encoded(home.actor().account),
                                  "request to me",
                                  "requests to me",
                                  {},
                                  {},
                                  {}},
                                 {"/improvements?open=1&owner=" + encoded(home.actor().account),
                                  "improvement of mine",
                                  "improvements of mine",
                                  {},
                                  {},
                                  {}}}));
    }
    return putOwnFindings(home);
}

}  // namespace tickmark::http::pages

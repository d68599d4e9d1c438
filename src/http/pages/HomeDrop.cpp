// Where owners drop files on their home: what they answer is asked beside the files, nearest date first.
#include <algorithm>
#include <tuple>

#include "http/pages/HomePanels.h"
#include "http/pages/Listing.h"
#include "http/pages/Parts.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Lists.h"

namespace tickmark::http::pages {
namespace {

constexpr std::size_t titleLength = 70;

/// Something that waits for a record of this person.
struct Open {
    std::string due{};   ///< ISO date, or empty
    std::string code{};  ///< "request:RQ-0007"
    std::string ref{};
    std::string title{};
};

bool nearer(const Open& a, const Open& b) {
    return std::make_tuple(a.due.empty(), a.due, a.ref) < std::make_tuple(b.due.empty(), b.due, b.ref);
}

Result<std::vector<Open>> openOf(const Home& home, storage::ReadSession& session) {
    const storage::Scope scope = app::scopeOf(*home.web.context, home.actor());
    std::vector<Open> all;
    storage::RequestFilter requests;
    requests.assignee = home.actor().id;
    requests.states = {domain::RequestState::Open, domain::RequestState::Returned};
    TM_TRY(const auto asked, app::everyRow([&](const storage::PageRequest& page) {
               return storage::listRequests(session, scope, requests, page);
           }));
    all.reserve(asked.size());
    for (const auto& row : asked) all.push_back({row.due, "request:" + row.ref, row.ref, row.text});
    storage::FindingFilter findings;
    findings.owner = home.actor().id;
    findings.openOnly = true;
    TM_TRY(const auto owned, app::everyRow([&](const storage::PageRequest& page) {
               return storage::listFindings(session, scope, findings, page);
           }));
    for (const auto& row : owned)
        all.push_back({row.responseDue.empty() ? row.closeDue : row.responseDue, "finding:" + row.ref,
                       row.ref, row.title});
    storage::ActionFilter actions;
    actions.owner = home.actor().id;
    actions.openOnly = true;
    TM_TRY(const auto done, app::everyRow([&](const storage::PageRequest& page) {
               return storage::listActions(session, scope, actions, page);
           }));
    for (const auto& row : done) all.push_back({row.due, "action:" + row.ref, row.ref, row.title});
    std::sort(all.begin(), all.end(), nearer);
    return all;
}

}  // namespace

Result<void> putDrop(const Home& home, const Request& request) {
    TM_TRY(const auto open, home.web.context->database->read(
                                [&](storage::ReadSession& session) { return openOf(home, session); }));
    if (open.empty()) return {};
    view::Model& part = home.model.add("DROP");
    part.set("CSRF", home.caller.csrf);
    putUploadScripts(part, request);
    for (const Open& one : open) {
        std::string words = one.ref + " " + excerpt(one.title, titleLength);
        if (!one.due.empty()) words += " (" + one.due + ")";
        putOption(part, "TARGET", "CODE", one.code, std::move(words), false);
    }
    return {};
}

}  // namespace tickmark::http::pages

// What waits for a person, and the numbers of the home page.
#include <algorithm>

#include "app/Access.h"
#include "app/WaitingVerbs.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Lists.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::app {
namespace {

using domain::FindingState;
using domain::Role;

/// Rows of one kind that are looked at; a longer list is read in its own place.
constexpr std::size_t mostOfAKind = 2000;

std::optional<Date> dateOf(const std::string& iso) {
    auto date = Date::parse(iso);
    return date ? std::optional<Date>(*date) : std::nullopt;
}

Result<void> addFindings(storage::ReadSession& session, const storage::Scope& scope,
                         const domain::Actor& actor, HomeView& view) {
    storage::FindingFilter filter;
    filter.states = waitingStates(actor.role);
    if (filter.states.empty()) return {};
    if (actor.role == Role::ProcessOwner) filter.owner = actor.id;
    bool more = false;
    TM_TRY(const auto rows, everyRow(
                                [&](const storage::PageRequest& page) {
                                    return storage::listFindings(session, scope, filter, page);
                                },
                                mostOfAKind, more));
    view.moreWaiting = view.moreWaiting || more;
    for (const auto& row : rows) {
        const auto state = domain::findingStateFrom(row.state);
        if (!state) continue;
        const std::string_view verb = findingVerb(actor.role, *state);
        if (verb.empty()) continue;
        const bool answering = *state == FindingState::Issued || *state == FindingState::Returned;
        view.waiting.push_back(
            {"finding", row.ref, row.title, std::string(verb), std::string(domain::titleOf(*state)),
             row.auditRef, dateOf(answering && !row.responseDue.empty() ? row.responseDue : row.closeDue)});
    }
    return {};
}

Result<void> addActions(storage::ReadSession& session, const storage::Scope& scope,
                        const domain::Actor& actor, HomeView& view) {
    storage::ActionFilter filter;
    filter.openOnly = true;
    const bool auditee = actor.role == Role::ProcessOwner || actor.role == Role::ActionOwner;
    if (auditee) filter.owner = actor.id;
    bool more = false;
    TM_TRY(const auto rows, everyRow(
                                [&](const storage::PageRequest& page) {
                                    return storage::listActions(session, scope, filter, page);
                                },
                                mostOfAKind, more));
    view.moreWaiting = view.moreWaiting || more;
    for (const auto& row : rows) {
        const auto state = domain::actionStateFrom(row.state);
        if (!state) continue;
        const std::string_view verb = actionVerb(actor.role, *state, row.ownerAccount == actor.account);
        if (verb.empty()) continue;
        view.waiting.push_back({"action", row.ref, row.title, std::string(verb),
                                std::string(domain::titleOf(*state)), row.auditRef, dateOf(row.due)});
    }
    return {};
}

Result<void> addRequests(storage::ReadSession& session, const storage::Scope& scope,
                         const domain::Actor& actor, HomeView& view) {
    storage::RequestFilter filter;
    const bool auditee = actor.role == Role::ProcessOwner || actor.role == Role::ActionOwner;
    if (auditee) {
        filter.assignee = actor.id;
        filter.states = {domain::RequestState::Open, domain::RequestState::Returned};
    } else {
        filter.states = {domain::RequestState::Submitted};
    }
    bool more = false;
    TM_TRY(const auto rows, everyRow(
                                [&](const storage::PageRequest& page) {
                                    return storage::listRequests(session, scope, filter, page);
                                },
                                mostOfAKind, more));
    view.moreWaiting = view.moreWaiting || more;
    for (const auto& row : rows) {
        const auto state = domain::requestStateFrom(row.state);
        view.waiting.push_back(
            {"request", row.ref, row.text, auditee ? "Hand over a file" : "Judge what was submitted",
             state ? std::string(domain::titleOf(*state)) : row.state, row.auditRef, dateOf(row.due)});
    }
    return {};
}

void count(HomeView& view, const storage::Counts& counts) {
    const auto add = [](std::vector<HomeView::Count>& list, const std::string& key, std::int64_t number) {
        const auto at = std::find_if(list.begin(), list.end(), [&](const auto& c) { return c.key == key; });
        if (at == list.end())
            list.push_back({key, number});
        else
            at->number += number;
    };
    for (const auto& finding : counts.openFindings) {
        add(view.openByClass, finding.classCode, finding.count);
        add(view.byState, finding.state, finding.count);
        view.open += finding.count;
    }
    view.pastDue = counts.findingsPastDue;
}

bool earlier(const ToDo& a, const ToDo& b) {
    if (a.due.has_value() != b.due.has_value()) return a.due.has_value();
    return a.due && *a.due != *b.due ? *a.due < *b.due : a.ref < b.ref;
}

}  // namespace

Result<HomeView> showHome(Context& context, const domain::Actor& actor) {
    return context.database->read([&](storage::ReadSession& session) -> Result<HomeView> {
        const storage::Scope scope = scopeOf(context, actor);
        HomeView view;
        TM_TRY(const auto head, storage::ledgerHead(session));
        view.ledgerSize = static_cast<std::int64_t>(head.size);
        if (scope.reach == domain::Reach::Nothing) return view;
        TM_CHECK(addFindings(session, scope, actor, view));
        TM_CHECK(addActions(session, scope, actor, view));
        TM_CHECK(addRequests(session, scope, actor, view));
        std::sort(view.waiting.begin(), view.waiting.end(), earlier);
        TM_TRY(view.audits, everyRow(
                                [&](const storage::PageRequest& page) {
                                    return storage::listAudits(session, scope, {}, page);
                                },
                                mostOfAKind, view.moreAudits));
        TM_TRY(const auto counts, storage::countFor(session, scope));
        count(view, counts);
        return view;
    });
}

}  // namespace tickmark::app

#include "tickmark/app/DueList.h"

#include <algorithm>
#include <set>
#include <utility>

#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Lists.h"
#include "tickmark/domain/Improvement.h"
#include "tickmark/storage/Improvements.h"

namespace tickmark::app {
namespace {

using domain::FindingState;
using domain::Role;

constexpr std::size_t mostOfAKind = 2000;

std::string oneLine(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
    return text;
}

bool judges(Role role) { return role == Role::LeadAuditor || role == Role::Auditor; }

/// What the home page says already, as far as it has a date and is this role's to do.
void addWaiting(const HomeView& home, Role role, DueList& list) {
    for (const ToDo& todo : home.waiting) {
        if (!todo.due) continue;
        const DueKind kind = todo.kind == "finding"  ? DueKind::Finding
                             : todo.kind == "action" ? DueKind::Action
                                                     : DueKind::Request;
        const bool owner = role == Role::ProcessOwner || role == Role::ActionOwner;
        if (kind == DueKind::Request && !judges(role) && !owner) continue;
        list.items.push_back({kind, todo.ref, oneLine(todo.title), todo.verb, todo.audit, *todo.due});
    }
}

/// The check of the finding's present round that is booked and not done.
const domain::EffectivenessCheck* bookedCheck(const domain::Finding& finding) {
    const auto at = std::find_if(finding.checks.begin(), finding.checks.end(), [&](const auto& check) {
        return check.round == finding.round && check.plannedOn && !check.verdict;
    });
    return at == finding.checks.end() ? nullptr : &*at;
}

Result<void> addChecks(storage::ReadSession& session, const storage::Scope& scope, DueList& list) {
    storage::FindingFilter filter;
    filter.states = {FindingState::PlanAccepted, FindingState::Implemented, FindingState::Verified};
    bool more = false;
    TM_TRY(const auto rows, everyRow(
                                [&](const storage::PageRequest& page) {
                                    return storage::listFindings(session, scope, filter, page);
                                },
                                mostOfAKind, more));
    list.more = list.more || more;
    std::set<std::string> booked;
    for (const auto& row : rows) {
        TM_TRY(const domain::Finding finding, storage::findFinding(session, row.id));
        const auto* check = bookedCheck(finding);
        if (check == nullptr) continue;
        booked.insert(row.ref);
        list.items.push_back({DueKind::Check, row.ref, oneLine(row.title), "Check the effectiveness",
                              row.auditRef, *check->plannedOn});
    }
    // The home page asks for the same check by the date of the finding.
    std::erase_if(list.items, [&](const DueItem& item) {
        return item.kind == DueKind::Finding && item.verb == "Record effectiveness check" &&
               booked.contains(item.ref);
    });
    return {};
}

Result<void> addExtensions(storage::ReadSession& session, const storage::Scope& scope, DueList& list) {
    storage::ActionFilter filter;
    filter.openOnly = true;
    bool more = false;
    TM_TRY(const auto rows, everyRow(
                                [&](const storage::PageRequest& page) {
                                    return storage::listActions(session, scope, filter, page);
                                },
                                mostOfAKind, more));
    list.more = list.more || more;
    for (const auto& row : rows) {
        TM_TRY(const domain::Action action, storage::findAction(session, row.id));
        const auto open = std::find_if(action.extensions.begin(), action.extensions.end(),
                                       [](const auto& extension) { return !extension.approved; });
        if (open == action.extensions.end()) continue;
        list.items.push_back({DueKind::Extension, row.ref, oneLine(row.title),
                              "Decide on the new date " + open->asked.iso(), row.auditRef,
                              action.due.value_or(open->asked)});
    }
    return {};
}

/// The step that an item waits for; the last of them are the improvement manager's alone.
domain::ImprovementEvent nextStepOf(const domain::ImprovementItem& item) {
    using domain::ImprovementEvent;
    using domain::ImprovementState;
    switch (item.state) {
        case ImprovementState::Identified:
            return ImprovementEvent::SetGoals;
        case ImprovementState::GoalsSet:
            return ImprovementEvent::Analyse;
        case ImprovementState::Analysed:
            return ImprovementEvent::ApprovePlan;
        case ImprovementState::Planned:
            return item.approval ? ImprovementEvent::Start : ImprovementEvent::ApprovePlan;
        case ImprovementState::Implementing:
            return ImprovementEvent::Evaluate;
        case ImprovementState::Evaluating:
            return domain::targetMet(item) == false ? ImprovementEvent::Replan
                                                    : ImprovementEvent::Standardise;
        case ImprovementState::Standardised:
            return ImprovementEvent::Close;
        case ImprovementState::Closed:
        case ImprovementState::OnHold:
        case ImprovementState::Rejected:
        case ImprovementState::Cancelled:
            break;
    }
    return ImprovementEvent::Resume;
}

bool waitsFor(const domain::Actor& actor, const domain::ImprovementItem& item,
              domain::ImprovementEvent step) {
    if (item.state == domain::ImprovementState::OnHold) return false;
    const bool managers =
        step == domain::ImprovementEvent::ApprovePlan || step == domain::ImprovementEvent::Close;
    return managers ? actor.role == Role::ImprovementManager : item.owner == actor.id;
}

Result<void> addImprovements(storage::ReadSession& session, const storage::Scope& scope,
                             const domain::Actor& actor, DueList& list) {
    storage::ImprovementFilter filter;
    filter.openOnly = true;
    if (actor.role != Role::ImprovementManager) filter.owner = actor.id;
    bool more = false;
    TM_TRY(const auto items, everyRow(
                                 [&](const storage::PageRequest& page) {
                                     return storage::listImprovementItems(session, scope, filter, page);
                                 },
                                 mostOfAKind, more));
    list.more = list.more || more;
    for (const auto& item : items) {
        const auto step = nextStepOf(item);
        if (!item.due || !waitsFor(actor, item, step)) continue;
        list.items.push_back({DueKind::Improvement,
                              item.ref.text(),
                              oneLine(item.title),
                              std::string(domain::titleOf(step)),
                              {},
                              *item.due});
    }
    return {};
}

bool earlier(const DueItem& a, const DueItem& b) {
    if (a.due != b.due) return a.due < b.due;
    return a.kind != b.kind ? a.kind < b.kind : a.ref < b.ref;
}

}  // namespace

std::string_view toText(DueKind kind) noexcept {
    switch (kind) {
        case DueKind::Finding:
            return "finding";
        case DueKind::Action:
            return "action";
        case DueKind::Request:
            return "request";
        case DueKind::Extension:
            return "extension";
        case DueKind::Check:
            return "check";
        case DueKind::Improvement:
            return "improvement";
    }
    return "finding";
}

std::string_view titleOf(DueKind kind) noexcept {
    switch (kind) {
        case DueKind::Finding:
            return "Findings";
        case DueKind::Action:
            return "Actions";
        case DueKind::Request:
            return "Evidence requests";
        case DueKind::Extension:
            return "Extensions to decide";
        case DueKind::Check:
            return "Effectiveness checks";
        case DueKind::Improvement:
            return "Improvement items";
    }
    return "Findings";
}

std::string DueItem::path() const {
    switch (kind) {
        case DueKind::Finding:
        case DueKind::Check:
            return "/findings/" + ref;
        case DueKind::Action:
        case DueKind::Extension:
            return "/actions/" + ref;
        case DueKind::Request:
            return "/requests/" + ref;
        case DueKind::Improvement:
            return "/improvements/" + ref;
    }
    return "/";
}

DueList::Count DueList::countOf(DueKind kind) const noexcept {
    Count count;
    for (const DueItem& item : items) {
        if (item.kind != kind) continue;
        ++count.all;
        if (item.due < today) ++count.overdue;
    }
    return count;
}

std::int64_t DueList::overdue() const noexcept {
    return std::count_if(items.begin(), items.end(), [&](const DueItem& item) { return item.due < today; });
}

std::int64_t DueList::dueWithin(std::int32_t days) const noexcept {
    return std::count_if(items.begin(), items.end(), [&](const DueItem& item) {
        return today <= item.due && item.due <= today.plusDays(days);
    });
}

Result<DueList> dueList(Context& context, const domain::Actor& actor) {
    DueList list;
    list.today = context.today();
    TM_TRY(const HomeView home, showHome(context, actor));
    list.more = home.moreWaiting;
    addWaiting(home, actor.role, list);
    const storage::Scope scope = scopeOf(context, actor);
    auto added = context.database->read([&](storage::ReadSession& session) -> Result<bool> {
        if (judges(actor.role)) TM_CHECK(addChecks(session, scope, list));
        if (actor.role == Role::LeadAuditor) TM_CHECK(addExtensions(session, scope, list));
        TM_CHECK(addImprovements(session, scope, actor, list));
        return true;
    });
    if (!added) return std::move(added).error();
    std::sort(list.items.begin(), list.items.end(), earlier);
    return list;
}

}  // namespace tickmark::app

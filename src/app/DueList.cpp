#include "tickmark/app/DueList.h"

#include <algorithm>
#include <set>
#include <utility>

#include "app/ImprovementWaits.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Lists.h"
#include "tickmark/domain/Improvement.h"
#include "tickmark/storage/Improvements.h"
#include "tickmark/storage/Waiting.h"

namespace tickmark::app {
namespace {

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

/// From the days that stand beside the findings: no record is read.
Result<void> addChecks(storage::ReadSession& session, const storage::Scope& scope, DueList& list) {
    TM_TRY(const auto checks, storage::bookedChecks(session, scope, mostOfAKind));
    list.more = list.more || checks.size() == mostOfAKind;
    std::set<std::string> booked;
    for (const auto& check : checks) {
        booked.insert(check.ref);
        list.items.push_back({DueKind::Check, check.ref, oneLine(check.title), "Check the effectiveness",
                              check.auditRef, check.day});
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
        if (!item.due || !waitsFor(actor, item)) continue;
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

#include "tickmark/app/DueList.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "app/ImprovementWaits.h"
#include "app/WaitingVerbs.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Lists.h"
#include "tickmark/domain/Improvement.h"
#include "tickmark/storage/Improvements.h"
#include "tickmark/storage/MalwareScans.h"
#include "tickmark/storage/Waiting.h"

namespace tickmark::app {
namespace {

using domain::Role;

bool earlier(const DueItem& a, const DueItem& b) {
    if (a.due != b.due) return a.due < b.due;
    return a.kind != b.kind ? a.kind < b.kind : a.ref < b.ref;
}

/// The days that counts are asked for: everything with a date, what is before today, what is before the end
/// of the week that begins today.
struct Days {
    Date today{};
    Date later{};
    explicit Days(Date day) : today(day), later(day.plusDays(DueList::soonDays + 1)) {}
};

/// One person's list while it is made.
struct Gathering {
    storage::ReadSession& session;
    storage::Scope scope;
    domain::Actor actor;
    std::size_t most = 0;
    Days days;
    DueList& list;

    DueList::Count& countOf(DueKind kind) const { return list.counts.at(static_cast<std::size_t>(kind)); }
    void tally(DueKind kind, Date due) const {
        DueList::Count& count = countOf(kind);
        ++count.all;
        if (due < days.today) {
            ++count.overdue;
        } else if (due < days.later) {
            ++count.soon;
        }
    }
};

std::string oneLine(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
    return text;
}

bool judges(Role role) { return role == Role::LeadAuditor || role == Role::Auditor; }

DueKind kindOf(storage::WaitingKind kind) {
    switch (kind) {
        case storage::WaitingKind::Finding:
            return DueKind::Finding;
        case storage::WaitingKind::Action:
            return DueKind::Action;
        case storage::WaitingKind::Request:
            return DueKind::Request;
    }
    return DueKind::Finding;
}

Result<void> countDays(const Gathering& to, storage::WaitingQuestion question) {
    question.dated = true;
    TM_TRY(const auto all, storage::countWaiting(to.session, to.scope, question));
    question.before = to.days.today;
    TM_TRY(const auto overdue, storage::countWaiting(to.session, to.scope, question));
    question.before = to.days.later;
    TM_TRY(const auto later, storage::countWaiting(to.session, to.scope, question));
    to.countOf(DueKind::Finding) = {all.findings, overdue.findings, later.findings - overdue.findings};
    to.countOf(DueKind::Action) = {all.actions, overdue.actions, later.actions - overdue.actions};
    to.countOf(DueKind::Request) = {all.requests, overdue.requests, later.requests - overdue.requests};
    return {};
}

/// Findings, actions and requests, each kind on its own so that many of one do not crowd out another.
Result<void> addWaiting(const Gathering& to) {
    storage::WaitingQuestion all = questionFor(to.actor);
    all.checksApart = true;
    TM_CHECK(countDays(to, all));
    for (const std::string_view kind : {"finding", "action", "request"}) {
        storage::WaitingQuestion question = questionFor(to.actor, kind);
        question.dated = question.checksApart = true;
        TM_TRY(const auto rows, storage::listWaiting(to.session, to.scope, question, to.most));
        for (const storage::WaitingRow& row : rows) {
            if (!row.due) continue;
            to.list.items.push_back({kindOf(row.kind), row.ref, oneLine(row.title),
                                     std::string(verbOf(row, to.actor)), row.auditRef, *row.due});
        }
    }
    return {};
}

/// From the days that stand beside the findings: no record is read.
Result<void> addChecks(const Gathering& to) {
    TM_TRY(const auto checks, storage::bookedChecks(to.session, to.scope, to.most));
    for (const auto& check : checks) {
        to.list.items.push_back({DueKind::Check, check.ref, oneLine(check.title), "Check the effectiveness",
                                 check.auditRef, check.day});
    }
    TM_TRY(const auto all, storage::countBookedChecks(to.session, to.scope));
    TM_TRY(const auto overdue, storage::countBookedChecks(to.session, to.scope, to.days.today));
    TM_TRY(const auto later, storage::countBookedChecks(to.session, to.scope, to.days.later));
    to.countOf(DueKind::Check) = {all, overdue, later - overdue};
    return {};
}

Result<void> addExtensions(const Gathering& to) {
    TM_TRY(const auto extensions, storage::askedExtensions(to.session, to.scope, to.most));
    for (const auto& extension : extensions) {
        to.list.items.push_back({DueKind::Extension, extension.ref, oneLine(extension.title),
                                 "Decide on the new date " + extension.asked.iso(), extension.auditRef,
                                 extension.due});
    }
    TM_TRY(const auto all, storage::countAskedExtensions(to.session, to.scope));
    TM_TRY(const auto overdue, storage::countAskedExtensions(to.session, to.scope, to.days.today));
    TM_TRY(const auto later, storage::countAskedExtensions(to.session, to.scope, to.days.later));
    to.countOf(DueKind::Extension) = {all, overdue, later - overdue};
    return {};
}

Result<void> addImprovements(const Gathering& to) {
    storage::ImprovementFilter filter;
    filter.openOnly = true;
    if (to.actor.role != Role::ImprovementManager) filter.owner = to.actor.id;
    TM_TRY(const auto items, everyRow([&](const storage::PageRequest& page) {
               return storage::listImprovementItems(to.session, to.scope, filter, page);
           }));
    std::vector<DueItem> waiting;
    for (const auto& item : items) {
        if (!item.due || !waitsFor(to.actor, item)) continue;
        to.tally(DueKind::Improvement, *item.due);
        waiting.push_back({DueKind::Improvement,
                           item.ref.text(),
                           oneLine(item.title),
                           std::string(domain::titleOf(nextStepOf(item))),
                           {},
                           *item.due});
    }
    std::sort(waiting.begin(), waiting.end(), earlier);
    if (waiting.size() > to.most) waiting.resize(to.most);
    std::move(waiting.begin(), waiting.end(), std::back_inserter(to.list.items));
    return {};
}

/// Once for each file, for who leads the audit before who handed it over.
Result<void> addMalware(const Gathering& to) {
    const bool leads = to.actor.role == Role::LeadAuditor;
    const domain::PartyId receivedBy = leads ? domain::PartyId{} : to.actor.id;
    TM_TRY(const auto held, storage::heldVersions(to.session, to.scope, receivedBy, to.most));
    for (const auto& file : held) {
        const Date found = Date::of(file.found);
        to.tally(DueKind::Malware, found);
        to.list.items.push_back({DueKind::Malware, file.ref, oneLine(file.title),
                                 std::string(leads ? "Release or withdraw it" : "Hand over a clean version"),
                                 file.auditRef, found});
    }
    return {};
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
        case DueKind::Malware:
            return "malware";
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
        case DueKind::Malware:
            return "Quarantined files";
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
        case DueKind::Malware:
            return "/evidence/" + ref;
    }
    return "/";
}

DueList::Count DueList::count() const noexcept {
    Count sum;
    for (const Count& one : counts) {
        sum.all += one.all;
        sum.overdue += one.overdue;
        sum.soon += one.soon;
    }
    return sum;
}

bool DueList::more() const noexcept { return count().all > static_cast<std::int64_t>(items.size()); }

Result<DueList> dueList(Context& context, const domain::Actor& actor, std::size_t most) {
    const storage::Scope scope = scopeOf(context, actor);
    return context.database->read([&](storage::ReadSession& session) -> Result<DueList> {
        DueList list;
        list.today = scope.today;
        const Gathering to{session, scope, actor, most, Days(scope.today), list};
        TM_CHECK(addWaiting(to));
        if (judges(actor.role)) TM_CHECK(addChecks(to));
        if (actor.role == Role::LeadAuditor) TM_CHECK(addExtensions(to));
        TM_CHECK(addImprovements(to));
        if (actor.id.stored()) TM_CHECK(addMalware(to));
        std::sort(list.items.begin(), list.items.end(), earlier);
        return list;
    });
}

}  // namespace tickmark::app

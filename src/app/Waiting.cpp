#include "tickmark/app/Waiting.h"

#include <algorithm>
#include <array>

#include "app/ImprovementWaits.h"
#include "app/WaitingVerbs.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Lists.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Bundles.h"
#include "tickmark/storage/Improvements.h"
#include "tickmark/storage/Objectives.h"
#include "tickmark/storage/Policy.h"
#include "tickmark/storage/Reviews.h"
#include "tickmark/storage/Waiting.h"

namespace tickmark::app {
namespace {

using domain::Role;

WaitingItem itemOf(storage::WaitingRow&& row, const domain::Actor& actor) {
    WaitingItem item;
    item.ref = std::move(row.ref);
    item.title = std::move(row.title);
    item.classCode = std::move(row.classCode);
    item.audit = std::move(row.auditRef);
    item.finding = std::move(row.findingRef);
    item.due = row.due;
    item.verb = verbOf(row, actor);
    item.kind = row.kind == storage::WaitingKind::Finding  ? "finding"
                : row.kind == storage::WaitingKind::Action ? "action"
                                                           : "request";
    item.thing = item.kind;
    item.state = std::move(row.state);
    return item;
}

/// Open items whose next step is this person's.
Result<std::vector<domain::ImprovementItem>> waitingImprovements(storage::ReadSession& session,
                                                                 const storage::Scope& scope,
                                                                 const domain::Actor& actor) {
    storage::ImprovementFilter filter;
    filter.openOnly = true;
    if (actor.role != Role::ImprovementManager) filter.owner = actor.id;
    TM_TRY(auto items, everyRow([&](const storage::PageRequest& page) {
               return storage::listImprovementItems(session, scope, filter, page);
           }));
    std::erase_if(items, [&](const auto& item) { return !waitsFor(actor, item); });
    return items;
}

WaitingItem itemOf(const domain::ImprovementItem& improvement) {
    WaitingItem item;
    item.kind = item.thing = "improvement";
    item.ref = improvement.ref.text();
    item.title = improvement.title;
    item.state = domain::toText(improvement.state);
    item.verb = domain::titleOf(nextStepOf(improvement));
    item.due = improvement.due;
    return item;
}

bool earlier(const WaitingItem& a, const WaitingItem& b) {
    if (a.due.has_value() != b.due.has_value()) return a.due.has_value();
    return a.due && *a.due < *b.due;
}

WaitingView::Counts countsOf(const storage::WaitingCounts& counts) {
    return {counts.findings, counts.actions, counts.requests, 0, 0, 0};
}

Result<WaitingView::Counts> counts(storage::ReadSession& session, const storage::Scope& scope,
                                   const domain::Actor& actor, bool past) {
    storage::WaitingQuestion states = questionFor(actor);
    if (past) states.before = scope.today;
    TM_TRY(const auto counted, storage::countWaiting(session, scope, states));
    return countsOf(counted);
}

bool isPast(const domain::ImprovementItem& item, Date today) { return item.due && *item.due < today; }

Result<void> addImprovements(storage::ReadSession& session, const storage::Scope& scope,
                             const domain::Actor& actor, const WaitingQuestion& question, WaitingView& view) {
    TM_TRY(const auto items, waitingImprovements(session, scope, actor));
    for (const domain::ImprovementItem& item : items) {
        const bool past = isPast(item, scope.today);
        ++view.all.improvements;
        view.past.improvements += past ? 1 : 0;
        const bool asked = question.kind.empty() || question.kind == "improvement";
        if (asked && (past || !question.past)) view.items.push_back(itemOf(item));
    }
    return {};
}

WaitingItem approval(const char* thing, std::string ref, std::string title, std::string_view state,
                     std::optional<Date> due) {
    WaitingItem item;
    item.kind = "approval";
    item.thing = thing;
    item.ref = std::move(ref);
    item.title = std::move(title);
    item.state = state;
    item.verb = "Approve or return";
    item.due = due;
    return item;
}

/// What the improvement manager submitted to top management.
Result<std::vector<WaitingItem>> approvals(storage::ReadSession& session) {
    std::vector<WaitingItem> items;
    storage::ObjectiveFilter proposed;
    proposed.states = {domain::ObjectiveState::Proposed};
    TM_TRY(const auto objectives, everyRow([&](const storage::PageRequest& page) {
               return storage::listObjectives(session, proposed, page);
           }));
    items.reserve(objectives.size());
    for (const auto& row : objectives) {
        items.push_back(approval("objective", row.objective.ref.text(), row.objective.title,
                                 domain::toText(row.objective.state), row.objective.targetOn));
    }
    TM_TRY(const auto versions, storage::policyVersions(session));
    for (const auto& version : versions) {
        if (version.state != domain::PolicyState::Submitted) continue;
        items.push_back(approval("policy", version.ref.text(), version.title, domain::toText(version.state),
                                 version.effectiveOn));
    }
    TM_TRY(const auto reviews,
           everyRow([&](const storage::PageRequest& page) { return storage::listReviews(session, page); }));
    for (const auto& row : reviews) {
        if (row.review.state != domain::ReviewState::Submitted) continue;
        items.push_back(approval("review", row.review.ref.text(), row.review.title,
                                 domain::toText(row.review.state), row.review.day));
    }
    return items;
}

bool decided(const domain::Bundle& bundle) {
    return std::any_of(bundle.signatures.begin(), bundle.signatures.end(), [](const auto& signature) {
        return signature.role == "certification-auditor" && !signature.decision.empty();
    });
}

Result<std::vector<WaitingItem>> bundlesToDecide(storage::ReadSession& session, const storage::Scope& scope) {
    storage::BundleFilter filter;
    filter.states = {domain::BundleState::Sealed};
    TM_TRY(const auto bundles, everyRow([&](const storage::PageRequest& page) {
               return storage::listBundles(session, scope, filter, page);
           }));
    std::vector<WaitingItem> items;
    for (const domain::Bundle& bundle : bundles) {
        if (decided(bundle)) continue;
        WaitingItem item;
        item.kind = item.thing = "bundle";
        item.ref = bundle.ref.text();
        item.title = bundle.title;
        item.state = domain::toText(bundle.state);
        item.verb = "Accept or reject";
        TM_TRY(const domain::Audit audit, storage::findAudit(session, bundle.audit));
        item.audit = audit.ref.text();
        for (const domain::AuditShare& share : audit.shares) {
            if (share.party == scope.party) item.due = share.until;
        }
        items.push_back(std::move(item));
    }
    return items;
}

Result<void> addDecisions(storage::ReadSession& session, const storage::Scope& scope,
                          const domain::Actor& actor, const WaitingQuestion& question, WaitingView& view) {
    std::vector<WaitingItem> items;
    if (actor.role == Role::TopManagement) {
        TM_TRY(items, approvals(session));
    } else if (actor.role == Role::CertificationAuditor) {
        TM_TRY(items, bundlesToDecide(session, scope));
    }
    for (WaitingItem& item : items) {
        const bool past = item.due && *item.due < scope.today;
        const bool bundle = item.kind == "bundle";
        ++(bundle ? view.all.bundles : view.all.approvals);
        (bundle ? view.past.bundles : view.past.approvals) += past ? 1 : 0;
        const bool asked = question.kind.empty() || question.kind == item.kind;
        if (asked && (past || !question.past)) view.items.push_back(std::move(item));
    }
    return {};
}

void cut(std::vector<WaitingItem>& items, const WaitingQuestion& question) {
    const std::size_t first = std::min(question.first, items.size());
    items.erase(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(first));
    if (items.size() > question.most) items.resize(question.most);
}

Result<void> checkKind(const std::string& kind) {
    constexpr std::array kinds{"", "finding", "action", "request", "improvement", "approval", "bundle"};
    if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) return {};
    return invalid("query", "kind", "Nothing of the kind \"" + kind + "\" waits.",
                   "Choose finding, action, request, improvement, approval or bundle.");
}

}  // namespace

Result<WaitingView> waitingFor(Context& context, const domain::Actor& actor,
                               const WaitingQuestion& question) {
    TM_CHECK(checkKind(question.kind));
    return context.database->read([&](storage::ReadSession& session) -> Result<WaitingView> {
        const storage::Scope scope = scopeOf(context, actor);
        WaitingView view;
        if (scope.reach == domain::Reach::Nothing) return view;
        TM_TRY(view.all, counts(session, scope, actor, false));
        TM_TRY(view.past, counts(session, scope, actor, true));
        storage::WaitingQuestion states = questionFor(actor, question.kind);
        if (question.past) states.before = scope.today;
        TM_TRY(auto rows, storage::listWaiting(session, scope, states, question.first + question.most));
        view.items.reserve(rows.size());
        for (storage::WaitingRow& row : rows) view.items.push_back(itemOf(std::move(row), actor));
        TM_CHECK(addImprovements(session, scope, actor, question, view));
        TM_CHECK(addDecisions(session, scope, actor, question, view));
        std::stable_sort(view.items.begin(), view.items.end(), earlier);
        cut(view.items, question);
        return view;
    });
}

Result<WaitingView::Counts> countWaitingFor(Context& context, const domain::Actor& actor) {
    return context.database->read([&](storage::ReadSession& session) -> Result<WaitingView::Counts> {
        const storage::Scope scope = scopeOf(context, actor);
        WaitingView view;
        if (scope.reach == domain::Reach::Nothing) return view.all;
        TM_TRY(view.all, counts(session, scope, actor, false));
        TM_TRY(const auto items, waitingImprovements(session, scope, actor));
        view.all.improvements = static_cast<std::int64_t>(items.size());
        TM_CHECK(addDecisions(session, scope, actor, {}, view));
        return view.all;
    });
}

}  // namespace tickmark::app

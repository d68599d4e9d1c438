// One improvement item with everything around it, and what this actor may do now.
#include "app/Access.h"
#include "app/FeedbackAccess.h"
#include "app/ImprovementSource.h"
#include "app/KpiAccess.h"
#include "app/ReviewAccess.h"
#include "tickmark/app/Improvements.h"
#include "tickmark/app/Lists.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Objectives.h"

namespace tickmark::app {
namespace {

Result<void> readFinding(storage::ReadSession& session, const storage::Scope& scope, ImprovementView& view) {
    if (!view.item.finding.stored()) return {};
    TM_TRY(const domain::Finding linked, storage::findFinding(session, view.item.finding));
    const auto visible = storage::findFindingVisible(session, linked.ref, scope);
    if (visible) {
        view.findingRef = visible->ref.text();
        view.findingTitle = visible->title;
        return {};
    }
    if (visible.error().kind == ErrorKind::NotFound) return {};
    return visible.error();
}

Result<void> readEvidence(storage::ReadSession& session, const storage::Scope& scope, ImprovementView& view) {
    TM_TRY(const auto ids, storage::visibleEvidenceOf(session, view.item, scope));
    for (const domain::EvidenceVersionId id : ids) {
        TM_TRY(auto version, storage::findEvidenceVersion(session, id));
        view.evidence.push_back(std::move(version));
    }
    view.hiddenEvidence = view.item.evidence.size() - view.evidence.size();
    return {};
}

Result<void> readHistory(storage::ReadSession& session, ImprovementView& view) {
    TM_TRY(const auto rows, storage::eventsOf(session, "improvement", view.item.ref.text()));
    for (const auto& row : rows) {
        TM_TRY(auto event, ledger::Event::parse(row.leaf));
        view.history.push_back({static_cast<std::int64_t>(row.position), std::move(event)});
    }
    return {};
}

Result<void> readObjective(storage::ReadSession& session, const domain::Actor& actor, ImprovementView& view) {
    if (view.item.objective.empty() || !mayReadKpis(actor)) return {};
    auto objective = storage::objectiveByRef(session, domain::ObjectiveRef(view.item.objective));
    if (objective) {
        view.objectiveTitle = std::move(objective->title);
        return {};
    }
    if (objective.error().kind == ErrorKind::NotFound) return {};
    return std::move(objective).error();
}

Result<void> readSource(storage::ReadSession& session, const domain::Actor& actor, ImprovementView& view) {
    TM_TRY(const auto record, madeFrom(session, view.item));
    if (!record) return {};
    const bool review = *record == SourceRecord::ManagementReview;
    if (review ? mustReadReviews(actor).ok() : mustReadFeedback(actor).ok()) view.madeFrom = record;
    return {};
}

/// As app/Assign.h judges.
void judgeHandover(const domain::Actor& actor, ImprovementView& view) {
    const domain::ImprovementItem& item = view.item;
    if (domain::isFinal(item.state)) return;
    const bool manages = actor.role == domain::Role::ImprovementManager;
    const bool approved = !domain::isPlanOpen(item);
    const bool waits = !item.extensions.empty() && !item.extensions.back().approved;
    view.mayAssign = manages && approved;
    view.mayAskExtension = approved && !waits && (manages || item.owner == actor.id);
    view.mayDecideExtension = manages && waits;
}

}  // namespace

Result<ImprovementView> showImprovement(Context& context, const domain::Actor& actor,
                                        const domain::ImprovementRef& ref) {
    return context.database->read([&](storage::ReadSession& session) -> Result<ImprovementView> {
        const storage::Scope scope = scopeOf(context, actor);
        ImprovementView view;
        TM_TRY(view.item, storage::findImprovementVisible(session, ref, scope));
        TM_CHECK(readFinding(session, scope, view));
        TM_CHECK(readEvidence(session, scope, view));
        TM_CHECK(readObjective(session, actor, view));
        TM_CHECK(readSource(session, actor, view));
        TM_CHECK(readHistory(session, view));
        std::vector<domain::PartyId> people{view.item.owner, view.item.createdBy};
        if (view.item.approval) people.push_back(view.item.approval->by);
        for (const auto& version : view.evidence) people.push_back(version.receivedBy);
        for (const auto& extension : view.item.extensions) {
            people.push_back(extension.by);
            people.push_back(extension.decidedBy);
        }
        TM_TRY(view.parties, partiesOf(session, people));
        view.steps = domain::stepsOf(view.item, {actor, false, {}, context.today()});
        const bool live = !domain::isFinal(view.item.state) && domain::mayWorkOn(view.item, actor);
        view.mayEdit = live && domain::isPlanOpen(view.item);
        view.mayReport = live && view.item.approval.has_value();
        view.mayAttach = live;
        judgeHandover(actor, view);
        return view;
    });
}

}  // namespace tickmark::app

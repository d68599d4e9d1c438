#include "app/BulkDeeds.h"

#include "tickmark/app/Actions.h"
#include "tickmark/app/Assign.h"
#include "tickmark/app/Audits.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Findings.h"
#include "tickmark/app/Improvements.h"
#include "tickmark/app/Lessons.h"

namespace tickmark::app {
namespace {

constexpr std::string_view retract = "retract";

template <class Entity>
Result<Changed> changed(Result<Entity> after) {
    if (!after) return std::move(after).error();
    return Changed{std::string(domain::toText(after->state)), after->rev};
}

Handover handoverOf(const BulkOrder& order) {
    Handover handover;
    handover.reason = order.reason;
    if (order.deed == BulkDeed::Assign) handover.owner = order.owner;
    if (order.deed == BulkDeed::Due) handover.due = order.due;
    return handover;
}

Result<Changed> changeFindingOnce(Context& context, const domain::Actor& actor, const BulkOrder& order,
                                  const BulkItem& item) {
    const domain::FindingRef ref(item.ref);
    if (order.deed == BulkDeed::Move) {
        const auto event = domain::findingEventFrom(order.event);
        if (!event) return internal("An event was not checked.");
        return changed(changeFindingState(context, actor, ref, item.rev, *event, order.reason));
    }
    if (order.deed == BulkDeed::Attach)
        return changed(attachEvidence(context, actor, ref, item.rev, order.evidence));
    Assignment assignment;
    assignment.reason = order.reason;
    if (order.deed == BulkDeed::Assign) assignment.owner = order.owner;
    if (order.deed == BulkDeed::Due) assignment.closeDue = order.due;
    return changed(assignFinding(context, actor, ref, item.rev, assignment));
}

Result<Changed> changeActionOnce(Context& context, const domain::Actor& actor, const BulkOrder& order,
                                 const BulkItem& item) {
    const domain::ActionRef ref(item.ref);
    if (order.deed == BulkDeed::Move) {
        const auto event = domain::actionEventFrom(order.event);
        if (!event) return internal("An event was not checked.");
        return changed(changeActionState(context, actor, ref, item.rev, *event, order.reason));
    }
    if (order.deed == BulkDeed::Attach)
        return changed(attachEvidenceToAction(context, actor, ref, item.rev, order.evidence));
    if (order.deed == BulkDeed::Extend)
        return changed(requestExtension(context, actor, ref, item.rev, *order.due, order.reason));
    return changed(assignAction(context, actor, ref, item.rev, handoverOf(order)));
}

Result<Changed> changeImprovementOnce(Context& context, const domain::Actor& actor, const BulkOrder& order,
                                      const BulkItem& item) {
    const domain::ImprovementRef ref(item.ref);
    if (order.deed == BulkDeed::Move) {
        const auto event = domain::improvementEventFrom(order.event);
        if (!event) return internal("An event was not checked.");
        return changed(changeImprovementState(context, actor, ref, item.rev, *event, order.reason));
    }
    if (order.deed == BulkDeed::Attach)
        return changed(attachEvidenceToImprovement(context, actor, ref, item.rev, order.evidence));
    if (order.deed == BulkDeed::Extend)
        return changed(requestImprovementExtension(context, actor, ref, item.rev, *order.due, order.reason));
    return changed(assignImprovement(context, actor, ref, item.rev, handoverOf(order)));
}

Result<Changed> changeRequestOnce(Context& context, const domain::Actor& actor, const BulkOrder& order,
                                  const BulkItem& item) {
    const domain::RequestRef ref(item.ref);
    if (order.deed != BulkDeed::Move)
        return changed(assignRequest(context, actor, ref, item.rev, handoverOf(order)));
    const auto event = domain::requestEventFrom(order.event);
    if (!event) return internal("An event was not checked.");
    return changed(changeRequestState(context, actor, ref, item.rev, *event, order.reason));
}

Result<Changed> changeEvidenceOnce(Context& context, const domain::Actor& actor, const BulkOrder& order,
                                   const BulkItem& item) {
    const auto event = domain::evidenceEventFrom(order.event);
    if (!event) return internal("An event was not checked.");
    TM_TRY(const VersionName name, parseVersionName("items", item.ref));
    auto moved = changeEvidenceState(context, actor, name, item.rev, *event, order.reason);
    if (moved || moved.error().type != "code-needed") return changed(std::move(moved));
    // A code is good for one step only, so no row of many can bring its own.
    Error error = std::move(moved).error();
    error.fix = "Take this step on the page of the evidence itself, which asks for the code.";
    return error;
}

Result<Changed> changeAuditOnce(Context& context, const domain::Actor& actor, const BulkOrder& order,
                                const BulkItem& item) {
    const auto event = domain::auditEventFrom(order.event);
    if (!event) return internal("An event was not checked.");
    return changed(
        changeAuditState(context, actor, domain::AuditRef(item.ref), item.rev, *event, order.reason));
}

Result<Changed> retractOnce(Context& context, const domain::Actor& actor, const BulkOrder& order,
                            const BulkItem& item) {
    TM_TRY(const domain::Lesson lesson,
           retractLesson(context, actor, domain::LessonRef(item.ref), item.rev, order.reason));
    return Changed{"retracted", lesson.rev};
}

}  // namespace

bool isEventOf(BulkKind kind, std::string_view event) noexcept {
    switch (kind) {
        case BulkKind::Finding:
            return domain::findingEventFrom(event).has_value();
        case BulkKind::Action:
            return domain::actionEventFrom(event).has_value();
        case BulkKind::Request:
            return domain::requestEventFrom(event).has_value();
        case BulkKind::Evidence:
            return domain::evidenceEventFrom(event).has_value();
        case BulkKind::Improvement:
            return domain::improvementEventFrom(event).has_value();
        case BulkKind::Audit:
            return domain::auditEventFrom(event).has_value();
        case BulkKind::Lesson:
            return event == retract;
    }
    return false;
}

Result<Changed> changeOne(Context& context, const domain::Actor& actor, const BulkOrder& order,
                          const BulkItem& item) {
    switch (order.kind) {
        case BulkKind::Finding:
            return changeFindingOnce(context, actor, order, item);
        case BulkKind::Action:
            return changeActionOnce(context, actor, order, item);
        case BulkKind::Request:
            return changeRequestOnce(context, actor, order, item);
        case BulkKind::Evidence:
            return changeEvidenceOnce(context, actor, order, item);
        case BulkKind::Improvement:
            return changeImprovementOnce(context, actor, order, item);
        case BulkKind::Audit:
            return changeAuditOnce(context, actor, order, item);
        case BulkKind::Lesson:
            return retractOnce(context, actor, order, item);
    }
    return internal("A kind was not checked.");
}

}  // namespace tickmark::app

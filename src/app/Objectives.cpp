#include "tickmark/app/Objectives.h"

#include <algorithm>
#include <functional>

#include "app/Access.h"
#include "app/KpiAccess.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Lists.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Kpis.h"
#include "tickmark/storage/References.h"

namespace tickmark::app {
namespace {

using domain::Objective;
using domain::ObjectiveState;
using domain::Role;

bool writes(const domain::Actor& actor) noexcept {
    return actor.role == Role::ImprovementManager || actor.role == Role::TopManagement;
}

Result<void> mustWrite(const domain::Actor& actor) {
    if (writes(actor)) return {};
    return forbidden("Only the improvement manager and top management write objectives.");
}

/// The KPI's newest figure, or what was entered.
Result<std::optional<double>> valueOf(storage::ReadSession& session, const Objective& objective) {
    if (objective.kpi.empty()) return objective.current;
    TM_TRY(const auto kpi, storage::kpiByRef(session, domain::KpiRef(objective.kpi)));
    TM_TRY(const auto series, storage::seriesOf(session, kpi.id));
    const auto points = domain::pointsShown(series);
    // Points without a day stand last; they count only when none has one.
    const auto dated = std::find_if(points.rbegin(), points.rend(), [](const domain::ShownPoint& shown) {
        return shown.point->from.has_value();
    });
    if (dated != points.rend()) return std::optional<double>(dated->point->value);
    return points.empty() ? std::optional<double>() : std::optional<double>(points.back().point->value);
}

/// The KPI gives what the draft leaves open.
Result<void> takeFromKpi(storage::ReadSession& session, Objective& objective) {
    if (objective.kpi.empty()) return {};
    const auto kpi = storage::kpiByRef(session, domain::KpiRef(objective.kpi));
    if (!kpi && kpi.error().kind == ErrorKind::NotFound) {
        return invalid("unknown-kpi", "kpi", "There is no KPI " + objective.kpi + ".",
                       "Name one of the list of KPIs, or leave it empty and enter figures by hand.");
    }
    if (!kpi) return kpi.error();
    if (objective.unit.empty()) objective.unit = kpi->unit;
    if (!objective.direction) objective.direction = kpi->direction;
    if (!objective.baseline) objective.baseline = kpi->baseline;
    return {};
}

Result<void> fill(storage::ReadSession& session, const ObjectiveDraft& draft, Objective& objective) {
    objective.title = draft.title;
    objective.statement = draft.statement;
    objective.process = draft.process;
    objective.service = draft.service;
    objective.kpi = draft.kpi;
    objective.unit = draft.unit;
    objective.direction = draft.direction;
    objective.baseline = draft.baseline;
    objective.target = draft.target;
    objective.startOn = draft.startOn;
    objective.targetOn = draft.targetOn;
    TM_CHECK(takeFromKpi(session, objective));
    TM_CHECK(domain::validate(objective));
    TM_TRY(objective.owner, partyNamed(session, "owner", draft.owner));
    return {};
}

using Deed = std::function<Result<ledger::Event>(storage::WriteSession&, Objective&)>;

Result<Objective> changeObjective(Context& context, const domain::ObjectiveRef& ref, std::int64_t rev,
                                  const Deed& deed) {
    return context.database->write([&](storage::WriteSession& session) -> Result<Objective> {
        TM_TRY(Objective objective, storage::objectiveByRef(session, ref));
        TM_CHECK(mustBeCurrent(ref.text(), rev, objective.rev));
        TM_TRY(ledger::Event event, deed(session, objective));
        objective.changedAt = context.now();
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, objective, std::move(event)));
        return objective;
    });
}

domain::StepInput inputOf(const Context& context, const domain::Actor& actor, const std::string& reason) {
    return {actor, false, reason, context.today()};
}

bool measures(const domain::Actor& actor, const Objective& objective) noexcept {
    if (objective.state != ObjectiveState::Approved || !objective.kpi.empty()) return false;
    return actor.role == Role::ImprovementManager ||
           (objective.owner.stored() && objective.owner == actor.id);
}

std::optional<std::int64_t> progressOfItems(const std::vector<storage::ImprovementRow>& items) {
    constexpr std::int64_t all = 100;
    std::int64_t sum = 0;
    std::int64_t count = 0;
    for (const auto& item : items) {
        const auto state = domain::improvementStateFrom(item.state);
        if (state == domain::ImprovementState::Rejected || state == domain::ImprovementState::Cancelled)
            continue;
        sum += state == domain::ImprovementState::Closed ? all : item.progress;
        ++count;
    }
    return count == 0 ? std::optional<std::int64_t>() : std::optional<std::int64_t>(sum / count);
}

Result<std::vector<storage::ImprovementRow>> itemsServing(storage::ReadSession& session,
                                                          const storage::Scope& scope,
                                                          const domain::ObjectiveRef& ref) {
    storage::ImprovementFilter filter;
    filter.objective = ref.text();
    return everyRow([&](const storage::PageRequest& page) {
        return storage::listImprovements(session, scope, filter, page);
    });
}

}  // namespace

Result<Objective> proposeObjective(Context& context, const domain::Actor& actor,
                                   const ObjectiveDraft& draft) {
    TM_CHECK(mustWrite(actor));
    return context.database->write([&](storage::WriteSession& session) -> Result<Objective> {
        Objective objective;
        TM_CHECK(fill(session, draft, objective));
        objective.proposedBy = actor.id;
        objective.createdAt = context.now();
        objective.changedAt = objective.createdAt;
        TM_TRY(const std::string ref, storage::nextRef(session, storage::RefSeries::Objective));
        objective.ref = domain::ObjectiveRef(ref);
        TM_TRY([[maybe_unused]] const auto position,
               storage::save(session, objective, eventOf(context, actor, "objective.propose")));
        return objective;
    });
}

Result<Objective> editObjective(Context& context, const domain::Actor& actor, const domain::ObjectiveRef& ref,
                                std::int64_t rev, const ObjectiveDraft& draft) {
    TM_CHECK(mustWrite(actor));
    return changeObjective(
        context, ref, rev,
        [&](storage::WriteSession& session, Objective& objective) -> Result<ledger::Event> {
            if (objective.state != ObjectiveState::Proposed) {
                return refused("approved",
                               ref.text() + " is " + lower(domain::titleOf(objective.state)) +
                                   "; what was approved is not rewritten.",
                               "Withdraw it with a reason and propose another.");
            }
            if (objective.proposedBy != actor.id) {
                return forbidden("Only who proposed " + ref.text() +
                                 " edits it, so that nobody approves their own words.");
            }
            TM_CHECK(fill(session, draft, objective));
            return eventOf(context, actor, "objective.edit");
        });
}

Result<Objective> measureObjective(Context& context, const domain::Actor& actor,
                                   const domain::ObjectiveRef& ref, std::int64_t rev, double value,
                                   const std::string& evidence) {
    TM_CHECK(mustReadKpis(actor));
    return changeObjective(
        context, ref, rev,
        [&](storage::WriteSession& session, Objective& objective) -> Result<ledger::Event> {
            if (!objective.kpi.empty()) {
                return refused("measured-by-kpi",
                               "The figures of " + objective.kpi + " measure this objective.",
                               "Record a measurement of the KPI.");
            }
            if (!measures(actor, objective)) {
                return forbidden(
                    "Only its owner and the improvement manager record the value of an approved "
                    "objective.");
            }
            TM_TRY(const domain::EvidenceVersion version,
                   provingVersion(session, scopeOf(context, actor), evidence));
            objective.current = value;
            objective.currentEvidence = version.id;
            TM_CHECK(domain::validate(objective));
            ledger::Event entry = eventOf(context, actor, "objective.measure");
            entry.facts.set("evidence", versionName(version)).set("sha256", version.digest.hex());
            return entry;
        });
}

Result<Objective> moveObjective(Context& context, const domain::Actor& actor, const domain::ObjectiveRef& ref,
                                std::int64_t rev, domain::ObjectiveEvent event, const std::string& reason) {
    TM_CHECK(mustReadKpis(actor));
    return changeObjective(
        context, ref, rev,
        [&](storage::WriteSession& session, Objective& objective) -> Result<ledger::Event> {
            TM_TRY(const auto value, valueOf(session, objective));
            TM_TRY(const auto to, domain::next({objective, value}, event, inputOf(context, actor, reason)));
            ledger::Event entry = stepEvent(context, actor, "objective", domain::toText(event),
                                            domain::toText(objective.state), domain::toText(to), reason);
            objective.state = to;
            objective.stateReason = reason;
            objective.decidedBy = actor.id;
            TM_CHECK(domain::validate(objective));
            return entry;
        });
}

Result<ObjectiveView> showObjective(Context& context, const domain::Actor& actor,
                                    const domain::ObjectiveRef& ref) {
    TM_CHECK(mustReadKpis(actor));
    return context.database->read([&](storage::ReadSession& session) -> Result<ObjectiveView> {
        ObjectiveView view;
        TM_TRY(view.objective, storage::objectiveByRef(session, ref));
        TM_TRY(view.value, valueOf(session, view.objective));
        if (view.objective.kpi.empty() && view.objective.currentEvidence.stored()) {
            TM_TRY(view.evidence,
                   provingName(session, scopeOf(context, actor), view.objective.currentEvidence));
        }
        view.progress = domain::progressOf(view.objective, view.value);
        TM_TRY(view.items, itemsServing(session, scopeOf(context, actor), ref));
        view.itemProgress = progressOfItems(view.items);
        view.steps = domain::stepsOf({view.objective, view.value}, inputOf(context, actor, {}));
        TM_TRY(view.parties, partiesOf(session, {view.objective.owner, view.objective.proposedBy,
                                                 view.objective.decidedBy}));
        view.mayEdit = writes(actor) && view.objective.proposedBy == actor.id &&
                       view.objective.state == ObjectiveState::Proposed;
        view.mayMeasure = measures(actor, view.objective);
        return view;
    });
}

Result<ObjectiveList> listObjectives(Context& context, const domain::Actor& actor,
                                     const storage::ObjectiveFilter& filter,
                                     const storage::PageRequest& page) {
    TM_CHECK(mustReadKpis(actor));
    return context.database->read([&](storage::ReadSession& session) -> Result<ObjectiveList> {
        ObjectiveList list;
        TM_TRY(auto rows, storage::listObjectives(session, filter, page));
        list.next = rows.next;
        for (auto& row : rows.rows) {
            ObjectiveLine line;
            TM_TRY(line.value, valueOf(session, row.objective));
            line.progress = domain::progressOf(row.objective, line.value);
            line.row = std::move(row);
            list.lines.push_back(std::move(line));
        }
        return list;
    });
}

Result<void> objectiveMustBeOpen(storage::ReadSession& session, const std::string& ref) {
    const auto objective = storage::objectiveByRef(session, domain::ObjectiveRef(ref));
    if (!objective && objective.error().kind == ErrorKind::NotFound) {
        return invalid("unknown-objective", "objective", "There is no objective " + ref + ".",
                       "Name one of the list of objectives, or leave it empty.");
    }
    if (!objective) return objective.error();
    if (!domain::isFinal(objective->state)) return {};
    return invalid("unknown-objective", "objective",
                   ref + " is " + lower(domain::titleOf(objective->state)) + "; nothing new serves it.",
                   "Name an objective that is proposed or approved, or leave it empty.");
}

}  // namespace tickmark::app

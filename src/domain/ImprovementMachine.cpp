// The machine of an improvement item: seven steps, back to planning when the target was missed, and the ways
// out.
#include "domain/Machine.h"
#include "tickmark/domain/ImprovementSteps.h"

namespace tickmark::domain {
namespace {

using machine::EventWords;
using machine::needsReason;
using State = ImprovementState;
using Event = ImprovementEvent;
using Arrow = Transition<State, Event>;
using Rule = machine::GuardRule<ImprovementItem>;

enum ImprovementGuard : unsigned {
    ByOwner = 1U << 1U,  ///< process and action owners act on what they own; the improvement manager passes
    HasOwner = 1U << 2U,
    HasKpi = 1U << 3U,
    HasBaseline = 1U << 4U,
    HasTarget = 1U << 5U,
    HasDue = 1U << 6U,
    HasAnalysis = 1U << 7U,
    HasPlan = 1U << 8U,
    NotApproved = 1U << 9U,
    IsApproved = 1U << 10U,
    MetTarget = 1U << 11U,
    MissedTarget = 1U << 12U,
    HasEvidence = 1U << 13U,
    HasLesson = 1U << 14U
};

constexpr RoleSet manager{Role::ImprovementManager};
constexpr RoleSet workers{Role::ProcessOwner, Role::ActionOwner, Role::ImprovementManager};
constexpr unsigned goals = HasKpi | HasBaseline | HasTarget | HasDue;
constexpr unsigned approvable = HasOwner | goals | HasPlan;
constexpr unsigned holding = needsReason | ByOwner;

// Resume has Identified as a marker: it leads back to where the item was held.
constexpr std::array arrows{
    Arrow{State::Identified, Event::SetGoals, State::GoalsSet, workers, ByOwner | goals},
    Arrow{State::GoalsSet, Event::Analyse, State::Analysed, workers, ByOwner | HasAnalysis},
    Arrow{State::Analysed, Event::ApprovePlan, State::Planned, manager, approvable},
    // A plan that returned after a missed target is approved anew before it is carried out.
    Arrow{State::Planned, Event::ApprovePlan, State::Planned, manager, approvable | NotApproved},
    Arrow{State::Planned, Event::Start, State::Implementing, workers, ByOwner | IsApproved},
    Arrow{State::Implementing, Event::Evaluate, State::Evaluating, workers, ByOwner},
    Arrow{State::Evaluating, Event::Replan, State::Planned, workers, needsReason | ByOwner | MissedTarget},
    Arrow{State::Evaluating, Event::Standardise, State::Standardised, workers,
          ByOwner | MetTarget | HasEvidence},
    Arrow{State::Standardised, Event::Close, State::Closed, manager, HasLesson},
    Arrow{State::Identified, Event::Reject, State::Rejected, manager, needsReason},
    Arrow{State::GoalsSet, Event::Reject, State::Rejected, manager, needsReason},
    Arrow{State::Analysed, Event::Reject, State::Rejected, manager, needsReason},
    Arrow{State::Identified, Event::Hold, State::OnHold, workers, holding},
    Arrow{State::GoalsSet, Event::Hold, State::OnHold, workers, holding},
    Arrow{State::Analysed, Event::Hold, State::OnHold, workers, holding},
    Arrow{State::Planned, Event::Hold, State::OnHold, workers, holding},
    Arrow{State::Implementing, Event::Hold, State::OnHold, workers, holding},
    Arrow{State::Evaluating, Event::Hold, State::OnHold, workers, holding},
    Arrow{State::OnHold, Event::Resume, State::Identified, workers, ByOwner},
    Arrow{State::Planned, Event::Cancel, State::Cancelled, manager, needsReason},
    Arrow{State::Implementing, Event::Cancel, State::Cancelled, manager, needsReason},
    Arrow{State::Evaluating, Event::Cancel, State::Cancelled, manager, needsReason},
    Arrow{State::OnHold, Event::Cancel, State::Cancelled, manager, needsReason},
};
static_assert(machine::isDeterministic(std::span<const Arrow>(arrows)));

constexpr std::array eventWords{
    EventWords<Event>{Event::SetGoals, "set the goals of this item", "The goals cannot be set yet", ""},
    EventWords<Event>{Event::Analyse, "conclude the analysis of this item",
                      "The analysis cannot be concluded yet", ""},
    EventWords<Event>{Event::ApprovePlan, "approve the plan of this item", "The plan cannot be approved yet",
                      ""},
    EventWords<Event>{Event::Start, "start implementing this item", "Cannot be started yet", ""},
    EventWords<Event>{Event::Evaluate, "evaluate the result of this item", "Cannot be evaluated yet", ""},
    EventWords<Event>{Event::Replan, "return this item to planning", "Cannot return to planning",
                      "Say why the target was missed."},
    EventWords<Event>{Event::Standardise, "standardise this item", "Cannot be standardised yet", ""},
    EventWords<Event>{Event::Close, "close this item", "Cannot be closed yet", ""},
    EventWords<Event>{Event::Reject, "reject this item", "Cannot be rejected yet",
                      "Say why it is not pursued."},
    EventWords<Event>{Event::Hold, "put this item on hold", "Cannot be put on hold yet",
                      "Say what it waits for."},
    EventWords<Event>{Event::Resume, "resume this item", "Cannot be resumed yet", ""},
    EventWords<Event>{Event::Cancel, "cancel this item", "Cannot be cancelled yet",
                      "Say why it is not carried out."},
};
static_assert(machine::speaksOfAll(eventWords, Event::Cancel));

std::string emptyText(std::string_view text, std::string_view words) {
    return trim(text).empty() ? std::string(words) : std::string{};
}

std::string notTheOwner(const ImprovementItem& item, const StepInput& input) {
    if (input.actor.role == Role::ImprovementManager) return {};
    const bool mine = item.owner.stored() && item.owner == input.actor.id;
    return mine ? "" : "its owner or the improvement manager";
}
std::string noOwner(const ImprovementItem& item, const StepInput& /*input*/) {
    return item.owner.stored() ? "" : "nobody owns it";
}
std::string noKpi(const ImprovementItem& item, const StepInput& /*input*/) {
    return emptyText(item.kpi, "no KPI is named");
}
std::string noBaseline(const ImprovementItem& item, const StepInput& /*input*/) {
    return emptyText(item.baseline, "the baseline is empty");
}
std::string noTarget(const ImprovementItem& item, const StepInput& /*input*/) {
    return emptyText(item.target, "the target is empty");
}
std::string noDue(const ImprovementItem& item, const StepInput& /*input*/) {
    return item.due ? "" : "the due date is empty";
}
std::string noAnalysis(const ImprovementItem& item, const StepInput& /*input*/) {
    return emptyText(item.analysis, "the analysis is empty");
}
std::string noPlan(const ImprovementItem& item, const StepInput& /*input*/) {
    return emptyText(item.plan, "the plan is empty");
}
std::string alreadyApproved(const ImprovementItem& item, const StepInput& /*input*/) {
    return item.approval ? "it is approved already" : "";
}
std::string notApproved(const ImprovementItem& item, const StepInput& /*input*/) {
    return item.approval ? "" : "the plan is not approved again since the target was missed";
}
std::string notMet(const ImprovementItem& item, const StepInput& /*input*/) {
    const auto met = targetMet(item);
    if (!met) return "no result is recorded";
    return *met ? "" : "the result misses the target, so it returns to planning";
}
std::string notMissed(const ImprovementItem& item, const StepInput& /*input*/) {
    const auto met = targetMet(item);
    if (!met) return "no result is recorded";
    return *met ? "the result meets the target" : "";
}
std::string noEvidence(const ImprovementItem& item, const StepInput& /*input*/) {
    return item.evidence.empty() ? "the changed document is not attached as evidence" : "";
}
std::string noLesson(const ImprovementItem& item, const StepInput& /*input*/) {
    return item.lesson ? "" : "no lesson is recorded";
}

constexpr std::array rules{
    Rule{ByOwner, true, notTheOwner},
    Rule{HasOwner, false, noOwner},
    Rule{HasKpi, false, noKpi},
    Rule{HasBaseline, false, noBaseline},
    Rule{HasTarget, false, noTarget},
    Rule{HasDue, false, noDue},
    Rule{HasAnalysis, false, noAnalysis},
    Rule{HasPlan, false, noPlan},
    Rule{NotApproved, false, alreadyApproved},
    Rule{IsApproved, false, notApproved},
    Rule{MetTarget, false, notMet},
    Rule{MissedTarget, false, notMissed},
    Rule{HasEvidence, false, noEvidence},
    Rule{HasLesson, false, noLesson},
};

struct ImprovementMachine {
    using State = ImprovementState;
    using Event = ImprovementEvent;
    using Case = ImprovementItem;
    static std::span<const Arrow> table(const Case& /*item*/) { return arrows; }
    static State stateOf(const Case& item) { return item.state; }
    static State target(const Case& item, const Arrow& arrow) {
        return arrow.event == Event::Resume ? item.heldFrom : arrow.to;
    }
    static const EventWords<Event>& wordsOf(Event event) {
        return eventWords[static_cast<std::size_t>(event)];
    }
    static std::span<const Rule> guards() { return rules; }
    static std::optional<Error> lock(const Case& /*item*/) { return std::nullopt; }
};

}  // namespace

std::span<const Transition<ImprovementState, ImprovementEvent>> improvementTransitions() noexcept {
    return arrows;
}

Result<ImprovementState> next(const ImprovementItem& item, ImprovementEvent event, const StepInput& input) {
    return machine::nextState<ImprovementMachine>(item, event, input);
}

std::vector<ImprovementStep> stepsOf(const ImprovementItem& item, const StepInput& input) {
    return machine::steps<ImprovementMachine>(item, input);
}

bool isPlanOpen(const ImprovementItem& item) noexcept { return !isFinal(item.state) && !item.approval; }

bool mayWorkOn(const ImprovementItem& item, const Actor& actor) noexcept {
    if (actor.role == Role::ImprovementManager) return true;
    if (!actor.id.stored()) return false;
    const bool owns =
        item.owner == actor.id && (actor.role == Role::ProcessOwner || actor.role == Role::ActionOwner);
    return owns || (item.createdBy == actor.id && item.state == ImprovementState::Identified);
}

}  // namespace tickmark::domain

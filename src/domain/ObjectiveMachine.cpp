// The machine of an objective.
#include "domain/Machine.h"
#include "tickmark/domain/Objective.h"

namespace tickmark::domain {
namespace {

using machine::EventWords;
using machine::needsReason;
using State = ObjectiveState;
using Event = ObjectiveEvent;
using Arrow = Transition<State, Event>;
using Rule = machine::GuardRule<ObjectiveCase>;

enum ObjectiveGuard : unsigned {
    NotTheirOwn = 1U << 1U,  ///< nobody approves what they proposed
    HasOwner = 1U << 2U,
    Reached = 1U << 3U,
    IsPast = 1U << 4U
};

constexpr RoleSet top{Role::TopManagement};
constexpr RoleSet manager{Role::ImprovementManager};
constexpr RoleSet either{Role::ImprovementManager, Role::TopManagement};

constexpr std::array arrows{
    Arrow{State::Proposed, Event::Approve, State::Approved, top, NotTheirOwn | HasOwner},
    Arrow{State::Approved, Event::Achieve, State::Achieved, manager, Reached},
    Arrow{State::Approved, Event::Miss, State::Missed, manager, needsReason | IsPast},
    Arrow{State::Proposed, Event::Withdraw, State::Withdrawn, either, needsReason},
    Arrow{State::Approved, Event::Withdraw, State::Withdrawn, top, needsReason},
};
static_assert(machine::isDeterministic(std::span<const Arrow>(arrows)));

constexpr std::array eventWords{
    EventWords<Event>{Event::Approve, "approve this objective", "Cannot be approved yet", ""},
    EventWords<Event>{Event::Achieve, "record this objective as achieved", "Cannot be recorded as achieved",
                      ""},
    EventWords<Event>{Event::Miss, "record this objective as missed", "Cannot be recorded as missed yet",
                      "Say why it was missed."},
    EventWords<Event>{Event::Withdraw, "withdraw this objective", "Cannot be withdrawn",
                      "Say why it is not pursued."},
};
static_assert(machine::speaksOfAll(eventWords, Event::Withdraw));

std::string theirOwn(const ObjectiveCase& item, const StepInput& input) {
    const bool own = item.objective.proposedBy.stored() && item.objective.proposedBy == input.actor.id;
    return own ? "somebody of top management who did not propose it" : "";
}
std::string noOwner(const ObjectiveCase& item, const StepInput& /*input*/) {
    return item.objective.owner.stored() ? "" : "nobody owns it";
}
std::string notReached(const ObjectiveCase& item, const StepInput& /*input*/) {
    const auto reached = reaches(item.objective, item.value);
    if (!reached) return "nothing has been measured";
    return *reached ? "" : "the value does not reach the target";
}
std::string notPast(const ObjectiveCase& item, const StepInput& input) {
    const bool past = item.objective.targetOn && *item.objective.targetOn < input.today;
    return past ? "" : "its day has not passed";
}

constexpr std::array rules{
    Rule{NotTheirOwn, true, theirOwn},
    Rule{HasOwner, false, noOwner},
    Rule{Reached, false, notReached},
    Rule{IsPast, false, notPast},
};

struct ObjectiveMachine {
    using State = ObjectiveState;
    using Event = ObjectiveEvent;
    using Case = ObjectiveCase;
    static std::span<const Arrow> table(const Case& /*item*/) { return arrows; }
    static State stateOf(const Case& item) { return item.objective.state; }
    static State target(const Case& /*item*/, const Arrow& arrow) { return arrow.to; }
    static const EventWords<Event>& wordsOf(Event event) {
        return eventWords[static_cast<std::size_t>(event)];
    }
    static std::span<const Rule> guards() { return rules; }
    static std::optional<Error> lock(const Case& /*item*/) { return std::nullopt; }
};

}  // namespace

std::span<const Transition<State, Event>> objectiveTransitions() noexcept { return arrows; }

Result<State> next(const ObjectiveCase& item, Event event, const StepInput& input) {
    return machine::nextState<ObjectiveMachine>(item, event, input);
}

std::vector<ObjectiveStep> stepsOf(const ObjectiveCase& item, const StepInput& input) {
    return machine::steps<ObjectiveMachine>(item, input);
}

}  // namespace tickmark::domain

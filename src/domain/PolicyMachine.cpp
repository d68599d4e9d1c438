// The machine of a version of the improvement policy.
#include <algorithm>

#include "domain/Machine.h"
#include "tickmark/domain/Policy.h"

namespace tickmark::domain {
namespace {

using machine::EventWords;
using machine::needsReason;
using State = PolicyState;
using Event = PolicyEvent;
using Arrow = Transition<State, Event>;
using Rule = machine::GuardRule<PolicyVersion>;

enum PolicyGuard : unsigned {
    NotTheirOwn = 1U << 1U,  ///< nobody approves what they wrote
    HasStart = 1U << 2U,
    HasReview = 1U << 3U,
    ReviewAhead = 1U << 4U
};

constexpr RoleSet top{Role::TopManagement};
constexpr RoleSet manager{Role::ImprovementManager};
constexpr RoleSet theSystem{};

constexpr std::array arrows{
    Arrow{State::Draft, Event::Submit, State::Submitted, manager, HasStart | HasReview},
    Arrow{State::Submitted, Event::Reject, State::Draft, top, needsReason},
    Arrow{State::Submitted, Event::Approve, State::Approved, top, NotTheirOwn | ReviewAhead},
    Arrow{State::Approved, Event::Supersede, State::Superseded, theSystem, 0},
};
static_assert(machine::isDeterministic(std::span<const Arrow>(arrows)));

constexpr std::array eventWords{
    EventWords<Event>{Event::Submit, "submit this version", "Cannot be submitted yet", ""},
    EventWords<Event>{Event::Reject, "reject this version", "Cannot be rejected",
                      "Say what has to change before it can be approved."},
    EventWords<Event>{Event::Approve, "approve this version", "Cannot be approved", ""},
    EventWords<Event>{Event::Supersede, "supersede this version", "Cannot be superseded", ""},
};
static_assert(machine::speaksOfAll(eventWords, Event::Supersede));

std::string theirOwn(const PolicyVersion& version, const StepInput& input) {
    const auto& writers = version.writers;
    const bool wrote = std::find(writers.begin(), writers.end(), input.actor.id) != writers.end();
    return wrote ? "somebody of top management who did not write it" : "";
}
std::string noStart(const PolicyVersion& version, const StepInput& /*input*/) {
    return version.effectiveOn ? "" : "no day is named from which it holds";
}
std::string noReview(const PolicyVersion& version, const StepInput& /*input*/) {
    return version.reviewOn ? "" : "no day is named for its review";
}
std::string reviewPast(const PolicyVersion& version, const StepInput& input) {
    const bool past = version.reviewOn && *version.reviewOn <= input.today;
    return past ? "the day of its review has come already; reject it so that a later day is set" : "";
}

constexpr std::array rules{
    Rule{NotTheirOwn, true, theirOwn},
    Rule{HasStart, false, noStart},
    Rule{HasReview, false, noReview},
    Rule{ReviewAhead, false, reviewPast},
};

struct PolicyMachine {
    using State = PolicyState;
    using Event = PolicyEvent;
    using Case = PolicyVersion;
    static std::span<const Arrow> table(const Case& /*item*/) { return arrows; }
    static State stateOf(const Case& item) { return item.state; }
    static State target(const Case& /*item*/, const Arrow& arrow) { return arrow.to; }
    static const EventWords<Event>& wordsOf(Event event) {
        return eventWords[static_cast<std::size_t>(event)];
    }
    static std::span<const Rule> guards() { return rules; }
    static std::optional<Error> lock(const Case& /*item*/) { return std::nullopt; }
};

}  // namespace

std::span<const Transition<State, Event>> policyTransitions() noexcept { return arrows; }

Result<State> next(const PolicyVersion& version, Event event, const StepInput& input) {
    return machine::nextState<PolicyMachine>(version, event, input);
}

std::vector<PolicyStep> stepsOf(const PolicyVersion& version, const StepInput& input) {
    return machine::steps<PolicyMachine>(version, input);
}

}  // namespace tickmark::domain

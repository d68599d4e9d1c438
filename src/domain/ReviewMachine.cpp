// The machine of a management review: who wrote the minutes does not approve them.
#include <algorithm>

#include "domain/Machine.h"
#include "tickmark/domain/Review.h"

namespace tickmark::domain {
namespace {

using machine::EventWords;
using machine::needsReason;
using State = ReviewState;
using Event = ReviewEvent;
using Arrow = Transition<State, Event>;
using Rule = machine::GuardRule<ManagementReview>;

enum ReviewGuard : unsigned {
    NotWriter = 1U << 1U,
    DayHasCome = 1U << 2U,
    HasChair = 1U << 3U,
    HasConclusions = 1U << 4U,
    HasBundle = 1U << 5U
};

constexpr RoleSet writers{Role::ImprovementManager, Role::TopManagement};
constexpr RoleSet management{Role::TopManagement};

constexpr std::array arrows{
    Arrow{State::Planned, Event::Hold, State::Held, writers, DayHasCome | HasChair},
    Arrow{State::Planned, Event::Cancel, State::Cancelled, writers, needsReason},
    Arrow{State::Held, Event::Submit, State::Submitted, writers, HasConclusions},
    Arrow{State::Submitted, Event::Approve, State::Approved, management, NotWriter},
    Arrow{State::Submitted, Event::Return, State::Held, management, needsReason},
    Arrow{State::Approved, Event::Close, State::Closed, writers, HasBundle},
};
static_assert(machine::isDeterministic(std::span<const Arrow>(arrows)));

constexpr std::array eventWords{
    EventWords<Event>{Event::Hold, "hold this review", "Cannot be held yet", ""},
    EventWords<Event>{Event::Submit, "submit these minutes", "Cannot be submitted yet", ""},
    EventWords<Event>{Event::Approve, "approve these minutes", "Cannot be approved yet", ""},
    EventWords<Event>{Event::Return, "return these minutes", "Cannot be returned yet",
                      "Say what is to be changed."},
    EventWords<Event>{Event::Close, "close this review", "Cannot be closed yet", ""},
    EventWords<Event>{Event::Cancel, "cancel this review", "Cannot be cancelled yet",
                      "Say why it does not take place."},
};
static_assert(machine::speaksOfAll(eventWords, Event::Cancel));

std::string wroteIt(const ManagementReview& review, const StepInput& input) {
    const auto& all = review.writers;
    const bool wrote = std::find(all.begin(), all.end(), input.actor.id) != all.end();
    return wrote ? "somebody of top management who did not write the minutes" : "";
}
std::string dayToCome(const ManagementReview& review, const StepInput& input) {
    if (!review.day) return "it has no date";
    return *review.day > input.today ? "its date, " + review.day->iso() + ", is still to come" : "";
}
std::string noChair(const ManagementReview& review, const StepInput& /*input*/) {
    return trim(review.chair).empty() ? "nobody is named as chair" : "";
}
std::string noConclusions(const ManagementReview& review, const StepInput& /*input*/) {
    return trim(review.conclusions).empty() ? "the conclusions are empty" : "";
}
std::string noBundle(const ManagementReview& review, const StepInput& /*input*/) {
    return review.bundle.empty() ? "its minutes are not sealed" : "";
}

constexpr std::array rules{
    Rule{NotWriter, true, wroteIt},   Rule{DayHasCome, false, dayToCome},
    Rule{HasChair, false, noChair},   Rule{HasConclusions, false, noConclusions},
    Rule{HasBundle, false, noBundle},
};

struct ReviewMachine {
    using State = ReviewState;
    using Event = ReviewEvent;
    using Case = ManagementReview;
    static std::span<const Arrow> table(const Case& /*review*/) { return arrows; }
    static State stateOf(const Case& review) { return review.state; }
    static State target(const Case& /*review*/, const Arrow& arrow) { return arrow.to; }
    static const EventWords<Event>& wordsOf(Event event) {
        return eventWords[static_cast<std::size_t>(event)];
    }
    static std::span<const Rule> guards() { return rules; }
    static std::optional<Error> lock(const Case& /*review*/) { return std::nullopt; }
};

}  // namespace

std::span<const Transition<ReviewState, ReviewEvent>> reviewTransitions() noexcept { return arrows; }

Result<ReviewState> next(const ManagementReview& review, ReviewEvent event, const StepInput& input) {
    return machine::nextState<ReviewMachine>(review, event, input);
}

std::vector<ReviewStep> stepsOf(const ManagementReview& review, const StepInput& input) {
    return machine::steps<ReviewMachine>(review, input);
}

bool mayWrite(const ManagementReview& review, const Actor& actor) noexcept {
    return writers.has(actor.role) && (review.state == State::Planned || review.state == State::Held);
}

}  // namespace tickmark::domain

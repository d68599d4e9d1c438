// The rules of feedback and the machine that it goes through.
#include "tickmark/domain/Feedback.h"

#include "domain/FieldReport.h"
#include "domain/Machine.h"

namespace tickmark::domain {
namespace {

using machine::EventWords;
using machine::needsReason;
using State = FeedbackState;
using Event = FeedbackEvent;
using Arrow = Transition<State, Event>;

constexpr std::size_t titleLength = 120;
constexpr RoleSet keepers{Role::ProcessOwner, Role::ImprovementManager};

constexpr std::array arrows{
    Arrow{State::New, Event::Acknowledge, State::Acknowledged, keepers, 0},
    Arrow{State::Acknowledged, Event::Answer, State::Answered, keepers, needsReason},
    Arrow{State::Acknowledged, Event::Improve, State::Improving, keepers, 0},
    Arrow{State::New, Event::Dismiss, State::Dismissed, keepers, needsReason},
    Arrow{State::Acknowledged, Event::Dismiss, State::Dismissed, keepers, needsReason},
};
static_assert(machine::isDeterministic(std::span<const Arrow>(arrows)));

constexpr std::array eventWords{
    EventWords<Event>{Event::Acknowledge, "acknowledge this feedback", "Cannot be acknowledged yet", ""},
    EventWords<Event>{Event::Answer, "answer this feedback", "Cannot be answered yet",
                      "Say what was answered."},
    EventWords<Event>{Event::Improve, "make an improvement item of this feedback",
                      "Cannot become an improvement item yet", ""},
    EventWords<Event>{Event::Dismiss, "dismiss this feedback", "Cannot be dismissed yet",
                      "Say why nothing follows from it."},
};
static_assert(machine::speaksOfAll(eventWords, Event::Dismiss));

struct FeedbackMachine {
    using State = FeedbackState;
    using Event = FeedbackEvent;
    using Case = Feedback;
    static std::span<const Arrow> table(const Case& /*item*/) { return arrows; }
    static State stateOf(const Case& item) { return item.state; }
    static State target(const Case& /*item*/, const Arrow& arrow) { return arrow.to; }
    static const EventWords<Event>& wordsOf(Event event) {
        return eventWords[static_cast<std::size_t>(event)];
    }
    static std::span<const machine::GuardRule<Feedback>> guards() { return {}; }
    static std::optional<Error> lock(const Case& /*item*/) { return std::nullopt; }
};

}  // namespace

ImprovementSource sourceOf(const Feedback& feedback) noexcept {
    return feedback.from == FeedbackSide::Employee ? ImprovementSource::EmployeeFeedback
                                                   : ImprovementSource::CustomerFeedback;
}

Result<void> validate(Feedback& feedback, Date today) {
    FieldReport report;
    report.reference("ref", feedback.ref.text());
    report.text("given_by", feedback.givenBy, titleRule);
    report.text("channel", feedback.channel, lineRule);
    report.text("service", feedback.service, lineRule);
    report.text("process", feedback.process, lineRule);
    report.text("text", feedback.text, neededWordsRule);
    report.text("answer", feedback.answer, wordsRule);
    report.text("reason", feedback.reason, wordsRule);
    report.day("received_on", feedback.received);
    if (!feedback.received) {
        report.complain("received_on", "The day on which it was received is missing.", "a day",
                        "Write it like 2022-11-18.");
    } else if (*feedback.received > today) {
        report.complain("received_on", feedback.received->iso() + " is in the future.",
                        "no later than " + today.iso(), "Write the day on which it was received.");
    }
    return report.finish();
}

std::string titleFrom(std::string_view text) {
    std::string_view line = trim(text.substr(0, text.find('\n')));
    if (codePoints(line) <= titleLength) return std::string(line);
    const std::string_view more = "\u2026";
    std::size_t end = 0;
    for (std::size_t count = 0; end < line.size() && count < titleLength - 1; ++count) {
        ++end;
        while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) ++end;
    }
    const std::size_t space = line.substr(0, end).rfind(' ');
    line = trim(line.substr(0, space == std::string_view::npos || space == 0 ? end : space));
    return std::string(line) + std::string(more);
}

std::span<const Transition<FeedbackState, FeedbackEvent>> feedbackTransitions() noexcept { return arrows; }

Result<FeedbackState> next(const Feedback& item, FeedbackEvent event, const StepInput& input) {
    return machine::nextState<FeedbackMachine>(item, event, input);
}

std::vector<FeedbackStep> stepsOf(const Feedback& item, const StepInput& input) {
    return machine::steps<FeedbackMachine>(item, input);
}

}  // namespace tickmark::domain

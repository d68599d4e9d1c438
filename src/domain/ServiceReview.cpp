// The rules of service reviews and the machine that they go through.
#include "tickmark/domain/ServiceReview.h"

#include <algorithm>

#include "domain/FieldReport.h"
#include "domain/Machine.h"

namespace tickmark::domain {
namespace {

using machine::EventWords;
using State = ServiceReviewState;
using Event = ServiceReviewEvent;
using Arrow = Transition<State, Event>;
using Rule = machine::GuardRule<ServiceReview>;

constexpr std::size_t mostEntries = 200;
constexpr RoleSet keepers{Role::ProcessOwner, Role::ImprovementManager};

enum ReviewGuard : unsigned { DayCame = 1U << 1U, HasAttendees = 1U << 2U, AllDecided = 1U << 3U };

constexpr std::array arrows{
    Arrow{State::Planned, Event::Hold, State::Held, keepers, DayCame | HasAttendees},
    Arrow{State::Held, Event::Close, State::Closed, keepers, AllDecided},
};
static_assert(machine::isDeterministic(std::span<const Arrow>(arrows)));

constexpr std::array eventWords{
    EventWords<Event>{Event::Hold, "record this review as held", "Cannot be recorded as held yet", ""},
    EventWords<Event>{Event::Close, "close this review", "Cannot be closed yet", ""},
};
static_assert(machine::speaksOfAll(eventWords, Event::Close));

std::string dayToCome(const ServiceReview& item, const StepInput& input) {
    if (!item.date) return "its day is missing";
    return *item.date <= input.today ? "" : "its day, " + item.date->iso() + ", is still to come";
}
std::string nobodyAttends(const ServiceReview& item, const StepInput& /*input*/) {
    return item.attendees.empty() ? "no function that attended is named" : "";
}
std::string undecided(const ServiceReview& item, const StepInput& /*input*/) {
    std::string numbers;
    for (std::size_t i = 0; i < item.points.size(); ++i) {
        if (item.points[i].decision != PointDecision::Open) continue;
        numbers += (numbers.empty() ? "" : ", ") + std::to_string(i + 1);
    }
    return numbers.empty() ? "" : "these points are not decided: " + numbers;
}

constexpr std::array rules{
    Rule{DayCame, false, dayToCome},
    Rule{HasAttendees, false, nobodyAttends},
    Rule{AllDecided, false, undecided},
};

struct ReviewMachine {
    using State = ServiceReviewState;
    using Event = ServiceReviewEvent;
    using Case = ServiceReview;
    static std::span<const Arrow> table(const Case& /*item*/) { return arrows; }
    static State stateOf(const Case& item) { return item.state; }
    static State target(const Case& /*item*/, const Arrow& arrow) { return arrow.to; }
    static const EventWords<Event>& wordsOf(Event event) {
        return eventWords[static_cast<std::size_t>(event)];
    }
    static std::span<const Rule> guards() { return rules; }
    static std::optional<Error> lock(const Case& /*item*/) { return std::nullopt; }
};

void checkLists(FieldReport& report, ServiceReview& review) {
    report.atMost("levels", review.levels.size(), mostEntries);
    for (std::size_t i = 0; i < review.levels.size(); ++i) {
        ServiceLevel& level = review.levels[i];
        report.text(itemField("levels", i, "text"), level.text, titleRule);
        report.text(itemField("levels", i, "kpi"), level.kpi, lineRule);
        report.text(itemField("levels", i, "value"), level.value, lineRule);
        report.text(itemField("levels", i, "target"), level.target, lineRule);
    }
    report.atMost("points", review.points.size(), mostEntries);
    for (std::size_t i = 0; i < review.points.size(); ++i) {
        ServiceReviewPoint& point = review.points[i];
        report.text(itemField("points", i, "text"), point.text, neededWordsRule);
        report.text(itemField("points", i, "reason"), point.reason, wordsRule);
        report.day(itemField("points", i, "due"), point.due);
    }
}

}  // namespace

Result<void> validate(ServiceReview& review) {
    FieldReport report;
    report.reference("ref", review.ref.text());
    report.text("service", review.service, titleRule);
    report.text("counterpart", review.counterpart, titleRule);
    report.texts("attendees", review.attendees, titleRule, mostEntries, true);
    report.day("date", review.date);
    if (!review.date) {
        report.complain("date", "The day of the review is missing.", "a day", "Write it like 2022-11-18.");
    }
    report.day("from", review.from);
    report.day("to", review.to);
    report.order("to", review.from, review.to, "from");
    if (review.state != ServiceReviewState::Planned && review.attendees.empty()) {
        report.complain("attendees", "A review that was held was attended by somebody.",
                        "at least one function", "Name the functions that attended.");
    }
    checkLists(report, review);
    return report.finish();
}

std::span<const Transition<ServiceReviewState, ServiceReviewEvent>> serviceReviewTransitions() noexcept {
    return arrows;
}

Result<ServiceReviewState> next(const ServiceReview& item, ServiceReviewEvent event, const StepInput& input) {
    return machine::nextState<ReviewMachine>(item, event, input);
}

std::vector<ServiceReviewStep> stepsOf(const ServiceReview& item, const StepInput& input) {
    return machine::steps<ReviewMachine>(item, input);
}

}  // namespace tickmark::domain

#include "tickmark/domain/Objective.h"

#include <algorithm>
#include <cmath>

#include "domain/EnumText.h"
#include "domain/FieldReport.h"

namespace tickmark::domain {
namespace {

using State = ObjectiveState;
using Event = ObjectiveEvent;

constexpr EnumWords<State, 5> states{{
    {State::Proposed, "proposed", "Proposed"},
    {State::Approved, "approved", "Approved"},
    {State::Achieved, "achieved", "Achieved"},
    {State::Missed, "missed", "Missed"},
    {State::Withdrawn, "withdrawn", "Withdrawn"},
}};
static_assert(isComplete(states, State::Withdrawn));

constexpr EnumWords<Event, 4> events{{
    {Event::Approve, "approve", "Approve"},
    {Event::Achieve, "achieve", "Record as achieved"},
    {Event::Miss, "miss", "Record as missed"},
    {Event::Withdraw, "withdraw", "Withdraw"},
}};
static_assert(isComplete(events, Event::Withdraw));

constexpr double greatest = 1e15;
constexpr double hundred = 100;

void figure(FieldReport& report, std::string_view field, const std::optional<double>& value, bool needed) {
    if (!value) {
        if (needed)
            report.complain(field, "An objective is measurable.", "the " + std::string(field) + " is needed",
                            "Write a number.");
        return;
    }
    if (std::isfinite(*value) && std::abs(*value) <= greatest) return;
    report.complain(field, "This number is too large.", "at most 1,000,000,000,000,000",
                    "Choose a larger unit.");
}

void sides(FieldReport& report, const Objective& objective) {
    if (!objective.target || !objective.baseline || !objective.direction) return;
    const bool higher = *objective.direction == KpiDirection::HigherIsBetter;
    const bool better =
        higher ? *objective.target > *objective.baseline : *objective.target < *objective.baseline;
    if (better) return;
    report.complain("target",
                    higher ? "The target is not above the baseline, and higher is better."
                           : "The target is not below the baseline, and lower is better.",
                    "the target is better than the baseline",
                    "Correct the target, the baseline or the direction.");
}

}  // namespace

std::string_view toText(State value) noexcept { return textIn(states, value); }
std::string_view toText(Event value) noexcept { return textIn(events, value); }
std::string_view titleOf(State value) noexcept { return titleIn(states, value); }
std::string_view titleOf(Event value) noexcept { return titleIn(events, value); }
std::optional<State> objectiveStateFrom(std::string_view text) noexcept { return valueIn(states, text); }
std::optional<Event> objectiveEventFrom(std::string_view text) noexcept { return valueIn(events, text); }

bool isFinal(State state) noexcept { return state != State::Proposed && state != State::Approved; }

std::optional<std::int64_t> progressOf(const Objective& objective,
                                       const std::optional<double>& value) noexcept {
    if (!objective.baseline || !objective.target || !value || *objective.target == *objective.baseline)
        return std::nullopt;
    const double share = (*value - *objective.baseline) / (*objective.target - *objective.baseline);
    // The quotient of two decimals is often a hair below the whole percent that it is.
    constexpr double hair = 1e-9;
    const double most = share >= 1 ? hundred : hundred - 1;
    return static_cast<std::int64_t>(std::clamp(std::floor(share * hundred + hair), 0.0, most));
}

std::optional<bool> reaches(const Objective& objective, const std::optional<double>& value) noexcept {
    if (!objective.target || !objective.direction || !value) return std::nullopt;
    return *objective.direction == KpiDirection::HigherIsBetter ? *value >= *objective.target
                                                                : *value <= *objective.target;
}

Result<void> validate(Objective& objective) {
    FieldReport report;
    report.reference("ref", objective.ref.text());
    report.text("title", objective.title, titleRule);
    report.text("statement", objective.statement, wordsRule);
    report.text("process", objective.process, lineRule);
    report.text("service", objective.service, lineRule);
    report.text("unit", objective.unit, {1, 40, false});
    report.text("state_reason", objective.stateReason, wordsRule);
    figure(report, "baseline", objective.baseline, true);
    figure(report, "target", objective.target, true);
    figure(report, "current", objective.current, false);
    if (!objective.direction) {
        report.complain("direction", "A target without a direction cannot be judged.",
                        "a target needs a direction", "State higher_is_better or lower_is_better.");
    }
    sides(report, objective);
    report.day("start_on", objective.startOn);
    report.day("target_on", objective.targetOn);
    if (!objective.targetOn) {
        report.complain("target_on", "An objective has a day by which it is reached.", "the day is needed",
                        "Write the day as 2026-12-31.");
    }
    report.order("target_on", objective.startOn, objective.targetOn, "start_on");
    return report.finish();
}

}  // namespace tickmark::domain

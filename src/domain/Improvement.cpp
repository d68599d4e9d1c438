// What follows from an improvement item, and the rules of its fields.
#include "tickmark/domain/Improvement.h"

#include <algorithm>

#include "domain/DecimalText.h"
#include "domain/FieldReport.h"

namespace tickmark::domain {
namespace {

constexpr std::int64_t highFrom = 200;
constexpr std::int64_t mediumFrom = 100;
constexpr TextRule tagRule{1, 64, false};

void checkChoice(FieldReport& report, std::string_view field, std::int64_t value, std::int64_t most) {
    if (value >= 0 && value <= most) return;
    report.complain(field, std::to_string(value) + " is out of range.", "0 to " + std::to_string(most),
                    most == 5 ? "Write 1 (little) to 5 (much), or 0 while it is not judged."
                              : "Write the percentage that is done.");
}

void checkDecimal(FieldReport& report, std::string_view field, std::string& value) {
    value = std::string(trim(value));
    if (value.empty() || millionths(value)) return;
    report.complain(field, "This is not a decimal number.", "up to 12 digits, and up to 6 more after a point",
                    "Write it like 61.5; the unit has its own field.");
}

void checkKpi(FieldReport& report, std::string& kpi) {
    kpi = std::string(trim(kpi));
    if (kpi.empty()) return;
    const std::string_view digits = std::string_view(kpi).substr(std::min<std::size_t>(2, kpi.size()));
    const bool number =
        digits.size() >= 4 && digits.size() <= 12 &&
        std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (kpi.starts_with("K-") && number) return;
    report.complain("kpi", "This is not the reference of a KPI.", "K- and at least four digits",
                    "Write it like K-0001.");
}

void checkGoal(FieldReport& report, ImprovementItem& item) {
    checkKpi(report, item.kpi);
    report.text("unit", item.unit, {0, 40, false});
    checkDecimal(report, "baseline", item.baseline);
    checkDecimal(report, "target", item.target);
    checkDecimal(report, "result", item.result);
    const auto from = millionths(item.baseline);
    const auto to = millionths(item.target);
    if (from && to && *from == *to) {
        report.complain("target", "The target is the baseline, so it has no direction.",
                        "other than the baseline", "Write what the KPI is to become.");
    }
}

void checkLesson(FieldReport& report, ImprovementLesson& lesson) {
    report.text("lesson.context", lesson.context, wordsRule);
    report.text("lesson.insight", lesson.insight, neededWordsRule);
    report.texts("lesson.applies_to", lesson.appliesTo, tagRule, 20, true);
}

}  // namespace

bool isFinal(ImprovementState value) noexcept {
    return value == ImprovementState::Closed || value == ImprovementState::Rejected ||
           value == ImprovementState::Cancelled;
}

std::int64_t priorityScore(const ImprovementItem& item) noexcept {
    if (item.value <= 0 || item.effort <= 0) return 0;
    return (item.value * 200 + item.effort) / (2 * item.effort);
}

std::string_view priorityOf(std::int64_t score) noexcept {
    if (score <= 0) return {};
    if (score >= highFrom) return "high";
    return score >= mediumFrom ? "medium" : "low";
}

int stepNumber(ImprovementState state) noexcept {
    return state <= ImprovementState::Standardised ? static_cast<int>(state) + 1 : 0;
}

std::optional<ImprovementPhase> phaseOf(const ImprovementItem& item) noexcept {
    switch (item.state == ImprovementState::OnHold ? item.heldFrom : item.state) {
        case ImprovementState::Identified:
        case ImprovementState::GoalsSet:
        case ImprovementState::Analysed:
        case ImprovementState::Planned:
            return ImprovementPhase::Plan;
        case ImprovementState::Implementing:
            return ImprovementPhase::Do;
        case ImprovementState::Evaluating:
            return ImprovementPhase::Check;
        case ImprovementState::Standardised:
        case ImprovementState::Closed:
            return ImprovementPhase::Act;
        case ImprovementState::Rejected:
        case ImprovementState::OnHold:
        case ImprovementState::Cancelled:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<bool> targetMet(const ImprovementItem& item) {
    const auto from = millionths(item.baseline);
    const auto to = millionths(item.target);
    const auto reached = millionths(item.result);
    if (!from || !to || !reached) return std::nullopt;
    return *to >= *from ? *reached >= *to : *reached <= *to;
}

std::string changeFromBaseline(const ImprovementItem& item) {
    const auto from = millionths(item.baseline);
    const auto reached = millionths(item.result);
    if (!from || !reached) return {};
    constexpr std::int64_t million = 1'000'000;
    const std::int64_t change = *reached - *from;
    const std::int64_t size = change < 0 ? -change : change;
    std::string text = (change < 0 ? "-" : change > 0 ? "+" : "") + std::to_string(size / million);
    std::string rest = std::to_string(million + size % million).substr(1);
    rest.erase(rest.find_last_not_of('0') + 1);
    return rest.empty() ? text : text + "." + rest;
}

bool isOverdue(const ImprovementItem& item, Date today) noexcept {
    return !isFinal(item.state) && item.due && *item.due < today;
}

Result<void> validate(ImprovementItem& item) {
    FieldReport report;
    report.reference("ref", item.ref.text());
    report.text("source_ref", item.sourceRef, lineRule);
    report.text("title", item.title, titleRule);
    report.text("description", item.description, wordsRule);
    report.text("process", item.process, lineRule);
    report.text("service", item.service, lineRule);
    report.reference("objective", item.objective);
    checkChoice(report, "value", item.value, 5);
    checkChoice(report, "effort", item.effort, 5);
    checkChoice(report, "progress", item.progress, 100);
    report.text("cost", item.cost, lineRule);
    report.day("due", item.due);
    checkGoal(report, item);
    report.text("analysis", item.analysis, wordsRule);
    report.text("plan", item.plan, wordsRule);
    report.text("outcome", item.outcome, wordsRule);
    if (item.lesson) checkLesson(report, *item.lesson);
    return report.finish();
}

}  // namespace tickmark::domain

#include "tickmark/domain/Kpi.h"

#include <algorithm>
#include <cmath>

#include "domain/EnumText.h"
#include "domain/FieldReport.h"

namespace tickmark::domain {
namespace {

constexpr EnumWords<KpiDirection, 2> directions{{
    {KpiDirection::HigherIsBetter, "higher_is_better", "Higher is better"},
    {KpiDirection::LowerIsBetter, "lower_is_better", "Lower is better"},
}};
static_assert(isComplete(directions, KpiDirection::LowerIsBetter));

constexpr double greatest = 1e15;

void figure(FieldReport& report, std::string_view field, double value) {
    if (std::isfinite(value) && std::abs(value) <= greatest) return;
    report.complain(field, "This number is too large.", "at most 1,000,000,000,000,000",
                    "Choose a larger unit.");
}

const KpiSeries* newestComputed(const std::vector<KpiSeries>& series) {
    const KpiSeries* newest = nullptr;
    for (const KpiSeries& one : series) {
        if (one.rule && one.withdrawn.empty() && (newest == nullptr || newest->id < one.id)) newest = &one;
    }
    return newest;
}

}  // namespace

std::string_view toText(KpiDirection value) noexcept { return textIn(directions, value); }
std::string_view titleOf(KpiDirection value) noexcept { return titleIn(directions, value); }
std::optional<KpiDirection> kpiDirectionFrom(std::string_view text) noexcept {
    return valueIn(directions, text);
}

std::optional<bool> meetsTarget(const Kpi& kpi, double value) noexcept {
    if (!kpi.target || !kpi.direction) return std::nullopt;
    return *kpi.direction == KpiDirection::HigherIsBetter ? value >= *kpi.target : value <= *kpi.target;
}

std::vector<ShownPoint> pointsShown(const std::vector<KpiSeries>& series) {
    const KpiSeries* computed = newestComputed(series);
    std::vector<ShownPoint> shown;
    for (const KpiSeries& one : series) {
        if (!one.withdrawn.empty() || (one.rule && &one != computed)) continue;
        for (const Measurement& point : one.points) shown.push_back({&one, &point});
    }
    std::stable_sort(shown.begin(), shown.end(), [](const ShownPoint& a, const ShownPoint& b) {
        const auto& first = a.point->from;
        const auto& second = b.point->from;
        if (first.has_value() != second.has_value()) return first.has_value();
        return first && second && *first < *second;
    });
    return shown;
}

std::optional<Comparison> comparisonOf(const Kpi& kpi, const std::vector<KpiSeries>& series) {
    if (!kpi.liveOn) return std::nullopt;
    const KpiSeries* computed = newestComputed(series);
    if (computed != nullptr) {
        const bool sameDay = computed->comparison && computed->comparison->liveOn == *kpi.liveOn;
        return sameDay ? computed->comparison : std::nullopt;
    }
    std::vector<TimedValue> values;
    for (const ShownPoint& shown : pointsShown(series)) {
        if (shown.point->from) values.push_back({*shown.point->from, shown.point->value});
    }
    if (values.empty()) return std::nullopt;
    return compareAt(*kpi.liveOn, values, ComparedAs::Median, 0);
}

Result<void> validate(Kpi& kpi) {
    FieldReport report;
    report.reference("ref", kpi.ref.text());
    report.text("name", kpi.name, titleRule);
    report.text("unit", kpi.unit, {1, 40, false});
    report.text("source", kpi.source, {0, 500, false});
    report.text("process", kpi.process, lineRule);
    report.text("service", kpi.service, lineRule);
    report.day("live_on", kpi.liveOn);
    if (kpi.baseline) figure(report, "baseline", *kpi.baseline);
    if (kpi.target) figure(report, "target", *kpi.target);
    if (kpi.target && !kpi.direction) {
        report.complain("direction", "A target without a direction cannot be judged.",
                        "a target needs a direction", "State higher_is_better or lower_is_better.");
    }
    if (kpi.rule) {
        auto checked = validate(*kpi.rule);
        if (!checked) {
            for (const Error& part : checked.error().parts) report.add("rule." + part.field, part);
        }
    }
    return report.finish();
}

Result<void> validate(KpiSeries& series) {
    FieldReport report;
    report.reference("ref", series.ref.text());
    report.text("note", series.note, wordsRule);
    report.text("withdrawn", series.withdrawn, wordsRule);
    report.atLeast("points", static_cast<std::int64_t>(series.points.size()), 1);
    for (Measurement& point : series.points) {
        report.text("label", point.label, titleRule);
        figure(report, "value", point.value);
        report.atLeast("sample", point.sample, 0);
        if (point.hits) report.atLeast("hits", *point.hits, 0);
    }
    return report.finish();
}

}  // namespace tickmark::domain

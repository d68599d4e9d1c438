#include "tickmark/domain/Comparison.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "domain/EnumText.h"

namespace tickmark::domain {
namespace {

constexpr EnumWords<ComparedAs, 5> measures{{
    {ComparedAs::Count, "count", "number"},
    {ComparedAs::Share, "share", "share"},
    {ComparedAs::Mean, "mean", "mean"},
    {ComparedAs::Median, "median", "median"},
    {ComparedAs::Percentile, "percentile", "percentile"},
}};
static_assert(isComplete(measures, ComparedAs::Percentile));

constexpr double medianAt = 50;

ComparedSide sideOf(std::vector<double>& values, ComparedAs as, double percentile) {
    ComparedSide side;
    side.sample = static_cast<std::int64_t>(values.size());
    if (as == ComparedAs::Share) side.hits = std::count(values.begin(), values.end(), 1.0);
    if (values.empty()) return side;
    switch (as) {
        case ComparedAs::Count:
            side.value = static_cast<double>(side.sample);
            break;
        case ComparedAs::Share:
            side.value = 100 * static_cast<double>(*side.hits) / static_cast<double>(side.sample);
            break;
        case ComparedAs::Mean:
            side.value = meanOf(values);
            break;
        case ComparedAs::Median:
        case ComparedAs::Percentile:
            std::sort(values.begin(), values.end());
            side.value = percentileOf(values, as == ComparedAs::Median ? medianAt : percentile);
            break;
    }
    return side;
}

std::optional<TestOutcome> tested(const std::vector<double>& before, const std::vector<double>& after,
                                  const Comparison& comparison) {
    if (before.empty() || after.empty()) return std::nullopt;
    switch (comparison.as) {
        case ComparedAs::Share:
            return compareShares(comparison.before.hits.value_or(0), comparison.before.sample,
                                 comparison.after.hits.value_or(0), comparison.after.sample);
        case ComparedAs::Mean:
            if (before.size() < 2 || after.size() < 2) return std::nullopt;
            return welch(before, after);
        case ComparedAs::Median:
            if (before.size() < 2 || after.size() < 2) return std::nullopt;
            return mannWhitney(before, after);
        case ComparedAs::Count:
        case ComparedAs::Percentile:
            return std::nullopt;
    }
    return std::nullopt;
}

std::string printed(double value, int decimals) {
    constexpr std::size_t room = 400;
    std::array<char, room> text{};
    const auto end =
        std::to_chars(text.data(), text.data() + room, value, std::chars_format::fixed, decimals);
    return {text.data(), end.ptr};
}

std::string withUnit(double value, const std::string& unit) {
    return figureOf(value) + (unit.empty() ? "" : " " + unit);
}

std::string sideWords(const char* when, const ComparedSide& side, const std::string& unit) {
    const std::string of = side.hits ? std::to_string(*side.hits) + " of " : "n = ";
    return std::string(when) + ": " + withUnit(side.value, unit) + " (" + of + std::to_string(side.sample) +
           ")";
}

std::string differenceWords(const Comparison& comparison, const std::string& unit,
                            std::optional<KpiDirection> direction) {
    const double difference = comparison.after.value - comparison.before.value;
    if (!(std::abs(difference) > 0)) return "The value is the same on both sides.";
    const bool up = difference > 0;
    std::string text = std::string("The value went ") + (up ? "up" : "down") + " by " +
                       withUnit(std::abs(difference), unit == "%" ? "percentage points" : unit);
    if (!direction) return text + ".";
    const bool better = up == (*direction == KpiDirection::HigherIsBetter);
    return text + (better ? ", which is better." : ", which is worse.");
}

std::string figuresOf(const TestOutcome& test) {
    std::string text;
    switch (test.test) {
        case ChanceTest::TwoProportions:
            text = "z = " + figureOf(test.statistic) + ", ";
            break;
        case ChanceTest::MannWhitney:
            text = "U = " + figureOf(test.statistic) + ", ";
            break;
        case ChanceTest::WelchT:
            text = "t = " + figureOf(test.statistic) + " with " + figureOf(test.freedom.value_or(0)) +
                   " degrees of freedom, ";
            break;
        case ChanceTest::FisherExact:
            break;
    }
    return text + (test.p < 0.0001 ? "p < 0.0001" : "p = " + printed(test.p, 4));
}

std::string chanceWords(const TestOutcome& test) {
    const std::string two = " (two-sided, limit " + figureOf(chanceLimit) + "). ";
    if (test.p < chanceLimit) {
        return two +
               "If nothing had changed, a difference this large would rarely come about: chance alone is an "
               "unlikely explanation. This does not show what caused it.";
    }
    return two +
           "A difference this large could well be chance. This does not show that nothing changed: more data "
           "may tell.";
}

std::string untested(const Comparison& comparison) {
    if (comparison.before.sample == 0)
        return "Nothing was measured before the change: there is no comparison.";
    if (comparison.after.sample == 0)
        return "Nothing was measured after the change yet: there is no comparison.";
    if (comparison.as == ComparedAs::Count)
        return "Counts of periods of different length are not tested; whether the difference is chance is "
               "not "
               "known.";
    if (comparison.as == ComparedAs::Percentile)
        return "No test is made for this percentile; whether the difference is chance is not known.";
    return "The samples are too small, or do not vary, so no test is made; whether the difference is chance "
           "is "
           "not known.";
}

}  // namespace

std::string_view toText(ComparedAs value) noexcept { return textIn(measures, value); }
std::optional<ComparedAs> comparedAsFrom(std::string_view text) noexcept { return valueIn(measures, text); }

std::string figureOf(double value) {
    std::string text = printed(value, 2);
    while (text.find('.') != std::string::npos && (text.back() == '0' || text.back() == '.')) {
        const bool point = text.back() == '.';
        text.pop_back();
        if (point) break;
    }
    return text == "-0" ? "0" : text;
}

Comparison compareAt(Date liveOn, const std::vector<TimedValue>& values, ComparedAs as, double percentile) {
    std::vector<double> before;
    std::vector<double> after;
    for (const TimedValue& value : values)
        (Date::of(value.at) < liveOn ? before : after).push_back(value.value);
    Comparison comparison;
    comparison.liveOn = liveOn;
    comparison.as = as;
    comparison.before = sideOf(before, as, percentile);
    comparison.after = sideOf(after, as, percentile);
    comparison.test = tested(before, after, comparison);
    return comparison;
}

std::string statementOf(const Comparison& comparison, const std::string& unit,
                        std::optional<KpiDirection> direction) {
    std::string text = sideWords("Before ", comparison.before, unit);
    text.insert(7, comparison.liveOn.iso());
    text += "; " + sideWords("from that day on", comparison.after, unit) + ". ";
    if (!comparison.test) {
        const bool both = comparison.before.sample > 0 && comparison.after.sample > 0;
        return text + (both ? differenceWords(comparison, unit, direction) + " " : "") + untested(comparison);
    }
    text += differenceWords(comparison, unit, direction) + " ";
    text += "Test: " + std::string(titleOf(comparison.test->test)) + ": " + figuresOf(*comparison.test);
    return text + chanceWords(*comparison.test);
}

}  // namespace tickmark::domain

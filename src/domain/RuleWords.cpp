#include "domain/EnumText.h"
#include "tickmark/domain/MeasurementRule.h"

namespace tickmark::domain {
namespace {

constexpr EnumWords<FilterOperator, 8> operators{{
    {FilterOperator::Equal, "=", "is"},
    {FilterOperator::NotEqual, "!=", "is not"},
    {FilterOperator::Less, "<", "is below"},
    {FilterOperator::AtMost, "<=", "is at most"},
    {FilterOperator::More, ">", "is above"},
    {FilterOperator::AtLeast, ">=", "is at least"},
    {FilterOperator::Empty, "is_empty", "has no value"},
    {FilterOperator::NotEmpty, "is_not_empty", "has a value"},
}};
static_assert(isComplete(operators, FilterOperator::NotEmpty));

constexpr EnumWords<RowChoice, 4> choices{{
    {RowChoice::Every, "every", "Every row"},
    {RowChoice::First, "first", "First row of each key"},
    {RowChoice::Last, "last", "Last row of each key"},
    {RowChoice::Distinct, "distinct", "One row of each key, all alike"},
}};
static_assert(isComplete(choices, RowChoice::Distinct));

constexpr EnumWords<Aggregation, 5> aggregations{{
    {Aggregation::Count, "count", "Number of rows"},
    {Aggregation::Share, "share", "Share of rows in percent"},
    {Aggregation::Mean, "mean", "Mean"},
    {Aggregation::Median, "median", "Median"},
    {Aggregation::Percentile, "percentile", "Percentile"},
}};
static_assert(isComplete(aggregations, Aggregation::Percentile));

constexpr EnumWords<DurationUnit, 3> units{{
    {DurationUnit::Minutes, "minutes", "minutes"},
    {DurationUnit::Hours, "hours", "hours"},
    {DurationUnit::Days, "days", "days"},
}};
static_assert(isComplete(units, DurationUnit::Days));

constexpr EnumWords<Grouping, 5> groupings{{
    {Grouping::Whole, "whole", "All rows together"},
    {Grouping::Day, "day", "By day"},
    {Grouping::IsoWeek, "iso_week", "By ISO week"},
    {Grouping::Month, "month", "By month"},
    {Grouping::EqualGroups, "equal_groups", "Equal groups in order of time"},
}};
static_assert(isComplete(groupings, Grouping::EqualGroups));

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

std::string filterWords(const std::vector<RowFilter>& filters) {
    std::string text;
    for (const RowFilter& filter : filters) {
        if (!text.empty()) text += " and ";
        text += quoted(filter.column) + " " + std::string(titleOf(filter.op));
        if (filter.op != FilterOperator::Empty && filter.op != FilterOperator::NotEmpty)
            text += " " + quoted(filter.value);
    }
    return text;
}

std::string numberWords(double value) {
    std::string text = std::to_string(value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

std::string measured(const MeasurementRule& rule) {
    if (!rule.value.empty()) return quoted(rule.value);
    return "the time from " + quoted(rule.from) + " to " + quoted(rule.to) + " in " +
           std::string(titleOf(rule.unit.value_or(DurationUnit::Hours)));
}

std::string choiceWords(const MeasurementRule& rule) {
    const std::string of = rule.only.empty() ? "" : "Of the rows where " + filterWords(rule.only) + ", ";
    const std::string key = quoted(rule.key);
    switch (rule.rows) {
        case RowChoice::Every:
            return of.empty() ? "Every row counts." : of + "every one counts.";
        case RowChoice::First:
            return of + (of.empty() ? "The" : "the") + " first row of each " + key + " counts.";
        case RowChoice::Last:
            return of + (of.empty() ? "The" : "the") + " last row of each " + key + " counts.";
        case RowChoice::Distinct:
            return of + (of.empty() ? "One" : "one") + " row of each " + key +
                   " counts; the columns used are the same in all rows of it.";
    }
    return {};
}

std::string valueWords(const MeasurementRule& rule) {
    switch (rule.aggregation) {
        case Aggregation::Count:
            return "The value is the number of rows.";
        case Aggregation::Share:
            return "The value is the share of rows where " + filterWords(rule.hits) + ", in percent.";
        case Aggregation::Mean:
            return "The value is the mean of " + measured(rule) + ".";
        case Aggregation::Median:
            return "The value is the median of " + measured(rule) + ".";
        case Aggregation::Percentile:
            return "The value is percentile " + numberWords(rule.percentile.value_or(0)) + " of " +
                   measured(rule) + " (Hyndman and Fan 1996, definition 7).";
    }
    return {};
}

std::string groupWords(const MeasurementRule& rule) {
    const std::string time = quoted(rule.time);
    switch (rule.grouping) {
        case Grouping::Whole:
            return "All rows make one value.";
        case Grouping::Day:
            return "Each point is one day of " + time + "; a day without rows has no point.";
        case Grouping::IsoWeek:
            return "Each point is one ISO week of " + time + "; a week without rows has no point.";
        case Grouping::Month:
            return "Each point is one month of " + time + "; a month without rows has no point.";
        case Grouping::EqualGroups:
            return "The rows, in order of " + time + ", make " + std::to_string(rule.groups.value_or(0)) +
                   " groups as equal in size as can be; a point is a group, not a period.";
    }
    return {};
}

}  // namespace

std::string_view toText(FilterOperator value) noexcept { return textIn(operators, value); }
std::string_view titleOf(FilterOperator value) noexcept { return titleIn(operators, value); }
std::optional<FilterOperator> filterOperatorFrom(std::string_view text) noexcept {
    return valueIn(operators, text);
}

std::string_view toText(RowChoice value) noexcept { return textIn(choices, value); }
std::string_view titleOf(RowChoice value) noexcept { return titleIn(choices, value); }
std::optional<RowChoice> rowChoiceFrom(std::string_view text) noexcept { return valueIn(choices, text); }

std::string_view toText(Aggregation value) noexcept { return textIn(aggregations, value); }
std::string_view titleOf(Aggregation value) noexcept { return titleIn(aggregations, value); }
std::optional<Aggregation> aggregationFrom(std::string_view text) noexcept {
    return valueIn(aggregations, text);
}

std::string_view toText(DurationUnit value) noexcept { return textIn(units, value); }
std::string_view titleOf(DurationUnit value) noexcept { return titleIn(units, value); }
std::optional<DurationUnit> durationUnitFrom(std::string_view text) noexcept { return valueIn(units, text); }

std::string_view toText(Grouping value) noexcept { return textIn(groupings, value); }
std::string_view titleOf(Grouping value) noexcept { return titleIn(groupings, value); }
std::optional<Grouping> groupingFrom(std::string_view text) noexcept { return valueIn(groupings, text); }

std::string inWords(const MeasurementRule& rule) {
    std::string text = choiceWords(rule);
    if (!rule.where.empty()) text += " Of these, those where " + filterWords(rule.where) + " are the sample.";
    text += " " + valueWords(rule) + " " + groupWords(rule);
    if (!rule.dateFormat.empty()) text += " Dates are read as " + rule.dateFormat + ".";
    std::string missing;
    for (const std::string& token : rule.missing) missing += (missing.empty() ? "" : ", ") + quoted(token);
    if (!missing.empty()) text += " A cell of " + missing + " or an empty one is no value.";
    return text;
}

}  // namespace tickmark::domain

// How a series of measurements follows from the rows of a table, stated so that anyone can do it again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/foundation/Result.h"

namespace tickmark::domain {

/// How a cell is compared. Equal and NotEqual compare texts exactly, after trimming; the four comparisons
/// compare decimal numbers, and a cell that is no number is an error. Empty and NotEmpty ask whether the cell
/// stands for no value (see MeasurementRule::missing).
enum class FilterOperator { Equal, NotEqual, Less, AtMost, More, AtLeast, Empty, NotEmpty };

/// Which rows count when several rows tell of one thing (the events of one incident).
enum class RowChoice {
    Every,    ///< each row counts
    First,    ///< the first row of each key, in the order of the file
    Last,     ///< the last row of each key, in the order of the file
    Distinct  ///< one row of each key; the columns that the rule uses must be the same in all of them
};

enum class Aggregation {
    Count,      ///< number of rows
    Share,      ///< rows that meet `hits`, of all rows, in percent (0 to 100)
    Mean,       ///< arithmetic mean
    Median,     ///< the percentile at 50
    Percentile  ///< definition 7 of Hyndman and Fan (1996), see Statistics.h
};

enum class DurationUnit { Minutes, Hours, Days };

enum class Grouping {
    Whole,       ///< one value over all rows
    Day,         ///< the day of `time`; a day without rows has no point
    IsoWeek,     ///< ISO 8601 week of `time`, Monday to Sunday
    Month,       ///< calendar month of `time`
    EqualGroups  ///< `groups` groups as equal as can be, in order of `time`; the first ones take the rest
};

[[nodiscard]] std::string_view toText(FilterOperator value) noexcept;  ///< "=", "!=", "<", … "is_empty"
[[nodiscard]] std::string_view toText(RowChoice value) noexcept;       ///< "last"
[[nodiscard]] std::string_view toText(Aggregation value) noexcept;     ///< "share"
[[nodiscard]] std::string_view toText(DurationUnit value) noexcept;    ///< "hours"
[[nodiscard]] std::string_view toText(Grouping value) noexcept;        ///< "equal_groups"
[[nodiscard]] std::string_view titleOf(FilterOperator value) noexcept;
[[nodiscard]] std::string_view titleOf(RowChoice value) noexcept;
[[nodiscard]] std::string_view titleOf(Aggregation value) noexcept;
[[nodiscard]] std::string_view titleOf(DurationUnit value) noexcept;
[[nodiscard]] std::string_view titleOf(Grouping value) noexcept;
[[nodiscard]] std::optional<FilterOperator> filterOperatorFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<RowChoice> rowChoiceFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<Aggregation> aggregationFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<DurationUnit> durationUnitFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<Grouping> groupingFrom(std::string_view text) noexcept;

struct RowFilter {
    std::string column{};
    FilterOperator op = FilterOperator::Equal;
    std::string value{};  ///< empty with Empty and NotEmpty
    bool operator==(const RowFilter&) const = default;
};

/// Read in this order: of the rows that meet `only`, `rows` chooses those that count; of these, the ones that
/// meet `where` are the sample. Filters of one list must all hold. A row of the sample whose value, duration
/// or time stands for no value is left out and counted as left out; nothing else is ever left out.
struct MeasurementRule {
    std::vector<RowFilter> only{};  ///< before the choice of rows
    RowChoice rows = RowChoice::Every;
    std::string key{};               ///< column that names the thing; empty with Every
    std::vector<RowFilter> where{};  ///< after the choice
    Aggregation aggregation = Aggregation::Count;
    std::vector<RowFilter> hits{};       ///< with Share: what makes a row count in the numerator
    std::string value{};                 ///< with Mean, Median, Percentile: a column of numbers, or
    std::string from{};                  ///< the column where a duration begins
    std::string to{};                    ///< and the one where it ends; a negative duration is an error
    std::optional<DurationUnit> unit{};  ///< of the duration
    std::optional<double> percentile{};  ///< with Percentile: above 0 and below 100
    Grouping grouping = Grouping::Whole;
    std::string time{};                    ///< column of dates that grouping goes by; may be empty with Whole
    std::optional<std::int64_t> groups{};  ///< with EqualGroups: 2 to 500
    std::string dateFormat{};              ///< of every date column, see DateFormat
    std::vector<std::string> missing{};    ///< cells that stand for no value, beside the empty one: "?"
    bool operator==(const MeasurementRule&) const = default;
};

/// Cleans the texts in place; Invalid "validation" with one part per broken rule, fields named as in the API.
[[nodiscard]] Result<void> validate(MeasurementRule& rule);

/// The columns that the rule uses, without repeats, in the order of first use.
[[nodiscard]] std::vector<std::string> columnsOf(const MeasurementRule& rule);

/// The rule as sentences for people.
[[nodiscard]] std::string inWords(const MeasurementRule& rule);

}  // namespace tickmark::domain

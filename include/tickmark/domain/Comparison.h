// Before and after the day a change went live, and whether the difference could be chance.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/domain/Statistics.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::domain {

/// What a side's value is; it decides the test: shares by compareShares, means by Welch's t, medians by
/// Mann-Whitney; counts and other percentiles are shown without a test.
enum class ComparedAs { Count, Share, Mean, Median, Percentile };
[[nodiscard]] std::string_view toText(ComparedAs value) noexcept;  ///< "median"
[[nodiscard]] std::optional<ComparedAs> comparedAsFrom(std::string_view text) noexcept;

struct ComparedSide {
    std::int64_t sample = 0;             ///< number of rows, or of measurements kept by hand
    double value = 0;                    ///< 0 when the sample is empty
    std::optional<std::int64_t> hits{};  ///< with shares
    bool operator==(const ComparedSide&) const = default;
};

struct Comparison {
    Date liveOn{};  ///< "before" ends with the day before it
    ComparedAs as = ComparedAs::Median;
    ComparedSide before{};
    ComparedSide after{};
    std::optional<TestOutcome> test{};  ///< none when a side is too small or there is no test for the measure
    bool operator==(const Comparison&) const = default;
};

/// One value with its time.
struct TimedValue {
    Timestamp at{};
    double value = 0;  ///< 1 or 0 for a share
};

/// Splits by day. `percentile` is used with ComparedAs::Percentile alone.
[[nodiscard]] Comparison compareAt(Date liveOn, const std::vector<TimedValue>& values, ComparedAs as,
                                   double percentile);

enum class KpiDirection { HigherIsBetter, LowerIsBetter };

/// The chance below which a difference is called unlikely to be chance: 0.05, the usual one.
constexpr double chanceLimit = 0.05;

/// Sentences: both sides with their sample sizes, the difference and whether it is for the better, the test
/// with its source, its figures, what they say in plain words, and what they do not say.
[[nodiscard]] std::string statementOf(const Comparison& comparison, const std::string& unit,
                                      std::optional<KpiDirection> direction);

/// A figure for people: at most two decimals, no trailing zeros, "-0" never.
[[nodiscard]] std::string figureOf(double value);

}  // namespace tickmark::domain

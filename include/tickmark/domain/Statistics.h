// Measures of a sample, and whether two samples differ by more than chance would bring.
//
// Sources: Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996);
// NIST/SEMATECH e-Handbook of Statistical Methods 1.3.5.3 (two-sample t), 7.3.3 (two proportions), 7.3.5
// (ranks); Fisher, "The Design of Experiments" (1935) chapter 2; Mann and Whitney, Annals of Mathematical
// Statistics 18 (1947); Welch, Biometrika 34 (1947). Distributions come from Boost.Math.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace tickmark::domain {

/// Sum over n, added in the given order. The sample must not be empty.
[[nodiscard]] double meanOf(std::span<const double> sample);

/// Definition 7 of Hyndman and Fan (R's default, a spreadsheet's PERCENTILE.INC): with the values in
/// ascending order x1 … xn and h = (n - 1) p/100 + 1, the value at h, linear between its neighbours.
/// `ascending` must be sorted and not empty; p is 0 to 100.
[[nodiscard]] double percentileOf(std::span<const double> ascending, double p);

enum class ChanceTest {
    TwoProportions,  ///< z test with pooled proportion, two-sided
    FisherExact,     ///< two-sided: the sum over all tables no more probable than the one seen
    MannWhitney,     ///< normal approximation with correction for ties and continuity, two-sided
    WelchT           ///< two-sided, degrees of freedom after Welch and Satterthwaite
};
[[nodiscard]] std::string_view toText(ChanceTest value) noexcept;  ///< "mann_whitney"
[[nodiscard]] std::optional<ChanceTest> chanceTestFrom(std::string_view text) noexcept;
/// With its source, for a sentence: "Mann-Whitney U test (…)".
[[nodiscard]] std::string_view titleOf(ChanceTest value) noexcept;

struct TestOutcome {
    ChanceTest test = ChanceTest::MannWhitney;
    double statistic = 0;  ///< z, U of the first sample, or t; the odds ratio is not given with Fisher: 0
    std::optional<double> freedom{};  ///< degrees of freedom of t
    double p = 1;                     ///< two-sided
    bool operator==(const TestOutcome&) const = default;
};

/// hits of n on each side; 0 <= hits <= n, n >= 1. Fisher's exact test when an expected count is below 5
/// (Cochran's rule), the z test otherwise.
[[nodiscard]] TestOutcome compareShares(std::int64_t hits1, std::int64_t n1, std::int64_t hits2,
                                        std::int64_t n2);
[[nodiscard]] TestOutcome twoProportions(std::int64_t hits1, std::int64_t n1, std::int64_t hits2,
                                         std::int64_t n2);
[[nodiscard]] TestOutcome fisherExact(std::int64_t hits1, std::int64_t n1, std::int64_t hits2,
                                      std::int64_t n2);

/// At least one value on each side. p is 1 when all values are alike. `continuity` off gives the plain
/// approximation, as some textbooks print it.
[[nodiscard]] TestOutcome mannWhitney(std::span<const double> first, std::span<const double> second,
                                      bool continuity = true);

/// At least two values on each side; nothing when neither side varies (t has no value then).
[[nodiscard]] std::optional<TestOutcome> welch(std::span<const double> first, std::span<const double> second);

}  // namespace tickmark::domain

#include "tickmark/domain/Statistics.h"

#include <algorithm>
#include <boost/math/distributions/hypergeometric.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "domain/EnumText.h"

namespace tickmark::domain {
namespace {

constexpr EnumWords<ChanceTest, 4> tests{{
    {ChanceTest::TwoProportions, "two_proportions",
     "two-proportion z test with a pooled proportion (NIST/SEMATECH e-Handbook 7.3.3)"},
    {ChanceTest::FisherExact, "fisher_exact", "Fisher's exact test (Fisher 1935)"},
    {ChanceTest::MannWhitney, "mann_whitney",
     "Mann-Whitney U test of the two distributions as a whole, normal approximation with corrections for "
     "ties "
     "and continuity (Mann and Whitney 1947)"},
    {ChanceTest::WelchT, "welch_t", "Welch's t test (Welch 1947; NIST/SEMATECH e-Handbook 1.3.5.3)"},
}};
static_assert(isComplete(tests, ChanceTest::WelchT));

double real(std::int64_t value) { return static_cast<double>(value); }

double twoSided(double z) {
    const boost::math::normal_distribution<double> normal;
    return std::min(1.0, 2 * boost::math::cdf(boost::math::complement(normal, std::abs(z))));
}

/// Sum of squared differences from the mean over n - 1.
double variance(std::span<const double> sample, double mean) {
    double sum = 0;
    for (const double value : sample) sum += (value - mean) * (value - mean);
    return sum / (static_cast<double>(sample.size()) - 1);
}

struct Ranks {
    double firstSum = 0;  ///< of the first sample, ties with their middle rank
    double ties = 0;      ///< sum of t^3 - t over groups of equal values
};

Ranks ranksOf(std::span<const double> first, std::span<const double> second) {
    struct Item {
        double value = 0;
        bool ofFirst = false;
    };
    std::vector<Item> all;
    all.reserve(first.size() + second.size());
    for (const double value : first) all.push_back({value, true});
    for (const double value : second) all.push_back({value, false});
    std::sort(all.begin(), all.end(), [](const Item& a, const Item& b) { return a.value < b.value; });
    Ranks ranks;
    for (std::size_t begin = 0; begin < all.size();) {
        std::size_t end = begin;
        std::size_t ofFirst = 0;
        // Equal means the same number here: ties come from values that were written alike.
        while (end < all.size() && !(all[begin].value < all[end].value)) {
            if (all[end].ofFirst) ++ofFirst;
            ++end;
        }
        const auto tied = static_cast<double>(end - begin);
        const double rank = (static_cast<double>(begin) + 1 + static_cast<double>(end)) / 2;
        ranks.firstSum += rank * static_cast<double>(ofFirst);
        ranks.ties += tied * tied * tied - tied;
        begin = end;
    }
    return ranks;
}

}  // namespace

std::string_view toText(ChanceTest value) noexcept { return textIn(tests, value); }
std::string_view titleOf(ChanceTest value) noexcept { return titleIn(tests, value); }
std::optional<ChanceTest> chanceTestFrom(std::string_view text) noexcept { return valueIn(tests, text); }

double meanOf(std::span<const double> sample) {
    double sum = 0;
    for (const double value : sample) sum += value;
    return sum / static_cast<double>(sample.size());
}

double percentileOf(std::span<const double> ascending, double p) {
    const double place = (static_cast<double>(ascending.size()) - 1) * p / 100;
    const double whole = std::floor(place);
    const auto below = static_cast<std::size_t>(whole);
    if (below + 1 >= ascending.size()) return ascending.back();
    return ascending[below] + (place - whole) * (ascending[below + 1] - ascending[below]);
}

TestOutcome twoProportions(std::int64_t hits1, std::int64_t n1, std::int64_t hits2, std::int64_t n2) {
    TestOutcome outcome{ChanceTest::TwoProportions, 0, {}, 1};
    const double pooled = real(hits1 + hits2) / real(n1 + n2);
    const double spread = std::sqrt(pooled * (1 - pooled) * (1 / real(n1) + 1 / real(n2)));
    if (!(spread > 0)) return outcome;
    outcome.statistic = (real(hits1) / real(n1) - real(hits2) / real(n2)) / spread;
    outcome.p = twoSided(outcome.statistic);
    return outcome;
}

TestOutcome fisherExact(std::int64_t hits1, std::int64_t n1, std::int64_t hits2, std::int64_t n2) {
    const std::int64_t hits = hits1 + hits2;
    const boost::math::hypergeometric_distribution<double> tables(
        static_cast<unsigned>(hits), static_cast<unsigned>(n1), static_cast<unsigned>(n1 + n2));
    const auto chance = [&tables](std::int64_t count) {
        return boost::math::pdf(tables, static_cast<unsigned>(count));
    };
    // Tables as probable as the one seen count too; their numbers differ in the last digits.
    constexpr double tolerance = 1 + 1e-7;
    const double seen = chance(hits1) * tolerance;
    double p = 0;
    for (std::int64_t count = std::max<std::int64_t>(0, hits - n2); count <= std::min(hits, n1); ++count) {
        const double probability = chance(count);
        if (probability <= seen) p += probability;
    }
    return {ChanceTest::FisherExact, 0, {}, std::min(1.0, p)};
}

TestOutcome compareShares(std::int64_t hits1, std::int64_t n1, std::int64_t hits2, std::int64_t n2) {
    constexpr double leastExpected = 5;
    const double share = real(hits1 + hits2) / real(n1 + n2);
    const double smaller = real(std::min(n1, n2));
    const bool small = smaller * share < leastExpected || smaller * (1 - share) < leastExpected;
    return small ? fisherExact(hits1, n1, hits2, n2) : twoProportions(hits1, n1, hits2, n2);
}

TestOutcome mannWhitney(std::span<const double> first, std::span<const double> second, bool continuity) {
    const auto n1 = static_cast<double>(first.size());
    const auto n2 = static_cast<double>(second.size());
    const double n = n1 + n2;
    const Ranks ranks = ranksOf(first, second);
    TestOutcome outcome{ChanceTest::MannWhitney, ranks.firstSum - n1 * (n1 + 1) / 2, {}, 1};
    const double spread = std::sqrt(n1 * n2 / 12 * (n + 1 - ranks.ties / (n * (n - 1))));
    if (!(spread > 0)) return outcome;
    const double distance = std::abs(outcome.statistic - n1 * n2 / 2);
    outcome.p = twoSided(std::max(0.0, distance - (continuity ? 0.5 : 0.0)) / spread);
    return outcome;
}

std::optional<TestOutcome> welch(std::span<const double> first, std::span<const double> second) {
    const double mean1 = meanOf(first);
    const double mean2 = meanOf(second);
    const auto n1 = static_cast<double>(first.size());
    const auto n2 = static_cast<double>(second.size());
    const double part1 = variance(first, mean1) / n1;
    const double part2 = variance(second, mean2) / n2;
    const double sum = part1 + part2;
    if (!(sum > 0)) return std::nullopt;
    TestOutcome outcome{ChanceTest::WelchT, (mean1 - mean2) / std::sqrt(sum), {}, 1};
    outcome.freedom = sum * sum / (part1 * part1 / (n1 - 1) + part2 * part2 / (n2 - 1));
    const boost::math::students_t_distribution<double> student(*outcome.freedom);
    outcome.p =
        std::min(1.0, 2 * boost::math::cdf(boost::math::complement(student, std::abs(outcome.statistic))));
    return outcome;
}

}  // namespace tickmark::domain

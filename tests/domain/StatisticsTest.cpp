#include "tickmark/domain/Statistics.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

using namespace tickmark::domain;
namespace tt = boost::test_tools;

BOOST_AUTO_TEST_SUITE(statistics)

BOOST_AUTO_TEST_CASE(percentiles_follow_definition_7_of_hyndman_and_fan) {
    const std::vector<double> four{1, 2, 3, 4};
    BOOST_TEST(percentileOf(four, 25) == 1.75, tt::tolerance(1e-12));
    BOOST_TEST(percentileOf(four, 50) == 2.5, tt::tolerance(1e-12));
    BOOST_TEST(percentileOf(four, 90) == 3.7, tt::tolerance(1e-12));
    BOOST_TEST(percentileOf(four, 0) == 1.0);
    BOOST_TEST(percentileOf(four, 100) == 4.0);
    const std::vector<double> one{7};
    BOOST_TEST(percentileOf(one, 90) == 7.0);
    // The twelve gauge measurements of NIST/SEMATECH e-Handbook 7.2.6.2; by definition 7 the 90th percentile
    // lies at h = 11 x 0.9 + 1 = 10.9: 95.1937 + 0.9 (95.1959 - 95.1937).
    std::vector<double> gauge{95.1772, 95.1567, 95.1937, 95.1959, 95.1442, 95.0610,
                              95.1591, 95.1195, 95.1065, 95.0925, 95.1990, 95.1682};
    std::sort(gauge.begin(), gauge.end());
    BOOST_TEST(percentileOf(gauge, 90) == 95.19568, tt::tolerance(1e-8));
}

BOOST_AUTO_TEST_CASE(two_proportions_agree_with_the_aspirin_study_in_agresti) {
    // Agresti, "An Introduction to Categorical Data Analysis", table 2.3: heart attacks, placebo 189 of
    // 11,034, aspirin 104 of 11,037; chi-squared 25.01, which is z squared.
    const TestOutcome outcome = compareShares(189, 11034, 104, 11037);
    BOOST_TEST((outcome.test == ChanceTest::TwoProportions));
    BOOST_TEST(outcome.statistic == 5.001, tt::tolerance(1e-3));
    BOOST_TEST(outcome.p < 1e-6);
    BOOST_TEST(compareShares(104, 11037, 189, 11034).statistic == -outcome.statistic, tt::tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(two_proportions_agree_with_the_mammogram_study_in_openintro) {
    // OpenIntro Statistics, section on the difference of two proportions: 500 deaths of 44,925 with
    // mammograms, 505 of 44,910 without; it rounds to z = -0.17 and p = 0.8650.
    const TestOutcome outcome = compareShares(500, 44925, 505, 44910);
    BOOST_TEST(outcome.statistic == -0.17, tt::tolerance(0.05));
    BOOST_TEST(outcome.p == 0.8650, tt::tolerance(0.01));
}

BOOST_AUTO_TEST_CASE(fisher_agrees_with_the_lady_tasting_tea_and_the_convicted_twins) {
    // Fisher (1935): four of eight cups, three named rightly; two-sided 34/70.
    BOOST_TEST(fisherExact(3, 4, 1, 4).p == 34.0 / 70, tt::tolerance(1e-9));
    // Fisher (1962, 1970), in R's documentation of fisher.test: 2 of 17 and 10 of 13; p = 0.0005367.
    const TestOutcome twins = compareShares(2, 17, 10, 13);
    BOOST_TEST(fisherExact(2, 17, 10, 13).p == 0.0005367, tt::tolerance(1e-3));
    BOOST_TEST((twins.test == ChanceTest::TwoProportions));
    BOOST_TEST((compareShares(3, 4, 1, 4).test == ChanceTest::FisherExact));
}

BOOST_AUTO_TEST_CASE(fisher_is_certain_when_every_table_is_as_probable) {
    BOOST_TEST(fisherExact(0, 5, 0, 7).p == 1.0, tt::tolerance(1e-12));
    BOOST_TEST(fisherExact(5, 5, 7, 7).p == 1.0, tt::tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(mann_whitney_agrees_with_hollander_and_wolfe) {
    // Hollander and Wolfe (1973) page 69, in R's documentation of wilcox.test: permeability of membranes at
    // term and at 12 to 26 weeks; W = 35, large sample approximation one-sided 0.1103.
    const std::vector<double> term{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
    const std::vector<double> earlier{1.15, 0.88, 0.90, 0.74, 1.21};
    const TestOutcome outcome = mannWhitney(term, earlier, false);
    BOOST_TEST(outcome.statistic == 35.0);
    BOOST_TEST(outcome.p / 2 == 0.1103, tt::tolerance(1e-3));
}

BOOST_AUTO_TEST_CASE(mann_whitney_with_ties_agrees_with_the_ozone_example_of_r) {
    // R's documentation of wilcox.test: Ozone in May and August of the airquality data; W = 127.5,
    // p = 0.0001208 with correction for ties and continuity.
    const std::vector<double> may{41, 36, 12, 18, 28, 23, 19, 8, 7,  16, 11, 14,  18,
                                  14, 34, 6,  30, 11, 1,  11, 4, 32, 23, 45, 115, 37};
    const std::vector<double> august{39, 9,  16, 78, 35, 66, 122, 89,  110, 44, 28,  65, 22,
                                     59, 23, 31, 44, 21, 9,  45,  168, 73,  76, 118, 84, 85};
    const TestOutcome outcome = mannWhitney(may, august);
    BOOST_TEST(outcome.statistic == 127.5);
    BOOST_TEST(outcome.p == 0.0001208, tt::tolerance(1e-3));
}

BOOST_AUTO_TEST_CASE(mann_whitney_of_equal_values_sees_no_difference) {
    const std::vector<double> same{2, 2, 2};
    BOOST_TEST(mannWhitney(same, same).p == 1.0);
}

BOOST_AUTO_TEST_CASE(welch_agrees_with_students_sleep_data) {
    // Student (1908), in R's documentation of t.test: t = -1.8608, df = 17.776, p = 0.07939.
    const std::vector<double> first{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
    const std::vector<double> second{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
    const auto outcome = welch(first, second);
    BOOST_REQUIRE(outcome.has_value());
    BOOST_TEST(outcome->statistic == -1.8608, tt::tolerance(1e-4));
    BOOST_TEST(outcome->freedom.value() == 17.776, tt::tolerance(1e-4));
    BOOST_TEST(outcome->p == 0.07939, tt::tolerance(1e-3));
}

BOOST_AUTO_TEST_CASE(welch_has_no_value_when_nothing_varies) {
    const std::vector<double> same{3, 3, 3};
    BOOST_TEST(!welch(same, same).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

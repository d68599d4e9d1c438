#include "tickmark/domain/Kpi.h"

#include <boost/test/unit_test.hpp>

using namespace tickmark;
using namespace tickmark::domain;

namespace {

Kpi sample() {
    Kpi kpi;
    kpi.name = "Incidents within SLA";
    kpi.unit = "%";
    return kpi;
}

KpiSeries byHand(std::int64_t id, Date day, double value) {
    KpiSeries series;
    series.id = {id};
    series.points = {{day.iso(), Timestamp::fromSeconds(day.days * 86'400LL), {}, value, 0, {}}};
    return series;
}

KpiSeries computed(std::int64_t id, double value) {
    KpiSeries series = byHand(id, Date::of(2016, 3, 1), value);
    series.rule = MeasurementRule{};
    return series;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(kpi)

BOOST_AUTO_TEST_CASE(a_target_without_a_direction_is_refused) {
    Kpi kpi = sample();
    BOOST_TEST(validate(kpi).ok());
    kpi.target = 70;
    const auto refusal = validate(kpi);
    BOOST_REQUIRE(!refusal.ok());
    BOOST_REQUIRE(refusal.error().parts.size() == 1U);
    BOOST_TEST(refusal.error().parts[0].field == "direction");
    kpi.direction = KpiDirection::HigherIsBetter;
    BOOST_TEST(validate(kpi).ok());
}

BOOST_AUTO_TEST_CASE(a_kpi_needs_a_name_and_a_unit) {
    Kpi kpi;
    const auto refusal = validate(kpi);
    BOOST_REQUIRE(!refusal.ok());
    BOOST_TEST(refusal.error().parts.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_broken_suggested_rule_is_named_by_its_field) {
    Kpi kpi = sample();
    kpi.rule = MeasurementRule{};
    kpi.rule->rows = RowChoice::Last;
    const auto refusal = validate(kpi);
    BOOST_REQUIRE(!refusal.ok());
    BOOST_TEST(refusal.error().parts[0].field == "rule.key");
}

BOOST_AUTO_TEST_CASE(the_target_is_met_by_direction) {
    Kpi kpi = sample();
    kpi.target = 70;
    BOOST_TEST(!meetsTarget(kpi, 80).has_value());
    kpi.direction = KpiDirection::HigherIsBetter;
    BOOST_TEST(meetsTarget(kpi, 70).value());
    BOOST_TEST(!meetsTarget(kpi, 69.9).value());
    kpi.direction = KpiDirection::LowerIsBetter;
    BOOST_TEST(!meetsTarget(kpi, 70.1).value());
}

BOOST_AUTO_TEST_CASE(the_newest_computed_series_and_every_measurement_by_hand_are_shown) {
    std::vector<KpiSeries> series{byHand(1, Date::of(2016, 4, 1), 1), computed(2, 2), computed(3, 3),
                                  computed(4, 4), byHand(5, Date::of(2016, 1, 1), 5)};
    series[3].withdrawn = "Wrong file.";
    const auto shown = pointsShown(series);
    BOOST_REQUIRE(shown.size() == 3U);
    BOOST_TEST(shown[0].point->value == 5.0);
    BOOST_TEST(shown[1].point->value == 3.0);
    BOOST_TEST(shown[2].point->value == 1.0);
}

BOOST_AUTO_TEST_CASE(a_comparison_made_for_another_day_is_not_shown) {
    Kpi kpi = sample();
    std::vector<KpiSeries> series{computed(1, 2)};
    series[0].comparison = Comparison{};
    series[0].comparison->liveOn = Date::of(2016, 3, 2);
    BOOST_TEST(!comparisonOf(kpi, series).has_value());
    kpi.liveOn = Date::of(2016, 3, 2);
    BOOST_TEST(comparisonOf(kpi, series).has_value());
    kpi.liveOn = Date::of(2016, 3, 1);
    BOOST_TEST(!comparisonOf(kpi, series).has_value());
}

BOOST_AUTO_TEST_CASE(measurements_by_hand_are_compared_as_values) {
    Kpi kpi = sample();
    kpi.liveOn = Date::of(2016, 3, 1);
    std::vector<KpiSeries> series;
    for (int i = 0; i < 8; ++i) series.push_back(byHand(i + 1, Date::of(2016, 2, 26).plusDays(i), 10 + i));
    const auto comparison = comparisonOf(kpi, series);
    BOOST_REQUIRE(comparison.has_value());
    BOOST_TEST(comparison->before.sample == 4);
    BOOST_TEST(comparison->after.value == 15.5);
    BOOST_REQUIRE(comparison->test.has_value());
    BOOST_TEST((comparison->test->test == ChanceTest::MannWhitney));
    BOOST_TEST(comparison->test->statistic == 0.0);
}

BOOST_AUTO_TEST_SUITE_END()

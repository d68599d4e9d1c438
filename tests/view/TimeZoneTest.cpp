#include "tickmark/view/TimeZone.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "tickmark/view/Page.h"

using namespace tickmark;

namespace {

const Timestamp summer = *Timestamp::parse("2022-07-14T22:30:59Z");
const Timestamp winter = *Timestamp::parse("2022-12-31T23:30:00Z");

}  // namespace

BOOST_AUTO_TEST_SUITE(time_zones)

BOOST_AUTO_TEST_CASE(without_a_zone_times_are_utc) {
    BOOST_TEST(view::localTimeText(summer) == "2022-07-14 22:30 UTC");
    BOOST_TEST(view::currentTimeZone() == "UTC");
}

BOOST_AUTO_TEST_CASE(a_zone_moves_the_hour_and_the_day_and_knows_summer_time) {
    const view::TimeZoneScope berlin("Europe/Berlin");
    BOOST_TEST(view::localTimeText(summer) == "2022-07-15 00:30 CEST");
    BOOST_TEST(view::localTimeText(winter) == "2023-01-01 00:30 CET");
    {
        const view::TimeZoneScope india("Asia/Kolkata");
        BOOST_TEST(view::localTimeText(summer) == "2022-07-15 04:00 IST");
    }
    BOOST_TEST(view::currentTimeZone() == "Europe/Berlin");
}

BOOST_AUTO_TEST_CASE(an_unknown_zone_is_utc) {
    for (const char* name : {"Mars/Olympus", "", "../etc/passwd", "Europe/Berlin\n"}) {
        const view::TimeZoneScope scope(name);
        BOOST_TEST(view::localTimeText(summer) == "2022-07-14 22:30 UTC");
        BOOST_TEST(!view::isTimeZone(name));
    }
    BOOST_TEST(view::isTimeZone("America/Argentina/Ushuaia"));
}

BOOST_AUTO_TEST_CASE(the_list_begins_with_utc_and_offers_places_only) {
    const auto all = view::timeZones();
    BOOST_REQUIRE(all.size() > 300U);
    BOOST_TEST(all.front() == "UTC");
    BOOST_TEST(std::is_sorted(all.begin() + 1, all.end()));
    BOOST_TEST(std::count(all.begin(), all.end(), "Europe/Berlin") == 1);
    for (const auto& name : all) BOOST_TEST(!name.starts_with("Etc/"));
    for (const auto& name : all) BOOST_TEST((name == "UTC" || view::isTimeZone(name)));
}

BOOST_AUTO_TEST_CASE(a_moment_is_shown_here_and_hovers_in_utc_and_a_logged_one_the_other_way_round) {
    const view::TimeZoneScope berlin("Europe/Berlin");
    view::Model model;
    model.setTime("AT", summer).setLogged("SEALED", summer);
    const auto& texts = model.texts();
    BOOST_TEST(texts.at("AT") == "2022-07-15 00:30 CEST");
    BOOST_TEST(texts.at("AT_HOVER") == "2022-07-14 22:30 UTC");
    BOOST_TEST(texts.at("AT_ISO") == "2022-07-14T22:30:59Z");
    BOOST_TEST(texts.at("SEALED") == "2022-07-14 22:30 UTC");
    BOOST_TEST(texts.at("SEALED_HOVER") == "2022-07-15 00:30 CEST");
}

BOOST_AUTO_TEST_SUITE_END()

#include "tickmark/foundation/Time.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using namespace tickmark;

BOOST_AUTO_TEST_SUITE(times)

BOOST_AUTO_TEST_CASE(a_time_is_written_in_utc_with_six_decimals) {
    BOOST_TEST(Timestamp{0}.iso() == "1970-01-01T00:00:00.000000Z");
    BOOST_TEST(Timestamp{1'795'354'267'123'456}.iso() == "2026-11-22T13:31:07.123456Z");
    BOOST_TEST(Timestamp{-1}.iso() == "1969-12-31T23:59:59.999999Z");
    BOOST_TEST(Timestamp{-86'400'000'001}.iso() == "1969-12-30T23:59:59.999999Z");
}

BOOST_AUTO_TEST_CASE(a_time_is_read_with_up_to_six_decimals) {
    BOOST_TEST(Timestamp::parse("2022-11-18T09:30:00Z")->iso() == "2022-11-18T09:30:00.000000Z");
    BOOST_TEST(Timestamp::parse("2022-11-18T09:30:00.5Z")->iso() == "2022-11-18T09:30:00.500000Z");
    BOOST_TEST(Timestamp::parse("2022-11-18T23:59:59.999999Z")->micros % 1'000'000 == 999'999);
    BOOST_TEST(Timestamp::parse("1000-01-01T00:00:00Z")->iso() == "1000-01-01T00:00:00.000000Z");
    BOOST_TEST(Timestamp::parse("9999-12-31T23:59:59.999999Z")->iso() == "9999-12-31T23:59:59.999999Z");
    for (const char* wrong :
         {"", "2022-11-18", "2022-11-18T09:30:00", "2022-11-18T09:30:00+00:00", "2022-11-18 09:30:00Z",
          "2022-11-18t09:30:00Z", "2022-11-18T24:00:00Z", "2022-11-18T09:60:00Z", "2022-11-18T09:30:60Z",
          "2022-11-18T09:30:00.Z", "2022-11-18T09:30:00.1234567Z", "2022-11-18T09:30:00,5Z",
          "2022-02-29T00:00:00Z", "2022-11-18T9:30:00Z", "2022-11-18T09:30:0aZ",
          "2022-11-18T09:30:00.12x456Z", "2022-11-18T09:30:00ZZ", "0999-12-31T00:00:00Z",
          "-022-11-18T09:30:00Z"}) {
        BOOST_TEST_CONTEXT(wrong) {
            BOOST_REQUIRE(!Timestamp::parse(wrong).ok());
            BOOST_TEST(Timestamp::parse(wrong).error().type == "timestamp");
        }
    }
}

BOOST_AUTO_TEST_CASE(seconds_round_down_before_1970_too) {
    BOOST_TEST(Timestamp{1'999'999}.seconds() == 1);
    BOOST_TEST(Timestamp{-1}.seconds() == -1);
    BOOST_TEST(Timestamp{-1'000'000}.seconds() == -1);
    BOOST_TEST(Timestamp{-1'000'001}.seconds() == -2);
    BOOST_TEST(Timestamp::fromSeconds(-5).plusSeconds(7).micros == 2'000'000);
}

BOOST_AUTO_TEST_CASE(written_times_sort_like_times) {
    std::string before;
    for (std::int64_t micros = -3'000'000'000'000'000; micros < 9'000'000'000'000'000;
         micros += 123'456'789'012'345) {
        const Timestamp moment{micros};
        BOOST_TEST(before < moment.iso());
        BOOST_TEST(Timestamp::parse(moment.iso())->micros == micros);
        before = moment.iso();
    }
}

BOOST_AUTO_TEST_CASE(every_day_from_1000_to_9999_comes_back) {
    const std::int32_t first = Date::of(1000, 1, 1).days;
    const std::int32_t last = Date::of(9999, 12, 31).days;
    std::int32_t wrong = 0;
    for (std::int32_t day = first; day <= last; ++day) {
        const auto again = Date::parse(Date{day}.iso());
        if (!again.ok() || again->days != day) ++wrong;
    }
    BOOST_TEST(wrong == 0);
    BOOST_TEST(last - first + 1 == 3'287'182);
}

BOOST_AUTO_TEST_CASE(leap_days_follow_the_calendar) {
    for (const char* day : {"2000-02-29", "2024-02-29", "1600-02-29", "2022-12-31"}) {
        BOOST_TEST(Date::parse(day).ok(), day);
    }
    for (const char* day :
         {"1900-02-29", "2023-02-29", "2100-02-29", "2022-04-31", "2022-13-01", "2022-00-01", "2022-01-00",
          "2022-1-1", "22-01-01", "2022/01/01", "2022-01-01 ", "0999-12-31", "", "10000-01-01"}) {
        BOOST_TEST_CONTEXT(day) {
            BOOST_REQUIRE(!Date::parse(day).ok());
            BOOST_TEST(Date::parse(day).error().type == "date");
        }
    }
}

BOOST_AUTO_TEST_CASE(dates_count_days) {
    BOOST_TEST(Date::of(1970, 1, 1).days == 0);
    BOOST_TEST(Date::of(1969, 12, 31).days == -1);
    BOOST_TEST(Date::of(2022, 2, 28).plusDays(1).iso() == "2022-03-01");
    BOOST_TEST(Date::of(2022, 11, 18).year() == 2022);
    BOOST_TEST(Date{-1}.year() == 1969);
    BOOST_TEST(Date::of(Timestamp{-1}).iso() == "1969-12-31");
    BOOST_TEST(Date::of(Timestamp::parse("2022-11-18T23:59:59.999999Z").value()).iso() == "2022-11-18");
    BOOST_TEST((Date::of(2022, 1, 2) > Date::of(2021, 12, 31)));
}

BOOST_AUTO_TEST_CASE(a_set_clock_stands_still_and_the_machines_moves_on) {
    SetClock clock(Timestamp::fromSeconds(5));
    BOOST_TEST(clock.now().seconds() == 5);
    clock.set(Timestamp::fromSeconds(9));
    BOOST_TEST(clock.now().seconds() == 9);
    const SystemClock machine;
    const Timestamp before = machine.now();
    BOOST_TEST((machine.now() >= before));
    BOOST_TEST((before > Timestamp::parse("2024-01-01T00:00:00Z").value()));
}

BOOST_AUTO_TEST_SUITE_END()

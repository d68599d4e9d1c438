// Calendar files as RFC 5545 asks for them. Another parser reads the real feed in tests/suites/reminders.py.
#include <boost/test/unit_test.hpp>
#include <sstream>

#include "tickmark/codec/Calendar.h"

using namespace tickmark;

namespace {

codec::CalendarFile oneDay() {
    codec::CalendarFile file;
    file.product = "-//Tickmark//Test//EN";
    file.name = "Due";
    file.stamp = *Timestamp::parse("2026-11-22T13:31:07Z");
    file.days = {{"a-1@log", Date::of(2026, 12, 1), "One", "Two", "Actions", "https://t.example/a-1"}};
    return file;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string unfolded(std::string text) {
    for (auto at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ")) text.erase(at, 3);
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(calendar)

BOOST_AUTO_TEST_CASE(a_day_is_written_as_a_date_with_its_stamp_and_uid) {
    const std::string text = codec::writeCalendar(oneDay());
    BOOST_TEST(text.starts_with("BEGIN:VCALENDAR\r\n"));
    BOOST_TEST(text.ends_with("END:VCALENDAR\r\n"));
    for (const char* line :
         {"VERSION:2.0", "PRODID:-//Tickmark//Test//EN", "X-WR-CALNAME:Due", "UID:a-1@log",
          "DTSTAMP:20261122T133107Z", "DTSTART;VALUE=DATE:20261201", "SUMMARY:One", "DESCRIPTION:Two",
          "CATEGORIES:Actions", "URL:https://t.example/a-1", "TRANSP:TRANSPARENT"}) {
        BOOST_TEST_CONTEXT(line) { BOOST_TEST(has(text, std::string("\r\n") + line + "\r\n")); }
    }
}

BOOST_AUTO_TEST_CASE(an_empty_calendar_is_one_too) {
    codec::CalendarFile file = oneDay();
    file.days.clear();
    const std::string text = codec::writeCalendar(file);
    BOOST_TEST(!has(text, "VEVENT"));
    BOOST_TEST(text.ends_with("END:VCALENDAR\r\n"));
}

BOOST_AUTO_TEST_CASE(texts_cannot_end_their_line_or_begin_another_property) {
    codec::CalendarFile file = oneDay();
    file.days.front().summary = "a;b,c\\d\ne\r\nEND:VEVENT";
    file.days.front().uid = "x\r\nATTACH:y";
    file.days.front().url = "https://t.example/\r\nATTACH:z";
    const std::string text = unfolded(codec::writeCalendar(file));
    BOOST_TEST(has(text, "SUMMARY:a\\;b\\,c\\\\d\\ne \\nEND:VEVENT\r\n"));
    BOOST_TEST(!has(text, "\r\nATTACH"));
}

BOOST_AUTO_TEST_CASE(long_lines_are_folded_between_characters_at_75_octets) {
    codec::CalendarFile file = oneDay();
    std::string summary;
    for (int i = 0; i < 120; ++i) summary += i % 3 == 0 ? "ä" : (i % 3 == 1 ? "漢" : "x");
    file.days.front().summary = summary;
    const std::string text = codec::writeCalendar(file);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        BOOST_REQUIRE(line.ends_with("\r"));
        BOOST_TEST(line.size() <= 76U);
        // A folded line does not begin inside a character.
        if (line.starts_with(" ")) BOOST_TEST((static_cast<unsigned char>(line[1]) & 0xC0U) != 0x80U);
    }
    BOOST_TEST(has(unfolded(text), "SUMMARY:" + summary));
}

BOOST_AUTO_TEST_SUITE_END()

#include "tickmark/foundation/Time.h"

#include <chrono>

namespace tickmark {
namespace {

constexpr std::int64_t microsPerDay = 86'400LL * 1'000'000LL;

void appendPadded(std::string& text, std::int64_t number, std::size_t width) {
    const std::string digits = std::to_string(number);
    text.append(width > digits.size() ? width - digits.size() : 0, '0');
    text += digits;
}

/// Reads exactly `width` decimal digits at `at`, or -1.
int digitsAt(std::string_view text, std::size_t at, std::size_t width) {
    if (at + width > text.size()) return -1;
    int value = 0;
    for (std::size_t i = at; i < at + width; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

std::int64_t floorDiv(std::int64_t a, std::int64_t b) { return a / b - ((a % b != 0 && a < 0) ? 1 : 0); }

Error badTimestamp() {
    return invalid("timestamp", "", "This is not a UTC time.", "Write it like 2022-11-18T09:30:00Z.");
}

}  // namespace

std::int64_t Timestamp::seconds() const noexcept { return floorDiv(micros, 1'000'000); }

std::string Timestamp::iso() const {
    const std::int64_t day = floorDiv(micros, microsPerDay);
    const std::int64_t rest = micros - day * microsPerDay;
    std::string text = Date{static_cast<std::int32_t>(day)}.iso();
    text += 'T';
    appendPadded(text, rest / 3'600'000'000, 2);
    text += ':';
    appendPadded(text, rest / 60'000'000 % 60, 2);
    text += ':';
    appendPadded(text, rest / 1'000'000 % 60, 2);
    text += '.';
    appendPadded(text, rest % 1'000'000, 6);
    text += 'Z';
    return text;
}

Result<Timestamp> Timestamp::parse(std::string_view text) {
    if (text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text.back() != 'Z') {
        return badTimestamp();
    }
    auto date = Date::parse(text.substr(0, 10));
    const int hour = digitsAt(text, 11, 2);
    const int minute = digitsAt(text, 14, 2);
    const int second = digitsAt(text, 17, 2);
    if (!date || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
        return badTimestamp();
    }
    std::int64_t fraction = 0;
    const std::string_view tail = text.substr(19, text.size() - 20);
    if (!tail.empty()) {
        const std::size_t decimals = tail.size() - 1;
        if (tail[0] != '.' || decimals < 1 || decimals > 6) return badTimestamp();
        const int digits = digitsAt(tail, 1, decimals);
        if (digits < 0) return badTimestamp();
        fraction = digits;
        for (std::size_t i = decimals; i < 6; ++i) fraction *= 10;
    }
    return Timestamp{date->days * microsPerDay + (hour * 3600LL + minute * 60LL + second) * 1'000'000LL +
                     fraction};
}

std::string Date::iso() const {
    const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{days}}};
    std::string text;
    appendPadded(text, static_cast<int>(ymd.year()), 4);
    text += '-';
    appendPadded(text, static_cast<unsigned>(ymd.month()), 2);
    text += '-';
    appendPadded(text, static_cast<unsigned>(ymd.day()), 2);
    return text;
}

Result<Date> Date::parse(std::string_view text) {
    const Error bad = invalid("date", "", "This is not a date.", "Write it like 2022-11-18.");
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return bad;
    const int year = digitsAt(text, 0, 4);
    const int month = digitsAt(text, 5, 2);
    const int day = digitsAt(text, 8, 2);
    if (year < 1000 || month < 1 || day < 1) return bad;
    const std::chrono::year_month_day ymd{std::chrono::year{year},
                                          std::chrono::month{static_cast<unsigned>(month)},
                                          std::chrono::day{static_cast<unsigned>(day)}};
    if (!ymd.ok()) return bad;
    return of(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

Date Date::of(Timestamp moment) { return {static_cast<std::int32_t>(floorDiv(moment.micros, microsPerDay))}; }

Date Date::of(int year, unsigned month, unsigned day) {
    const std::chrono::sys_days days = std::chrono::year_month_day{
        std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    return {static_cast<std::int32_t>(days.time_since_epoch().count())};
}

int Date::year() const {
    return static_cast<int>(
        std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{days}}}.year());
}

Timestamp SystemClock::now() const {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

}  // namespace tickmark

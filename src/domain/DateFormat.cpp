#include "tickmark/domain/DateFormat.h"

#include <array>
#include <chrono>

namespace tickmark::domain {
namespace {

struct Part {
    std::string_view letters{};
    std::size_t place = 0;
};
constexpr std::size_t partCount = 6;
constexpr std::array<Part, partCount> parts{
    {{"YYYY", 0}, {"MM", 1}, {"DD", 2}, {"hh", 3}, {"mm", 4}, {"ss", 5}}};
constexpr std::size_t neededParts = 3;  // year, month, day

const Part* partAt(std::string_view format) {
    for (const Part& part : parts) {
        if (format.starts_with(part.letters)) return &part;
    }
    return nullptr;
}

Error badFormat(std::string message) {
    return invalid(
        "date-format", "date_format", std::move(message),
        "Write it from YYYY, MM, DD, hh, mm, ss and the signs between them, like DD-MM-YYYY hh:mm.");
}

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// The number of as many digits as there are; -1 when one is missing.
int numberOf(std::string_view digits) {
    int value = 0;
    for (const char c : digits) {
        if (!isDigit(c)) return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

}  // namespace

Result<DateFormat> DateFormat::compile(std::string_view format) {
    std::array<bool, partCount> seen{};
    for (std::size_t at = 0; at < format.size();) {
        if (const Part* part = partAt(format.substr(at))) {
            if (seen[part->place]) return badFormat(std::string(part->letters) + " stands twice.");
            seen[part->place] = true;
            at += part->letters.size();
            continue;
        }
        const char literal = format[at++];
        if (isDigit(literal) || (isLetter(literal) && literal != 'T' && literal != 'Z'))
            return badFormat(std::string("\"") + literal + "\" is no part of a date.");
    }
    for (std::size_t i = 0; i < neededParts; ++i) {
        if (!seen[i]) return badFormat(std::string(parts[i].letters) + " is missing.");
    }
    return DateFormat(std::string(format));
}

std::optional<Timestamp> DateFormat::parse(std::string_view text) const {
    if (text.size() != m_format.size()) return std::nullopt;
    std::array<int, partCount> numbers{};
    const std::string_view format = m_format;
    for (std::size_t at = 0; at < format.size();) {
        const Part* part = partAt(format.substr(at));
        if (part == nullptr) {
            if (text[at] != format[at]) return std::nullopt;
            ++at;
            continue;
        }
        numbers[part->place] = numberOf(text.substr(at, part->letters.size()));
        if (numbers[part->place] < 0) return std::nullopt;
        at += part->letters.size();
    }
    const auto [year, month, day, hour, minute, second] = numbers;
    const std::chrono::year_month_day ymd{std::chrono::year(year),
                                          std::chrono::month(static_cast<unsigned>(month)),
                                          std::chrono::day(static_cast<unsigned>(day))};
    if (year < 1000 || !ymd.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    constexpr std::int64_t secondsPerDay = 86'400;
    const std::int64_t days = std::chrono::sys_days(ymd).time_since_epoch().count();
    return Timestamp::fromSeconds(days * secondsPerDay + hour * 3600 + minute * 60 + second);
}

std::string isoWeekOf(Date day) {
    // The week's Thursday lies in the year that the week belongs to (ISO 8601).
    const std::int32_t sinceMonday = ((day.days + 3) % 7 + 7) % 7;
    const Date thursday = day.plusDays(3 - sinceMonday);
    const std::int32_t week = (thursday.days - Date::of(thursday.year(), 1, 1).days) / 7 + 1;
    return std::to_string(thursday.year()) + (week < 10 ? "-W0" : "-W") + std::to_string(week);
}

}  // namespace tickmark::domain

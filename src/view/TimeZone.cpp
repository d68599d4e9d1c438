#include "tickmark/view/TimeZone.h"

#include <date/tz.h>

#include <algorithm>
#include <exception>

#include "tickmark/view/Words.h"

namespace tickmark::view {
namespace {

using Micros = std::chrono::microseconds;

// Handlers run on one thread from the request to its answer; nullptr is UTC.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): a scope of a thread, see TimeZone.h
thread_local const date::time_zone* current = nullptr;

/// The library reports an unreadable database and an unknown name alike, by an exception.
const date::time_zone* zoneNamed(std::string_view name) noexcept {
    try {
        // A link such as "UTC" may be found under the zone it stands for, which then has the other name.
        return name.empty() ? nullptr : date::locate_zone(std::string(name));
    } catch (const std::exception&) {
        return nullptr;
    }
}

date::sys_time<Micros> momentOf(Timestamp moment) { return date::sys_time<Micros>(Micros(moment.micros)); }

}  // namespace

bool isTimeZone(std::string_view name) noexcept { return zoneNamed(name) != nullptr; }

std::vector<std::string> timeZones() {
    std::vector<std::string> names{"UTC"};
    try {
        for (const date::time_zone& zone : date::get_tzdb().zones) {
            const std::string& name = zone.name();
            const bool place = name.find('/') != std::string::npos;
            const bool legacy = name.starts_with("Etc/") || name.starts_with("SystemV/") ||
                                name.starts_with("posix/") || name.starts_with("right/");
            if (place && !legacy) names.push_back(name);
        }
    } catch (const std::exception&) {
        names.resize(1);
    }
    std::sort(names.begin() + 1, names.end());
    return names;
}

TimeZoneScope::TimeZoneScope(const std::string& name) noexcept : m_before(current) {
    current = zoneNamed(name);
}
TimeZoneScope::~TimeZoneScope() { current = static_cast<const date::time_zone*>(m_before); }

std::string localTimeText(Timestamp moment) {
    if (current == nullptr) return timeText(moment);
    const auto there = date::make_zoned(current, date::floor<std::chrono::minutes>(momentOf(moment)));
    return date::format("%F %H:%M %Z", there);
}

std::string currentTimeZone() { return current == nullptr ? "UTC" : current->name(); }

}  // namespace tickmark::view

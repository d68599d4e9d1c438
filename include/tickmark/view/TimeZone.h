// Time zones of people: the names and rules of the machine's own time zone database (IANA, package tzdata).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tickmark/foundation/Time.h"

namespace tickmark::view {

/// Whether the machine's database has a zone of exactly that name ("Europe/Berlin"). False for everything
/// when the database cannot be read.
[[nodiscard]] bool isTimeZone(std::string_view name) noexcept;
/// Every place of the database by name ("Africa/Abidjan" …) after "UTC"; legacy names without a place are
/// left out. Only "UTC" when the database cannot be read.
[[nodiscard]] std::vector<std::string> timeZones();

/// The zone in which this thread writes times for a person, until the scope ends. Scopes nest. An empty or
/// unknown name means UTC.
class TimeZoneScope {
  public:
    explicit TimeZoneScope(const std::string& name) noexcept;
    ~TimeZoneScope();
    TimeZoneScope(const TimeZoneScope&) = delete;
    TimeZoneScope& operator=(const TimeZoneScope&) = delete;
    TimeZoneScope(TimeZoneScope&&) = delete;
    TimeZoneScope& operator=(TimeZoneScope&&) = delete;

  private:
    const void* m_before;
};

/// "2022-10-14 11:12 CEST" in this thread's zone: the zone's abbreviation at that moment, or its offset where
/// it has none ("+03"). "2022-10-14 09:12 UTC" outside any scope.
[[nodiscard]] std::string localTimeText(Timestamp moment);
/// Name of this thread's zone, "UTC" outside any scope.
[[nodiscard]] std::string currentTimeZone();

}  // namespace tickmark::view

// Times in UTC with microseconds, calendar dates, and the clock that tests can set.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tickmark/foundation/Result.h"

namespace tickmark {

/// A moment: microseconds since 1970-01-01T00:00:00Z.
struct Timestamp {
    std::int64_t micros = 0;

    /// "2026-11-22T13:31:07.123456Z" (RFC 3339, always UTC, always six decimals, so that text sorts as time).
    [[nodiscard]] std::string iso() const;
    /// Accepts RFC 3339 with Z and 0 to 6 decimals. Errors: Invalid "timestamp".
    [[nodiscard]] static Result<Timestamp> parse(std::string_view text);
    [[nodiscard]] static Timestamp fromSeconds(std::int64_t seconds) { return {seconds * 1'000'000}; }
    /// Whole seconds, rounded down.
    [[nodiscard]] std::int64_t seconds() const noexcept;
    [[nodiscard]] Timestamp plusSeconds(std::int64_t seconds) const { return {micros + seconds * 1'000'000}; }
    auto operator<=>(const Timestamp&) const = default;  // NOLINT(modernize-use-nullptr)
};

/// A calendar day without a zone: days since 1970-01-01.
struct Date {
    std::int32_t days = 0;

    /// "2022-11-18" (ISO 8601).
    [[nodiscard]] std::string iso() const;
    /// Accepts YYYY-MM-DD of an existing day in years 1000 to 9999. Errors: Invalid "date".
    [[nodiscard]] static Result<Date> parse(std::string_view text);
    [[nodiscard]] static Date of(Timestamp moment);
    [[nodiscard]] static Date of(int year, unsigned month, unsigned day);
    [[nodiscard]] int year() const;
    [[nodiscard]] Date plusDays(std::int32_t count) const { return {days + count}; }
    auto operator<=>(const Date&) const = default;  // NOLINT(modernize-use-nullptr)
};

/// Where the time comes from. Two implementations: the machine's, and one that tests set.
class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Timestamp now() const = 0;
};

class SystemClock final : public Clock {
  public:
    [[nodiscard]] Timestamp now() const override;
};

/// A clock that stands still until told otherwise.
class SetClock final : public Clock {
  public:
    explicit SetClock(Timestamp moment) : m_now(moment) {}
    [[nodiscard]] Timestamp now() const override { return m_now; }
    void set(Timestamp moment) { m_now = moment; }

  private:
    Timestamp m_now;
};

}  // namespace tickmark

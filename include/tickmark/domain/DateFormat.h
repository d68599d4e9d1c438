// Dates as a file writes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::domain {

/// A stated format: YYYY, MM, DD, hh, mm, ss stand for as many digits; every other character stands for
/// itself ("DD-MM-YYYY hh:mm", "YYYY-MM-DDThh:mm:ssZ"). Letters other than T and Z are refused, so that a
/// misspelt part is no literal. No zone is applied: times are kept as written, and a duration over a change
/// of the clocks is off by that change.
class DateFormat {
  public:
    /// Errors: Invalid "date-format" when year, month or day is missing, or a part stands twice.
    [[nodiscard]] static Result<DateFormat> compile(std::string_view format);
    /// Nothing unless the text has exactly this form and is a day (years 1000 to 9999) and time that exist.
    [[nodiscard]] std::optional<Timestamp> parse(std::string_view text) const;
    [[nodiscard]] const std::string& text() const noexcept { return m_format; }

  private:
    explicit DateFormat(std::string format) : m_format(std::move(format)) {}
    std::string m_format;
};

/// "2016-W09" by ISO 8601.
[[nodiscard]] std::string isoWeekOf(Date day);

}  // namespace tickmark::domain

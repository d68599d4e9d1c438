// Calendar files: iCalendar, RFC 5545.
#pragma once

#include <string>
#include <vector>

#include "tickmark/foundation/Time.h"

namespace tickmark::codec {

/// One whole day on which something is due.
struct CalendarDay {
    std::string uid{};  ///< the same for the same thing in every edition of the calendar (section 3.8.4.7)
    Date date{};
    std::string summary{};
    std::string description{};
    std::string category{};
    std::string url{};  ///< or empty
};

struct CalendarFile {
    std::string product{};  ///< PRODID
    std::string name{};     ///< as calendar programs show it
    Timestamp stamp{};      ///< when this edition was made: DTSTAMP of every event
    std::vector<CalendarDay> days{};
};

/// The file's bytes: CRLF, lines folded at 75 octets, texts escaped, dates as VALUE=DATE, events transparent
/// so that nobody becomes busy. Control characters of texts become spaces, except line feeds. Throws
/// std::bad_alloc only.
[[nodiscard]] std::string writeCalendar(const CalendarFile& calendar);

}  // namespace tickmark::codec

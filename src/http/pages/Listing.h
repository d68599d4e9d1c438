// What lists of things and pages about one thing have in common: addresses, cut texts, periods.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Party.h"
#include "tickmark/foundation/Time.h"
#include "tickmark/http/server/Request.h"
#include "tickmark/view/Page.h"

namespace tickmark::http::pages {

/// What the request asked for, with another cursor.
[[nodiscard]] std::string nextAddress(const Request& request, std::string_view list,
                                      const std::string& cursor);
/// Include-free text COUNT ("94 findings") and NUMBER_OF ("94"), section HAS_COUNT: how long the list is in
/// all.
void putCount(view::Model& model, std::int64_t count, std::string_view one, std::string_view many);
/// Texts named as the query parameters in upper case: the filter's fields keep what was asked for.
void putAsked(view::Model& model, const Request& request, const std::vector<std::string_view>& names);

/// "2022-10-03 to 2022-10-05", "from 2022-10-03", "until 2022-10-05", or empty.
[[nodiscard]] std::string periodText(const std::optional<Date>& from, const std::optional<Date>& to);
/// Nothing for anything but a day.
[[nodiscard]] std::optional<Date> dayOf(std::string_view iso);
[[nodiscard]] std::string isoOf(const std::optional<Date>& day);

/// The first line, cut after that many characters.
[[nodiscard]] std::string excerpt(std::string_view text, std::size_t characters);
/// Lines without white space around them; empty ones are left out.
[[nodiscard]] std::vector<std::string> linesOf(std::string_view text);
[[nodiscard]] std::string joinedLines(const std::vector<std::string>& lines);

/// Whether this role may open entries of the audit trail.
[[nodiscard]] bool readsLog(domain::Role role) noexcept;
/// Texts POSITION and LOG_HREF, and section LOG_LINK or LOG_PLAIN by what the role may open.
void putPosition(view::Model& model, domain::Role role, std::int64_t position);

}  // namespace tickmark::http::pages

// Percent encoding of request targets and forms (RFC 3986 section 2.1), strict.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/foundation/Result.h"
#include "tickmark/http/server/Request.h"

namespace tickmark::http {

/// Whether '+' stands for a space, as in forms and queries.
enum class Plus { Literal, Space };

/// Decodes; the result is UTF-8 without NUL. Errors: Invalid "percent-encoding" naming `field`.
[[nodiscard]] Result<std::string> percentDecode(std::string_view field, std::string_view text, Plus plus);

/// Decodes `a=b&c` into pairs, empty pairs left out. Errors: as percentDecode; TooLarge "too-many-parameters"
/// above `maximum` pairs.
[[nodiscard]] Result<std::vector<NameValue>> decodePairs(std::string_view field, std::string_view text,
                                                         std::size_t maximum);

/// Encodes everything but RFC 3986 unreserved characters.
[[nodiscard]] std::string percentEncode(std::string_view text);

}  // namespace tickmark::http

// What a part of a multipart form says about itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tickmark/foundation/Result.h"

namespace tickmark::http {

struct PartHeader {
    std::string name{};
    std::optional<std::string> fileName{};
};

/// Reads `form-data; name="a"; filename="b"` (RFC 7578 section 4.2) the way browsers write it: %22, %0D and
/// %0A stand for quote, CR and LF, a backslash is a character. Poco's splitter drops backslashes, so this one
/// is ours. Errors: Invalid "form".
[[nodiscard]] Result<PartHeader> parsePartHeader(std::string_view disposition);

/// The boundary parameter of a multipart/form-data Content-Type. Errors: Invalid "media-type", "boundary".
[[nodiscard]] Result<std::string> boundaryOf(std::string_view contentType);

}  // namespace tickmark::http

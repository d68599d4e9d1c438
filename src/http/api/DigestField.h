// The header fields Repr-Digest and Content-Digest (RFC 9530).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::http::api {

/// The SHA-256 in a dictionary of digests such as `sha-256=:…base64…:` (RFC 9530 section 3, RFC 8941 section
/// 3.2), or nothing when the field is empty. Other algorithms beside it are passed over; a field without
/// sha-256 is refused, because passing over it would look like a check. Errors: Invalid "digest-field" naming
/// `field`.
[[nodiscard]] Result<std::optional<Digest>> digestFrom(std::string_view field, std::string_view value);

/// `sha-256=:…:`.
[[nodiscard]] std::string digestField(const Digest& digest);

}  // namespace tickmark::http::api

// The header fields of tus 1.0.0 (https://tus.io/protocols/resumable-upload, version 1.0.0).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tickmark/app/Uploads.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::http::api {

inline constexpr std::string_view tusVersion = "1.0.0";

/// A number of bytes in decimal digits. Errors: Invalid "upload-header" naming the field.
[[nodiscard]] Result<std::uint64_t> uploadNumber(std::string_view field, std::string_view value);

/// Upload-Metadata: pairs of a key and the base64 of its value, separated by commas; a key may stand alone.
/// Errors: Invalid "upload-header" for anything else, a key twice, or a value that is not UTF-8.
[[nodiscard]] Result<app::UploadFacts> uploadFacts(std::string_view value);

/// Upload-Checksum: "sha256 BASE64" or "sha1 BASE64"; nothing when the field is empty. Errors: Invalid
/// "upload-header".
[[nodiscard]] Result<std::optional<app::PieceChecksum>> uploadChecksum(std::string_view value);

/// A time as HTTP writes it: "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7).
[[nodiscard]] std::string httpTime(Timestamp at);

}  // namespace tickmark::http::api

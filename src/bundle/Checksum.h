// CRC-32 as zip uses it (APPNOTE 4.4.7), fast enough not to be noticed beside SHA-256.
#pragma once

#include <cstdint>

#include "tickmark/foundation/Bytes.h"

namespace tickmark::bundle {

/// The checksum of what was checked so far (0 for nothing) and of these bytes.
[[nodiscard]] std::uint32_t crc32Of(std::uint32_t soFar, ByteView bytes) noexcept;

}  // namespace tickmark::bundle

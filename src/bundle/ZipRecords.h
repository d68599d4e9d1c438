// The canonical bytes of a zip's headers (APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16).
#pragma once

#include <cstdint>
#include <string>

#include "bundle/ZipLayout.h"

namespace tickmark::bundle::zip {

inline constexpr std::uint32_t localMark = 0x04034B50;
inline constexpr std::uint32_t centralMark = 0x02014B50;
inline constexpr std::uint32_t endMark = 0x06054B50;
inline constexpr std::size_t localSize = 30;
inline constexpr std::size_t centralSize = 46;
inline constexpr std::size_t endSize = 22;
inline constexpr std::uint16_t fixedTime = 0x0000;
inline constexpr std::uint16_t fixedDate = 0x0021;
inline constexpr std::uint16_t madeBy = 0x033F;
inline constexpr std::uint32_t plainFile = 0x81A40000;

struct EndFacts {
    std::uint64_t entries = 0;
    std::uint64_t size = 0;
    std::uint64_t offset = 0;
};

[[nodiscard]] std::uint16_t read16(ByteView bytes, std::size_t at) noexcept;
[[nodiscard]] std::uint32_t read32(ByteView bytes, std::size_t at) noexcept;
[[nodiscard]] std::string localHeader(const ZipEntry& entry);
[[nodiscard]] std::string centralRecord(const ZipEntry& entry);
[[nodiscard]] std::string endRecord(const EndFacts& facts);

}  // namespace tickmark::bundle::zip

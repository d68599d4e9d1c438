// The canonical bytes of a zip's headers (APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16 and 4.5.3).
#pragma once

#include <cstdint>
#include <string>

#include "bundle/ZipLayout.h"

namespace tickmark::bundle::zip {

inline constexpr std::uint32_t localMark = 0x04034B50;
inline constexpr std::uint32_t centralMark = 0x02014B50;
inline constexpr std::uint32_t endMark = 0x06054B50;
inline constexpr std::uint32_t end64Mark = 0x06064B50;
inline constexpr std::uint32_t locatorMark = 0x07064B50;
inline constexpr std::size_t localSize = 30;
inline constexpr std::size_t centralSize = 46;
inline constexpr std::size_t endSize = 22;
inline constexpr std::size_t end64Size = 56;
inline constexpr std::size_t locatorSize = 20;
inline constexpr std::uint16_t extra64 = 0x0001;
inline constexpr std::uint16_t fixedTime = 0x0000;
inline constexpr std::uint16_t fixedDate = 0x0021;
inline constexpr std::uint16_t madeBy = 0x033F;
inline constexpr std::uint32_t plainFile = 0x81A40000;

struct EndFacts {
    std::uint64_t entries = 0;
    std::uint64_t size = 0;
    std::uint64_t offset = 0;
    /// Whether a zip64 end record and its locator precede the end record.
    [[nodiscard]] bool isLarge() const noexcept {
        return entries >= 0xFFFF || size >= zip64From || offset >= zip64From;
    }
};

[[nodiscard]] std::uint16_t read16(ByteView bytes, std::size_t at) noexcept;
[[nodiscard]] std::uint32_t read32(ByteView bytes, std::size_t at) noexcept;
[[nodiscard]] std::uint64_t read64(ByteView bytes, std::size_t at) noexcept;
[[nodiscard]] std::string localHeader(const ZipEntry& entry);
[[nodiscard]] std::string centralRecord(const ZipEntry& entry);
/// All that follows the directory: the end record, and before it the zip64 ones where the numbers need them.
[[nodiscard]] std::string endRecord(const EndFacts& facts);

}  // namespace tickmark::bundle::zip

// The one layout that a bundle's zip may have: every header is rebuilt from its fields and compared byte by
// byte (schemas/bundle-format.md, "Zip layout").
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "bundle/FileBytes.h"
#include "tickmark/foundation/Bytes.h"

namespace tickmark::bundle {

inline constexpr std::uint16_t zipStored = 0;
/// From here on a number does not fit into a zip's own field (APPNOTE 4.4.1.4).
inline constexpr std::uint64_t zip64From = 0xFFFFFFFF;
/// No bundle of any class has more: 200,000 entries and all groups.
inline constexpr std::uint64_t mostZipEntries = 200'000 + 20 * 3 + 50 * 2;

struct ZipEntry {
    std::string name{};
    std::uint16_t method = zipStored;
    std::uint32_t crc = 0;
    std::uint64_t packed = 0;  ///< bytes in the file
    std::uint64_t size = 0;    ///< bytes of content
    std::uint64_t offset = 0;  ///< of the local header
    bool readable = true;  ///< false when its place or sizes break a rule, so that nothing is read from it
    /// Whether the local header carries both sizes in a zip64 extra field.
    [[nodiscard]] bool hasLargeSize() const noexcept { return size >= zip64From || packed >= zip64From; }
    [[nodiscard]] std::uint64_t headerSize() const noexcept {
        return 30 + name.size() + (hasLargeSize() ? 20 : 0);
    }
    /// Only for entries that are readable: elsewhere the sum may wrap around.
    [[nodiscard]] std::uint64_t dataOffset() const noexcept { return offset + headerSize(); }
    [[nodiscard]] std::uint64_t end() const noexcept { return dataOffset() + packed; }
};

/// What breaks a rule, and where.
struct ZipFault {
    std::string place{};
    std::string message{};
};

struct ZipLayout {
    std::vector<ZipEntry> entries{};
    std::vector<ZipFault> faults{};
    std::uint64_t directory = 0;  ///< offset of the central directory, which is the end of the last entry
    bool readable = false;        ///< whether the directory could be read, so that entries can be looked at
};

/// Reads the end records, the central directory and the local headers. No count is believed before it fits
/// the file's size and the limits, so memory is bounded by both. Readable entries never overlap: together
/// they have no more bytes than the file. Errors: Environment "file-io" only.
[[nodiscard]] Result<ZipLayout> readZipLayout(const FileBytes& file);

/// Streams the content of one readable entry and proves its CRC-32. Errors: Damaged "zip-entry" after the
/// last byte, Environment "file-io", those of the sink.
[[nodiscard]] Result<void> readZipEntry(const FileBytes& file, const ZipEntry& entry,
                                        const std::function<Result<void>(ByteView)>& sink);

}  // namespace tickmark::bundle

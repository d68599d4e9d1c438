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
inline constexpr std::size_t portableEntries = 950;
inline constexpr std::uint64_t portableBytes = 1'900'000'000;

struct ZipEntry {
    std::string name{};
    std::uint16_t method = zipStored;
    std::uint32_t crc = 0;
    std::uint64_t packed = 0;  ///< bytes in the file
    std::uint64_t size = 0;    ///< bytes of content
    std::uint64_t offset = 0;  ///< of the local header
    bool readable = true;  ///< false when its place or sizes break a rule, so that nothing is read from it
    [[nodiscard]] std::uint64_t dataOffset() const noexcept { return offset + 30 + name.size(); }
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
    bool readable = false;  ///< whether the directory could be read, so that entries can be looked at
};

/// Reads the end record, the central directory and the local headers; memory is bounded by the directory,
/// which is bounded by the limits. Errors: Environment "file-io" only.
[[nodiscard]] Result<ZipLayout> readZipLayout(const FileBytes& file);

/// Streams the content of one readable entry and proves its CRC-32. Errors: Damaged "zip-entry" after the
/// last byte, Environment "file-io", those of the sink.
[[nodiscard]] Result<void> readZipEntry(const FileBytes& file, const ZipEntry& entry,
                                        const std::function<Result<void>(ByteView)>& sink);

}  // namespace tickmark::bundle

// Reads the content of entries. They are stored, so this is a bounded read with a checksum.
#include <algorithm>

#include "bundle/Checksum.h"
#include "bundle/ZipLayout.h"

namespace tickmark::bundle {

Result<void> readZipEntry(const FileBytes& file, const ZipEntry& entry,
                          const std::function<Result<void>(ByteView)>& sink) {
    constexpr std::uint64_t step = 64 * 1024;
    Bytes buffer(std::min(step, entry.size));
    std::uint32_t crc = 0;
    for (std::uint64_t done = 0; done < entry.size;) {
        const auto piece = std::span(buffer).first(std::min(step, entry.size - done));
        TM_CHECK(file.readAt(entry.dataOffset() + done, piece));
        crc = crc32Of(crc, piece);
        TM_CHECK(sink(piece));
        done += piece.size();
    }
    if (crc == entry.crc) return {};
    Error error;
    error.kind = ErrorKind::Damaged;
    error.type = "zip-entry";
    error.message = "The entry's checksum (CRC-32) does not hold.";
    return error;
}

}  // namespace tickmark::bundle

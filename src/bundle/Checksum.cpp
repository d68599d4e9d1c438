#include "bundle/Checksum.h"

#include <libdeflate.h>

namespace tickmark::bundle {

std::uint32_t crc32Of(std::uint32_t soFar, ByteView bytes) noexcept {
    if (bytes.empty()) return soFar;  // a null pointer would start anew
    return libdeflate_crc32(soFar, bytes.data(), bytes.size());
}

}  // namespace tickmark::bundle

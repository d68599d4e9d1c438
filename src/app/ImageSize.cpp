#include "app/ImageSize.h"

namespace tickmark::app {
namespace {

std::uint64_t byteAt(std::string_view bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}
std::uint64_t big16(std::string_view bytes, std::size_t at) {
    return (byteAt(bytes, at) << 8U) | byteAt(bytes, at + 1);
}
std::uint64_t big32(std::string_view bytes, std::size_t at) {
    return (big16(bytes, at) << 16U) | big16(bytes, at + 2);
}
std::uint64_t little16(std::string_view bytes, std::size_t at) {
    return byteAt(bytes, at) | (byteAt(bytes, at + 1) << 8U);
}
std::uint64_t little24(std::string_view bytes, std::size_t at) {
    return little16(bytes, at) | (byteAt(bytes, at + 2) << 16U);
}

/// ISO/IEC 15948 clause 11.2.2: the header chunk comes first.
std::optional<ImageSize> ofPng(std::string_view bytes) {
    if (bytes.size() < 24 || bytes.substr(12, 4) != "IHDR") return std::nullopt;
    return ImageSize{big32(bytes, 16), big32(bytes, 20)};
}

/// ISO/IEC 10918-1 clause B.2.2: the first frame header among the segments.
std::optional<ImageSize> ofJpeg(std::string_view bytes) {
    for (std::size_t at = 2; at + 9 < bytes.size();) {
        if (byteAt(bytes, at) != 0xFFU) return std::nullopt;
        const std::uint64_t marker = byteAt(bytes, at + 1);
        if (marker == 0xFFU) {
            ++at;  // fill bytes
            continue;
        }
        const bool isFrame =
            marker >= 0xC0U && marker <= 0xCFU && marker != 0xC4U && marker != 0xC8U && marker != 0xCCU;
        if (isFrame) return ImageSize{big16(bytes, at + 7), big16(bytes, at + 5)};
        at += 2 + big16(bytes, at + 2);
    }
    return std::nullopt;
}

std::optional<ImageSize> ofGif(std::string_view bytes) {
    if (bytes.size() < 10) return std::nullopt;
    return ImageSize{little16(bytes, 6), little16(bytes, 8)};
}

/// RFC 9649 section 2: extended, lossless or lossy.
std::optional<ImageSize> ofWebp(std::string_view bytes) {
    if (bytes.size() < 30) return std::nullopt;
    const std::string_view chunk = bytes.substr(12, 4);
    if (chunk == "VP8X") return ImageSize{little24(bytes, 24) + 1, little24(bytes, 27) + 1};
    if (chunk == "VP8 ") return ImageSize{little16(bytes, 26) & 0x3FFFU, little16(bytes, 28) & 0x3FFFU};
    if (chunk != "VP8L") return std::nullopt;
    const std::uint64_t bits = little16(bytes, 21) | (little16(bytes, 23) << 16U);
    return ImageSize{(bits & 0x3FFFU) + 1, ((bits >> 14U) & 0x3FFFU) + 1};
}

}  // namespace

std::optional<ImageSize> imageSize(std::string_view mediaType, std::string_view bytes) {
    if (mediaType == "image/png") return ofPng(bytes);
    if (mediaType == "image/jpeg") return ofJpeg(bytes);
    if (mediaType == "image/gif") return ofGif(bytes);
    if (mediaType == "image/webp") return ofWebp(bytes);
    return std::nullopt;
}

}  // namespace tickmark::app

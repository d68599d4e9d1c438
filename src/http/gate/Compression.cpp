#include "http/gate/Compression.h"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <memory>

#include "tickmark/crypto/Sha256.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::http {
namespace {

constexpr std::size_t worthIt = 1024;  ///< a smaller body fits one packet with its head anyway
constexpr int level = 6;
constexpr std::size_t mostPadding = 64;

struct Freed {
    void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};
using Compressor = std::unique_ptr<libdeflate_compressor, Freed>;

bool isPage(std::string_view type) { return type.starts_with("text/html"); }

bool isOurs(std::string_view type) {
    constexpr std::array<std::string_view, 3> others{"text/css", "text/javascript", "image/svg+xml"};
    return isPage(type) || std::any_of(others.begin(), others.end(),
                                       [&](std::string_view other) { return type.starts_with(other); });
}

/// Little-endian, as RFC 1952 section 2.1 writes numbers.
void append(std::string& out, std::uint32_t number) {
    for (unsigned shift = 0; shift < 32; shift += 8) out += static_cast<char>((number >> shift) & 0xFFU);
}

/// The ten octets of RFC 1952 section 2.3 and, for a page, a name of 1 to 64 characters that says nothing.
std::string headerOf(bool page) {
    constexpr char hasName = 8;
    std::string header{'\x1f', '\x8b', 8, page ? hasName : char{0}, 0, 0, 0, 0, 0, '\xff'};
    if (!page) return header;
    header.append(1 + crypto::randomBytes(1).front() % mostPadding, 'x');
    header += '\0';
    return header;
}

/// Empty when there is no memory for it, or nothing would be won.
std::string gzipped(std::string_view text, bool page) {
    const Compressor compressor(libdeflate_alloc_compressor(level));
    if (!compressor) return {};
    std::string out = headerOf(page);
    const std::size_t begin = out.size();
    out.resize(begin + libdeflate_deflate_compress_bound(compressor.get(), text.size()));
    const std::size_t size = libdeflate_deflate_compress(compressor.get(), text.data(), text.size(),
                                                         out.data() + begin, out.size() - begin);
    if (size == 0) return {};
    out.resize(begin + size);
    append(out, libdeflate_crc32(0, text.data(), text.size()));
    append(out, static_cast<std::uint32_t>(text.size()));
    return out.size() < text.size() ? out : std::string();
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

bool isZero(std::string_view quality) {
    return !quality.empty() && quality.front() == '0' &&
           quality.find_first_of("123456789") == std::string_view::npos;
}

}  // namespace

bool takesGzip(std::string_view acceptEncoding) {
    bool any = false;
    while (!acceptEncoding.empty()) {
        const std::size_t comma = std::min(acceptEncoding.find(','), acceptEncoding.size());
        const std::string_view one = acceptEncoding.substr(0, comma);
        acceptEncoding.remove_prefix(std::min(comma + 1, acceptEncoding.size()));
        const std::size_t semicolon = std::min(one.find(';'), one.size());
        const std::string name = lower(trimmed(one.substr(0, semicolon)));
        if (name != "gzip" && name != "*") continue;
        const std::size_t quality = one.find("q=");
        const bool refused = quality != std::string_view::npos && isZero(trimmed(one.substr(quality + 2)));
        if (name == "gzip") return !refused;
        any = !refused;
    }
    return any;
}

void compress(const Request& request, Response& response) {
    const std::string_view type = response.header("Content-Type");
    if (response.stream || response.body.empty() || !isOurs(type)) return;
    if (!response.header("Content-Encoding").empty() || !response.header("Content-Disposition").empty())
        return;
    response.add("Vary", "Accept-Encoding");
    if (response.body.size() < worthIt || !takesGzip(request.header("accept-encoding"))) return;
    std::string small = gzipped(response.body, isPage(type));
    if (small.empty()) return;
    response.body = std::move(small);
    response.set("Content-Encoding", "gzip");
    // Another representation may not carry the same strong tag (RFC 9110 section 8.8.3.3).
    if (const std::string tag(response.header("ETag")); tag.starts_with('"'))
        response.set("ETag", "W/" + tag);
}

}  // namespace tickmark::http

#include "tickmark/foundation/Digest.h"

#include <algorithm>

namespace tickmark {

Result<Digest> Digest::parse(std::string_view hex) {
    if (hex.size() != size * 2) {
        return invalid(
            "digest", "",
            "A SHA-256 digest has 64 hexadecimal digits; this has " + std::to_string(hex.size()) + ".");
    }
    auto bytes = fromHex(hex);
    if (!bytes) {
        return invalid("digest", "",
                       "A SHA-256 digest is written with the digits 0-9 and a-f in lower case.");
    }
    return fromBytes(*bytes);
}

Result<Digest> Digest::fromBytes(ByteView bytes) {
    if (bytes.size() != size) return invalid("digest", "", "A SHA-256 digest has 32 bytes.");
    Digest digest;
    std::copy(bytes.begin(), bytes.end(), digest.m_bytes.begin());
    return digest;
}

std::string Digest::hex() const { return toHex(m_bytes); }

std::string Digest::shortForm() const {
    const std::string all = hex();
    return all.substr(0, 4) + " " + all.substr(4, 4) + " \xE2\x80\xA6 " + all.substr(56, 4) + " " +
           all.substr(60, 4);
}

}  // namespace tickmark

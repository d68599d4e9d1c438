#include "http/api/DigestField.h"

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::http::api {
namespace {

Error malformed(std::string_view field, std::string message) {
    return invalid("digest-field", std::string(field), std::move(message),
                   "Send sha-256=:BASE64: with colons around the base64 of the 32 bytes (RFC 9530).");
}

Result<Digest> digestOf(std::string_view field, std::string_view value) {
    if (value.size() < 3 || value.front() != ':' || value.back() != ':') {
        return malformed(field, "The digest does not stand between colons.");
    }
    const auto bytes = fromBase64(value.substr(1, value.size() - 2));
    if (!bytes) return malformed(field, "The digest is not base64.");
    auto digest = Digest::fromBytes(*bytes);
    if (!digest) return malformed(field, "A SHA-256 has 32 bytes.");
    return digest;
}

}  // namespace

Result<std::optional<Digest>> digestFrom(std::string_view field, std::string_view value) {
    std::string_view rest = trim(value);
    if (rest.empty()) return std::optional<Digest>{};
    std::optional<Digest> found;
    while (!rest.empty()) {
        const std::size_t comma = rest.find(',');
        const std::string_view member = trim(rest.substr(0, comma));
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
        const std::size_t equals = member.find('=');
        if (equals == std::string_view::npos) return malformed(field, "This is no list of digests.");
        if (member.substr(0, equals) != "sha-256") continue;
        TM_TRY(const Digest digest, digestOf(field, member.substr(equals + 1)));
        if (found && *found != digest) return malformed(field, "Two different SHA-256 values are given.");
        found = digest;
    }
    if (!found) return malformed(field, "Only SHA-256 is checked here, and none is given.");
    return found;
}

std::string digestField(const Digest& digest) { return "sha-256=:" + toBase64(digest.bytes()) + ":"; }

}  // namespace tickmark::http::api

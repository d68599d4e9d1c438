#include <algorithm>
#include <array>

#include "ledger/SignedNote.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/ledger/Checkpoint.h"

namespace tickmark::ledger {
namespace {

constexpr std::size_t longestName = 200;

Error badKey(std::string message) {
    return invalid("verifier-key", "", std::move(message),
                   "Give it as the log's owner published it: name+id+base64, on one line.");
}

/// Every code point with the Unicode property White_Space beyond ASCII, in UTF-8.
bool hasUnicodeSpace(std::string_view name) {
    constexpr std::array<std::string_view, 19> spaces{
        "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81",
        "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86",
        "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8",
        "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};
    return std::any_of(spaces.begin(), spaces.end(),
                       [name](std::string_view space) { return name.find(space) != std::string_view::npos; });
}

Bytes typedKey(const crypto::Ed25519PublicKey& key, KeyUse use) {
    Bytes bytes(1 + key.size(), static_cast<std::uint8_t>(use));
    std::copy(key.begin(), key.end(), bytes.begin() + 1);
    return bytes;
}

Error otherUse(KeyUse wanted) {
    switch (wanted) {
        case KeyUse::Checkpoint:
            return badKey("The verifier key is not a log's Ed25519 key.");
        case KeyUse::Cosignature:
            return badKey("The verifier key is not a witness's cosignature key.");
    }
    return badKey("The verifier key is of an unknown kind.");
}

}  // namespace

bool isKeyName(std::string_view name) noexcept {
    if (name.empty() || name.size() > longestName || !isUtf8(name)) return false;
    const bool plain = std::none_of(name.begin(), name.end(), [](char c) {
        return static_cast<std::uint8_t>(c) <= 0x20U || c == '+' || c == '\x7F';
    });
    return plain && !hasUnicodeSpace(name);
}

VerifierKey VerifierKey::of(std::string name, const crypto::Ed25519PublicKey& key, KeyUse use) {
    Bytes named = bytesOf(name + '\n');
    const Bytes typed = typedKey(key, use);
    named.insert(named.end(), typed.begin(), typed.end());
    const Digest digest = crypto::Sha256::of(ByteView(named));
    std::uint32_t id = 0;
    for (std::size_t i = 0; i < 4; ++i) id = (id << 8U) | digest.bytes()[i];
    return {std::move(name), id, key, use};
}

Result<VerifierKey> VerifierKey::parse(std::string_view text, KeyUse use) {
    const std::size_t first = text.find('+');
    const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second == std::string_view::npos) return badKey("The verifier key does not have three parts.");
    const std::string_view name = text.substr(0, first);
    if (!isKeyName(name)) return badKey("The verifier key's name is empty or holds white space.");
    const auto typed = fromBase64(text.substr(second + 1));
    if (!typed || typed->size() != 33)
        return badKey("The verifier key's last part is not the base64 form of a key.");
    if (typed->front() != static_cast<std::uint8_t>(use)) return otherUse(use);
    crypto::Ed25519PublicKey key{};
    std::copy(typed->begin() + 1, typed->end(), key.begin());
    VerifierKey parsed = of(std::string(name), key, use);
    if (text.substr(first + 1, second - first - 1) != toHex(keyIdBytes(parsed.keyId))) {
        return badKey("The verifier key's id does not belong to its name and key.");
    }
    return parsed;
}

std::string VerifierKey::text() const {
    return name + '+' + toHex(keyIdBytes(keyId)) + '+' + toBase64(typedKey(key, use));
}

}  // namespace tickmark::ledger

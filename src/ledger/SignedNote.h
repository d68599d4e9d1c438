// C2SP signed-note: a text and the signatures below it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::ledger {

struct NoteSignature {
    std::string name;
    std::uint32_t keyId = 0;
    Bytes signature{};
};

struct SignedNote {
    std::string_view text;  ///< points into the note; ends with a line feed, which is signed too
    std::vector<NoteSignature> signatures{};
};

/// Takes a note apart; checks no signature. Errors: Invalid "checkpoint".
[[nodiscard]] Result<SignedNote> splitNote(std::string_view note);

/// The inverse of signatureLine, without the line feed. Errors: Invalid "checkpoint".
[[nodiscard]] Result<NoteSignature> parseSignatureLine(std::string_view line);

/// One signature line with its line feed.
[[nodiscard]] std::string signatureLine(const NoteSignature& signature);

/// The four bytes of a key id, highest first.
[[nodiscard]] Bytes keyIdBytes(std::uint32_t id);

/// A decimal number without leading zeros, sign or space, at most 2^63 - 1. Errors: Invalid `type`.
[[nodiscard]] Result<std::uint64_t> parseCount(std::string_view digits, std::string_view type);

/// A SHA-256 value in base64. Errors: Invalid `type`.
[[nodiscard]] Result<Digest> parseHash(std::string_view base64, std::string_view type);

/// Cuts the first line off `rest`, without its line feed. Errors: Invalid `type` when no line feed is left.
[[nodiscard]] Result<std::string_view> takeLine(std::string_view& rest, std::string_view type);

}  // namespace tickmark::ledger

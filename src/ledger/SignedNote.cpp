#include "ledger/SignedNote.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "tickmark/foundation/Text.h"
#include "tickmark/ledger/Checkpoint.h"

namespace tickmark::ledger {
namespace {

constexpr std::string_view dash = "\xE2\x80\x94 ";  // U+2014 and a space
constexpr std::size_t longestNote = 1024 * 1024;
constexpr std::size_t mostSignatures = 100;
constexpr std::size_t keyIdSize = 4;

Error badNote(std::string message) { return invalid("checkpoint", "", std::move(message)); }

}  // namespace

Result<NoteSignature> parseSignatureLine(std::string_view line) {
    if (!line.starts_with(dash)) return badNote("A signature line of the note does not begin with a dash.");
    line.remove_prefix(dash.size());
    const std::size_t space = line.find(' ');
    const std::string_view name = line.substr(0, space);
    if (space == std::string_view::npos || !isKeyName(name)) {
        return badNote("A signature line of the note does not name its key.");
    }
    const auto bytes = fromBase64(line.substr(space + 1));
    if (!bytes || bytes->size() <= keyIdSize)
        return badNote("A signature of the note is not well-formed base64.");
    NoteSignature signature{std::string(name), 0, Bytes(bytes->begin() + keyIdSize, bytes->end())};
    for (std::size_t i = 0; i < keyIdSize; ++i) signature.keyId = (signature.keyId << 8U) | (*bytes)[i];
    return signature;
}

Bytes keyIdBytes(std::uint32_t id) {
    Bytes bytes;
    for (unsigned shift = 32; shift > 0; shift -= 8) {
        bytes.push_back(static_cast<std::uint8_t>((id >> (shift - 8U)) & 0xFFU));
    }
    return bytes;
}

std::string signatureLine(const NoteSignature& signature) {
    Bytes bytes = keyIdBytes(signature.keyId);
    bytes.insert(bytes.end(), signature.signature.begin(), signature.signature.end());
    return std::string(dash) + signature.name + ' ' + toBase64(bytes) + '\n';
}

Result<SignedNote> splitNote(std::string_view note) {
    if (note.size() > longestNote) return badNote("The note is longer than a mebibyte.");
    const bool control = std::any_of(
        note.begin(), note.end(), [](char c) { return static_cast<std::uint8_t>(c) < 0x20U && c != '\n'; });
    if (control || !isUtf8(note)) return badNote("The note holds control characters or is not UTF-8.");
    const std::size_t gap = note.rfind("\n\n");
    if (gap == std::string_view::npos) return badNote("The note has no empty line before its signatures.");
    SignedNote parts{note.substr(0, gap + 1), {}};
    std::string_view lines = note.substr(gap + 2);
    if (lines.empty()) return badNote("The note is not signed.");
    while (!lines.empty()) {
        TM_TRY(const std::string_view line, takeLine(lines, "checkpoint"));
        TM_TRY(NoteSignature signature, parseSignatureLine(line));
        if (parts.signatures.size() == mostSignatures)
            return badNote("The note has more than 100 signatures.");
        parts.signatures.push_back(std::move(signature));
    }
    return parts;
}

Result<std::uint64_t> parseCount(std::string_view digits, std::string_view type) {
    std::uint64_t value = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool whole = parsed.ec == std::errc() && parsed.ptr == digits.data() + digits.size();
    const bool leadingZero = digits.size() > 1 && digits.front() == '0';
    if (!whole || leadingZero || value > static_cast<std::uint64_t>(INT64_MAX)) {
        return invalid(std::string(type), "",
                       "A count is not a plain decimal number of at most 9223372036854775807.");
    }
    return value;
}

Result<Digest> parseHash(std::string_view base64, std::string_view type) {
    const auto bytes = fromBase64(base64);
    if (!bytes || bytes->size() != Digest::size) {
        return invalid(std::string(type), "", "A hash is not the base64 form of 32 bytes.");
    }
    return Digest::fromBytes(*bytes);
}

Result<std::string_view> takeLine(std::string_view& rest, std::string_view type) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos)
        return invalid(std::string(type), "", "The last line has no line feed, or lines are missing.");
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

}  // namespace tickmark::ledger

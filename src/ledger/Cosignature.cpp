#include "tickmark/ledger/Cosignature.h"

#include <optional>
#include <stdexcept>

#include "ledger/SignedNote.h"

namespace tickmark::ledger {
namespace {

constexpr std::string_view lineType = "cosignature";
constexpr std::size_t timeSize = 8;
constexpr std::size_t signatureSize = 64;
constexpr std::size_t mostLines = 100;

/// What a witness signs: header, time and the note's text with its last line feed, without any signature.
std::string cosignedMessage(std::string_view noteText, std::int64_t seconds) {
    return "cosignature/v1\ntime " + std::to_string(seconds) + '\n' + std::string(noteText);
}

Error badCosignature(const std::string& witness) {
    return {ErrorKind::Damaged, std::string(lineType),
            "The cosignature by " + witness + " does not fit the checkpoint it stands below."};
}

/// The time in front of the signature: eight bytes, highest first.
std::optional<std::int64_t> timeOf(const Bytes& signature) {
    if (signature.size() != timeSize + signatureSize) return std::nullopt;
    std::uint64_t seconds = 0;
    for (std::size_t i = 0; i < timeSize; ++i) seconds = (seconds << 8U) | signature[i];
    constexpr std::uint64_t lastSecond = 253'402'300'799;  // the year 9999
    if (seconds == 0 || seconds > lastSecond) return std::nullopt;
    return static_cast<std::int64_t>(seconds);
}

Result<CosignatureFact> checkLine(const SignedNote& note, const NoteSignature& line,
                                  const VerifierKey& witness) {
    const auto seconds = timeOf(line.signature);
    if (!seconds) return badCosignature(witness.name);
    const std::string message = cosignedMessage(note.text, *seconds);
    const ByteView signature = ByteView(line.signature).subspan(timeSize);
    if (!crypto::ed25519Verifies(witness.key, viewOf(message), signature))
        return badCosignature(witness.name);
    return CosignatureFact{witness.name, Timestamp::fromSeconds(*seconds)};
}

}  // namespace

Result<std::string> cosign(std::string_view note, const std::string& name, const crypto::Ed25519Key& key,
                           Timestamp at) {
    if (!isKeyName(name) || at.seconds() <= 0)
        throw std::logic_error("a cosignature needs a key name and a time after 1970");
    TM_CHECK(readCheckpoint(note));
    TM_TRY(const SignedNote parts, splitNote(note));
    const VerifierKey witness = VerifierKey::of(name, key.publicKey(), KeyUse::Cosignature);
    const std::string message = cosignedMessage(parts.text, at.seconds());
    const auto signature = key.sign(viewOf(message));
    Bytes bytes;
    const auto seconds = static_cast<std::uint64_t>(at.seconds());
    for (unsigned shift = 64; shift > 0; shift -= 8)
        bytes.push_back(static_cast<std::uint8_t>((seconds >> (shift - 8U)) & 0xFFU));
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    return signatureLine({witness.name, witness.keyId, std::move(bytes)});
}

Result<CosignatureFact> findCosignature(std::string_view note, const VerifierKey& witness) {
    TM_TRY(const SignedNote parts, splitNote(note));
    std::optional<CosignatureFact> newest;
    for (const NoteSignature& line : parts.signatures) {
        if (line.name != witness.name || line.keyId != witness.keyId) continue;
        TM_TRY(CosignatureFact fact, checkLine(parts, line, witness));
        if (!newest || newest->at < fact.at) newest = std::move(fact);
    }
    if (newest) return *std::move(newest);
    return Error{ErrorKind::NotFound, std::string(lineType),
                 "The checkpoint is not cosigned by " + witness.name + "."};
}

Result<std::vector<std::string>> signatureLines(std::string_view text) {
    const auto bad = [](std::string message) {
        return invalid(std::string(lineType), "", std::move(message),
                       "Give the file that the witness's `tickmark-verify witness add` wrote.");
    };
    if (const std::size_t gap = text.rfind("\n\n"); gap != std::string_view::npos)
        text.remove_prefix(gap + 2);
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto line = takeLine(text, lineType);
        if (!line) return bad("The last line of the witness's answer has no line feed.");
        if (!parseSignatureLine(*line)) return bad("A line of the witness's answer is no signature line.");
        if (lines.size() == mostLines) return bad("The witness's answer has more than 100 signature lines.");
        lines.push_back(std::string(*line) + '\n');
    }
    if (lines.empty()) return bad("The witness's answer holds no signature line.");
    return lines;
}

Result<std::string> withSignatureLine(std::string_view note, std::string_view line) {
    TM_TRY(const SignedNote before, splitNote(note));
    const std::string_view lines = note.substr(before.text.size());
    if (lines.find('\n' + std::string(line)) != std::string_view::npos) return std::string(note);
    std::string longer = std::string(note) + std::string(line);
    TM_TRY(const SignedNote after, splitNote(longer));
    if (after.text != before.text || after.signatures.size() != before.signatures.size() + 1)
        return invalid("checkpoint", "", "What is to be added is not one signature line.");
    return longer;
}

}  // namespace tickmark::ledger

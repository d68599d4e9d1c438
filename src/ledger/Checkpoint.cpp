#include "tickmark/ledger/Checkpoint.h"

#include <stdexcept>

#include "ledger/SignedNote.h"

namespace tickmark::ledger {
namespace {

constexpr std::string_view checkpointType = "checkpoint";

std::string noteText(const Checkpoint& checkpoint) {
    return checkpoint.origin + '\n' + std::to_string(checkpoint.size) + '\n' +
           toBase64(checkpoint.root.bytes()) + '\n';
}

Result<Checkpoint> readText(std::string_view text) {
    Checkpoint checkpoint;
    TM_TRY(const std::string_view origin, takeLine(text, checkpointType));
    if (origin.empty())
        return invalid(std::string(checkpointType), "", "The checkpoint does not name its log.");
    checkpoint.origin = std::string(origin);
    TM_TRY(const std::string_view size, takeLine(text, checkpointType));
    TM_TRY(checkpoint.size, parseCount(size, checkpointType));
    TM_TRY(const std::string_view root, takeLine(text, checkpointType));
    TM_TRY(checkpoint.root, parseHash(root, checkpointType));
    if (!text.empty())
        return invalid(std::string(checkpointType), "", "The checkpoint has more than its three lines.");
    return checkpoint;
}

Error badSignature(std::string message) {
    return {ErrorKind::Damaged, "checkpoint-signature", std::move(message)};
}

Result<void> checkSignatures(const SignedNote& note, const VerifierKey& key) {
    bool signedByKey = false;
    for (const NoteSignature& line : note.signatures) {
        if (line.name != key.name || line.keyId != key.keyId) continue;
        if (!crypto::ed25519Verifies(key.key, viewOf(note.text), line.signature)) {
            return badSignature("The checkpoint's signature by " + key.name + " does not fit its text.");
        }
        signedByKey = true;
    }
    if (!signedByKey) return badSignature("The checkpoint is not signed by the key of " + key.name + ".");
    return {};
}

}  // namespace

std::string signCheckpoint(const Checkpoint& checkpoint, const crypto::Ed25519Key& key) {
    if (!isKeyName(checkpoint.origin) || checkpoint.size > static_cast<std::uint64_t>(INT64_MAX)) {
        throw std::logic_error("a checkpoint needs a key name as origin and a size that fits 63 bits");
    }
    const std::string text = noteText(checkpoint);
    const auto signature = key.sign(viewOf(text));
    const VerifierKey signer = VerifierKey::of(checkpoint.origin, key.publicKey());
    return text + '\n' +
           signatureLine({signer.name, signer.keyId, Bytes(signature.begin(), signature.end())});
}

Result<Checkpoint> openCheckpoint(std::string_view note, const VerifierKey& key) {
    TM_TRY(const SignedNote parts, splitNote(note));
    TM_CHECK(checkSignatures(parts, key));
    TM_TRY(Checkpoint checkpoint, readText(parts.text));
    if (checkpoint.origin != key.name) {
        return invalid(std::string(checkpointType), "",
                       "The checkpoint is of another log than the key of " + key.name + ".");
    }
    return checkpoint;
}

Result<Checkpoint> readCheckpoint(std::string_view note) {
    TM_TRY(const SignedNote parts, splitNote(note));
    return readText(parts.text);
}

}  // namespace tickmark::ledger

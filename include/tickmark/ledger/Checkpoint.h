// Signed tree heads: C2SP tlog-checkpoint in a C2SP signed-note, and C2SP tlog-proof files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/crypto/Ed25519.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::ledger {

/// Whether a log may have this name: not empty, UTF-8, no white space or control character of any script, no
/// plus sign, at most 200 bytes (C2SP signed-note, "Format"). Check it where a name enters; signing with
/// another name is a bug.
[[nodiscard]] bool isKeyName(std::string_view name) noexcept;

/// What a key signs: the algorithm byte of C2SP signed-note. One key pair has another id for each.
enum class KeyUse : std::uint8_t {
    Checkpoint = 1,   ///< a log's own key: Ed25519 over the note's text
    Cosignature = 4,  ///< a witness's key: C2SP tlog-cosignature, cosignature/v1
};

/// The public half of a key as C2SP signed-note writes it: name+hexkeyid+base64(use || key).
struct VerifierKey {
    std::string name;
    std::uint32_t keyId = 0;
    crypto::Ed25519PublicKey key{};
    KeyUse use = KeyUse::Checkpoint;

    /// The key's id follows from the rest: the first four bytes of SHA-256(name || 0x0A || use || key).
    [[nodiscard]] static VerifierKey of(std::string name, const crypto::Ed25519PublicKey& key,
                                        KeyUse use = KeyUse::Checkpoint);
    /// Strict; the id must fit name, use and key. A key of another use is refused: a witness's key is no
    /// log's key. Errors: Invalid "verifier-key".
    [[nodiscard]] static Result<VerifierKey> parse(std::string_view text, KeyUse use = KeyUse::Checkpoint);
    /// The inverse of parse().
    [[nodiscard]] std::string text() const;
};

/// A tree head: the origin (the log's name), the number of leaves and the root hash.
struct Checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    Digest root{};
    auto operator<=>(const Checkpoint&) const = default;
};

/// The note text with one signature line, exactly as it is stored and shown. Throws std::logic_error when the
/// origin is no key name or the size is beyond 2^63 - 1.
[[nodiscard]] std::string signCheckpoint(const Checkpoint& checkpoint, const crypto::Ed25519Key& key);
/// Reads a note, checks the signature of `key` (signatures by unknown keys are passed over, but every one by
/// this key must hold) and returns the head. The origin must be the key's name. Extension lines are refused:
/// the format discourages them, and nothing here would show or check them. Errors: Invalid "checkpoint"
/// (form), Damaged "checkpoint-signature".
[[nodiscard]] Result<Checkpoint> openCheckpoint(std::string_view note, const VerifierKey& key);
/// Reads the head without checking who signed it. Errors: Invalid "checkpoint".
[[nodiscard]] Result<Checkpoint> readCheckpoint(std::string_view note);

/// An inclusion proof with the checkpoint it ends in (C2SP tlog-proof, version 1).
struct TlogProof {
    std::uint64_t index = 0;
    std::vector<Digest> path{};
    std::string checkpoint;  ///< the signed note
    /// The file's content, which ends with the checkpoint.
    [[nodiscard]] std::string text() const;
    /// Strict. The optional line "extra" is passed over: nobody signed it. The checkpoint's form is checked,
    /// not its signature, and the proof is not followed: use openCheckpoint and inclusionHolds. Errors:
    /// Invalid "tlog-proof".
    [[nodiscard]] static Result<TlogProof> parse(std::string_view text);
};

}  // namespace tickmark::ledger

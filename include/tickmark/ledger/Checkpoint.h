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

/// The public half of a log's key as C2SP signed-note writes it: name+hexkeyid+base64(0x01 || key).
struct VerifierKey {
    std::string name;
    std::uint32_t keyId = 0;
    crypto::Ed25519PublicKey key{};

    [[nodiscard]] static VerifierKey of(std::string name, const crypto::Ed25519PublicKey& key);
    /// Errors: Invalid "verifier-key".
    [[nodiscard]] static Result<VerifierKey> parse(std::string_view text);
    [[nodiscard]] std::string text() const;
};

/// A tree head: the origin (the log's name), the number of leaves and the root hash.
struct Checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    Digest root{};
    auto operator<=>(const Checkpoint&) const = default;
};

/// The note text with one signature line, exactly as it is stored and shown.
[[nodiscard]] std::string signCheckpoint(const Checkpoint& checkpoint, const crypto::Ed25519Key& key);
/// Reads a note, checks the signature of `key` (signatures by unknown keys are passed over) and returns the
/// head. Errors: Invalid "checkpoint" (form), Damaged "checkpoint-signature".
[[nodiscard]] Result<Checkpoint> openCheckpoint(std::string_view note, const VerifierKey& key);
/// Reads the head without checking who signed it.
[[nodiscard]] Result<Checkpoint> readCheckpoint(std::string_view note);

/// An inclusion proof with the checkpoint it ends in (C2SP tlog-proof).
struct TlogProof {
    std::uint64_t index = 0;
    std::vector<Digest> path{};
    std::string checkpoint;  ///< the signed note
    [[nodiscard]] std::string text() const;
    /// Errors: Invalid "tlog-proof".
    [[nodiscard]] static Result<TlogProof> parse(std::string_view text);
};

}  // namespace tickmark::ledger

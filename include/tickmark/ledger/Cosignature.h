// A witness's signature below a checkpoint: C2SP tlog-cosignature, version cosignature/v1.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tickmark/crypto/Ed25519.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"
#include "tickmark/ledger/Checkpoint.h"

namespace tickmark::ledger {

/// What a cosignature states: this witness saw this head, and every head it saw before was a beginning of it.
struct CosignatureFact {
    std::string witness{};
    Timestamp at{};  ///< when the witness signed, whole seconds, by its own clock
    auto operator<=>(const CosignatureFact&) const = default;  // NOLINT(modernize-use-nullptr)
};

/// The signature line, with its line feed, that the witness `name` puts below `note` at `at` (whole seconds,
/// after 1970). The note's other signatures do not matter: its text is signed, under the header
/// "cosignature/v1" and the time. Throws std::logic_error when the name is no key name or the time is not
/// after 1970. Errors: Invalid "checkpoint" when the note is no checkpoint.
[[nodiscard]] Result<std::string> cosign(std::string_view note, const std::string& name,
                                         const crypto::Ed25519Key& key, Timestamp at);

/// Looks for a cosignature by `witness` (a key of KeyUse::Cosignature) below the note. Every line by that key
/// must hold; of several the newest counts. The log's own signature is not checked here: see openCheckpoint.
/// Errors: NotFound "cosignature" (none by this witness), Damaged "cosignature" (one that does not fit the
/// text), Invalid "checkpoint" (the note's form).
[[nodiscard]] Result<CosignatureFact> findCosignature(std::string_view note, const VerifierKey& witness);

/// Every signature line of `text`, each with its line feed. `text` is a witness's answer (signature lines
/// only) or a whole note. Errors: Invalid "cosignature".
[[nodiscard]] Result<std::vector<std::string>> signatureLines(std::string_view text);

/// The note with the line below its signatures; unchanged when it stands there already. Errors: Invalid
/// "checkpoint" when the result would be no note.
[[nodiscard]] Result<std::string> withSignatureLine(std::string_view note, std::string_view line);

}  // namespace tickmark::ledger

// What a witness is asked and how it judges: the request of C2SP tlog-witness (add-checkpoint), and whether a
// head extends the one seen before. Pure computation.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/ledger/Checkpoint.h"

namespace tickmark::ledger {

/// The body of add-checkpoint: "old SIZE", the consistency proof in base64, one hash a line, an empty line,
/// the signed checkpoint.
struct WitnessRequest {
    std::uint64_t old = 0;  ///< the size the witness cosigned last, as the log knows it
    std::vector<Digest> proof{};
    std::string checkpoint{};
    [[nodiscard]] std::string text() const;
    /// Strict; at most 63 hashes. The checkpoint's form is checked, not its signature, and the proof is not
    /// followed. Errors: Invalid "witness-request".
    [[nodiscard]] static Result<WitnessRequest> parse(std::string_view text);
};

/// A head that is brought to a witness with the proof that it extends an earlier one.
struct BroughtHead {
    Checkpoint head{};
    std::optional<std::uint64_t>
        provenFrom{};  ///< the size that the proof begins at; nothing without a proof
    std::vector<Digest> proof{};
};

/// Judges a head by the one the witness saw last of the same log. Both must have been opened with the log's
/// key. Answers nothing wrong when `brought` is an extension of `seen` or equal to it. Errors: Damaged
/// "log-forked" (same size, another root: proof of misbehaviour by itself), Damaged "log-rolled-back"
/// (smaller than seen), Damaged "log-rewritten" (the proof from the size seen does not hold), Undecided
/// "proof-missing" (no proof, or one from another size), Invalid "checkpoint" (of another log).
[[nodiscard]] Result<void> judgeExtension(const Checkpoint& seen, const BroughtHead& brought);

}  // namespace tickmark::ledger

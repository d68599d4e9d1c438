// Witnesses: other organisations that keep the last head they saw of this log and cosign the next only when
// it extends it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"

namespace tickmark::app {

struct WitnessView {
    std::string name{};
    std::string verifierKey{};  ///< C2SP verifier key of use "cosignature"
    Timestamp added{};
    std::optional<std::uint64_t>
        size{};      ///< entries of the newest head it cosigned; nothing before the first
    Timestamp at{};  ///< when, by the witness's clock
};
/// By name. Whoever may read a checkpoint may know who watches the log.
[[nodiscard]] Result<std::vector<WitnessView>> listWitnesses(Context& context);

/// From now on this witness's cosignatures are believed. `name` must be the key's own name: typed beside the
/// key it shows that the right key was pasted. Event "witness.add". Errors: Forbidden, Invalid
/// "verifier-key", "witness-name", Conflict "duplicate".
[[nodiscard]] Result<WitnessView> addWitness(Context& context, const domain::Actor& actor,
                                             const std::string& name, const std::string& verifierKey);
/// Event "witness.remove". Errors: Forbidden, NotFound.
[[nodiscard]] Result<void> removeWitness(Context& context, const domain::Actor& actor,
                                         const std::string& name);

/// What goes to a witness: the body of C2SP tlog-witness's add-checkpoint.
struct WitnessRequestFile {
    std::uint64_t old = 0;   ///< the size that the proof begins at
    std::uint64_t size = 0;  ///< the size that is to be cosigned
    std::string text{};
};
/// Proves the newest head from `since`, or without it from the size that this witness cosigned last, or 0.
/// The head is kept for good, so that the answer finds it. Errors: Forbidden, NotFound "witness", Invalid
/// "size", Refused "empty-log".
[[nodiscard]] Result<WitnessRequestFile> witnessRequest(Context& context, const domain::Actor& actor,
                                                        const std::string& name,
                                                        std::optional<std::uint64_t> since);

/// A cosignature that was taken in.
struct CosignedView {
    std::string witness{};
    std::uint64_t size = 0;
    Timestamp at{};
};
/// Takes a witness's answer (signature lines or a whole note): each line must be by a known witness and fit a
/// head that this log signed and kept; lines of other keys are passed over when there is one that does. Event
/// "witness.cosign" for each. Errors: Forbidden, Invalid "cosignature", Refused "unknown-witness",
/// "cosignature-unfit", "cosignature-time".
[[nodiscard]] Result<std::vector<CosignedView>> takeCosignatures(Context& context, const domain::Actor& actor,
                                                                 const std::string& text);

/// Before sealing: when the setting witness_max_age_days is not 0, some witness must have cosigned a head of
/// this log within so many days. Errors: Refused "witness-required" with what to do.
[[nodiscard]] Result<void> mustBeWitnessed(Context& context);

}  // namespace tickmark::app

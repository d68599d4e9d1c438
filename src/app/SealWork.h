// The two halves of a sealing: what is decided at once, and what takes its time.
#pragma once

#include <cstdint>
#include <functional>

#include "tickmark/app/Bundles.h"
#include "tickmark/app/Sealing.h"

namespace tickmark::app {

struct PreparedSeal {
    domain::Actor actor{};
    bundle::Content content{};  ///< one snapshot
    domain::Bundle draft{};     ///< as it stands in the catalog
    bool approvalAnnounced = false;
    bool portableOnly = false;
};

/// Takes the snapshot, refuses what cannot be sealed, and enters the draft.
[[nodiscard]] Result<PreparedSeal> prepareSeal(Context& context, const domain::Actor& actor,
                                               const BundleDraft& draft);

/// Told the phase, and the bytes done of those to do; false cancels.
using SealProgress = std::function<bool(SealPhase, std::uint64_t, std::uint64_t)>;

/// Writes, reads back, enters. On any error no file is left, the ledger says why, and the draft stays one.
[[nodiscard]] Result<domain::Bundle> runSeal(Context& context, const PreparedSeal& prepared,
                                             const SealProgress& progress);

}  // namespace tickmark::app

// The two halves of a sealing: what is decided at once, and what takes its time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

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

struct SealWishes {
    bool approvalAnnounced = false;
    bool portableOnly = false;
};
/// A file that passed its own verification.
struct ProvedFile {
    bundle::WrittenBundle written{};
    bundle::Report report{};
};
/// Writes the file, enters its seal into the ledger, reads it back with the verifier's eyes. The caller holds
/// the turn to seal and takes the file away on any error.
[[nodiscard]] Result<ProvedFile> writeProved(Context& context, const domain::Actor& actor,
                                             const bundle::Content& content, const SealWishes& wishes,
                                             const std::filesystem::path& target,
                                             const SealProgress& progress);
/// Every entry about what the bundle covers, by position, as the snapshot knows it.
[[nodiscard]] Result<std::vector<bundle::TrailEntry>> trailEntries(storage::ReadSession& session,
                                                                   const bundle::Content& content);
/// Says in the ledger that a sealing came to nothing.
void enterFailure(Context& context, const domain::Actor& actor, const domain::Bundle& bundle,
                  const Error& cause);

/// Writes, reads back, enters. On any error no file is left, the ledger says why, and the draft stays one.
[[nodiscard]] Result<domain::Bundle> runSeal(Context& context, const PreparedSeal& prepared,
                                             const SealProgress& progress);

}  // namespace tickmark::app

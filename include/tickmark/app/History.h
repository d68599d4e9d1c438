// Earlier heads of the ledger for a new bundle's tlog/history.json.
#pragma once

#include <cstdint>
#include <vector>

#include "tickmark/domain/Bundle.h"
#include "tickmark/ledger/History.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::app {

/// The entries for a bundle whose own head has `newSize` entries, each with its consistency proof to that
/// head: the bundles in `named` (the one it supersedes, the one it continues; unknown and empty references
/// are passed over), the bundle that this log sealed last before it, of any audit, and the newest head below
/// or at `newSize` that each witness cosigned. Each bundle once. Cut to what the file's bounds hold. Call it
/// in the snapshot that the bundle's head and proofs come from. Errors: Environment.
[[nodiscard]] Result<std::vector<ledger::HistoryEntry>> historyFor(
    storage::ReadSession& session, std::uint64_t newSize, const std::vector<domain::BundleRef>& named = {});

/// Keeps the head that stands in this bundle, so that later bundles can name it. Call it instead of
/// storage::keepCheckpoint when the seal is entered. Errors: Environment.
[[nodiscard]] Result<void> keepHeadOf(storage::WriteSession& session, const domain::BundleRef& bundle,
                                      const storage::LedgerHead& head);

}  // namespace tickmark::app

// Copies of the database, and the proof that it agrees with its ledger.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tickmark/ledger/Checkpoint.h"
#include "tickmark/storage/Database.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::storage {

/// Writes a consistent copy (one snapshot, no WAL beside it) while others read and write, fsyncs it and its
/// folder. Returns the copy's ledger head. The target must not exist. Errors: Conflict "exists"; Environment
/// "disk-full", "database-io"; a partial copy is removed.
[[nodiscard]] Result<LedgerHead> backupDatabase(Database& database, const std::filesystem::path& target);

/// Names of the files that the bundles of such a copy have. Errors: Environment; Damaged.
[[nodiscard]] Result<std::vector<std::string>> bundleFilesIn(const std::filesystem::path& copy);

/// One thing that does not agree.
struct CatalogProblem {
    std::string code{};     ///< stable: "record-digest", "record-form", "columns", "no-event", "missing-row",
                            ///< "event-leaf", "event-columns", "event-gap", "tree-node", "checkpoint-size",
                            ///< "checkpoint-root", "checkpoint-signature", "checkpoint-missing", "tally",
                            ///< "search-index", "foreign-key", "database-damaged", "schema"
    std::string subject{};  ///< "finding F-0092", "event 17"
    std::string message{};  ///< one plain sentence
};

struct CatalogCheck {
    std::uint64_t rows = 0;    ///< entity rows compared
    std::uint64_t events = 0;  ///< ledger events hashed
    std::vector<CatalogProblem> problems{};
    [[nodiscard]] bool ok() const noexcept { return problems.empty(); }
};

/// Called now and then with what is done and what there is in all (rows and events together).
using CheckProgress = std::function<void(std::uint64_t done, std::uint64_t all)>;

/// Proves over one snapshot: every entity's record has the digest its last event states, and its columns and
/// side tables follow from the record; no entity without event, no event without entity; the whole tree
/// recomputed from the leaves equals the stored nodes, the current and every kept checkpoint, whose
/// signatures `key` must verify; tables, indexes and triggers are those that the migrations make. Memory does
/// not grow with the number of rows, except for the problems found. Errors: Environment.
[[nodiscard]] Result<CatalogCheck> checkCatalog(Database& database, const ledger::VerifierKey& key,
                                                const CheckProgress& progress = {});
/// Proves that the full text over findings and over everything is that of the texts (code "search-index");
/// copies both into a temporary database for it. Errors: Environment.
[[nodiscard]] Result<std::vector<CatalogProblem>> checkSearch(Database& database);

}  // namespace tickmark::storage

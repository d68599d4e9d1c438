// Check, backup, restore.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"

namespace tickmark::app {

struct CheckProblem {
    std::string code{};     ///< "row-without-object", "object-damaged", "row-differs-from-ledger", …
    std::string subject{};  ///< reference or digest
    std::string message{};
};
struct CheckOutcome {
    std::vector<CheckProblem> problems{};
    std::vector<std::string>
        unreferenced{};  ///< digests of objects that no row names (not a problem by itself)
    std::int64_t rows = 0;
    std::int64_t objects = 0;
    std::uint64_t bytesRead = 0;
    std::int64_t entries = 0;
};
/// Proves: every row has its object, every object its digest (with readData), every row agrees with the
/// ledger, the ledger with its last checkpoint and with every head that a witness cosigned, every sealed
/// bundle file its digest. Changes nothing.
[[nodiscard]] Result<CheckOutcome> check(
    Context& context, bool readData, const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});

struct BackupOutcome {
    std::uint64_t bytes = 0;
    std::int64_t objects = 0;
    Digest digest{};
};
/// One file (a tar made through libarchive-free plain ustar/pax writing or zip64 through the bundle module's
/// library): database copy, archive objects, settings, keys, bundles, with a manifest of digests. Consistent
/// while the server runs.
[[nodiscard]] Result<BackupOutcome> backup(
    Context& context, const std::filesystem::path& target,
    const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});
/// Reads a backup to its end and compares every file in it with the list that it carries; writes nothing.
/// `objects` counts the files. Errors: Damaged "backup-damaged", NotFound "file", Environment.
[[nodiscard]] Result<BackupOutcome> testBackup(
    const std::filesystem::path& file,
    const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});
/// Refuses a target that exists and is not empty (Conflict "not-empty"); checks all digests, then runs
/// check() on it.
[[nodiscard]] Result<CheckOutcome> restore(const std::filesystem::path& file,
                                           const std::filesystem::path& root,
                                           std::shared_ptr<const Clock> clock);

}  // namespace tickmark::app

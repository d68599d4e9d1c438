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
    std::uint64_t bytes = 0;  ///< of the file, or of everything that the moment lists
    std::int64_t objects = 0;
    Digest digest{};            ///< of the list of files
    std::uint64_t written = 0;  ///< bytes that were not there before
    std::string moment{};       ///< in a series: its name
};
/// One file (a pax tar through libarchive): database copy, archive objects, settings, keys, bundles, with a
/// list of digests. Consistent while the server runs.
[[nodiscard]] Result<BackupOutcome> backup(
    Context& context, const std::filesystem::path& target,
    const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});
/// The same into a folder that keeps each file once, whichever backups have it. What is there already is not
/// read again, so one that was cut off goes on where it stopped. With `keep`, only so many moments stay, and
/// files that none of them has are removed. Errors: Conflict "not-a-series" when the folder holds something
/// else, "other-series" when it is another house's, "backup-under-way"; Environment "disk-full",
/// "archive-io".
[[nodiscard]] Result<BackupOutcome> backupInto(
    Context& context, const std::filesystem::path& folder, std::size_t keep = 0,
    const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});
/// One backup of a series.
struct BackupMoment {
    std::string name{};  ///< "2026-11-22T10-15-30Z"
    Timestamp taken{};
};
/// Newest first. Errors: NotFound "backup" when the folder is no series; Environment.
[[nodiscard]] Result<std::vector<BackupMoment>> backupMoments(const std::filesystem::path& folder);
/// Reads a backup to its end and compares every file in it with the list that it carries; of a series the
/// newest moment, which is restored beside it as well and checked. `objects` counts the files. Errors:
/// Damaged "backup-damaged", NotFound "file", Environment.
[[nodiscard]] Result<BackupOutcome> testBackup(
    const std::filesystem::path& from,
    const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});
/// From a file or a series (`moment` empty: its newest). Refuses a target that exists and is not empty
/// (Conflict "not-empty"); checks all digests, then runs check() on it.
[[nodiscard]] Result<CheckOutcome> restore(const std::filesystem::path& from, const std::string& moment,
                                           const std::filesystem::path& root,
                                           std::shared_ptr<const Clock> clock);

}  // namespace tickmark::app

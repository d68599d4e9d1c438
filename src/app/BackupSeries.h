// A series of backups in one folder: each file is kept once, by its digest, and each backup is a list of
// them.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/BackupParts.h"

namespace tickmark::app {

/// Every file of the newest moment has its digest, and what is restored from it into a folder beside agrees
/// with its ledger; that folder is removed again. Errors: Damaged "backup-damaged", NotFound "backup";
/// Environment.
[[nodiscard]] Result<BackupOutcome> proveSeries(const std::filesystem::path& folder,
                                                const BackupProgress& progress);

/// Writes what `moment` lists (empty: the newest) below `staging` and checks it. Errors: as proveSeries;
/// NotFound "moment".
[[nodiscard]] Result<CheckOutcome> restoreSeries(const std::filesystem::path& folder,
                                                 const std::string& moment,
                                                 const std::filesystem::path& staging,
                                                 std::shared_ptr<const Clock> clock);

}  // namespace tickmark::app

// Bringing a database file to this program's version.
#pragma once

#include <filesystem>

#include "tickmark/foundation/Result.h"
#include "tickmark/storage/DataLock.h"
#include "tickmark/storage/Database.h"

namespace tickmark::storage {

/// The number of the last embedded migration.
[[nodiscard]] int newestMigration();

class Connection;
/// Makes the tables, indexes and triggers of newestMigration() in an empty database. Throws SqlFailure.
void makeSchema(Connection& connection);

/// Looks at the file, makes or migrates it when asked, and returns the shared lock that keeps others from
/// migrating it while it is in use. Errors as Database::open.
[[nodiscard]] Result<DataLock> prepareFile(const std::filesystem::path& file, const DatabaseOptions& options);

}  // namespace tickmark::storage

// Consistent copies of a database file.
#pragma once

#include <filesystem>

#include "storage/Connection.h"

namespace tickmark::storage {

/// Copies what the source's open snapshot sees into a new file beside nothing else, and fsyncs it. The target
/// must not exist. On failure the partial copy is removed. Errors: Conflict "exists", Environment.
[[nodiscard]] Result<void> copyDatabase(Connection& source, const std::filesystem::path& target);

}  // namespace tickmark::storage

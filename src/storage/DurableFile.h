// Making a finished file durable.
#pragma once

#include <filesystem>

#include "tickmark/foundation/Result.h"

namespace tickmark::storage {

/// fsync of a file or folder. A failure is final: nothing is tried again. Errors: Environment "database-io".
[[nodiscard]] Result<void> syncPath(const std::filesystem::path& path);
/// Syncs `part`, gives it its name without replacing anything, syncs the folder. Errors: Conflict "exists".
[[nodiscard]] Result<void> publishFile(const std::filesystem::path& part,
                                       const std::filesystem::path& target);

}  // namespace tickmark::storage

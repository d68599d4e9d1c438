// A copy of a file that survives a power cut.
#pragma once

#include <filesystem>

#include "tickmark/foundation/Result.h"

namespace tickmark::app {

/// Copies `from` to `to`, which must not exist, and puts content and name onto the disk. On an error `to` is
/// gone. Errors: Environment "file-io".
[[nodiscard]] Result<void> copyDurably(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace tickmark::app

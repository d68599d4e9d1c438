// The log's head and history out of a bundle, for a witness. No verification: the bundle is only where they
// were found, and both carry their own signatures and proofs.
#pragma once

#include <filesystem>
#include <string>

#include "tickmark/foundation/Result.h"

namespace tickmark::bundle {

struct LogFiles {
    std::string checkpoint{};  ///< tlog/checkpoint
    std::string history{};     ///< tlog/history.json; empty when there is none
};

/// Reads both files of at most 64 KiB each; nothing else of the bundle is read but its directory. Errors:
/// NotFound "file", Invalid "bundle" (no zip of this profile, no checkpoint), Damaged "zip-entry",
/// Environment.
[[nodiscard]] Result<LogFiles> readLogFiles(const std::filesystem::path& file);

}  // namespace tickmark::bundle

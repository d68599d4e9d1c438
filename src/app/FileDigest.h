// The digest of a file that Tickmark made itself.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::app {

/// Reads the file once; `taken` is told the bytes of each piece. Errors: NotFound "file", Environment
/// "file-io".
[[nodiscard]] Result<Digest> digestOfFile(const std::filesystem::path& file,
                                          const std::function<void(std::uint64_t)>& taken = {});

}  // namespace tickmark::app

// Whether one file is another with signatures or timestamps appended.
#pragma once

#include <filesystem>

#include "tickmark/foundation/Result.h"

namespace tickmark::bundle {

/// Compares byte by byte: everything before the central directory of `earlier` must stand in `later` at the
/// same place; only the signature of its last group may have gained a timestamp or revocation data, around
/// the same signature value (schemas/bundle-format.md, "Zip layout", rule 7). What was appended is not judged
/// here: verifyBundle() does. Errors: Refused "not-a-continuation" in plain words; "bundle-layout" when one
/// is no bundle (Damaged for the earlier, Invalid for the later); NotFound "file", Environment "file-io".
[[nodiscard]] Result<void> mustContinue(const std::filesystem::path& earlier,
                                        const std::filesystem::path& later);

}  // namespace tickmark::bundle

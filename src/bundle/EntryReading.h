// Reads and hashes every entry of a bundle, and the file as a whole, on several threads.
#pragma once

#include <string>
#include <vector>

#include "bundle/Inspection.h"

namespace tickmark::bundle {

struct ReadAll {
    std::vector<ReadFile> entries{};    ///< in the order of the layout
    std::vector<std::string> faults{};  ///< for each entry what its zip data breaks, or an empty text
    Digest whole{};                     ///< only with VerifyOptions::fileDigest
};

/// Memory: 128 KiB for each thread, and the texts of files with a limit. Errors: Environment "file-io".
[[nodiscard]] Result<ReadAll> readAllEntries(const FileBytes& file, const ZipLayout& layout,
                                             const VerifyOptions& options);

}  // namespace tickmark::bundle

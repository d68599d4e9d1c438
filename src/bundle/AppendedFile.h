// Writes what is added to a bundle, behind the bytes that were there before.
#pragma once

#include <filesystem>
#include <vector>

#include "bundle/AppendableBundle.h"
#include "bundle/ZipWriter.h"

namespace tickmark::bundle {

/// What is added to a bundle.
struct Addition {
    std::vector<SmallMember> members{};  ///< in their order
    bool replacesLast =
        false;  ///< the first member takes the place of the bundle's last entry, whose name it has
};

/// Copies the bundle up to its directory (or to its last entry), adds, checks the layout, and publishes as
/// `out`; `out` may be the bundle's own file, which is then replaced. Fills digest, size and entries. Errors:
/// Conflict "bundle-file", Refused "cancelled", Environment, Internal.
[[nodiscard]] Result<AppendedBundle> writeAddition(const AppendableBundle& bundle,
                                                   const std::filesystem::path& in,
                                                   const std::filesystem::path& out, const Addition& addition,
                                                   const AppendOptions& options);

}  // namespace tickmark::bundle

// One search over everything that the actor may see.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/storage/SearchIndex.h"

namespace tickmark::app {

struct SearchGroup {
    storage::SearchKind kind = storage::SearchKind::Finding;
    std::vector<storage::SearchHit> hits{};  ///< newest first
    std::string next{};                      ///< where this kind goes on; empty: all are here
};

/// Words to find: all of them, the last one as a beginning. Without a kind the first hits of each, in the
/// order finding, action, evidence, improvement, lesson (not for XA); with one a page of it. Errors: Invalid
/// "search" when no letter or digit is in it, Invalid "page".
[[nodiscard]] Result<std::vector<SearchGroup>> search(Context& context, const domain::Actor& actor,
                                                      const std::string& typed,
                                                      std::optional<storage::SearchKind> kind,
                                                      const storage::PageRequest& page);

}  // namespace tickmark::app

// What must hold of a bundle's content before anything is written.
#pragma once

#include "bundle/ContentIndex.h"
#include "tickmark/archive/Archive.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::bundle {

/// Every version that something names is listed, every withheld one has a reason, the trail ascends. Errors:
/// Internal "bundle-content", Refused "withheld-reason".
[[nodiscard]] Result<void> checkContent(const Content& content, const ContentIndex& index);

/// Every file is in the archive with the size of the catalog. Errors: NotFound "object-missing" / Damaged
/// "object-damaged" naming evidence and version; further ones as parts.
[[nodiscard]] Result<void> checkObjects(const ContentIndex& index, const archive::Store& store);

/// The same error, said of the evidence version it befell.
[[nodiscard]] Error named(Error error, const std::string& version);

}  // namespace tickmark::bundle

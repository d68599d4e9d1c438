// Gathers what a bundle speaks of from one snapshot of the catalog.
#pragma once

#include <string>
#include <vector>

#include "tickmark/app/Bundles.h"
#include "tickmark/bundle/Content.h"
#include "tickmark/storage/Database.h"

namespace tickmark::app {

/// The product's name and version as bundles and pages name it.
[[nodiscard]] std::string productName();

/// The name of a bundle's file within bundles/.
[[nodiscard]] std::string bundleFileName(const domain::BundleRef& ref);

/// Everything of the audit: issued findings (drafts and discarded ones stay inside the house), their actions,
/// every evidence version these and the audit's requests point at. Errors: Invalid "unknown-reference" for
/// withheld versions that are not part of it.
[[nodiscard]] Result<bundle::Content> gatherContent(Context& context, storage::ReadSession& session,
                                                    const domain::Audit& audit, const BundleDraft& draft);

/// Subjects and references of everything in the content, for the audit trail ("finding", "F-0001").
struct TrailSubject {
    std::string subject{};
    std::string ref{};
};
[[nodiscard]] std::vector<TrailSubject> trailOf(const bundle::Content& content);

}  // namespace tickmark::app

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

/// What the draft selects of the audit: issued findings (drafts and discarded ones stay inside the house),
/// their actions and requests, every evidence version that these point at, the originals of redacted copies;
/// with the whole audit also its own requests and evidence. The bundle it fills knows what was selected, what
/// is withheld and which bundle it supersedes. Errors: Invalid "unknown-reference" for findings, bundles and
/// withheld versions that are not part of the audit, "selection"; Refused "nothing-changed".
[[nodiscard]] Result<bundle::Content> gatherContent(Context& context, storage::ReadSession& session,
                                                    const domain::Audit& audit, const BundleDraft& draft);

/// Subjects and references of everything in the content, for the audit trail ("finding", "F-0001").
struct TrailSubject {
    std::string subject{};
    std::string ref{};
};
[[nodiscard]] std::vector<TrailSubject> trailOf(const bundle::Content& content);

}  // namespace tickmark::app

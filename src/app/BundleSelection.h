// What of an audit goes into a bundle.
#pragma once

#include <vector>

#include "tickmark/app/Bundles.h"
#include "tickmark/bundle/Content.h"
#include "tickmark/storage/Database.h"

namespace tickmark::app {

/// Findings, actions and requests of an audit as far as a bundle may speak of them, and the evidence that
/// belongs to the audit as a whole.
struct AuditItems {
    std::vector<domain::Finding> findings{};
    std::vector<domain::Action> actions{};
    std::vector<domain::EvidenceRequest> requests{};
    std::vector<domain::EvidenceVersion> own{};
};

/// Everything of the audit that may be sealed. Its own evidence is what no finding, action or request names,
/// be it a draft: what is filed with a draft stays inside the house.
[[nodiscard]] Result<AuditItems> itemsOf(storage::ReadSession& session, const domain::Audit& audit);

/// Leaves in `items` what the draft selects, and says so. Errors: Invalid "unknown-reference", "selection";
/// Refused "nothing-changed".
[[nodiscard]] Result<domain::BundleSelection> select(storage::ReadSession& session,
                                                     const domain::Audit& audit, const BundleDraft& draft,
                                                     AuditItems& items);

}  // namespace tickmark::app

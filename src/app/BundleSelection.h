// What of an audit goes into a bundle.
#pragma once

#include <vector>

#include "tickmark/app/Bundles.h"
#include "tickmark/bundle/Content.h"
#include "tickmark/storage/Database.h"

namespace tickmark::app {

/// Findings, actions, requests and improvement items of an audit, with their measurements, as far as a bundle
/// may speak of them, and the evidence that belongs to the audit as a whole.
struct AuditItems {
    std::vector<domain::Finding> findings{};
    std::vector<domain::Action> actions{};
    std::vector<domain::EvidenceRequest> requests{};
    std::vector<domain::EvidenceVersion> own{};
    std::vector<domain::ImprovementItem> improvements{};  ///< that answer one of the findings
    std::vector<domain::Kpi> kpis{};                      ///< that these name
    std::vector<domain::KpiSeries> series{};              ///< of these KPIs
};

/// Everything of the audit that may be sealed. Its own evidence is what no finding, action, request,
/// improvement or measurement names, be it a draft: what is filed with a draft stays inside the house.
[[nodiscard]] Result<AuditItems> itemsOf(storage::ReadSession& session, const domain::Audit& audit);

/// Leaves in `items` what the draft selects, and says so. Errors: Invalid "unknown-reference", "selection";
/// Refused "nothing-changed".
[[nodiscard]] Result<domain::BundleSelection> select(storage::ReadSession& session,
                                                     const domain::Audit& audit, const BundleDraft& draft,
                                                     AuditItems& items);

}  // namespace tickmark::app

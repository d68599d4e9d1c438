// What goes into a bundle, gathered by the caller from one snapshot of the catalog; and the manifest made of
// it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/codec/Json.h"
#include "tickmark/domain/Action.h"
#include "tickmark/domain/Audit.h"
#include "tickmark/domain/Bundle.h"
#include "tickmark/domain/Catalog.h"
#include "tickmark/domain/Evidence.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/domain/Improvement.h"
#include "tickmark/domain/Kpi.h"
#include "tickmark/domain/Party.h"
#include "tickmark/foundation/RelativePath.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::bundle {

/// One ledger entry that concerns what the bundle speaks of. The leaves are payload, so they are part of the
/// content: the seal commits to them, and their proofs come with the ledger's answer to it.
struct TrailEntry {
    std::uint64_t position = 0;
    std::string leaf{};  ///< exact bytes, without a line feed
    bool operator==(const TrailEntry&) const = default;
};

/// The minutes of a management review, which a bundle carries in place of an audit.
struct ReviewMinutes {
    std::string ref{};  ///< "MR-0001"
    std::string title{};
    Date day{};
    std::string approvedBy{};  ///< account
    Timestamp approvedAt{};
    std::string inputs{};   ///< data/review/inputs.json, the canonical JSON exactly as it was frozen
    std::string minutes{};  ///< data/review/minutes.json, canonical JSON
};

/// Everything that one bundle speaks of. Row numbers inside the entities are resolved through the lists given
/// here.
struct Content {
    std::string organisation{};
    std::string product{};  ///< "Tickmark 0.1.0"
    domain::Bundle bundle{};
    domain::Audit audit{};
    std::optional<ReviewMinutes> review{};  ///< with it there is no audit, finding, action or evidence
    std::vector<domain::Clause> clauses{};  ///< of the criteria, as far as findings name them
    std::vector<domain::Finding> findings{};
    std::vector<domain::Action> actions{};
    std::vector<domain::Evidence> evidence{};
    std::vector<domain::EvidenceVersion>
        versions{};  ///< every version that a finding, action or request points at, the originals of redacted
                     ///< copies among them, and those that the audit as a whole holds
    std::vector<domain::EvidenceRequest> requests{};
    std::vector<domain::ImprovementItem> improvements{};  ///< that answer one of the findings
    std::vector<domain::Kpi> kpis{};                      ///< that one of the improvements moves
    std::vector<domain::KpiSeries> series{};              ///< of these KPIs, withdrawn ones too
    std::vector<domain::Party>
        parties{};  ///< those named; account, name and role go into the manifest, nothing else
    std::vector<TrailEntry> trail{};  ///< the audit trail of exactly what the bundle covers, by position
    Timestamp snapshotAt{};
};

/// Where one evidence version lies in the bundle: data/evidence/<finding or
/// "audit">/<E-0117.v1.portable-name>. A version that several findings name lies once, under the first in
/// order of reference (itself, its actions, its requests, its improvement items and the measurements of their
/// KPIs); what no finding names lies under "audit".
/// Withheld and withdrawn ones have no path.
[[nodiscard]] std::map<domain::EvidenceVersionId, RelativePath> layOut(const Content& content);

/// data/kpis.json: every series with its points and the rule as it is stored; canonical JSON by
/// schemas/json/measurements.schema.json. Empty when the content holds no KPI: then there is no such file.
[[nodiscard]] std::string measurementsText(const Content& content);

/// data/manifest.json: pure, canonical, the same for the same content. Its schema is
/// schemas/json/manifest.schema.json.
[[nodiscard]] codec::Json makeManifest(const Content& content);

}  // namespace tickmark::bundle

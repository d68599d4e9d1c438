// What an audit report speaks of, read from one snapshot of the catalog.
#pragma once

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
#include "tickmark/domain/Party.h"
#include "tickmark/storage/Database.h"
#include "tickmark/storage/Page.h"

namespace tickmark::app {

/// One finding with what belongs to it.
struct ReportedFinding {
    domain::Finding finding{};
    std::vector<domain::Action> actions{};
    std::vector<domain::EvidenceVersion> evidence{};  ///< of the finding and its actions, each once
};

struct ReportContent {
    std::string organisation{};
    std::string logOrigin{};
    bool isExcerpt = false;  ///< for a reader who sees only what names them
    domain::Audit audit{};
    std::vector<ReportedFinding> findings{};                      ///< by reference
    std::map<std::string, std::string> clauseTitles{};            ///< by code
    std::map<domain::EvidenceId, std::string> titles{};           ///< of evidence
    std::map<domain::EvidenceVersionId, std::string> withheld{};  ///< reasons
    std::vector<domain::Bundle> bundles{};  ///< by reference, none that was never sealed
    std::vector<domain::Party> parties{};
    Timestamp asOf{};            ///< of the last change among all this
    std::uint64_t position = 0;  ///< where the log holds it
};

/// Drafts and discarded findings are left out for everybody. Errors: NotFound.
[[nodiscard]] Result<ReportContent> readReportContent(storage::ReadSession& session,
                                                      const storage::Scope& scope,
                                                      const domain::AuditRef& ref);

/// By view::reportFields.
[[nodiscard]] codec::Json reportJson(const ReportContent& content);

}  // namespace tickmark::app

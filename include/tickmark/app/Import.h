// Imports: findings and plans from CSV, catalogs from OSCAL JSON and CSV. All or nothing, every bad row
// reported.
#pragma once

#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/domain/Catalog.h"

namespace tickmark::app {

struct ImportOutcome {
    std::int64_t created = 0;
    std::vector<std::string> refs{};
    bool dryRun = false;
};

/// Columns: ref, class, title, requirement, objective_evidence, nature (required); clauses (separated by
/// spaces), extent, risk, process, service, owner, repeat_of, source_ref, response_due, close_due (optional).
/// A ref becomes the finding's reference when it is free. LA or AU of the audit. Errors: Invalid "csv" /
/// "import" with one part per bad row
/// ("line 7").
[[nodiscard]] Result<ImportOutcome> importFindings(Context& context, const domain::Actor& actor,
                                                   const std::string& audit, std::string_view csv,
                                                   bool dryRun);
/// Columns: finding, kind, title (required); description, root_cause, owner, owner_role, due, cost. LA of the
/// audit; the findings must be issued and not final.
[[nodiscard]] Result<ImportOutcome> importActions(Context& context, const domain::Actor& actor,
                                                  const std::string& audit, std::string_view csv,
                                                  bool dryRun);
/// Columns: ref, title, auditee (required); type, programme, catalog, scope, from, to.
[[nodiscard]] Result<ImportOutcome> importAudits(Context& context, const domain::Actor& actor,
                                                 std::string_view csv, bool dryRun);
/// OSCAL catalog JSON (groups and controls become clauses) or CSV with code, parent, title. LA or AD.
[[nodiscard]] Result<ImportOutcome> importCatalog(Context& context, const domain::Actor& actor,
                                                  const std::string& code, const std::string& title,
                                                  std::string_view file, bool dryRun);
[[nodiscard]] Result<std::vector<domain::Catalog>> listCatalogs(Context& context, const domain::Actor& actor);
[[nodiscard]] Result<domain::Catalog> showCatalog(Context& context, const domain::Actor& actor,
                                                  const std::string& code);

}  // namespace tickmark::app

// Audits: create, change, move, share, look at.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/domain/Audit.h"
#include "tickmark/domain/Checklist.h"
#include "tickmark/domain/Transitions.h"
#include "tickmark/storage/Audits.h"

namespace tickmark::app {

/// LA only; the creator becomes the team's lead. An empty ref gets the next one ("IA-2026-01" for internal
/// audits).
[[nodiscard]] Result<domain::Audit> createAudit(Context& context, const domain::Actor& actor,
                                                domain::Audit input);
/// The lead only, while not closed. Replaces what the caller may change: everything but ref, state, shares
/// and the checklist, which has its own use cases (Checklist.h).
[[nodiscard]] Result<domain::Audit> changeAudit(Context& context, const domain::Actor& actor,
                                                domain::Audit input);
[[nodiscard]] Result<domain::Audit> changeAuditState(Context& context, const domain::Actor& actor,
                                                     const domain::AuditRef& ref, std::int64_t rev,
                                                     domain::AuditEvent event, const std::string& reason);
/// Gives a certification auditor read access until a date (or takes it away with an empty date). The lead
/// only.
[[nodiscard]] Result<domain::Audit> shareAudit(Context& context, const domain::Actor& actor,
                                               const domain::AuditRef& ref, std::int64_t rev,
                                               const std::string& account, std::optional<Date> until);

struct AuditView {
    domain::Audit audit{};      ///< its checklist and shares are empty where the actor may not read them
    bool readsPapers = false;   ///< checklist and samples are working papers of the team; whoever was let in
                                ///< to judge the audit reads them too
    bool readsSharing = false;  ///< who else may read it: whoever reaches whole audits by their role
    std::vector<domain::Party> parties{};  ///< every account the audit names
    std::vector<domain::AuditStep> steps{};
    std::vector<domain::Clause> clauses{};
    domain::ChecklistProgress progress{};  ///< of the checklist, when the actor may read it
    std::int64_t findings = 0;             ///< that the actor may see
    std::int64_t openFindings = 0;
    std::int64_t requests = 0;
    std::int64_t evidence = 0;
    std::int64_t bundles = 0;
};
[[nodiscard]] Result<AuditView> showAudit(Context& context, const domain::Actor& actor,
                                          const domain::AuditRef& ref);

}  // namespace tickmark::app

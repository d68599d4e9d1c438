// The working papers of an audit: rows from its criteria, what was looked at, how each ended, as CSV out and
// in.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/app/Import.h"
#include "tickmark/domain/Checklist.h"
#include "tickmark/domain/Finding.h"

namespace tickmark::app {

/// A finding as a row links it.
struct CheckFinding {
    std::string ref{};
    std::string title{};
    std::string classCode{};
    std::string state{};  ///< as domain::toText
};

struct ChecklistView {
    domain::Audit audit{};  ///< its checklist is numbered
    domain::ChecklistProgress progress{};
    std::vector<domain::Clause> clauses{};  ///< of the audit's catalog; empty without one
    std::vector<domain::Party> parties{};   ///< everyone who recorded a row
    /// What rows link and the actor may see; others are left out.
    std::map<domain::FindingId, CheckFinding> findings{};
    std::map<domain::EvidenceVersionId, std::string> evidence{};  ///< "E-0117/v1"
    bool mayMake = false;                                         ///< add, import and remove rows now
    bool mayRecord = false;                                       ///< write rows now
};
/// For auditors of the team and those the audit was shared with. Errors: NotFound for everybody else.
[[nodiscard]] Result<ChecklistView> showChecklist(Context& context, const domain::Actor& actor,
                                                  const domain::AuditRef& ref);

/// The revision that a change of this row must name: that of the audit when the row was changed last.
[[nodiscard]] std::int64_t revisionOf(const domain::ChecklistItem& row) noexcept;

/// One new row for each clause of the audit's catalog that has none yet, asking what the clause asks. LA of
/// the audit, audit open. Errors: Invalid "unknown-reference" or "checklist" naming "clauses"; Stale.
[[nodiscard]] Result<domain::Audit> addClauses(Context& context, const domain::Actor& actor,
                                               const domain::AuditRef& ref, std::int64_t rev,
                                               const std::vector<std::string>& clauses);

/// What people write in a row; references as they write them.
struct CheckInput {
    std::string clause{};
    std::string question{};
    std::string note{};
    domain::Sample sample{};
    std::optional<domain::CheckResult> result{};
    std::string reason{};
    std::vector<std::string> findings{};  ///< "F-0092"
    std::vector<std::string> evidence{};  ///< "E-0117/v1"
};
/// Adds one row at the end. LA of the audit, audit open.
[[nodiscard]] Result<domain::Audit> addCheck(Context& context, const domain::Actor& actor,
                                             const domain::AuditRef& ref, std::int64_t rev,
                                             const CheckInput& input);
/// Replaces what stands in a row; notes who and when. LA or AU on the team, audit open. `rev` is the row's
/// own (revisionOf), so that two auditors can write different rows at the same time.
[[nodiscard]] Result<domain::Audit> recordCheck(Context& context, const domain::Actor& actor,
                                                const domain::AuditRef& ref, domain::ChecklistRowId number,
                                                std::int64_t rev, const CheckInput& input);
/// Takes a row away, with a reason that the log keeps. LA of the audit, audit open. Refused
/// "row-has-findings" while findings were raised from it.
[[nodiscard]] Result<domain::Audit> removeCheck(Context& context, const domain::Actor& actor,
                                                const domain::AuditRef& ref, domain::ChecklistRowId number,
                                                std::int64_t rev, const std::string& reason);

/// Columns: clause, question (required); row, note, population, method, size, looked_at, result, reason,
/// findings, evidence (the last two separated by spaces), rev. A row with a number changes that row (its
/// `rev`, when given, must be current); one without is added, which takes the lead. Columns that are absent
/// keep what stands there. All or nothing. Errors: Invalid "csv" / "import" with one part per bad row ("line
/// 7").
[[nodiscard]] Result<ImportOutcome> importChecklist(Context& context, const domain::Actor& actor,
                                                    const domain::AuditRef& ref, std::string_view csv,
                                                    bool dryRun);
/// The same columns, and by and at, which an import passes over.
[[nodiscard]] std::string checklistCsv(const ChecklistView& view);

}  // namespace tickmark::app

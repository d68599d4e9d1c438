// What the use cases of the working papers share, and what recording a finding does to its row.
#pragma once

#include <functional>
#include <optional>

#include "app/AuditAccess.h"
#include "tickmark/app/Checklist.h"
#include "tickmark/app/Context.h"
#include "tickmark/domain/Checklist.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/storage/Database.h"
#include "tickmark/storage/Page.h"

namespace tickmark::app {

/// Adds the finding to the row and gives the row the result "finding", in an open transaction. A clean-up of
/// the reason for not examining goes with it. Errors: Invalid "unknown-reference" naming "row".
[[nodiscard]] Result<void> linkToChecklist(Context& context, const domain::Actor& actor,
                                           storage::WriteSession& session, domain::Audit audit,
                                           domain::ChecklistRowId number, const domain::Finding& finding);

/// Writes the input into the row: clause, findings and versions must belong to the audit, and the row's rules
/// hold. Errors: Invalid naming the field.
[[nodiscard]] Result<void> fillCheck(storage::ReadSession& session, const domain::Audit& audit,
                                     const storage::Scope& scope, const CheckInput& input,
                                     domain::ChecklistItem& row);

/// Marks the row as written by the actor with the change that is being made to the audit.
void stampCheck(const Context& context, const domain::Actor& actor, const domain::Audit& audit,
                domain::ChecklistItem& row);

/// Loads an open audit with numbered rows, lets `deed` change it, and saves. `rev` is checked when given.
[[nodiscard]] Result<domain::Audit> changeChecklist(
    Context& context, const domain::Actor& actor, const domain::AuditRef& ref,
    std::optional<std::int64_t> rev, const std::function<Result<ledger::Event>(AuditChange&)>& deed);

}  // namespace tickmark::app

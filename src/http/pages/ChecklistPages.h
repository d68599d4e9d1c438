// What the pages of working papers share: addresses and forms.
#pragma once

#include <string>

#include "http/pages/Page.h"
#include "tickmark/app/Checklist.h"

namespace tickmark::http::pages {

/// A choice of all clauses, or one long row, fits.
inline constexpr FormLimits checklistForm{1024U * 1024U, 3'000, 256U * 1024U};

/// The audit that the path's {ref} names.
[[nodiscard]] domain::AuditRef auditIn(const PathParameters& parameters);
[[nodiscard]] std::string checklistAddress(const domain::AuditRef& audit);
[[nodiscard]] std::string rowAddress(const domain::AuditRef& audit, domain::ChecklistRowId row);
/// The clause's title in the audit's catalog, or empty.
[[nodiscard]] std::string clauseTitle(const app::ChecklistView& view, const std::string& code);
[[nodiscard]] Result<Form> readLongForm(Request& request, const FormLimits& limits);

/// The list, more rows, CSV, and what addChecklistRowPages adds.
[[nodiscard]] Result<void> addChecklistPages(Router& router, WebApp& web);
/// One row: look, write, remove.
[[nodiscard]] Result<void> addChecklistRowPages(Router& router, WebApp& web);

}  // namespace tickmark::http::pages

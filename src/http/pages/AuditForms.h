// Making and editing an audit through a form.
#pragma once

#include "http/pages/Page.h"

namespace tickmark::http::pages {

/// /audits/new, POST /audits and /audits/{ref}/edit.
[[nodiscard]] Result<void> addAuditForms(Router& router, WebApp& web);

/// The list of audits.
[[nodiscard]] Result<void> addAuditListPage(Router& router, WebApp& web);

/// The audit programme.
[[nodiscard]] Result<void> addProgrammePage(Router& router, WebApp& web);

}  // namespace tickmark::http::pages

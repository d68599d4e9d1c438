// The audit report as answers of pages and API.
#pragma once

#include "tickmark/app/Report.h"
#include "tickmark/http/server/Response.h"

namespace tickmark::http {

/// The document under a policy that runs and loads nothing and lets exactly its own style element apply.
[[nodiscard]] Response reportHtml(const app::Report& report);
/// The PDF, shown or saved as the browser likes. Errors: as app::reportPdf.
[[nodiscard]] Result<Response> reportPdf(const app::Report& report);
/// The data with its digest.
[[nodiscard]] Response reportData(const app::Report& report);

}  // namespace tickmark::http

// Looking at a version on its evidence's page, and the file that is shown there.
#pragma once

#include "http/pages/Page.h"
#include "tickmark/domain/Evidence.h"

namespace tickmark::http::pages {

/// Section LOOK with LOOK_HREF when the version has a preview; include {{>PREVIEW}} with it when the request
/// asks for the one of this version (?preview=2&page=3). The version must be readable. True: there is a
/// frame, so the page needs policyWithFrames.
[[nodiscard]] bool putPreview(WebApp& web, const Request& request, view::Model& model,
                              const domain::EvidenceVersion& version);

/// /evidence/{ref}/v/{number}/preview
[[nodiscard]] Result<void> addPreviewPages(Router& router, WebApp& web);

}  // namespace tickmark::http::pages

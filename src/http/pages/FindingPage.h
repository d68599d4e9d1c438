// One finding as a page, for its own route and for the forms that come back to it.
#pragma once

#include "http/pages/Page.h"
#include "http/pages/Parts.h"

namespace tickmark::http::pages {

/// The finding's page; with `refused`, that refusal on top and the words kept at their step. Errors:
/// NotFound.
[[nodiscard]] Result<Response> findingPage(WebApp& web, Request& request, const domain::FindingRef& ref,
                                           const RefusedStep* refused);

}  // namespace tickmark::http::pages

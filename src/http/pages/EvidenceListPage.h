// The list of evidence with its filters.
#pragma once

#include "http/pages/Page.h"

namespace tickmark::http::pages {

[[nodiscard]] Result<void> addEvidenceListPage(Router& router, WebApp& web);

}  // namespace tickmark::http::pages

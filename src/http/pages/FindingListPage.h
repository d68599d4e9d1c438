// The list of findings with its filters.
#pragma once

#include "http/pages/Page.h"

namespace tickmark::http::pages {

[[nodiscard]] Result<void> addFindingListPage(Router& router, WebApp& web);

}  // namespace tickmark::http::pages

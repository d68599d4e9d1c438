// What the pages and the forms of KPIs share.
#pragma once

#include <string>

#include "http/pages/Page.h"
#include "tickmark/domain/Kpi.h"

namespace tickmark::http::pages {

[[nodiscard]] std::string kpiAddress(const std::string& ref);

/// The page of one KPI; `error`, when given, is shown on top and decides the status.
[[nodiscard]] Result<Response> kpiPage(WebApp& web, Request& request, const domain::KpiRef& ref,
                                       const Error* error);

[[nodiscard]] Result<void> addKpiForms(Router& router, WebApp& web);

}  // namespace tickmark::http::pages

// What the pages and the forms of KPIs share.
#pragma once

#include <optional>
#include <string>

#include "http/pages/Numbers.h"
#include "http/pages/Page.h"
#include "tickmark/app/Kpis.h"
#include "tickmark/domain/Kpi.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::http::pages {

[[nodiscard]] std::string kpiAddress(const std::string& ref);

/// The page of one KPI; `error`, when given, is shown on top and decides the status.
[[nodiscard]] Result<Response> kpiPage(WebApp& web, Request& request, const domain::KpiRef& ref,
                                       const Error* error);

/// The run chart of what is shown, as the part CHART; nothing when nothing was measured.
void putKpiChart(view::Model& model, const app::KpiView& view);

/// A rule that is written as JSON; empty stays empty. Errors: Invalid naming "rule" and the member.
[[nodiscard]] Result<std::optional<domain::MeasurementRule>> ruleIn(const std::string& text);
/// The KPI as a draft of itself.
[[nodiscard]] app::KpiDraft kpiDraftOf(const app::KpiView& view);

/// The form that builds a rule from the columns of a file.
[[nodiscard]] Result<void> addRuleBuilder(Router& router, WebApp& web);
[[nodiscard]] Result<void> addKpiForms(Router& router, WebApp& web);

}  // namespace tickmark::http::pages

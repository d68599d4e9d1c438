// The charts about findings, as the dashboards and the trend review show them: every mark leads to its list.
#pragma once

#include <string>

#include "http/pages/Page.h"
#include "tickmark/app/Trends.h"

namespace tickmark::http::pages {

/// The part of a link to the findings that lie in a span of audits' days: "&audited_from=…".
[[nodiscard]] std::string auditedSpan(const std::optional<Date>& from, const std::optional<Date>& to,
                                      bool undated);

/// Include {{>AGEING_CHART}} and text AGEING_TITLE; section HAS_AGEING around them, or NO_AGEING.
void putAgeing(view::Model& model, const app::FindingCharts& charts);
/// Include {{>FLOW_CHART}} and text FLOW_TITLE; section HAS_FLOW around them, or NO_FLOW.
void putFlow(view::Model& model, const app::FindingCharts& charts);
/// Include {{>PARETO_CHART}} by clause and text PARETO_TITLE; section HAS_PARETO, or NO_PARETO.
void putClausePareto(view::Model& model, const app::FindingCharts& charts);

}  // namespace tickmark::http::pages

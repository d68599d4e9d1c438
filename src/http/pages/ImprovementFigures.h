// The numbers of an improvement item: baseline, target, result, difference, and the chart of its KPI.
#pragma once

#include "http/pages/Page.h"
#include "tickmark/domain/Improvement.h"

namespace tickmark::http::pages {

/// FIGURES with a FIGURE each, once a goal is set; KPI as words, or as KPI_LINK with SERIES (the part CHART)
/// when it is one that is kept here and this person may read it.
void putItemFigures(WebApp& web, const Request& request, view::Model& model,
                    const domain::ImprovementItem& item);

}  // namespace tickmark::http::pages

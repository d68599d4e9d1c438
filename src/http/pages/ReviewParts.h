// What the pages about one management review have in common.
#pragma once

#include "http/pages/Page.h"
#include "tickmark/app/Reviews.h"

namespace tickmark::http::pages {

/// Texts, sections TOPIC (with its table and note) and DECISION of a review.
void putMinutes(WebApp& web, const Request& request, view::Model& model, const app::ReviewView& view);
/// The part STEPPER: planned to closed, each with the day it was reached.
void putReviewWay(view::Model& model, const app::ReviewView& view);
/// Sections EVENT, newest first.
void putReviewHistory(view::Model& model, domain::Role role, const app::ReviewView& view);

}  // namespace tickmark::http::pages

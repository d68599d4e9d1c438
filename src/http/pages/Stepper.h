// The states of a finding as a line: what is done and when, where it stands, what follows.
#pragma once

#include "tickmark/app/Findings.h"
#include "tickmark/view/Page.h"

namespace tickmark::http::pages {

/// Include {{>STEPPER}}.
void putStepper(view::Model& model, const app::FindingView& view);

}  // namespace tickmark::http::pages

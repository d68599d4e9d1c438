// Loads the improvement policy and the objectives of the service desk.
#pragma once

#include "app/demo/DemoCast.h"

namespace tickmark::app::demo {

/// A policy whose first version was superseded by the second, and three approved objectives (O-0001 to
/// O-0003), each measured by one KPI of the incident log; needs the measures.
[[nodiscard]] Result<void> loadGoals(Context& context, Cast& cast);

}  // namespace tickmark::app::demo

// Loads the KPIs that follow from the service desk's incident log.
#pragma once

#include "app/demo/DemoCast.h"
#include "tickmark/app/Demo.h"

namespace tickmark::app::demo {

/// Three KPIs with a rule and a computed series each; needs the service desk's audit.
[[nodiscard]] Result<void> loadMeasures(Context& context, Cast& cast);

}  // namespace tickmark::app::demo

// Loads the single audits of the demonstration.
#pragma once

#include "app/demo/DemoCast.h"
#include "tickmark/app/Demo.h"

namespace tickmark::app::demo {

/// 60 audits, 89 findings and their corrective action plans; counts into `outcome`.
[[nodiscard]] Result<void> loadSingleAudits(Context& context, Cast& cast, DemoOutcome& outcome);

}  // namespace tickmark::app::demo

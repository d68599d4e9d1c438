// Loads the internal audit of the service desk.
#pragma once

#include "app/demo/DemoCast.h"
#include "tickmark/app/Demo.h"

namespace tickmark::app::demo {

/// The ISO/IEC 20000-1 internal audit whose evidence is the incident log; counts into `outcome`.
[[nodiscard]] Result<void> loadServiceDesk(Context& context, Cast& cast, DemoOutcome& outcome);

}  // namespace tickmark::app::demo

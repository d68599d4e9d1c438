// Loads the objectives of the service desk.
#pragma once

#include "app/demo/DemoCast.h"

namespace tickmark::app::demo {

/// Three approved objectives over the KPIs that the measures made; the register's items serve them.
[[nodiscard]] Result<void> loadObjectives(Context& context, Cast& cast);

}  // namespace tickmark::app::demo

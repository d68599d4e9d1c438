// Loads the improvement register of the service desk.
#pragma once

#include "app/demo/DemoCast.h"

namespace tickmark::app::demo {

/// Items at every step of the method, one of them from a finding, with the KPIs that the measures made; needs
/// those, the objectives and the service desk's audit.
[[nodiscard]] Result<void> loadRegister(Context& context, Cast& cast);

}  // namespace tickmark::app::demo

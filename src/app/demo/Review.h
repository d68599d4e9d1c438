// Loads the management review of the service desk.
#pragma once

#include "app/demo/DemoCast.h"

namespace tickmark::app::demo {

/// One review that was held over the demonstration's audit, KPIs and register, approved, with one of its two
/// decisions in the register; needs all of these.
[[nodiscard]] Result<void> loadReview(Context& context, Cast& cast);

}  // namespace tickmark::app::demo

// Loads a service review and feedback of the service desk.
#pragma once

#include "app/demo/DemoCast.h"

namespace tickmark::app::demo {

/// One held review over the measured KPIs, one of its two points an item; three pieces of feedback in
/// different states. Needs the measures.
[[nodiscard]] Result<void> loadServiceReviews(Context& context, Cast& cast);

}  // namespace tickmark::app::demo

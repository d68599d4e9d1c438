// Who may do what with KPIs.
#pragma once

#include "tickmark/app/Context.h"
#include "tickmark/domain/Party.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::app {

[[nodiscard]] bool mayReadKpis(const domain::Actor& actor) noexcept;
[[nodiscard]] bool mayEditKpis(const domain::Actor& actor) noexcept;
[[nodiscard]] bool mayMeasureKpis(const domain::Actor& actor) noexcept;

/// Each: Forbidden with words.
[[nodiscard]] Result<void> mustReadKpis(const domain::Actor& actor);
[[nodiscard]] Result<void> mustEditKpis(const domain::Actor& actor);
[[nodiscard]] Result<void> mustMeasureKpis(const domain::Actor& actor);

}  // namespace tickmark::app

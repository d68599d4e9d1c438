// Whom an item of the improvement register waits for, and for which step.
#pragma once

#include "tickmark/app/Context.h"
#include "tickmark/domain/Improvement.h"

namespace tickmark::app {

/// The step that an item waits for; the last of them are the improvement manager's alone.
[[nodiscard]] domain::ImprovementEvent nextStepOf(const domain::ImprovementItem& item);
/// Whether that step is this person's.
[[nodiscard]] bool waitsFor(const domain::Actor& actor, const domain::ImprovementItem& item);

}  // namespace tickmark::app

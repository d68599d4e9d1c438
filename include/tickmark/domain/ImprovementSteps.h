// The machine of an improvement item. As in Transitions.h.
#pragma once

#include <span>
#include <vector>

#include "tickmark/domain/Improvement.h"
#include "tickmark/domain/Transitions.h"

namespace tickmark::domain {

using ImprovementStep = Step<ImprovementEvent, ImprovementState>;

[[nodiscard]] std::span<const Transition<ImprovementState, ImprovementEvent>>
improvementTransitions() noexcept;
/// The state that follows. Errors: as next() of findings, without teams and locks: the register belongs to no
/// audit. Resume leads back to where the item was held.
[[nodiscard]] Result<ImprovementState> next(const ImprovementItem& item, ImprovementEvent event,
                                            const StepInput& input);
[[nodiscard]] std::vector<ImprovementStep> stepsOf(const ImprovementItem& item, const StepInput& input);

/// Whether goals and plan are still written: an approved plan is not edited any more.
[[nodiscard]] bool isPlanOpen(const ImprovementItem& item) noexcept;
/// The improvement manager and the owner work on an item; until its goals are set, also who recorded it.
[[nodiscard]] bool mayWorkOn(const ImprovementItem& item, const Actor& actor) noexcept;

}  // namespace tickmark::domain

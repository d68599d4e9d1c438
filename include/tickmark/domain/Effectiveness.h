// The effectiveness check that is booked when a plan is accepted (ISO/IEC 20000-1:2018 clause 10.1 asks for a
// review of the effectiveness of any corrective action taken).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/domain/Action.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::domain {

/// How long after the last action's due date the check is planned when nobody says otherwise: one quarter, so
/// that the process has run often enough to show whether the cause is gone.
inline constexpr std::int32_t daysUntilCheck = 90;

/// The later of the day of acceptance and the last due date of an action that counts, plus daysUntilCheck.
[[nodiscard]] Date defaultCheckDate(const std::vector<Action>& actions, Date accepted);

/// "RC-1, RC-2 no longer show in a sample drawn after the last action was done.", of the current round.
[[nodiscard]] std::string defaultCriterion(const Finding& finding);

/// What the person who accepts the plan says about the check; empty members take the defaults.
struct CheckPlan {
    std::string criterion{};
    std::optional<Date> plannedOn{};
};

/// Books the check of the current round; one that is there already is replaced. Errors: Invalid
/// "effectiveness" naming "check_on" when it lies before an action is due, those of validate().
[[nodiscard]] Result<void> bookCheck(Finding& finding, const std::vector<Action>& actions, Date accepted,
                                     const CheckPlan& plan, PartyId by);

}  // namespace tickmark::domain

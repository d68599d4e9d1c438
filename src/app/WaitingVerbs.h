// The step that a thing in some state waits for, in the words of its button.
#pragma once

#include <string_view>
#include <vector>

#include "tickmark/domain/Action.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/domain/Party.h"

namespace tickmark::app {

/// What somebody of this role does next with a finding in this state; empty: nothing waits for them.
[[nodiscard]] std::string_view findingVerb(domain::Role role, domain::FindingState state);
/// The same for an action; `owner`: it is theirs.
[[nodiscard]] std::string_view actionVerb(domain::Role role, domain::ActionState state, bool owner);
/// The states in which a finding waits for a person of this role.
[[nodiscard]] std::vector<domain::FindingState> waitingStates(domain::Role role);

}  // namespace tickmark::app

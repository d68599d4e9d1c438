// The step that a thing in some state waits for, in the words of its button.
#pragma once

#include <string_view>
#include <vector>

#include "tickmark/domain/Action.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/domain/Party.h"
#include "tickmark/storage/Waiting.h"

namespace tickmark::app {

/// What somebody of this role does next with a finding in this state; empty: nothing waits for them.
[[nodiscard]] std::string_view findingVerb(domain::Role role, domain::FindingState state);
/// The same for an action; `owner`: it is theirs.
[[nodiscard]] std::string_view actionVerb(domain::Role role, domain::ActionState state, bool owner);
/// The states in which a finding waits for a person of this role.
[[nodiscard]] std::vector<domain::FindingState> waitingStates(domain::Role role);
/// The states that are this person's to move; `kind`: "finding", "action", "request", or empty for all three.
[[nodiscard]] storage::WaitingQuestion questionFor(const domain::Actor& actor, std::string_view kind = {});
/// What this person does next with something that waits for them.
[[nodiscard]] std::string_view verbOf(const storage::WaitingRow& row, const domain::Actor& actor);

}  // namespace tickmark::app

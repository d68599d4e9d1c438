// Acting for a person who is not at the keyboard: reading what that person may read.
#pragma once

#include <string>
#include <utility>

#include "tickmark/domain/Party.h"

namespace tickmark::app {

[[nodiscard]] inline domain::Actor actorFor(const domain::Party& party, std::string via) {
    return {party.id, party.account, party.role, std::move(via)};
}
/// Whether the account may sign in on that day.
[[nodiscard]] inline bool mayComeIn(const domain::Party& party, Date today) {
    return domain::admissionOn(party, today) == domain::Admission::Open;
}

}  // namespace tickmark::app

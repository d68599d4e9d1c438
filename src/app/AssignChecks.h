// What every handover is asked for.
#pragma once

#include <string>

#include "tickmark/app/Assign.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::app {

/// Errors: Invalid "nothing-given".
[[nodiscard]] inline Result<void> mustGiveSomething(const Handover& handover) {
    if (handover.owner || handover.due) return {};
    return invalid("nothing-given", "owner", "Neither an owner nor a date was given.",
                   "Name an account or a day.");
}

/// The cleaned reason. Errors: Invalid "text" field reason, also when it is needed and empty.
[[nodiscard]] inline Result<std::string> reasonOf(const Handover& handover, bool needed) {
    return cleanText("reason", handover.reason, {needed ? 1U : 0U, 2000, true});
}

}  // namespace tickmark::app

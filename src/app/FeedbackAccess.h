// What feedback and service reviews share.
#pragma once

#include <string_view>

#include "app/Access.h"
#include "tickmark/app/Feedback.h"

namespace tickmark::app {

/// LA AU PO AO IM TM. Errors: Forbidden.
[[nodiscard]] Result<void> mustReadFeedback(const domain::Actor& actor);
/// What the ledger says of one thing, oldest first.
[[nodiscard]] Result<std::vector<RecordedEvent>> historyOf(storage::ReadSession& session,
                                                           std::string_view subject, const std::string& ref);
/// The account when it can carry an item, else nobody.
[[nodiscard]] std::string ownAccount(const domain::Actor& actor);

}  // namespace tickmark::app

// What the use cases of the improvement register share.
#pragma once

#include "tickmark/app/Improvements.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/storage/Database.h"

namespace tickmark::app {

/// Whoever owns an item must be able to move it: PO, AO, IM.
[[nodiscard]] bool canOwn(domain::Role role);

/// Inserts an identified item in an open transaction; `finding` is nullptr unless it answers one.
[[nodiscard]] Result<domain::ImprovementItem> insertImprovement(Context& context, const domain::Actor& actor,
                                                                storage::WriteSession& session,
                                                                const ImprovementDraft& draft,
                                                                const domain::Finding* finding);

/// Inserts the item that answers a finding, in the finding's own words.
[[nodiscard]] Result<domain::ImprovementItem> insertImprovementOf(Context& context,
                                                                  const domain::Actor& actor,
                                                                  storage::WriteSession& session,
                                                                  const domain::Finding& finding);

}  // namespace tickmark::app

// What the use cases of the improvement register share.
#pragma once

#include <functional>
#include <string>

#include "tickmark/app/Improvements.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/storage/Database.h"

namespace tickmark::app {

/// Whoever owns an item must be able to move it: PO, AO, IM.
[[nodiscard]] bool canOwn(domain::Role role);

/// The account of that name as an item's owner; an empty text is nobody. Errors: Invalid
/// "unknown-reference", "owner-role" naming the field owner.
[[nodiscard]] Result<domain::PartyId> improvementOwner(storage::ReadSession& session,
                                                       const std::string& account);

struct ImprovementChange {
    storage::WriteSession& session;
    domain::ImprovementItem item;
};
/// One way to change an item: loads what the actor may see, lets the use case judge and change it, saves it
/// with its event. The revision is current when `deed` is called.
[[nodiscard]] Result<domain::ImprovementItem> changeImprovement(
    Context& context, const domain::Actor& actor, const domain::ImprovementRef& ref, std::int64_t rev,
    const std::function<Result<ledger::Event>(ImprovementChange&)>& deed);

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

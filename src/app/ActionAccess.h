// One way to change an action: load what the actor may see, let the use case judge and change, save with its
// event.
#pragma once

#include <functional>

#include "tickmark/app/Actions.h"
#include "tickmark/app/Context.h"
#include "tickmark/domain/Action.h"
#include "tickmark/domain/Audit.h"
#include "tickmark/ledger/Event.h"
#include "tickmark/storage/Database.h"

namespace tickmark::app {

struct ActionChange {
    storage::WriteSession& session;
    domain::Audit audit;
    domain::Finding finding;
    domain::Action action;
};

[[nodiscard]] Result<domain::Action> changeAction(
    Context& context, const domain::Actor& actor, const domain::ActionRef& ref, std::int64_t rev,
    const std::function<Result<ledger::Event>(ActionChange&)>& deed);

/// Forbidden unless the actor plans actions of that finding now: its owner while answering, the lead
/// auditor as long as it is open. Errors also: Refused "audit-locked", "forbidden-transition".
[[nodiscard]] Result<void> mayPlan(const domain::Actor& actor, const domain::Audit& audit,
                                   const domain::Finding& finding);

/// Refused "forbidden-transition" unless the finding's state and class leave room for a new action.
[[nodiscard]] Result<void> takesActions(const domain::Finding& finding);

/// Inserts a planned action in an open transaction. Shared by planning and importing.
[[nodiscard]] Result<domain::Action> insertAction(Context& context, const domain::Actor& actor,
                                                  storage::WriteSession& session,
                                                  const domain::Finding& finding, const ActionDraft& draft);

}  // namespace tickmark::app

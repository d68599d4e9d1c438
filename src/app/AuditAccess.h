// One way to change an audit: load what the actor may see, let the use case judge and change, save with its
// event.
#pragma once

#include <functional>

#include "tickmark/app/Context.h"
#include "tickmark/domain/Audit.h"
#include "tickmark/ledger/Event.h"
#include "tickmark/storage/Database.h"

namespace tickmark::app {

struct AuditChange {
    storage::WriteSession& session;
    domain::Audit audit;
};

[[nodiscard]] Result<domain::Audit> changeAuditWith(
    Context& context, const domain::Actor& actor, const domain::AuditRef& ref, std::int64_t rev,
    const std::function<Result<ledger::Event>(AuditChange&)>& deed);

/// Inserts a planned audit in an open transaction. Shared by creating and importing.
[[nodiscard]] Result<domain::Audit> insertAudit(Context& context, const domain::Actor& actor,
                                                storage::WriteSession& session, domain::Audit audit);

}  // namespace tickmark::app

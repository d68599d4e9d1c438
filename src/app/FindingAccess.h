// One way to change a finding: load what the actor may see, let the use case judge and change, save with its
// event.
#pragma once

#include <functional>
#include <string>

#include "tickmark/app/Context.h"
#include "tickmark/app/Findings.h"
#include "tickmark/domain/Audit.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/ledger/Event.h"
#include "tickmark/storage/Database.h"

namespace tickmark::app {

struct FindingChange {
    storage::WriteSession& session;
    domain::Audit audit;
    domain::Finding finding;
};

/// `deed` authorises, changes `finding` and returns the event that tells of it. The audit is open and the
/// revision current when it is called.
[[nodiscard]] Result<domain::Finding> changeFinding(
    Context& context, const domain::Actor& actor, const domain::FindingRef& ref, std::int64_t rev,
    const std::function<Result<ledger::Event>(FindingChange&)>& deed);

/// Inserts a draft in an open transaction; an empty `ref` takes the next one. Shared by recording and
/// importing.
[[nodiscard]] Result<domain::Finding> insertFinding(Context& context, const domain::Actor& actor,
                                                    storage::WriteSession& session,
                                                    const domain::Audit& audit, const FindingDraft& draft,
                                                    const std::string& ref);

}  // namespace tickmark::app

// Versions of the improvement policy.
#pragma once

#include <vector>

#include "tickmark/domain/Policy.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::storage {

/// See save(Party). Subject "policy".
[[nodiscard]] Result<LedgerPosition> save(WriteSession& session, domain::PolicyVersion& version,
                                          ledger::Event event);
/// Errors: NotFound.
[[nodiscard]] Result<domain::PolicyVersion> policyVersionByRef(ReadSession& session,
                                                               const domain::PolicyVersionRef& ref);
/// Every version, newest first. An organisation has a handful.
[[nodiscard]] Result<std::vector<domain::PolicyVersion>> policyVersions(ReadSession& session);

}  // namespace tickmark::storage

// Sealed bundles: rows and queries.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/domain/Bundle.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/Page.h"

namespace tickmark::storage {

/// See save(Party). Subject "bundle".
[[nodiscard]] Result<LedgerPosition> save(WriteSession& session, domain::Bundle& bundle, ledger::Event event);

[[nodiscard]] Result<domain::Bundle> findBundle(ReadSession& session, domain::BundleId id);
[[nodiscard]] Result<domain::Bundle> findBundle(ReadSession& session, const domain::BundleRef& ref);
/// OwnItems reaches no bundle; SharedAudits reaches those that left the draft state.
[[nodiscard]] Result<domain::Bundle> findBundleVisible(ReadSession& session, const domain::BundleRef& ref,
                                                       const Scope& scope);

struct BundleFilter {
    std::optional<domain::AuditId> audit{};
    std::vector<domain::BundleState> states{};
};
/// Newest first.
[[nodiscard]] Result<Page<domain::Bundle>> listBundles(ReadSession& session, const Scope& scope,
                                                       const BundleFilter& filter, const PageRequest& page);
/// How many listBundles gives in all.
[[nodiscard]] Result<std::int64_t> countBundles(ReadSession& session, const Scope& scope,
                                                const BundleFilter& filter);

}  // namespace tickmark::storage

#include "tickmark/storage/Bundles.h"

#include "storage/Lists.h"
#include "storage/ScopeSql.h"

namespace tickmark::storage {

using domain::Bundle;

Result<LedgerPosition> save(WriteSession& session, Bundle& bundle, ledger::Event event) {
    return saveEntity(session, bundle, std::move(event));
}

Result<Bundle> findBundle(ReadSession& session, domain::BundleId id) {
    return findById<Bundle>(session, id.value, "bundle");
}

Result<Bundle> findBundle(ReadSession& session, const domain::BundleRef& ref) {
    return findByRef<Bundle>(session, ref.text(), "bundle");
}

Result<Bundle> findBundleVisible(ReadSession& session, const domain::BundleRef& ref, const Scope& scope) {
    return findVisible<Bundle>(session, "SELECT b.record FROM bundle b", "b.ref", ref.text(), "bundle",
                               [&](Query& query) { whereBundleVisible(query, scope); });
}

namespace {

void narrow(Query& query, const Scope& scope, const BundleFilter& filter) {
    if (filter.audit) query.where("b.audit = ?", {Value(filter.audit->value)});
    query.anyOf("b.state", stateValues(filter.states));
    whereBundleVisible(query, scope);
}

}  // namespace

Result<Page<Bundle>> listBundles(ReadSession& session, const Scope& scope, const BundleFilter& filter,
                                 const PageRequest& page) {
    return guarded([&]() -> Result<Page<Bundle>> {
        TM_TRY(const Cursor cursor, openPage(page, false));
        Query query("SELECT b.record FROM bundle b");
        narrow(query, scope, filter);
        newestFirst(query, "b.id", cursor, page);
        return pageById<Bundle>(session, query, page,
                                [](const Statement& row) { return ledger::decode<Bundle>(row.text(0)); });
    });
}

Result<std::int64_t> countBundles(ReadSession& session, const Scope& scope, const BundleFilter& filter) {
    return guarded([&]() -> Result<std::int64_t> {
        Query query("SELECT count(*) FROM bundle b");
        narrow(query, scope, filter);
        return countRows(session, query);
    });
}

}  // namespace tickmark::storage

// Which head of the ledger stands in which bundle.
#include "storage/Connection.h"
#include "storage/SqlFailure.h"
#include "tickmark/storage/Witnesses.h"

namespace tickmark::storage {
namespace {

std::optional<BundleHead> headIn(Statement& statement) {
    if (!statement.step()) return std::nullopt;
    return BundleHead{domain::BundleRef(std::string(statement.text(0))),
                      {.size = static_cast<std::uint64_t>(statement.integer(1)),
                       .root = statement.digest(2),
                       .note = std::string(statement.text(3)),
                       .at = {statement.integer(4)}}};
}

}  // namespace

Result<void> keepBundleHead(WriteSession& session, const domain::BundleRef& bundle, const LedgerHead& head) {
    TM_CHECK(keepCheckpoint(session, head));
    return guarded([&]() -> Result<void> {
        session.connection()
            .prepare("INSERT INTO bundle_head (bundle, size) VALUES ($1, $2)")
            .bind(std::string_view(bundle.text()), static_cast<std::int64_t>(head.size))
            .run();
        return {};
    });
}

Result<std::optional<BundleHead>> bundleHead(ReadSession& session, const domain::BundleRef& bundle) {
    return guarded([&]() -> Result<std::optional<BundleHead>> {
        Statement statement = session.connection().prepare(
            "SELECT h.bundle, c.size, c.root, c.note, c.at FROM bundle_head h JOIN checkpoint c ON c.size = "
            "h.size WHERE h.bundle = $1");
        statement.bind(std::string_view(bundle.text()));
        return headIn(statement);
    });
}

Result<std::optional<BundleHead>> lastBundleHead(ReadSession& session, std::uint64_t size) {
    return guarded([&]() -> Result<std::optional<BundleHead>> {
        Statement statement = session.connection().prepare(
            "SELECT h.bundle, c.size, c.root, c.note, c.at FROM bundle_head h JOIN checkpoint c ON c.size = "
            "h.size JOIN bundle b ON b.ref = h.bundle WHERE h.size < $1 AND b.state <> 'draft' ORDER BY "
            "h.size DESC, h.bundle DESC LIMIT 1");
        statement.bind(static_cast<std::int64_t>(size));
        return headIn(statement);
    });
}

}  // namespace tickmark::storage

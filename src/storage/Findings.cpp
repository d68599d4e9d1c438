#include "tickmark/storage/Findings.h"

#include "storage/Lists.h"
#include "storage/ScopeSql.h"

namespace tickmark::storage {
namespace {

using domain::Finding;

Result<std::vector<domain::FindingRef>> refsOf(Statement& statement) {
    std::vector<domain::FindingRef> refs;
    while (statement.step()) refs.emplace_back(std::string(statement.text(0)));
    return refs;
}

}  // namespace

Result<LedgerPosition> save(WriteSession& session, Finding& finding, ledger::Event event) {
    return saveEntity(session, finding, std::move(event));
}

Result<Finding> findFinding(ReadSession& session, domain::FindingId id) {
    return findById<Finding>(session, id.value, "finding");
}

Result<Finding> findFinding(ReadSession& session, const domain::FindingRef& ref) {
    return findByRef<Finding>(session, ref.text(), "finding");
}

Result<Finding> findFindingVisible(ReadSession& session, const domain::FindingRef& ref, const Scope& scope) {
    return findVisible<Finding>(session, "SELECT f.record FROM finding f", "f.ref", ref.text(), "finding",
                                [&](Query& query) { whereFindingVisible(query, scope); });
}

Result<std::vector<Finding>> findingsOf(ReadSession& session, domain::AuditId audit) {
    return findAll<Finding>(session, "SELECT record FROM finding WHERE audit = $1 ORDER BY id", audit.value);
}

Result<std::vector<domain::FindingRef>> findingsCiting(ReadSession& session,
                                                       domain::EvidenceVersionId version) {
    return guarded([&]() -> Result<std::vector<domain::FindingRef>> {
        Statement statement = session.connection().prepare(
            "SELECT f.ref FROM finding_evidence l JOIN finding f ON f.id = l.finding WHERE l.version = $1 "
            "ORDER BY f.id");
        statement.bind(version.value);
        return refsOf(statement);
    });
}

Result<std::vector<domain::FindingRef>> repeatsOf(ReadSession& session, const domain::FindingRef& ref) {
    return guarded([&]() -> Result<std::vector<domain::FindingRef>> {
        Statement statement = session.connection().prepare(
            "SELECT ref FROM finding WHERE repeat_of = $1 AND repeat_of <> '' ORDER BY id");
        statement.bind(std::string_view(ref.text()));
        return refsOf(statement);
    });
}

}  // namespace tickmark::storage

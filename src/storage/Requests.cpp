#include "tickmark/storage/Requests.h"

#include "storage/Lists.h"
#include "storage/ScopeSql.h"

namespace tickmark::storage {
namespace {

using domain::EvidenceRequest;

Result<RequestRow> readRequest(const Statement& row) {
    return RequestRow{.id = {row.integer(0)},
                      .ref = std::string(row.text(1)),
                      .text = std::string(row.text(2)),
                      .state = std::string(row.text(3)),
                      .auditRef = std::string(row.text(4)),
                      .findingRef = std::string(row.text(5)),
                      .assigneeAccount = std::string(row.text(6)),
                      .assigneeName = std::string(row.text(7)),
                      .due = std::string(row.text(8)),
                      .rev = row.integer(9)};
}

void narrow(Query& query, const Scope& scope, const RequestFilter& filter) {
    if (filter.audit) query.where("r.audit = ?", {Value(filter.audit->value)});
    if (filter.finding) query.where("r.finding = ?", {Value(filter.finding->value)});
    if (filter.assignee) query.where("r.assignee = ?", {Value(filter.assignee->value)});
    query.anyOf("r.state", stateValues(filter.states));
    if (filter.dueBefore) query.where("r.due < ?", {Value(filter.dueBefore->iso())});
    whereRequestVisible(query, scope);
}

}  // namespace

Result<LedgerPosition> save(WriteSession& session, EvidenceRequest& request, ledger::Event event) {
    return saveEntity(session, request, std::move(event));
}

Result<EvidenceRequest> findRequest(ReadSession& session, domain::RequestId id) {
    return findById<EvidenceRequest>(session, id.value, "request");
}

Result<EvidenceRequest> findRequest(ReadSession& session, const domain::RequestRef& ref) {
    return findByRef<EvidenceRequest>(session, ref.text(), "request");
}

Result<EvidenceRequest> findRequestVisible(ReadSession& session, const domain::RequestRef& ref,
                                           const Scope& scope) {
    return findVisible<EvidenceRequest>(session, "SELECT r.record FROM evidence_request r", "r.ref",
                                        ref.text(), "request",
                                        [&](Query& query) { whereRequestVisible(query, scope); });
}

Result<std::vector<EvidenceRequest>> requestsOf(ReadSession& session, domain::AuditId audit) {
    return findAll<EvidenceRequest>(
        session, "SELECT record FROM evidence_request WHERE audit = $1 ORDER BY id", audit.value);
}

Result<Page<RequestRow>> listRequests(ReadSession& session, const Scope& scope, const RequestFilter& filter,
                                      const PageRequest& page) {
    return guarded([&]() -> Result<Page<RequestRow>> {
        TM_TRY(const Cursor cursor, openPage(page, false));
        Query query(
            "SELECT r.id, r.ref, r.text, r.state, a.ref, coalesce(d.ref, ''), coalesce(p.ref, ''), "
            "coalesce(p.name, ''), r.due, r.rev FROM evidence_request r JOIN audit a ON a.id = r.audit "
            "LEFT JOIN finding d ON d.id = r.finding LEFT JOIN party p ON p.id = r.assignee");
        narrow(query, scope, filter);
        newestFirst(query, "r.id", cursor, page);
        return pageById<RequestRow>(session, query, page, readRequest);
    });
}

Result<std::int64_t> countRequests(ReadSession& session, const Scope& scope, const RequestFilter& filter) {
    return guarded([&]() -> Result<std::int64_t> {
        Query query("SELECT count(*) FROM evidence_request r");
        narrow(query, scope, filter);
        return countRows(session, query);
    });
}

}  // namespace tickmark::storage

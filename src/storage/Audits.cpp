#include "tickmark/storage/Audits.h"

#include "storage/AuditPeriod.h"
#include "storage/Lists.h"
#include "storage/ScopeSql.h"

namespace tickmark::storage {
namespace {

using domain::Audit;

std::optional<Date> dayAt(const Statement& row, int column) {
    if (row.isNull(column)) return std::nullopt;
    const auto day = Date::parse(row.text(column));
    return day ? std::optional<Date>(*day) : std::nullopt;
}

Result<AuditRow> readAudit(const Statement& row) {
    return AuditRow{.id = {row.integer(0)},
                    .ref = std::string(row.text(1)),
                    .title = std::string(row.text(2)),
                    .type = std::string(row.text(3)),
                    .state = std::string(row.text(4)),
                    .auditee = std::string(row.text(5)),
                    .catalog = std::string(row.text(6)),
                    .from = dayAt(row, 7),
                    .to = dayAt(row, 8),
                    .findings = row.integer(9),
                    .rev = row.integer(10)};
}

/// As domain::phaseOf says; takes today twice.
constexpr std::string_view overdueRule =
    "(a.state = 'planned' AND coalesce(a.from_day, a.to_day) < ?) OR "
    "(a.state = 'fieldwork' AND coalesce(a.to_day, a.from_day) < ?)";

void narrow(Query& query, const Scope& scope, const AuditFilter& filter) {
    query.anyOf("a.state", stateValues(filter.states));
    if (filter.type) query.where("a.type = ?", {textValue(domain::toText(*filter.type))});
    if (!filter.catalog.empty()) query.where("a.catalog = ?", {Value(filter.catalog)});
    if (!filter.auditee.empty()) query.where("a.auditee = ?", {Value(filter.auditee)});
    if (!filter.clause.empty()) {
        query.where(
            "EXISTS (SELECT 1 FROM audit_check k WHERE k.audit = a.id AND k.clause = ? AND k.examined = 1)",
            {Value(filter.clause)});
    }
    whereAuditIn(query, filter.from, filter.to);
    if (filter.undated) query.where("a.from_day IS NULL AND a.to_day IS NULL");
    if (filter.overdue)
        query.where("(" + std::string(overdueRule) + ")",
                    {Value(scope.today.iso()), Value(scope.today.iso())});
    if (filter.inTime) {
        query.where("NOT coalesce((" + std::string(overdueRule) + "), 1 = 0)",
                    {Value(scope.today.iso()), Value(scope.today.iso())});
    }
    whereAuditVisible(query, scope);
}

}  // namespace

Result<LedgerPosition> save(WriteSession& session, Audit& audit, ledger::Event event) {
    return saveEntity(session, audit, std::move(event));
}

Result<Audit> findAudit(ReadSession& session, domain::AuditId id) {
    return findById<Audit>(session, id.value, "audit");
}

Result<Audit> findAudit(ReadSession& session, const domain::AuditRef& ref) {
    return findByRef<Audit>(session, ref.text(), "audit");
}

Result<Audit> findAuditVisible(ReadSession& session, const domain::AuditRef& ref, const Scope& scope) {
    return findVisible<Audit>(session, "SELECT a.record FROM audit a", "a.ref", ref.text(), "audit",
                              [&](Query& query) { whereAuditVisible(query, scope); });
}

Result<bool> namedInAudit(ReadSession& session, domain::AuditId audit, domain::PartyId party) {
    return guarded([&]() -> Result<bool> {
        Query query("SELECT 1 FROM audit a");
        query.where("a.id = ?", {Value(audit.value)});
        whereAuditVisible(query, {.reach = domain::Reach::OwnItems, .party = party});
        return query.prepare(session.connection()).step();
    });
}

Result<Page<AuditRow>> listAudits(ReadSession& session, const Scope& scope, const AuditFilter& filter,
                                  const PageRequest& page) {
    return guarded([&]() -> Result<Page<AuditRow>> {
        TM_TRY(const Cursor cursor, openPage(page, false));
        Query query(
            "SELECT a.id, a.ref, a.title, a.type, a.state, a.auditee, a.catalog, a.from_day, a.to_day, "
            "(SELECT coalesce(sum(n.count), 0) FROM finding_tally n WHERE n.audit = a.id), a.rev FROM audit "
            "a");
        narrow(query, scope, filter);
        newestFirst(query, "a.id", cursor, page);
        return pageById<AuditRow>(session, query, page, readAudit);
    });
}

Result<std::int64_t> countAudits(ReadSession& session, const Scope& scope, const AuditFilter& filter) {
    return guarded([&]() -> Result<std::int64_t> {
        Query query("SELECT count(*) FROM audit a");
        narrow(query, scope, filter);
        return countRows(session, query);
    });
}

}  // namespace tickmark::storage

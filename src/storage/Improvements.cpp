#include "tickmark/storage/Improvements.h"

#include "storage/Lists.h"
#include "storage/ScopeSql.h"

namespace tickmark::storage {
namespace {

using domain::ImprovementItem;

Result<ImprovementRow> readItem(const Statement& row) {
    return ImprovementRow{.id = {row.integer(0)},
                          .ref = std::string(row.text(1)),
                          .title = std::string(row.text(2)),
                          .source = std::string(row.text(3)),
                          .state = std::string(row.text(4)),
                          .process = std::string(row.text(5)),
                          .service = std::string(row.text(6)),
                          .objective = std::string(row.text(7)),
                          .kpi = std::string(row.text(8)),
                          .ownerAccount = std::string(row.text(9)),
                          .ownerName = std::string(row.text(10)),
                          .findingRef = std::string(row.text(11)),
                          .score = row.integer(12),
                          .progress = row.integer(13),
                          .due = std::string(row.text(14)),
                          .rev = row.integer(15)};
}

void whereText(Query& query, std::string_view column, const std::string& text) {
    if (!text.empty()) query.where(std::string(column) + " = ?", {Value(text)});
}

void narrow(Query& query, const Scope& scope, const ImprovementFilter& filter) {
    query.anyOf("i.state", stateValues(filter.states));
    if (filter.source) whereText(query, "i.source", std::string(domain::toText(*filter.source)));
    whereText(query, "i.process", filter.process);
    whereText(query, "i.service", filter.service);
    whereText(query, "i.objective", filter.objective);
    if (filter.servesNone)
        query.where(
            "NOT EXISTS (SELECT 1 FROM objective o WHERE o.ref = i.objective "
            "AND o.state IN ('proposed', 'approved'))");
    whereText(query, "i.kpi", filter.kpi);
    if (filter.owner) query.where("i.owner = ?", {Value(filter.owner->value)});
    if (filter.finding) query.where("i.finding = ?", {Value(filter.finding->value)});
    if (filter.dueBefore) query.where("i.due < ?", {Value(filter.dueBefore->iso())});
    if (filter.dueAfter) query.where("i.due > ?", {Value(filter.dueAfter->iso())});
    if (filter.openOnly || filter.overdue) query.where("i.open = 1");
    if (filter.overdue) query.where("i.due < ?", {Value(scope.today.iso())});
    whereImprovementVisible(query, scope);
}

}  // namespace

Result<LedgerPosition> save(WriteSession& session, ImprovementItem& item, ledger::Event event) {
    return saveEntity(session, item, std::move(event));
}

Result<ImprovementItem> findImprovement(ReadSession& session, const domain::ImprovementRef& ref) {
    return findByRef<ImprovementItem>(session, ref.text(), "improvement");
}

Result<ImprovementItem> findImprovement(ReadSession& session, domain::ImprovementId id) {
    return findById<ImprovementItem>(session, id.value, "improvement");
}

Result<ImprovementItem> findImprovementVisible(ReadSession& session, const domain::ImprovementRef& ref,
                                               const Scope& scope) {
    return findVisible<ImprovementItem>(session, "SELECT i.record FROM improvement_item i", "i.ref",
                                        ref.text(), "improvement",
                                        [&](Query& query) { whereImprovementVisible(query, scope); });
}

Result<Page<ImprovementRow>> listImprovements(ReadSession& session, const Scope& scope,
                                              const ImprovementFilter& filter, const PageRequest& page) {
    return guarded([&]() -> Result<Page<ImprovementRow>> {
        TM_TRY(const Cursor cursor, openPage(page, false));
        Query query(
            "SELECT i.id, i.ref, i.title, i.source, i.state, i.process, i.service, i.objective, i.kpi, "
            "coalesce(p.ref, ''), coalesce(p.name, ''), coalesce(d.ref, ''), i.score, i.progress, i.due, "
            "i.rev FROM improvement_item i LEFT JOIN party p ON p.id = i.owner "
            "LEFT JOIN finding d ON d.id = i.finding");
        narrow(query, scope, filter);
        newestFirst(query, "i.id", cursor, page);
        return pageById<ImprovementRow>(session, query, page, readItem);
    });
}

Result<Page<ImprovementItem>> listImprovementItems(ReadSession& session, const Scope& scope,
                                                   const ImprovementFilter& filter, const PageRequest& page) {
    return guarded([&]() -> Result<Page<ImprovementItem>> {
        TM_TRY(const Cursor cursor, openPage(page, false));
        Query query("SELECT i.record FROM improvement_item i");
        narrow(query, scope, filter);
        newestFirst(query, "i.id", cursor, page);
        return pageById<ImprovementItem>(session, query, page, [](const Statement& row) {
            return ledger::decode<ImprovementItem>(row.text(0));
        });
    });
}

Result<ImprovementCounts> countImprovements(ReadSession& session, const Scope& scope) {
    return guarded([&]() -> Result<ImprovementCounts> {
        ImprovementCounts counts;
        Query states("SELECT i.state, count(*) FROM improvement_item i");
        whereImprovementVisible(states, scope);
        states.text(" GROUP BY i.state ORDER BY i.state");
        Statement statement = states.prepare(session.connection());
        while (statement.step())
            counts.byState.push_back({std::string(statement.text(0)), statement.integer(1)});
        ImprovementFilter late;
        late.overdue = true;
        Query overdue("SELECT count(*) FROM improvement_item i");
        narrow(overdue, scope, late);
        TM_TRY(counts.overdue, countRows(session, overdue));
        return counts;
    });
}

Result<std::int64_t> countImprovements(ReadSession& session, const Scope& scope,
                                       const ImprovementFilter& filter) {
    return guarded([&]() -> Result<std::int64_t> {
        Query query("SELECT count(*) FROM improvement_item i");
        narrow(query, scope, filter);
        return countRows(session, query);
    });
}

Result<std::vector<domain::EvidenceVersionId>> visibleEvidenceOf(ReadSession& session,
                                                                 const ImprovementItem& item,
                                                                 const Scope& scope) {
    return guarded([&]() -> Result<std::vector<domain::EvidenceVersionId>> {
        Query query("SELECT e.id FROM improvement_evidence x JOIN evidence_version e ON e.id = x.version");
        query.where("x.item = ?", {Value(item.id.value)});
        whereVersionVisible(query, scope);
        query.text(" ORDER BY x.position");
        Statement statement = query.prepare(session.connection());
        std::vector<domain::EvidenceVersionId> ids;
        while (statement.step()) ids.push_back({statement.integer(0)});
        return ids;
    });
}

}  // namespace tickmark::storage

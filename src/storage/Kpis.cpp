#include "tickmark/storage/Kpis.h"

#include "storage/Lists.h"

namespace tickmark::storage {
namespace {

using domain::Kpi;
using domain::KpiSeries;

Result<KpiRow> readKpi(const Statement& row) {
    KpiRow answer;
    answer.id = {row.integer(0)};
    TM_TRY(answer.kpi, ledger::decode<Kpi>(row.text(1)));
    answer.ownerAccount = std::string(row.text(2));
    answer.ownerName = std::string(row.text(3));
    return answer;
}

}  // namespace

Result<LedgerPosition> save(WriteSession& session, Kpi& kpi, ledger::Event event) {
    return saveEntity(session, kpi, std::move(event));
}

Result<LedgerPosition> save(WriteSession& session, KpiSeries& series, ledger::Event event) {
    return saveEntity(session, series, std::move(event));
}

Result<Kpi> findKpi(ReadSession& session, domain::KpiId id) {
    return findById<Kpi>(session, id.value, "KPI");
}

Result<Kpi> kpiByRef(ReadSession& session, const domain::KpiRef& ref) {
    return findByRef<Kpi>(session, ref.text(), "KPI");
}

Result<KpiSeries> findSeries(ReadSession& session, const domain::SeriesRef& ref) {
    return findByRef<KpiSeries>(session, ref.text(), "series");
}

Result<std::vector<KpiSeries>> seriesOf(ReadSession& session, domain::KpiId kpi) {
    return findAll<KpiSeries>(session, "SELECT record FROM kpi_series WHERE kpi = $1 ORDER BY id", kpi.value);
}

Result<Page<KpiRow>> listKpis(ReadSession& session, const KpiFilter& filter, const PageRequest& page) {
    return guarded([&]() -> Result<Page<KpiRow>> {
        TM_TRY(const Cursor cursor, openPage(page, false));
        Query query(
            "SELECT k.id, k.record, coalesce(p.ref, ''), coalesce(p.name, '') FROM kpi k LEFT JOIN party p "
            "ON "
            "p.id = k.owner");
        if (!filter.process.empty()) query.where("k.process = ?", {Value(filter.process)});
        if (!filter.service.empty()) query.where("k.service = ?", {Value(filter.service)});
        if (filter.owner) query.where("k.owner = ?", {Value(filter.owner->value)});
        newestFirst(query, "k.id", cursor, page);
        return pageById<KpiRow>(session, query, page, readKpi);
    });
}

}  // namespace tickmark::storage

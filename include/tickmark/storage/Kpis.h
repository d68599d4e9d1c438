// KPIs and the series of their measurements: rows and queries. Whoever may read KPIs at all sees every one;
// the evidence behind a series has its own visibility.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/domain/Kpi.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/Page.h"

namespace tickmark::storage {

/// See save(Party). Subject "kpi".
[[nodiscard]] Result<LedgerPosition> save(WriteSession& session, domain::Kpi& kpi, ledger::Event event);
/// See save(Party). Subject "kpi-series".
[[nodiscard]] Result<LedgerPosition> save(WriteSession& session, domain::KpiSeries& series,
                                          ledger::Event event);

/// Errors: NotFound.
[[nodiscard]] Result<domain::Kpi> findKpi(ReadSession& session, domain::KpiId id);
[[nodiscard]] Result<domain::Kpi> kpiByRef(ReadSession& session, const domain::KpiRef& ref);
[[nodiscard]] Result<domain::KpiSeries> findSeries(ReadSession& session, const domain::SeriesRef& ref);
/// All series of a KPI, withdrawn ones too, by id (oldest first).
[[nodiscard]] Result<std::vector<domain::KpiSeries>> seriesOf(ReadSession& session, domain::KpiId kpi);

struct KpiRow {
    domain::KpiId id{};
    domain::Kpi kpi{};
    std::string ownerAccount{};
    std::string ownerName{};
};

struct KpiFilter {
    std::string process{};  ///< exactly
    std::string service{};  ///< exactly
    std::optional<domain::PartyId> owner{};
};
/// Newest first.
[[nodiscard]] Result<Page<KpiRow>> listKpis(ReadSession& session, const KpiFilter& filter,
                                            const PageRequest& page);

}  // namespace tickmark::storage

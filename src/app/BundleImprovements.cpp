#include "app/BundleImprovements.h"

#include <set>

#include "app/Access.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/storage/Improvements.h"
#include "tickmark/storage/Kpis.h"

namespace tickmark::app {

Result<void> addImprovements(storage::ReadSession& session, AuditItems& items) {
    std::set<std::string> kpis;
    for (const auto& finding : items.findings) {
        storage::ImprovementFilter filter;
        filter.finding = finding.id;
        TM_TRY(auto rows, everyRow([&](const storage::PageRequest& page) {
                   return storage::listImprovementItems(session, storage::everything(), filter, page);
               }));
        for (auto& item : rows) {
            if (!item.kpi.empty()) kpis.insert(item.kpi);
            items.improvements.push_back(std::move(item));
        }
    }
    for (const std::string& ref : kpis) {
        TM_TRY(domain::Kpi kpi, storage::kpiByRef(session, domain::KpiRef(ref)));
        TM_TRY(auto series, storage::seriesOf(session, kpi.id));
        items.kpis.push_back(std::move(kpi));
        for (auto& one : series) items.series.push_back(std::move(one));
    }
    return {};
}

void keepImprovementsOfFindings(AuditItems& items) {
    std::set<domain::FindingId> findings;
    for (const auto& finding : items.findings) findings.insert(finding.id);
    std::erase_if(items.improvements, [&](const auto& item) { return !findings.contains(item.finding); });
    std::set<std::string> named;
    for (const auto& item : items.improvements) named.insert(item.kpi);
    std::erase_if(items.kpis, [&](const auto& kpi) { return !named.contains(kpi.ref.text()); });
    std::set<domain::KpiId> kept;
    for (const auto& kpi : items.kpis) kept.insert(kpi.id);
    std::erase_if(items.series, [&](const auto& series) { return !kept.contains(series.kpi); });
}

}  // namespace tickmark::app

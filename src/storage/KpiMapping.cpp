// How KPIs and their series lie in their tables.
#include "storage/Mapping.h"
#include "storage/Values.h"

namespace tickmark::storage {

const TableShape Mapping<domain::Kpi>::shape{"kpi", "kpi", "name, unit, process, service, owner", {}};
std::string Mapping<domain::Kpi>::ref(const domain::Kpi& kpi) { return kpi.ref.text(); }
Row Mapping<domain::Kpi>::columns(const domain::Kpi& kpi) {
    return {textValue(kpi.name), textValue(kpi.unit), textValue(kpi.process), textValue(kpi.service),
            idValue(kpi.owner)};
}
std::vector<SideRows> Mapping<domain::Kpi>::sides(const domain::Kpi&) { return {}; }

const TableShape Mapping<domain::KpiSeries>::shape{
    "kpi_series", "kpi-series", "kpi, evidence, computed, withdrawn", {}};
std::string Mapping<domain::KpiSeries>::ref(const domain::KpiSeries& series) { return series.ref.text(); }
Row Mapping<domain::KpiSeries>::columns(const domain::KpiSeries& series) {
    return {idValue(series.kpi), idValue(series.evidence), numberValue(series.rule ? 1 : 0),
            numberValue(series.withdrawn.empty() ? 0 : 1)};
}
std::vector<SideRows> Mapping<domain::KpiSeries>::sides(const domain::KpiSeries&) { return {}; }

}  // namespace tickmark::storage

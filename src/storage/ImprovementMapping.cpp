#include "storage/Mapping.h"
#include "storage/Values.h"

namespace tickmark::storage {
namespace {

constexpr std::array<SideTable, 1> itemTables{
    {{"improvement_evidence", "item, version, position", "version"}}};

}  // namespace

const TableShape Mapping<domain::ImprovementItem>::shape{
    "improvement_item", "improvement",
    "source, state, open, title, process, service, objective, kpi, owner, created_by, finding, score, "
    "progress, due",
    itemTables};
std::string Mapping<domain::ImprovementItem>::ref(const domain::ImprovementItem& item) {
    return item.ref.text();
}
Row Mapping<domain::ImprovementItem>::columns(const domain::ImprovementItem& item) {
    return {textValue(domain::toText(item.source)),
            textValue(domain::toText(item.state)),
            numberValue(domain::isFinal(item.state) ? 0 : 1),
            textValue(item.title),
            textValue(item.process),
            textValue(item.service),
            textValue(item.objective),
            textValue(item.kpi),
            idValue(item.owner),
            idValue(item.createdBy),
            idValue(item.finding),
            numberValue(domain::priorityScore(item)),
            numberValue(item.progress),
            dayValue(item.due)};
}
std::vector<SideRows> Mapping<domain::ImprovementItem>::sides(const domain::ImprovementItem& item) {
    return {versionRows(item.evidence)};
}

}  // namespace tickmark::storage

#include "tickmark/storage/Objectives.h"

#include "storage/Lists.h"
#include "storage/Values.h"

namespace tickmark::storage {
namespace {

using domain::Objective;

Result<ObjectiveRow> readObjective(const Statement& row) {
    ObjectiveRow answer;
    answer.id = {row.integer(0)};
    TM_TRY(answer.objective, ledger::decode<Objective>(row.text(1)));
    answer.ownerAccount = std::string(row.text(2));
    answer.ownerName = std::string(row.text(3));
    answer.items = row.integer(4);
    answer.openItems = row.integer(5);
    return answer;
}

}  // namespace

const TableShape Mapping<Objective>::shape{
    "objective", "objective", "state, title, kpi, owner, target_on", {}};
std::string Mapping<Objective>::ref(const Objective& objective) { return objective.ref.text(); }
Row Mapping<Objective>::columns(const Objective& objective) {
    return {textValue(domain::toText(objective.state)), textValue(objective.title), textValue(objective.kpi),
            idValue(objective.owner), dayValue(objective.targetOn)};
}
std::vector<SideRows> Mapping<Objective>::sides(const Objective&) { return {}; }

Result<LedgerPosition> save(WriteSession& session, Objective& objective, ledger::Event event) {
    return saveEntity(session, objective, std::move(event));
}

Result<Objective> objectiveByRef(ReadSession& session, const domain::ObjectiveRef& ref) {
    return findByRef<Objective>(session, ref.text(), "objective");
}

Result<Page<ObjectiveRow>> listObjectives(ReadSession& session, const ObjectiveFilter& filter,
                                          const PageRequest& page) {
    return guarded([&]() -> Result<Page<ObjectiveRow>> {
        TM_TRY(const Cursor cursor, openPage(page, false));
        Query query(
            "SELECT o.id, o.record, coalesce(p.ref, ''), coalesce(p.name, ''), "
            "(SELECT count(*) FROM improvement_item i WHERE i.objective = o.ref), "
            "(SELECT count(*) FROM improvement_item i WHERE i.objective = o.ref AND i.open = 1) "
            "FROM objective o LEFT JOIN party p ON p.id = o.owner");
        query.anyOf("o.state", stateValues(filter.states));
        if (filter.owner) query.where("o.owner = ?", {Value(filter.owner->value)});
        newestFirst(query, "o.id", cursor, page);
        return pageById<ObjectiveRow>(session, query, page, readObjective);
    });
}

}  // namespace tickmark::storage

#include "ledger/record/Reader.h"
#include "ledger/record/Writer.h"
#include "tickmark/ledger/Record.h"

namespace tickmark::ledger {
namespace fields {

template <class Visitor, Is<domain::Objective> Item>
void members(Visitor& visit, Item& item) {
    visit("id", item.id);
    visit("ref", item.ref);
    visit("state", item.state);
    visit("title", item.title);
    visit("statement", item.statement);
    visit("process", item.process);
    visit("service", item.service);
    visit("owner", item.owner);
    visit("kpi", item.kpi);
    visit("unit", item.unit);
    visit("direction", item.direction);
    visit("baseline", item.baseline);
    visit("target", item.target);
    visit("current", item.current);
    visit("current_evidence", item.currentEvidence);
    visit("start_on", item.startOn);
    visit("target_on", item.targetOn);
    visit("proposed_by", item.proposedBy);
    visit("decided_by", item.decidedBy);
    visit("state_reason", item.stateReason);
    visit("created_at", item.createdAt);
    visit("changed_at", item.changedAt);
    visit("rev", item.rev);
}

}  // namespace fields

std::string encode(const domain::Objective& objective) { return fields::written(objective); }

template <>
Result<domain::Objective> decode<domain::Objective>(std::string_view record) {
    return fields::readBack<domain::Objective>(record);
}

}  // namespace tickmark::ledger

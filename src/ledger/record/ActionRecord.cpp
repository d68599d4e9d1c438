#include "ledger/record/ExtensionFields.h"
#include "ledger/record/Reader.h"
#include "ledger/record/Writer.h"
#include "tickmark/ledger/Record.h"

namespace tickmark::ledger {
namespace fields {

template <class Visitor, Is<domain::Action> Item>
void members(Visitor& visit, Item& item) {
    visit("id", item.id);
    visit("ref", item.ref);
    visit("finding", item.finding);
    visit("kind", item.kind);
    visit("state", item.state);
    visit("held_from", item.heldFrom);
    visit("title", item.title);
    visit("description", item.description);
    visit("root_cause", item.rootCause);
    visit("owner", item.owner);
    visit("owner_role", item.ownerRole);
    visit("due", item.due);
    visit("done_on", item.doneOn);
    visit("extensions", item.extensions);
    visit("evidence", item.evidence);
    visit("cost", item.cost);
    visit("lesson", item.lesson);
    visit("created_at", item.createdAt);
    visit("rev", item.rev);
}

}  // namespace fields

std::string encode(const domain::Action& action) { return fields::written(action); }

template <>
Result<domain::Action> decode<domain::Action>(std::string_view record) {
    return fields::readBack<domain::Action>(record);
}

}  // namespace tickmark::ledger

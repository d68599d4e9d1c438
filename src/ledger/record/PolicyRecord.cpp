#include "ledger/record/Reader.h"
#include "ledger/record/Writer.h"
#include "tickmark/ledger/Record.h"

namespace tickmark::ledger {
namespace fields {

template <class Visitor, Is<domain::PolicyVersion> Item>
void members(Visitor& visit, Item& item) {
    visit("id", item.id);
    visit("ref", item.ref);
    visit("version", item.version);
    visit("state", item.state);
    visit("title", item.title);
    visit("text", item.text);
    visit("changes", item.changes);
    visit("effective_on", item.effectiveOn);
    visit("review_on", item.reviewOn);
    visit("writers", item.writers);
    visit("comment", item.comment);
    visit("decided_by", item.decidedBy);
    visit("approved_at", item.approvedAt);
    visit("created_at", item.createdAt);
    visit("changed_at", item.changedAt);
    visit("rev", item.rev);
}

}  // namespace fields

std::string encode(const domain::PolicyVersion& version) { return fields::written(version); }

template <>
Result<domain::PolicyVersion> decode<domain::PolicyVersion>(std::string_view record) {
    return fields::readBack<domain::PolicyVersion>(record);
}

}  // namespace tickmark::ledger

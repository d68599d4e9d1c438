#include "ledger/record/Reader.h"
#include "ledger/record/Writer.h"
#include "tickmark/ledger/Record.h"

namespace tickmark::ledger {
namespace fields {

template <class Visitor, Is<domain::Party> Item>
void members(Visitor& visit, Item& item) {
    visit("id", item.id);
    visit("account", item.account);
    visit("name", item.name);
    visit("role", item.role);
    visit("valid_from", item.validFrom);
    visit("valid_until", item.validUntil);
    visit("disabled", item.disabled);
    visit("created_at", item.createdAt);
    visit("rev", item.rev);
}

}  // namespace fields

std::string encode(const domain::Party& party) { return fields::written(party); }

template <>
Result<domain::Party> decode<domain::Party>(std::string_view record) {
    return fields::readBack<domain::Party>(record);
}

}  // namespace tickmark::ledger

#include "ledger/record/Reader.h"
#include "ledger/record/Writer.h"
#include "tickmark/ledger/Record.h"

namespace tickmark::ledger {
namespace fields {

template <class Visitor, Is<domain::Clause> Item>
void members(Visitor& visit, Item& item) {
    visit("code", item.code);
    visit("parent", item.parent);
    visit("title", item.title);
}

template <class Visitor, Is<domain::Catalog> Item>
void members(Visitor& visit, Item& item) {
    visit("id", item.id);
    visit("code", item.code);
    visit("title", item.title);
    visit("version", item.version);
    visit("source", item.source);
    visit("clauses", item.clauses);
    visit("rev", item.rev);
}

}  // namespace fields

std::string encode(const domain::Catalog& catalog) { return fields::written(catalog); }

template <>
Result<domain::Catalog> decode<domain::Catalog>(std::string_view record) {
    return fields::readBack<domain::Catalog>(record);
}

}  // namespace tickmark::ledger

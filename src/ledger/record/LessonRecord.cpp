#include "ledger/record/Reader.h"
#include "ledger/record/Writer.h"
#include "tickmark/ledger/Record.h"

namespace tickmark::ledger {
namespace fields {

template <class Visitor, Is<domain::LessonScope> Item>
void members(Visitor& visit, Item& item) {
    visit("processes", item.processes);
    visit("services", item.services);
    visit("clauses", item.clauses);
    visit("tags", item.tags);
}

template <class Visitor, Is<domain::LessonRetraction> Item>
void members(Visitor& visit, Item& item) {
    visit("by", item.by);
    visit("at", item.at);
    visit("reason", item.reason);
}

template <class Visitor, Is<domain::Lesson> Item>
void members(Visitor& visit, Item& item) {
    visit("id", item.id);
    visit("ref", item.ref);
    visit("kind", item.kind);
    visit("title", item.title);
    visit("happened", item.happened);
    visit("advice", item.advice);
    visit("applies_to", item.appliesTo);
    visit("improvement", item.improvement);
    visit("finding", item.finding);
    visit("audit", item.audit);
    visit("author", item.author);
    visit("at", item.at);
    visit("retraction", item.retraction);
    visit("rev", item.rev);
}

}  // namespace fields

std::string encode(const domain::Lesson& lesson) { return fields::written(lesson); }

template <>
Result<domain::Lesson> decode<domain::Lesson>(std::string_view record) {
    return fields::readBack<domain::Lesson>(record);
}

}  // namespace tickmark::ledger

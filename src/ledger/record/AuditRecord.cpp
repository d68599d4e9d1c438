#include "ledger/record/Reader.h"
#include "ledger/record/Writer.h"
#include "tickmark/ledger/Record.h"

namespace tickmark::ledger {
namespace fields {

template <class Visitor, Is<domain::TeamMember> Item>
void members(Visitor& visit, Item& item) {
    visit("party", item.party);
    visit("lead", item.lead);
    visit("impartiality", item.impartiality);
}

template <class Visitor, Is<domain::Sample> Item>
void members(Visitor& visit, Item& item) {
    visit("population", item.population);
    visit("method", item.method);
    visit("size", item.size);
    visit("looked_at", item.lookedAt);
}

template <class Visitor, Is<domain::ChecklistItem> Item>
void members(Visitor& visit, Item& item) {
    visit("clause", item.clause);
    visit("question", item.question);
    visit("note", item.note);
    visit("sample", item.sample);
    visit("row", item.row);
    visit("result", item.result);
    visit("reason", item.reason);
    visit("findings", item.findings);
    visit("evidence", item.evidence);
    visit("by", item.by);
    visit("at", item.at);
    visit("rev", item.rev);
}

template <class Visitor, Is<domain::AuditShare> Item>
void members(Visitor& visit, Item& item) {
    visit("party", item.party);
    visit("until", item.until);
}

template <class Visitor, Is<domain::Audit> Item>
void members(Visitor& visit, Item& item) {
    visit("id", item.id);
    visit("ref", item.ref);
    visit("title", item.title);
    visit("programme", item.programme);
    visit("type", item.type);
    visit("state", item.state);
    visit("auditee", item.auditee);
    visit("catalog", item.catalog);
    visit("criteria", item.criteria);
    visit("scope", item.scope);
    visit("sites", item.sites);
    visit("from", item.from);
    visit("to", item.to);
    visit("plan", item.plan);
    visit("conclusion", item.conclusion);
    visit("team", item.team);
    visit("checklist", item.checklist);
    visit("shares", item.shares);
    visit("created_at", item.createdAt);
    visit("rev", item.rev);
}

}  // namespace fields

std::string encode(const domain::Audit& audit) { return fields::written(audit); }

template <>
Result<domain::Audit> decode<domain::Audit>(std::string_view record) {
    return fields::readBack<domain::Audit>(record);
}

}  // namespace tickmark::ledger

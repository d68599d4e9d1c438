#include "ledger/record/Reader.h"
#include "ledger/record/Writer.h"
#include "tickmark/ledger/Record.h"

namespace tickmark::ledger {
namespace fields {

template <class Visitor, Is<domain::ClassChange> Item>
void members(Visitor& visit, Item& item) {
    visit("from", item.from);
    visit("to", item.to);
    visit("reason", item.reason);
    visit("by", item.by);
    visit("at", item.at);
}

template <class Visitor, Is<domain::FishboneCause> Item>
void members(Visitor& visit, Item& item) {
    visit("branch", item.branch);
    visit("cause", item.cause);
}

template <class Visitor, Is<domain::RootCause> Item>
void members(Visitor& visit, Item& item) {
    visit("code", item.code);
    visit("text", item.text);
}

template <class Visitor, Is<domain::ExtentPlace> Item>
void members(Visitor& visit, Item& item) {
    visit("kind", item.kind);
    visit("place", item.place);
    visit("looked_at", item.lookedAt);
    visit("sample", item.sample);
    visit("population", item.population);
    visit("found", item.found);
    visit("evidence", item.evidence);
    visit("answer", item.answer);
}

template <class Visitor, Is<domain::Response> Item>
void members(Visitor& visit, Item& item) {
    visit("round", item.round);
    visit("correction", item.correction);
    visit("extent", item.extent);
    visit("extent_places", item.extentPlaces);
    visit("cause_method", item.causeMethod);
    visit("whys", item.whys);
    visit("fishbone", item.fishbone);
    visit("root_causes", item.rootCauses);
    visit("by", item.by);
    visit("at", item.at);
}

template <class Visitor, Is<domain::EffectivenessCheck> Item>
void members(Visitor& visit, Item& item) {
    visit("round", item.round);
    visit("criterion", item.criterion);
    visit("planned_on", item.plannedOn);
    visit("done_on", item.doneOn);
    visit("verdict", item.verdict);
    visit("note", item.note);
    visit("kpi_before", item.kpiBefore);
    visit("kpi_after", item.kpiAfter);
    visit("by", item.by);
}

template <class Visitor, Is<domain::Finding> Item>
void members(Visitor& visit, Item& item) {
    visit("id", item.id);
    visit("ref", item.ref);
    visit("audit", item.audit);
    visit("class", item.classCode);
    visit("state", item.state);
    visit("title", item.title);
    visit("clauses", item.clauses);
    visit("requirement", item.requirement);
    visit("objective_evidence", item.objectiveEvidence);
    visit("nature", item.nature);
    visit("extent", item.extent);
    visit("risk", item.risk);
    visit("process", item.process);
    visit("service", item.service);
    visit("owner", item.owner);
    visit("repeat_of", item.repeatOf);
    visit("source_ref", item.sourceRef);
    visit("response_due", item.responseDue);
    visit("close_due", item.closeDue);
    visit("round", item.round);
    visit("class_history", item.classHistory);
    visit("evidence", item.evidence);
    visit("responses", item.responses);
    visit("checks", item.checks);
    visit("created_by", item.createdBy);
    visit("created_at", item.createdAt);
    visit("changed_at", item.changedAt);
    visit("rev", item.rev);
}

}  // namespace fields

std::string encode(const domain::Finding& finding) { return fields::written(finding); }

template <>
Result<domain::Finding> decode<domain::Finding>(std::string_view record) {
    return fields::readBack<domain::Finding>(record);
}

}  // namespace tickmark::ledger

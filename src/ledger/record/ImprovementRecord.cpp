#include "ledger/record/ExtensionFields.h"
#include "ledger/record/Reader.h"
#include "ledger/record/Writer.h"
#include "tickmark/ledger/Record.h"

namespace tickmark::ledger {
namespace fields {

template <class Visitor, Is<domain::ImprovementLesson> Item>
void members(Visitor& visit, Item& item) {
    visit("kind", item.kind);
    visit("context", item.context);
    visit("insight", item.insight);
    visit("applies_to", item.appliesTo);
}

template <class Visitor, Is<domain::PlanApproval> Item>
void members(Visitor& visit, Item& item) {
    visit("by", item.by);
    visit("at", item.at);
}

template <class Visitor, Is<domain::ImprovementItem> Item>
void members(Visitor& visit, Item& item) {
    visit("id", item.id);
    visit("ref", item.ref);
    visit("source", item.source);
    visit("source_ref", item.sourceRef);
    visit("finding", item.finding);
    visit("state", item.state);
    visit("held_from", item.heldFrom);
    visit("title", item.title);
    visit("description", item.description);
    visit("process", item.process);
    visit("service", item.service);
    visit("objective", item.objective);
    visit("owner", item.owner);
    visit("value", item.value);
    visit("effort", item.effort);
    visit("cost", item.cost);
    visit("due", item.due);
    visit("kpi", item.kpi);
    visit("unit", item.unit);
    visit("baseline", item.baseline);
    visit("target", item.target);
    visit("analysis", item.analysis);
    visit("plan", item.plan);
    visit("approval", item.approval);
    visit("round", item.round);
    visit("progress", item.progress);
    visit("result", item.result);
    visit("outcome", item.outcome);
    visit("lesson", item.lesson);
    visit("evidence", item.evidence);
    visit("extensions", item.extensions);
    visit("created_by", item.createdBy);
    visit("created_at", item.createdAt);
    visit("changed_at", item.changedAt);
    visit("rev", item.rev);
}

}  // namespace fields

std::string encode(const domain::ImprovementItem& item) { return fields::written(item); }

template <>
Result<domain::ImprovementItem> decode<domain::ImprovementItem>(std::string_view record) {
    return fields::readBack<domain::ImprovementItem>(record);
}

}  // namespace tickmark::ledger

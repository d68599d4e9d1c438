// The members of an asked extension, which actions and improvement items keep alike.
#pragma once

#include "ledger/record/Values.h"
#include "tickmark/domain/Action.h"

namespace tickmark::ledger::fields {

template <class Visitor, Is<domain::ExtensionRequest> Item>
void members(Visitor& visit, Item& item) {
    visit("asked", item.asked);
    visit("reason", item.reason);
    visit("by", item.by);
    visit("at", item.at);
    visit("approved", item.approved);
    visit("decision_note", item.decisionNote);
    visit("decided_by", item.decidedBy);
}

}  // namespace tickmark::ledger::fields

#include "ledger/record/Reader.h"
#include "ledger/record/Writer.h"
#include "tickmark/ledger/Record.h"

namespace tickmark::ledger {
namespace fields {

template <class Visitor, Is<domain::Evidence> Item>
void members(Visitor& visit, Item& item) {
    visit("id", item.id);
    visit("ref", item.ref);
    visit("audit", item.audit);
    visit("title", item.title);
    visit("created_at", item.createdAt);
    visit("rev", item.rev);
}

template <class Visitor, Is<domain::EvidenceVersion> Item>
void members(Visitor& visit, Item& item) {
    visit("id", item.id);
    visit("evidence", item.evidence);
    visit("ref", item.ref);
    visit("audit", item.audit);
    visit("number", item.number);
    visit("sha256", item.digest);
    visit("size", item.size);
    visit("media_type", item.mediaType);
    visit("original_name", item.originalName);
    visit("source", item.source);
    visit("collected_at", item.collectedAt);
    visit("period_from", item.periodFrom);
    visit("period_to", item.periodTo);
    visit("valid_until", item.validUntil);
    visit("confidentiality", item.confidentiality);
    visit("redaction_of", item.redactionOf);
    visit("state", item.state);
    visit("state_reason", item.stateReason);
    visit("withdrawal_proposed_by", item.withdrawalProposedBy);
    visit("received_by", item.receivedBy);
    visit("received_at", item.receivedAt);
    visit("ledger_position", item.ledgerPosition);
    visit("rev", item.rev);
}

template <class Visitor, Is<domain::EvidenceRequest> Item>
void members(Visitor& visit, Item& item) {
    visit("id", item.id);
    visit("ref", item.ref);
    visit("audit", item.audit);
    visit("finding", item.finding);
    visit("state", item.state);
    visit("text", item.text);
    visit("items", item.items);
    visit("assignee", item.assignee);
    visit("due", item.due);
    visit("return_note", item.returnNote);
    visit("evidence", item.evidence);
    visit("created_at", item.createdAt);
    visit("rev", item.rev);
}

}  // namespace fields

std::string encode(const domain::Evidence& evidence) { return fields::written(evidence); }

template <>
Result<domain::Evidence> decode<domain::Evidence>(std::string_view record) {
    return fields::readBack<domain::Evidence>(record);
}

std::string encode(const domain::EvidenceVersion& version) { return fields::written(version); }

template <>
Result<domain::EvidenceVersion> decode<domain::EvidenceVersion>(std::string_view record) {
    return fields::readBack<domain::EvidenceVersion>(record);
}

std::string encode(const domain::EvidenceRequest& request) { return fields::written(request); }

template <>
Result<domain::EvidenceRequest> decode<domain::EvidenceRequest>(std::string_view record) {
    return fields::readBack<domain::EvidenceRequest>(record);
}

}  // namespace tickmark::ledger

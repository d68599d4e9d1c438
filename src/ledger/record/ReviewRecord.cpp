#include "ledger/record/Reader.h"
#include "ledger/record/Writer.h"
#include "tickmark/ledger/Record.h"

namespace tickmark::ledger {
namespace fields {

template <class Visitor, Is<domain::ReviewNote> Item>
void members(Visitor& visit, Item& item) {
    visit("topic", item.topic);
    visit("text", item.text);
}

template <class Visitor, Is<domain::ReviewDecision> Item>
void members(Visitor& visit, Item& item) {
    visit("text", item.text);
    visit("owner", item.owner);
    visit("due", item.due);
    visit("item", item.item);
}

template <class Visitor, Is<domain::ManagementReview> Item>
void members(Visitor& visit, Item& item) {
    visit("id", item.id);
    visit("ref", item.ref);
    visit("state", item.state);
    visit("title", item.title);
    visit("day", item.day);
    visit("from", item.from);
    visit("to", item.to);
    visit("chair", item.chair);
    visit("participants", item.participants);
    visit("notes", item.notes);
    visit("conclusions", item.conclusions);
    visit("decisions", item.decisions);
    visit("inputs", item.inputs);
    visit("inputs_sha256", item.inputsDigest);
    visit("held_at", item.heldAt);
    visit("writers", item.writers);
    visit("approved_by", item.approvedBy);
    visit("approved_at", item.approvedAt);
    visit("comment", item.comment);
    visit("bundle", item.bundle);
    visit("bundle_sha256", item.bundleDigest);
    visit("bundle_size", item.bundleSize);
    visit("created_by", item.createdBy);
    visit("created_at", item.createdAt);
    visit("rev", item.rev);
}

}  // namespace fields

std::string encode(const domain::ManagementReview& review) { return fields::written(review); }

template <>
Result<domain::ManagementReview> decode<domain::ManagementReview>(std::string_view record) {
    return fields::readBack<domain::ManagementReview>(record);
}

}  // namespace tickmark::ledger

#include "ledger/record/Reader.h"
#include "ledger/record/Writer.h"
#include "tickmark/ledger/Record.h"

namespace tickmark::ledger {
namespace fields {

template <class Visitor, Is<domain::Feedback> Item>
void members(Visitor& visit, Item& item) {
    visit("id", item.id);
    visit("ref", item.ref);
    visit("state", item.state);
    visit("from", item.from);
    visit("kind", item.kind);
    visit("severity", item.severity);
    visit("given_by", item.givenBy);
    visit("received_on", item.received);
    visit("channel", item.channel);
    visit("service", item.service);
    visit("process", item.process);
    visit("text", item.text);
    visit("answer", item.answer);
    visit("reason", item.reason);
    visit("item", item.item);
    visit("created_by", item.createdBy);
    visit("created_at", item.createdAt);
    visit("changed_at", item.changedAt);
    visit("rev", item.rev);
}

template <class Visitor, Is<domain::ServiceLevel> Item>
void members(Visitor& visit, Item& item) {
    visit("text", item.text);
    visit("kpi", item.kpi);
    visit("value", item.value);
    visit("target", item.target);
    visit("met", item.met);
}

template <class Visitor, Is<domain::ServiceReviewPoint> Item>
void members(Visitor& visit, Item& item) {
    visit("text", item.text);
    visit("owner", item.owner);
    visit("due", item.due);
    visit("decision", item.decision);
    visit("item", item.item);
    visit("reason", item.reason);
}

template <class Visitor, Is<domain::ServiceReview> Item>
void members(Visitor& visit, Item& item) {
    visit("id", item.id);
    visit("ref", item.ref);
    visit("state", item.state);
    visit("service", item.service);
    visit("side", item.side);
    visit("counterpart", item.counterpart);
    visit("date", item.date);
    visit("from", item.from);
    visit("to", item.to);
    visit("attendees", item.attendees);
    visit("levels", item.levels);
    visit("points", item.points);
    visit("created_by", item.createdBy);
    visit("created_at", item.createdAt);
    visit("changed_at", item.changedAt);
    visit("rev", item.rev);
}

}  // namespace fields

std::string encode(const domain::Feedback& feedback) { return fields::written(feedback); }
std::string encode(const domain::ServiceReview& review) { return fields::written(review); }

template <>
Result<domain::Feedback> decode<domain::Feedback>(std::string_view record) {
    return fields::readBack<domain::Feedback>(record);
}
template <>
Result<domain::ServiceReview> decode<domain::ServiceReview>(std::string_view record) {
    return fields::readBack<domain::ServiceReview>(record);
}

}  // namespace tickmark::ledger

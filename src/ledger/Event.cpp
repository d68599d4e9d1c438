#include "tickmark/ledger/Event.h"

namespace tickmark::ledger {
namespace {

constexpr std::int64_t eventVersion = 1;

Error badEvent(const std::string& member, const std::string& problem) {
    return invalid("event", member, "This is not a ledger event: " + problem + ".");
}

bool isEmptyFacts(const codec::Json& facts) {
    return facts.isNull() || (facts.members() != nullptr && facts.members()->empty());
}

void setText(codec::Json& object, std::string_view name, const std::string& text) {
    if (!text.empty()) object.set(name, text);
}

Result<void> readParts(codec::JsonReader& reader, Event& event) {
    TM_TRY(event.at, Timestamp::parse(reader.text("at")));
    if (reader.has("record")) {
        TM_TRY(event.record, Digest::parse(reader.text("record")));
    }
    const codec::Json* facts = reader.member("facts");
    if (facts != nullptr) event.facts = *facts;
    return {};
}

}  // namespace

std::string Event::leaf() const {
    codec::Json object = codec::Json::object();
    object.set("v", eventVersion);
    object.set("at", at.iso());
    setText(object, "actor", actor);
    setText(object, "role", role);
    setText(object, "via", via);
    setText(object, "kind", kind);
    setText(object, "subject", subject);
    setText(object, "ref", ref);
    if (rev != 0) object.set("rev", rev);
    if (record) object.set("record", record->hex());
    if (!isEmptyFacts(facts)) object.set("facts", facts);
    return codec::canonicalJson(object);
}

Result<Event> Event::parse(std::string_view leaf) {
    auto json = codec::parseJson(leaf);
    if (!json || json->members() == nullptr) return badEvent("", "it is not one JSON object");
    codec::JsonReader reader(*json);
    Event event;
    if (!readParts(reader, event)) return badEvent("", "its time or its record's digest is not well formed");
    event.actor = reader.text("actor");
    event.kind = reader.text("kind");
    event.role = reader.textOr("role", "");
    event.via = reader.textOr("via", "");
    event.subject = reader.textOr("subject", "");
    event.ref = reader.textOr("ref", "");
    event.rev = reader.integerOr("rev", 0);
    const std::int64_t version = reader.integer("v");
    if (auto finished = reader.finish(); !finished) {
        const Error& error = finished.error();
        const Error& first = error.parts.empty() ? error : error.parts.front();
        return badEvent(first.field, describe(first));
    }
    if (version != eventVersion) return badEvent("v", "its version is not known here");
    if (!event.facts.isNull() && event.facts.members() == nullptr)
        return badEvent("facts", "facts is no object");
    // One event has one spelling: the tree is hashed over these bytes, so another spelling is another leaf.
    if (event.leaf() != leaf) return badEvent("", "it is not in canonical form");
    return event;
}

Event eventBy(const domain::Actor& actor, Timestamp at, std::string kind) {
    Event event;
    event.at = at;
    event.actor = actor.account;
    event.role = domain::roleCode(actor.role);
    event.via = actor.via;
    event.kind = std::move(kind);
    return event;
}

}  // namespace tickmark::ledger

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

/// Appends the members of one object that come already sorted (RFC 8785 section 3.2.3): a leaf is written for
/// every change, and building an object first costs several times as much.
class LeafText {
  public:
    void text(std::string_view name, std::string_view value) {
        if (value.empty()) return;
        begin(name);
        codec::appendJsonString(m_text, value);
    }
    void json(std::string_view name, const codec::Json& value) {
        begin(name);
        m_text += codec::canonicalJson(value);
    }
    [[nodiscard]] std::string finish() {
        m_text += '}';
        return std::move(m_text);
    }

  private:
    void begin(std::string_view name) {
        m_text += m_text.empty() ? '{' : ',';
        codec::appendJsonString(m_text, name);
        m_text += ':';
    }
    std::string m_text{};
};

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
    LeafText leaf;
    leaf.text("actor", actor);
    leaf.text("at", at.iso());
    if (!isEmptyFacts(facts)) leaf.json("facts", facts);
    leaf.text("kind", kind);
    if (record) leaf.text("record", record->hex());
    leaf.text("ref", ref);
    if (rev != 0) leaf.json("rev", rev);
    leaf.text("role", role);
    leaf.text("subject", subject);
    leaf.json("v", eventVersion);
    leaf.text("via", via);
    return leaf.finish();
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

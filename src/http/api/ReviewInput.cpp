#include "http/api/ReviewInput.h"

namespace tickmark::http::api {

using codec::Json;

namespace {

app::DecisionDraft readDecision(codec::JsonReader& outer, const Json& body, std::size_t index) {
    codec::JsonReader reader(body, "decisions[" + std::to_string(index) + "].");
    app::DecisionDraft decision;
    decision.text = reader.text("text");
    decision.owner = reader.textOr("owner", "");
    decision.due = dateOf(reader, "due");
    const auto read = reader.finish();
    if (!read) outer.complain(read.error());
    return decision;
}

/// Notes by topic: {"risks":"…"}.
std::vector<domain::ReviewNote> readNotes(codec::JsonReader& reader) {
    std::vector<domain::ReviewNote> notes;
    const Json* given = reader.member("notes");
    if (given == nullptr) return notes;
    if (given->members() == nullptr) {
        reader.complain(invalid("wrong-type", "notes", "This must be an object.",
                                "Send one text for each topic, by the topic's name."));
        return notes;
    }
    for (const auto& [name, text] : *given->members()) {
        const auto topic = domain::reviewTopicFrom(name);
        if (!topic || text.text() == nullptr) {
            reader.complain(invalid("unknown-word", "notes." + name, "This is no note on a topic.",
                                    "Send a text under a topic of the review's inputs."));
            continue;
        }
        notes.push_back({*topic, *text.text()});
    }
    return notes;
}

}  // namespace

Result<app::ReviewDraft> readReviewDraft(const Json& body) {
    codec::JsonReader reader(body);
    app::ReviewDraft draft;
    draft.title = reader.text("title");
    draft.day = dateOf(reader, "day");
    draft.from = dateOf(reader, "from");
    draft.to = dateOf(reader, "to");
    draft.chair = reader.textOr("chair", "");
    draft.participants = reader.textsOr("participants", {});
    draft.notes = readNotes(reader);
    draft.conclusions = reader.textOr("conclusions", "");
    const std::vector<Json> decisions = reader.arrayOr("decisions");
    for (std::size_t i = 0; i < decisions.size(); ++i) {
        if (decisions[i].members() == nullptr) {
            reader.complain(invalid("wrong-type", "decisions[" + std::to_string(i) + "]",
                                    "This must be an object.", "Send text, owner and due in it."));
            continue;
        }
        draft.decisions.push_back(readDecision(reader, decisions[i], i));
    }
    TM_CHECK(reader.finish());
    return draft;
}

}  // namespace tickmark::http::api

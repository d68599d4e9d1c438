#include "http/pages/ReviewParts.h"

#include "http/pages/Listing.h"
#include "http/pages/Parts.h"

namespace tickmark::http::pages {
namespace {

using codec::Json;

std::string basisWords(std::string_view basis, const std::string& day) {
    if (basis == "day") return "As it stood at the end of " + day + ".";
    if (basis == "mixed") return "Computed for " + day + ".";
    return {};
}

void putTable(view::Model& part, const Json& topic) {
    const Json::Array* rows = topic.find("rows")->items();
    if (topic.textAt("basis") == "text") return;
    if (rows->empty()) {
        part.add("NOTHING");
        return;
    }
    view::Model& table = part.add("TABLE");
    const Json::Array& columns = *topic.find("columns")->items();
    for (const Json& column : columns) table.add("COLUMN").say("WORD", *column.text());
    for (const Json& cells : *rows) {
        view::Model& row = table.add("LINE");
        std::size_t at = 0;
        for (const Json& cell : *cells.items())
            row.add("CELL").set("TEXT", *cell.text()).say("WORD", *columns[at++].text());
    }
}

void putTopics(view::Model& model, const app::ReviewView& view) {
    const std::string day(view.inputs.textAt("as_of"));
    for (const Json& topic : *view.inputs.find("topics")->items()) {
        view::Model& part = model.add("TOPIC");
        part.say("WORD", std::string(topic.textAt("title")));
        part.sayIf("BASIS", basisWords(topic.textAt("basis"), day));
        part.sayIf("REMARK", std::string(topic.textAt("note")));
        putTable(part, topic);
        std::string said;
        for (const auto& note : view.review.notes) {
            if (domain::toText(note.topic) == topic.textAt("topic")) said = note.text;
        }
        part.setIf("NOTE", said);
        part.showIf(said.empty() && topic.textAt("basis") == "text", "NOT_WRITTEN");
    }
}

void putDecisions(WebApp& web, const Request& request, view::Model& model, const app::ReviewView& view) {
    const auto& decisions = view.review.decisions;
    model.showIf(decisions.empty(), "NO_DECISION");
    if (decisions.empty()) return;
    view::Model& table = model.add("DECISIONS");
    for (std::size_t i = 0; i < decisions.size(); ++i) {
        const domain::ReviewDecision& decision = decisions[i];
        view::Model& row = table.add("DECISION");
        row.set("NUMBER", std::to_string(i + 1)).set("WORDS", decision.text);
        row.set("OWNER", nameOf(view.parties, decision.owner)).set("DUE", isoOf(decision.due));
        if (!decision.item.empty()) {
            putItemLink(web, request, row, "BECAME", decision.item);
        } else {
            row.showIf(view.mayFollowUp, "MAY_FOLLOW_UP").showIf(!view.mayFollowUp, "NO_ITEM");
        }
    }
}

/// "review.hold" in words.
std::string deedOf(const ledger::Event& event) {
    if (event.kind == "review.plan") return "Planned";
    if (event.kind == "review.edit") return "Written";
    if (event.kind == "review.follow-up") {
        return "Decision " + std::to_string(event.facts.integerAt("decision")) + " became " +
               std::string(event.facts.textAt("improvement"));
    }
    if (event.kind == "review.return") return "Minutes returned";
    if (event.kind == "review.seal") return "Minutes sealed as " + std::string(event.facts.textAt("bundle"));
    if (const auto state = domain::reviewStateFrom(event.facts.textAt("to")))
        return std::string(domain::titleOf(*state));
    return event.kind;
}

}  // namespace

void putMinutes(WebApp& web, const Request& request, view::Model& model, const app::ReviewView& view) {
    const domain::ManagementReview& review = view.review;
    model.set("REF", review.ref.text()).set("NAME", review.title).set("REV", std::to_string(review.rev));
    model.set("DAY", isoOf(review.day)).setIf("PERIOD", periodText(review.from, review.to));
    model.setIf("CHAIR", review.chair).setIf("CONCLUSIONS", review.conclusions);
    model.setIf("COMMENT", review.comment);
    for (const std::string& one : review.participants) model.add("PARTICIPANT").set("WHO", one);
    model.showIf(review.inputs.empty(), "LIVE");
    if (!review.inputs.empty()) {
        model.add("FROZEN").setLogged("AT", *review.heldAt).set("SHA256", review.inputsDigest.hex());
    }
    if (review.approvedAt) {
        model.add("APPROVED")
            .set("WHO", nameOf(view.parties, review.approvedBy))
            .setLogged("AT", *review.approvedAt);
    }
    putTopics(model, view);
    putDecisions(web, request, model, view);
}

void putReviewHistory(view::Model& model, domain::Role role, const app::ReviewView& view) {
    for (std::size_t i = view.history.size(); i-- > 0;) {
        const auto& line = view.history[i];
        view::Model& row = model.add("EVENT");
        row.setLogged("AT", line.event.at).say("WHAT", deedOf(line.event));
        row.set("WHO", line.event.actor);
        row.setIf("REASON", std::string(line.event.facts.textAt("reason")));
        putPosition(row, role, line.position);
    }
}

}  // namespace tickmark::http::pages

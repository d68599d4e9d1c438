#include "http/pages/ReviewParts.h"

#include <algorithm>
#include <array>

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

/// Where a reference in a column of this name leads; empty: it is no reference.
std::string linkOf(const std::string& column, const std::string& text) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> places{
        {{"Objective", "/objectives/"}, {"KPI", "/kpis/"}, {"Audit", "/audits/"}}};
    for (const auto& [name, place] : places) {
        if (column == name && !text.empty()) return std::string(place) + encoded(text);
    }
    return {};
}

void putCell(view::Model& row, const std::string& column, const std::string& text) {
    view::Model& cell = row.add("CELL");
    cell.set("TEXT", text).say("WORD", column);
    const std::string href = linkOf(column, text);
    cell.showIf(href.empty(), "PLAIN");
    if (!href.empty()) cell.add("LINK").set("HREF", href);
}

/// "4 rows", "written", "4 rows, with words", or nothing when the input is missing.
std::string filledWords(std::size_t rows, bool words) {
    if (rows == 0) return words ? view::said("written") : std::string();
    const std::string count = view::counted(static_cast<std::int64_t>(rows), "1 row", "{} rows");
    return words ? view::said("{}, with words", {count}) : count;
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
        for (const Json& cell : *cells.items()) putCell(row, *columns[at++].text(), *cell.text());
    }
}

void putTopics(view::Model& model, const app::ReviewView& view) {
    const std::string day(view.inputs.textAt("as_of"));
    std::vector<std::string> missing;
    const Json::Array& topics = *view.inputs.find("topics")->items();
    for (const Json& topic : topics) {
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
        const Json* rows = topic.find("rows");
        const std::string filled = filledWords(rows == nullptr ? 0 : rows->items()->size(), !said.empty());
        part.set("CODE", std::string(topic.textAt("topic"))).setIf("FILLED", filled);
        part.showIf(filled.empty(), "MISSING");
        if (filled.empty()) missing.push_back(view::said(std::string(topic.textAt("title"))));
    }
    model.set("INPUTS_FILLED",
              view::said("{} of {} inputs filled",
                         {std::to_string(topics.size() - missing.size()), std::to_string(topics.size())}));
    if (missing.empty() || view.review.state != domain::ReviewState::Planned) return;
    view::Model& banner = model.add("MISSING_INPUTS");
    for (const std::string& word : missing) banner.add("INPUT").set("WORD", word);
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

void putReviewWay(view::Model& model, const app::ReviewView& view) {
    using domain::ReviewState;
    view::Model& part = model.include("STEPPER", "parts/stepper.html");
    std::vector<ReviewState> way{ReviewState::Planned, ReviewState::Held, ReviewState::Submitted,
                                 ReviewState::Approved, ReviewState::Closed};
    const ReviewState state = view.review.state;
    const auto reached = [&view](ReviewState at) {
        const auto last = std::find_if(view.history.rbegin(), view.history.rend(), [at](const auto& line) {
            const bool planned = at == ReviewState::Planned && line.event.kind == "review.plan";
            return planned || line.event.facts.textAt("to") == domain::toText(at);
        });
        return last == view.history.rend() ? std::string() : Date::of(last->event.at).iso();
    };
    if (state == ReviewState::Cancelled) {
        std::erase_if(way, [&](ReviewState at) { return reached(at).empty(); });
        way.push_back(state);
    }
    const auto now = std::find(way.begin(), way.end(), state);
    for (auto at = way.begin(); at != way.end(); ++at) {
        const bool ended = state == ReviewState::Closed || state == ReviewState::Cancelled;
        view::Model& row = part.add("STATE");
        row.say("WORD", std::string(domain::titleOf(*at)));
        row.set("CLASS", at < now || (at == now && ended) ? "done" : (at == now ? "now" : "later"));
        row.set("GLYPH",
                at == now ? std::string(view::statusOf("review", domain::toText(*at)).glyph) : "i-tick");
        row.showIf(at == now, "CURRENT").showIf(at > now, "LATER").showIf(at <= now, "REACHED");
        row.set("NUMBER", std::to_string(at - way.begin() + 1));
        row.set("NOTE", at > now ? std::string() : reached(*at));
    }
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

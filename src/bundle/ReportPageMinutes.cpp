// data/report.html of a management review.
#include "bundle/ReportPage.h"
#include "bundle/ReportPageParts.h"

namespace tickmark::bundle {
namespace {

using codec::Json;

const Json::Array& listAt(const Json& object, std::string_view name) {
    static const Json::Array none;
    const Json* list = object.find(name);
    return list == nullptr || list->items() == nullptr ? none : *list->items();
}

/// Both texts are written by the caller as canonical JSON.
Json readText(const std::string& text) {
    auto json = codec::parseJson(text);
    return json ? *std::move(json) : Json::object();
}

void tableHead(Markup& out, const Json::Array& columns) {
    out.open("table").open("thead").open("tr");
    for (const Json& column : columns) out.element("th", *column.text());
    out.close("tr").close("thead").open("tbody");
}

void topic(Markup& out, const Json& one, const Json& minutes) {
    out.element("h3", one.textAt("title"));
    if (!one.textAt("note").empty()) out.element("p", one.textAt("note"), " class=\"lead\"");
    const Json::Array& rows = listAt(one, "rows");
    if (!rows.empty()) {
        tableHead(out, listAt(one, "columns"));
        for (const Json& row : rows) {
            out.open("tr");
            for (const Json& cell : *row.items()) out.element("td", *cell.text());
            out.close("tr");
        }
        out.close("tbody").close("table");
    }
    for (const Json& note : listAt(minutes, "notes")) {
        if (note.textAt("topic") == one.textAt("topic")) out.paragraphs(note.textAt("text"));
    }
}

void facts(Markup& out, const Json& minutes) {
    out.open("dl").fact("Review", minutes.textAt("ref")).fact("Date", minutes.textAt("day"));
    out.fact("Period from", minutes.textAt("from")).fact("Period to", minutes.textAt("to"));
    out.fact("Chair", minutes.textAt("chair"));
    for (const Json& one : listAt(minutes, "participants")) out.fact("Participant", *one.text());
    out.fact("Inputs frozen", minutes.textAt("held_at"));
    for (const Json& one : listAt(minutes, "writers")) out.fact("Written by", *one.text());
    out.fact("Approved by", minutes.textAt("approved_by"));
    out.fact("Approved", minutes.textAt("approved_at")).close("dl");
}

void decisions(Markup& out, const Json& minutes) {
    out.element("h2", "Decisions");
    const Json::Array& list = listAt(minutes, "decisions");
    if (list.empty()) out.element("p", "No decision was taken.");
    if (list.empty()) return;
    tableHead(out, {"Decision", "Owner", "Due", "Improvement"});
    for (const Json& one : list) {
        out.open("tr");
        for (const char* name : {"text", "owner", "due", "improvement"}) out.element("td", one.textAt(name));
        out.close("tr");
    }
    out.close("tbody").close("table");
}

}  // namespace

std::string minutesPage(const Content& content) {
    const Json inputs = readText(content.review->inputs);
    const Json minutes = readText(content.review->minutes);
    Markup out;
    page::begin(out, content.bundle.ref.text() + " " + content.review->title);
    out.element("h1", "Minutes: " + content.review->title);
    out.element("p", content.organisation + ", management review, sealed as " + content.bundle.ref.text(),
                " class=\"lead\"");
    facts(out, minutes);
    out.element("h2", "Conclusions").paragraphs(minutes.textAt("conclusions"));
    decisions(out, minutes);
    out.element("h2", "Inputs as of " + std::string(inputs.textAt("as_of")));
    for (const Json& one : listAt(inputs, "topics")) topic(out, one, minutes);
    page::end(out, content);
    return out.take();
}

}  // namespace tickmark::bundle

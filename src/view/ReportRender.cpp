// The report's document: data into the templates, the frame around them.
#include <array>

#include "tickmark/crypto/Sha256.h"
#include "tickmark/embedded/report.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/view/Page.h"
#include "tickmark/view/ParetoChart.h"
#include "tickmark/view/ReportFields.h"
#include "tickmark/view/ReportTemplates.h"
#include "view/Engine.h"
#include "view/ReportMarkers.h"

namespace tickmark::view {
namespace {

using codec::Json;

constexpr std::string_view body = "report/body.html";

/// The template with its parts in it. Parts are put in as text, so that they see what their place sees.
std::string expanded(const ReportTemplates& templates, const std::string& file, int depth) {
    const auto found = templates.find(file);
    if (found == templates.end() || depth > 20) return {};
    const std::string& text = found->second;
    std::string out;
    std::size_t at = depth == 0 ? 0 : escapingPragma.size();
    for (const Marker& marker : markersIn(text)) {
        if (marker.kind != MarkerKind::Include || marker.name == chartInclude) continue;
        out.append(text, at, marker.begin - at);
        out += expanded(templates, partFile(marker.name), depth + 1);
        at = marker.end;
    }
    if (at < text.size()) out.append(text, at, std::string::npos);
    return out;
}

void putChart(Model& model, const Json& chart, const std::string& id) {
    std::vector<ParetoBar> bars;
    const Json* given = chart.find("bars");
    if (given == nullptr || given->items() == nullptr) return;
    for (const Json& bar : *given->items()) {
        bars.push_back({std::string(bar.textAt("label")), bar.integerAt("count"), {}});
    }
    putPareto(model, id, chart.textAt("caption"), bars);
}

void fill(Model& model, const Json& object, const std::string& front);

void fillList(Model& model, const Json& list, const ReportField& field) {
    const std::string name = templateName(field.path);
    const auto& items = *list.items();
    model.show((items.empty() ? "NO_" : "HAS_") + name);
    std::size_t number = 0;
    for (const Json& item : items) {
        Model& row = model.add(name);
        if (field.path == "charts") putChart(row, item, "chart" + std::to_string(++number));
        fill(row, item, std::string(field.path) + ".");
    }
}

void fillText(Model& model, const std::string& name, const std::string& text) {
    model.set(name, text).show((text.empty() ? "NO_" : "HAS_") + name);
}

void fillFlag(Model& model, const std::string& name, const Json* value) {
    const bool on = value != nullptr && value->boolean() != nullptr && *value->boolean();
    model.show(on ? name : "NOT_" + name);
}

/// One field, with an empty text or list when the data has none, so that a name never means the field of an
/// outer list.
void fillField(Model& model, const Json& object, const ReportField& field, std::string_view key) {
    static const Json noItems = Json::array();
    const std::string name = templateName(field.path);
    const Json* value = object.find(key);
    switch (field.kind) {
        case ReportFieldKind::Text:
            return fillText(model, name, std::string(object.textAt(key)));
        case ReportFieldKind::Flag:
            return fillFlag(model, name, value);
        case ReportFieldKind::List:
            return fillList(model, value != nullptr && value->items() != nullptr ? *value : noItems, field);
        case ReportFieldKind::Chart:
            return;  // an include, filled with its list
    }
}

/// Every field that the model has at this place.
void fill(Model& model, const Json& object, const std::string& front) {
    for (const ReportField& field : reportFields()) {
        if (!field.path.starts_with(front)) continue;
        const std::string_view key = field.path.substr(front.size());
        if (key.find('.') == std::string_view::npos) fillField(model, object, field, key);
    }
}

std::string escapedHtml(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

/// A CSS string: everything but plain letters and digits is written as its number.
std::string cssString(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == ' ' || c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
        if (plain) {
            out += c;
            continue;
        }
        const auto code = static_cast<unsigned char>(c);
        out += '\\';
        out += digits[code >> 4U];
        out += digits[code & 15U];
        out += ' ';
    }
    return out + "\"";
}

/// Reference, digest and number stand on every page, whatever the templates say.
std::string pageRules(const Json& data, const std::string& digest) {
    const std::string reference = std::string(data.textAt("reference")) + " - Audit report";
    const std::string state = "Digest of the data " + digest;
    return "\n@page{@bottom-left{content:" + cssString(reference) +
           "}@bottom-center{content:" + cssString(state) +
           "}@bottom-right{content:counter(page) \" of \" counter(pages)}}\n";
}

std::string shortOf(const std::string& digest) {
    const auto parsed = Digest::parse(digest);
    return parsed ? parsed->shortForm() : digest;
}

std::string bar(const ReportFrame& frame) {
    if (frame.backHref.empty()) return {};
    return "<a class=\"skip\" href=\"#main\">Skip to the report</a><nav class=\"bar\" "
           "aria-label=\"Report\"><a href=\"" +
           escapedHtml(frame.backHref) +
           "\">Back to the audit</a><span>A4. Black and white is enough. To print, use the "
           "browser\xE2\x80\x99s "
           "own command.</span><a class=\"button\" href=\"" +
           escapedHtml(frame.pdfHref) + "\">Download as PDF</a></nav>";
}

}  // namespace

Result<ReportDocument> renderJudged(const ReportTemplates& templates, const Json& data,
                                    const ReportFrame& frame) {
    Json shown = data;
    const std::string digest = reportDigest(data);
    shown.set("digest", digest).set("digest_short", shortOf(digest));
    Model model;
    fill(model, shown, {});
    TM_TRY(const std::string inside, renderOwn(body, expanded(templates, "report.html", 0), model));
    ReportDocument document;
    document.style = templates.find("report.css")->second + pageRules(data, shortOf(digest));
    document.html =
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width, initial-scale=1\"><title>" +
        escapedHtml(data.textAt("reference")) + " audit report</title><style>" + document.style +
        "</style></head><body>" + bar(frame) + "<main id=\"main\">" + inside + "</main></body></html>\n";
    return document;
}

ReportTemplates defaultReportTemplates() {
    ReportTemplates templates;
    for (const EmbeddedFile& file : embedded::report()) templates.emplace(file.name, file.text);
    return templates;
}

Result<ReportDocument> renderReport(const ReportTemplates& templates, const Json& data,
                                    const ReportFrame& frame) {
    // A firm's templates have one language; the program's own are English.
    const LanguageScope english(Language::English);
    const auto mistakes = checkReportTemplates(templates);
    if (mistakes.empty()) return renderJudged(templates, data, frame);
    Error error = invalid("report-template", "report_templates", "The report's templates cannot be used.",
                          "Run `tickmark report check FOLDER` and mend what it names.");
    for (const TemplateMistake& mistake : mistakes) {
        const std::string place =
            mistake.file + (mistake.line == 0 ? "" : ":" + std::to_string(mistake.line));
        error.parts.push_back(invalid(
            "report-template", mistake.field.empty() ? place : place + " " + mistake.field, mistake.message));
    }
    return error;
}

std::string reportDigest(const Json& data) { return crypto::Sha256::of(codec::canonicalJson(data)).hex(); }

}  // namespace tickmark::view

// Small things that the report's sections share.
#include "bundle/EntryNames.h"
#include "bundle/ReportPageParts.h"

namespace tickmark::bundle::page {

std::string dayOf(const std::optional<Date>& day) { return day ? day->iso() : std::string(); }

std::string momentOf(const Timestamp& moment) {
    const std::string iso = moment.iso();
    return iso.substr(0, 10) + " " + iso.substr(11, 8) + " UTC";
}

std::string joined(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + text;
    return out;
}

std::string grouped(std::uint64_t number) {
    const std::string digits = std::to_string(number);
    std::string text;
    for (std::size_t place = 0; place < digits.size(); ++place) {
        if (place > 0 && (digits.size() - place) % 3 == 0) text += ',';
        text += digits[place];
    }
    return text;
}

void openTable(Markup& out, const std::vector<std::string_view>& heads) {
    out.open("table").open("thead").open("tr");
    for (const std::string_view head : heads) out.element("th", head, " scope=\"col\"");
    out.close("tr").close("thead").open("tbody");
}

void closeTable(Markup& out) { out.close("tbody").close("table"); }

void cell(Markup& out, std::string_view column, std::string_view text) {
    if (text.empty()) {
        out.element("td", "");
    } else {
        out.element("td", text, " data-column=\"" + escaped(column) + "\"");
    }
}

void narrowCell(Markup& out, std::string_view column, std::string_view text) {
    out.element("td", text, " class=\"narrow\" data-column=\"" + escaped(column) + "\"");
}

std::string anchorOf(std::size_t place) { return "finding-" + std::to_string(place + 1); }

std::string classTitle(std::string_view code) {
    const domain::FindingClass* known = domain::findingClass(code);
    return std::string(known == nullptr ? code : known->title);
}

bool isOpen(domain::FindingState state) noexcept {
    return !domain::isFinal(state) && state != domain::FindingState::NoAction &&
           state != domain::FindingState::Converted;
}

namespace {

/// The file's name, as a link when it is in the bundle; below it the digest, or why it is not there.
void fileCell(Writing& writing, const domain::EvidenceVersion& version) {
    Markup& out = writing.out;
    out.open("td", " data-column=\"File\"");
    if (const RelativePath* path = writing.index.path(version.id)) {
        const std::string link = path->text().substr(entry::payloadFolder.size());
        out.element("a", version.originalName, " href=\"" + escaped(link) + "\"");
    } else {
        const std::string* reason = writing.index.withheldReason(version.id);
        out.element("span", version.originalName);
        out.element("p", "Withheld: " + (reason == nullptr ? std::string("no reason given") : *reason));
    }
    out.open("div").element("code", "SHA-256 " + version.digest.hex()).close("div").close("td");
}

}  // namespace

void evidenceRows(Writing& writing, const std::vector<domain::EvidenceVersionId>& versions) {
    Markup& out = writing.out;
    openTable(out, {"Version", "File and SHA-256", "Bytes", "Received", "Named by"});
    for (const auto id : versions) {
        const domain::EvidenceVersion* version = writing.index.version(id);
        if (version == nullptr) continue;
        out.open("tr");
        narrowCell(out, "Version", writing.index.versionName(id));
        fileCell(writing, *version);
        narrowCell(out, "Bytes", grouped(version->size));
        narrowCell(out, "Received", Date::of(version->receivedAt).iso());
        cell(out, "Named by", joined(writing.index.usedBy(id)));
        out.close("tr");
    }
    closeTable(out);
}

}  // namespace tickmark::bundle::page

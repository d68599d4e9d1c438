#include "bundle/ReportPage.h"

#include "bundle/ContentIndex.h"
#include "bundle/Markup.h"

namespace tickmark::bundle {
namespace {

constexpr std::string_view head = R"(<!DOCTYPE html>
<html lang="en" xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<style>
:root { color-scheme: light; }
body { font: 16px/1.55 Georgia, "Times New Roman", serif; color: #1b1f24; background: #fff; max-width: 52rem; margin: 0 auto; padding: 2.5rem 1.5rem; overflow-wrap: break-word; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .3rem; }
h2 { font-size: 1.35rem; border-bottom: 2px solid #1b1f24; padding-bottom: .2rem; margin: 2.6rem 0 1rem; }
h3 { font-size: 1.12rem; margin: 0 0 .6rem; }
h4 { font: 600 .78rem/1.4 system-ui, sans-serif; text-transform: uppercase; letter-spacing: .06em; color: #4a5361; margin: 1.1rem 0 .2rem; }
h2, h3, h4 { break-after: avoid; }
p { margin: .3rem 0; }
.lead { color: #4a5361; margin-bottom: 1.4rem; }
section.card { border: 1px solid #c9ced6; border-left: 5px solid #1f4e79; padding: 1rem 1.2rem; margin: 1.2rem 0; }
.tag { font: 600 .76rem/1 system-ui, sans-serif; border: 1px solid #4a5361; border-radius: 3px; padding: .18rem .4rem; margin-right: .35rem; white-space: nowrap; }
dl { display: grid; grid-template-columns: 11rem 1fr; gap: .2rem 1rem; margin: .5rem 0; }
dt { color: #4a5361; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: .6rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid #d9dde3; }
th { font: 600 .76rem/1.4 system-ui, sans-serif; color: #4a5361; }
thead { display: table-header-group; } tr { break-inside: avoid; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code { font: .8rem/1.4 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
footer { margin-top: 3rem; border-top: 1px solid #c9ced6; padding-top: .6rem; color: #4a5361; font-size: .85rem; }
@page { size: A4; margin: 18mm 16mm; }
@media print { body { font-size: 10.5pt; max-width: none; padding: 0; } }
@media screen and (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
</style>
)";

std::string dayOf(const std::optional<Date>& day) { return day ? day->iso() : std::string(); }

std::string joined(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + text;
    return out;
}

/// Writes the page's sections one after the other.
class Page {
  public:
    explicit Page(const Content& content) : m_content(content), m_index(content) {}
    std::string make();

  private:
    void auditHead();
    void findingCard(const domain::Finding& finding);
    void part(std::string_view title, std::string_view text);
    void responses(const domain::Finding& finding);
    void actions(domain::FindingId finding);
    void checks(const domain::Finding& finding);
    void requests();
    void evidenceTable();
    void withheldTable();
    [[nodiscard]] std::string names(const std::vector<domain::EvidenceVersionId>& versions) const;
    [[nodiscard]] std::string clauseText(const std::string& code) const;

    const Content& m_content;
    ContentIndex m_index;
    Markup m_out{};
};

std::string Page::names(const std::vector<domain::EvidenceVersionId>& versions) const {
    std::vector<std::string> texts;
    texts.reserve(versions.size());
    for (const auto version : versions) texts.push_back(m_index.versionName(version));
    return joined(texts);
}

std::string Page::clauseText(const std::string& code) const {
    const auto found = std::find_if(m_content.clauses.begin(), m_content.clauses.end(),
                                    [&](const auto& clause) { return clause.code == code; });
    return found == m_content.clauses.end() ? code : code + " " + found->title;
}

void Page::auditHead() {
    const domain::Audit& audit = m_content.audit;
    m_out.element("h1", m_content.bundle.title.empty() ? audit.title : m_content.bundle.title);
    m_out.element("p",
                  m_content.organisation + ". Evidence bundle " + m_content.bundle.ref.text() +
                      ", state of " + m_content.snapshotAt.iso(),
                  " class=\"lead\"");
    m_out.open("dl").fact("Audit", audit.ref.text() + " " + audit.title);
    m_out.fact("Type", titleOf(audit.type)).fact("State", titleOf(audit.state));
    m_out.fact("Programme", audit.programme).fact("Auditee", audit.auditee);
    m_out.fact("Criteria", audit.criteria).fact("Scope", audit.scope).fact("Sites", joined(audit.sites));
    m_out.fact("From", dayOf(audit.from)).fact("To", dayOf(audit.to));
    for (const auto& member : audit.team) {
        m_out.fact(member.lead ? "Lead auditor" : "Auditor",
                   m_index.personName(member.party) +
                       (member.impartiality.empty() ? "" : ". Impartiality: " + member.impartiality));
    }
    m_out.fact("Supersedes", m_content.bundle.supersedes.text()).close("dl");
    if (!audit.conclusion.empty()) m_out.element("h2", "Conclusion").paragraphs(audit.conclusion);
}

void Page::part(std::string_view title, std::string_view text) {
    if (!text.empty()) m_out.element("h4", title).paragraphs(text);
}

void Page::responses(const domain::Finding& finding) {
    for (const auto& response : finding.responses) {
        m_out.element("h4", "Response, round " + std::to_string(response.round));
        m_out.open("dl").fact("Correction", response.correction).fact("Extent", response.extent);
        m_out.fact("Cause found by", response.causeMethod);
        for (const auto& why : response.whys) m_out.fact("Why", why);
        for (const auto& bone : response.fishbone) m_out.fact("Cause, " + bone.branch, bone.cause);
        for (const auto& cause : response.rootCauses) m_out.fact("Root cause " + cause.code, cause.text);
        m_out.fact("By", m_index.personName(response.by)).fact("At", response.at.iso()).close("dl");
    }
}

void Page::actions(domain::FindingId finding) {
    std::vector<const domain::Action*> mine;
    for (const auto* action : inOrderOfReference(m_content.actions)) {
        if (action->finding == finding) mine.push_back(action);
    }
    if (mine.empty()) return;
    m_out.element("h4", "Actions").open("table").open("thead").open("tr");
    for (const auto* title : {"Action", "Kind", "Answers", "Owner", "Due", "Done", "State", "Evidence"}) {
        m_out.element("th", title);
    }
    m_out.close("tr").close("thead").open("tbody");
    for (const auto* action : mine) {
        const std::string owner =
            action->ownerRole.empty() ? m_index.personName(action->owner) : action->ownerRole;
        m_out.open("tr").element("td", action->ref.text() + " " + action->title);
        m_out.element("td", titleOf(action->kind)).element("td", action->rootCause).element("td", owner);
        m_out.element("td", dayOf(action->due)).element("td", dayOf(action->doneOn));
        m_out.element("td", titleOf(action->state)).element("td", names(action->evidence)).close("tr");
    }
    m_out.close("tbody").close("table");
}

void Page::checks(const domain::Finding& finding) {
    for (const auto& check : finding.checks) {
        const std::string_view verdict = check.verdict ? toText(*check.verdict) : "not judged yet";
        m_out.element("h4", "Effectiveness, round " + std::to_string(check.round)).open("dl");
        m_out.fact("Criterion", check.criterion).fact("Planned on", dayOf(check.plannedOn));
        m_out.fact("Done on", dayOf(check.doneOn)).fact("Verdict", verdict).fact("Note", check.note);
        m_out.fact("Before", check.kpiBefore).fact("After", check.kpiAfter);
        m_out.fact("By", m_index.personName(check.by)).close("dl");
    }
}

void Page::findingCard(const domain::Finding& finding) {
    const domain::FindingClass* known = domain::findingClass(finding.classCode);
    m_out.open("section", " class=\"card\"");
    m_out.element("h3", finding.ref.text() + " " + finding.title).open("p");
    m_out.element("span", known == nullptr ? std::string_view(finding.classCode) : known->title,
                  " class=\"tag\"");
    m_out.element("span", titleOf(finding.state), " class=\"tag\"").close("p").open("dl");
    for (const auto& clause : finding.clauses) m_out.fact("Clause", clauseText(clause));
    m_out.fact("Process", finding.process).fact("Service", finding.service);
    m_out.fact("Owner", m_index.personName(finding.owner)).fact("Repeat of", finding.repeatOf);
    m_out.fact("Response due", dayOf(finding.responseDue)).fact("Close due", dayOf(finding.closeDue));
    m_out.fact("Evidence", names(finding.evidence)).close("dl");
    part("Requirement", finding.requirement);
    part("Objective evidence", finding.objectiveEvidence);
    part("Nature", finding.nature);
    part("Extent", finding.extent);
    part("Risk", finding.risk);
    responses(finding);
    actions(finding.id);
    checks(finding);
    m_out.close("section");
}

void Page::requests() {
    if (m_content.requests.empty()) return;
    m_out.element("h2", "Requests for evidence").open("table").open("thead").open("tr");
    for (const auto* title : {"Request", "Text", "State", "Due", "Evidence"}) m_out.element("th", title);
    m_out.close("tr").close("thead").open("tbody");
    for (const auto* request : inOrderOfReference(m_content.requests)) {
        m_out.open("tr").element("td", request->ref.text()).element("td", request->text);
        m_out.element("td", titleOf(request->state)).element("td", dayOf(request->due));
        m_out.element("td", names(request->evidence)).close("tr");
    }
    m_out.close("tbody").close("table");
}

void Page::evidenceTable() {
    m_out.element("h2", "Evidence").open("table").open("thead").open("tr");
    for (const auto* title : {"Version", "File and SHA-256", "Bytes", "Received", "Named by"}) {
        m_out.element("th", title);
    }
    m_out.close("tr").close("thead").open("tbody");
    for (const auto* version : m_index.versionsInOrder()) {
        const RelativePath* path = m_index.path(version->id);
        if (path == nullptr) continue;
        const auto used = m_index.uses().find(version->id);
        m_out.open("tr").element("td", m_index.versionName(version->id)).open("td");
        m_out.element("div", version->originalName).open("div").element("code", path->text()).close("div");
        m_out.open("div").element("code", version->digest.hex()).close("div").close("td");
        m_out.element("td", std::to_string(version->size), " class=\"number\"");
        m_out.element("td", version->receivedAt.iso());
        m_out.element("td", used == m_index.uses().end() ? std::string() : joined(used->second)).close("tr");
    }
    m_out.close("tbody").close("table");
}

void Page::withheldTable() {
    if (m_index.versionsInOrder().size() == layOut(m_content).size()) return;
    m_out.element("h2", "Withheld files");
    m_out.element(
        "p",
        "These files belong to the audit and are not in the bundle. Their digests are, so that a copy "
        "handed over later can be compared.");
    m_out.open("table").open("thead").open("tr");
    for (const auto* title : {"Version", "Reason", "SHA-256"}) m_out.element("th", title);
    m_out.close("tr").close("thead").open("tbody");
    for (const auto* version : m_index.versionsInOrder()) {
        if (m_index.path(version->id) != nullptr) continue;
        const std::string* reason = m_index.withheldReason(version->id);
        m_out.open("tr").element("td", m_index.versionName(version->id));
        m_out.element("td", reason == nullptr ? std::string() : *reason).open("td");
        m_out.element("code", version->digest.hex()).close("td").close("tr");
    }
    m_out.close("tbody").close("table");
}

std::string Page::make() {
    m_out.raw(head).element("title", m_content.bundle.ref.text() + " " + m_content.bundle.title);
    m_out.raw("</head>\n").open("body").open("main");
    auditHead();
    m_out.element("h2", "Findings (" + std::to_string(m_content.findings.size()) + ")");
    for (const auto* finding : inOrderOfReference(m_content.findings)) findingCard(*finding);
    requests();
    evidenceTable();
    withheldTable();
    m_out.open("footer").element(
        "p", "Written by " + m_content.product +
                 ". This page shows what data/manifest.json says. README-VERIFY.txt tells how "
                 "to check that nothing was changed.");
    m_out.close("footer").close("main").raw("</body>\n</html>\n");
    return m_out.take();
}

}  // namespace

std::string reportPage(const Content& content) { return Page(content).make(); }

}  // namespace tickmark::bundle

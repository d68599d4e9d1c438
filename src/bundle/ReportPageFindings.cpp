// The findings in the report: one table of all, then each in full.
#include <algorithm>
#include <set>

#include "bundle/ReportPageParts.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::bundle::page {
namespace {

std::string clauseText(const Content& content, const std::string& code) {
    const auto found = std::find_if(content.clauses.begin(), content.clauses.end(),
                                    [&](const auto& clause) { return clause.code == code; });
    return found == content.clauses.end() ? code : code + " " + found->title;
}

void part(Markup& out, std::string_view title, std::string_view text) {
    if (!text.empty()) out.element("h4", title).paragraphs(text);
}

std::vector<const domain::Action*> actionsOf(const Content& content, domain::FindingId finding) {
    std::vector<const domain::Action*> mine;
    for (const auto* action : inOrderOfReference(content.actions)) {
        if (action->finding == finding) mine.push_back(action);
    }
    return mine;
}

void responses(Writing& writing, const domain::Finding& finding) {
    Markup& out = writing.out;
    for (const auto& response : finding.responses) {
        const std::string round =
            finding.responses.size() > 1 ? ", round " + std::to_string(response.round) : "";
        part(out, "Correction" + round, response.correction);
        part(out, "Where else it was looked for" + round, response.extent);
        out.element("h4", "Cause" + round).open("dl").fact("Found by", response.causeMethod);
        for (const auto& why : response.whys) out.fact("Why", why);
        for (const auto& bone : response.fishbone) out.fact("Cause, " + bone.branch, bone.cause);
        for (const auto& cause : response.rootCauses) out.fact("Root cause " + cause.code, cause.text);
        out.fact("Answered by", writing.index.personName(response.by))
            .fact("Answered at", momentOf(response.at));
        out.close("dl");
    }
}

void actions(Writing& writing, const std::vector<const domain::Action*>& mine) {
    if (mine.empty()) return;
    Markup& out = writing.out;
    out.element("h4", "Actions");
    openTable(out, {"Action", "Kind", "Answers", "Owner", "Due", "Done", "State"});
    for (const auto* action : mine) {
        const std::string owner =
            action->ownerRole.empty() ? writing.index.personName(action->owner) : action->ownerRole;
        out.open("tr");
        cell(out, "Action", action->ref.text() + " " + action->title);
        cell(out, "Kind", titleOf(action->kind));
        cell(out, "Answers", action->rootCause);
        cell(out, "Owner", owner);
        narrowCell(out, "Due", dayOf(action->due));
        narrowCell(out, "Done", dayOf(action->doneOn));
        cell(out, "State", titleOf(action->state));
        out.close("tr");
    }
    closeTable(out);
    for (const auto* action : mine) {
        if (!action->lesson.empty()) part(out, "Lesson of " + action->ref.text(), action->lesson);
    }
}

void checks(Writing& writing, const domain::Finding& finding) {
    Markup& out = writing.out;
    for (const auto& check : finding.checks) {
        std::string verdict = check.verdict ? std::string(toText(*check.verdict)) : "not judged yet";
        std::replace(verdict.begin(), verdict.end(), '_', ' ');
        out.element("h4", "Effectiveness, round " + std::to_string(check.round)).open("dl");
        out.fact("Criterion", check.criterion).fact("Planned on", dayOf(check.plannedOn));
        out.fact("Done on", dayOf(check.doneOn)).fact("Verdict", verdict).fact("Note", check.note);
        out.fact("Before", check.kpiBefore).fact("After", check.kpiAfter);
        out.fact("By", writing.index.personName(check.by)).close("dl");
    }
}

void findingEvidence(Writing& writing, const domain::Finding& finding,
                     const std::vector<const domain::Action*>& mine) {
    std::set<domain::EvidenceVersionId> wanted(finding.evidence.begin(), finding.evidence.end());
    for (const auto* action : mine) wanted.insert(action->evidence.begin(), action->evidence.end());
    std::vector<domain::EvidenceVersionId> versions;
    for (const auto* version : writing.index.versionsInOrder()) {
        if (wanted.contains(version->id)) versions.push_back(version->id);
    }
    if (versions.empty()) return;
    writing.out.element("h4", "Evidence");
    evidenceRows(writing, versions);
}

void facts(Writing& writing, const domain::Finding& finding) {
    Markup& out = writing.out;
    out.open("dl");
    for (const auto& clause : finding.clauses) out.fact("Clause", clauseText(writing.content, clause));
    out.fact("Process", finding.process).fact("Service", finding.service);
    out.fact("Owner", writing.index.personName(finding.owner)).fact("Repeat of", finding.repeatOf);
    out.fact("Earlier number", finding.sourceRef);
    out.fact("Response due", dayOf(finding.responseDue)).fact("Close due", dayOf(finding.closeDue));
    for (const auto& change : finding.classHistory) {
        out.fact("Class changed", classTitle(change.from) + " to " + classTitle(change.to) + ", " +
                                      Date::of(change.at).iso() + ": " + change.reason);
    }
    out.close("dl");
}

void card(Writing& writing, const domain::Finding& finding, std::size_t place) {
    Markup& out = writing.out;
    const auto mine = actionsOf(writing.content, finding.id);
    out.open("section", " class=\"card " + escaped(portableFileName(finding.classCode)) + "\" id=\"" +
                            anchorOf(place) + "\"");
    out.element("h3", finding.ref.text() + " " + finding.title).open("p");
    out.element("span", classTitle(finding.classCode), " class=\"tag\"");
    out.element("span", titleOf(finding.state), " class=\"tag\"").close("p");
    facts(writing, finding);
    part(out, "Requirement", finding.requirement);
    part(out, "Objective evidence", finding.objectiveEvidence);
    part(out, "Nature", finding.nature);
    part(out, "Extent", finding.extent);
    part(out, "Risk", finding.risk);
    responses(writing, finding);
    actions(writing, mine);
    checks(writing, finding);
    findingEvidence(writing, finding, mine);
    out.close("section");
}

void overview(Writing& writing, const std::vector<const domain::Finding*>& order) {
    Markup& out = writing.out;
    openTable(out, {"Finding", "Class", "State", "Clauses", "Close due"});
    for (std::size_t place = 0; place < order.size(); ++place) {
        const domain::Finding& finding = *order[place];
        out.open("tr").open("td", " data-column=\"Finding\"");
        out.element("a", finding.ref.text() + " " + finding.title, " href=\"#" + anchorOf(place) + "\"");
        out.close("td");
        cell(out, "Class", classTitle(finding.classCode));
        cell(out, "State", titleOf(finding.state));
        cell(out, "Clauses", joined(finding.clauses));
        narrowCell(out, "Close due", dayOf(finding.closeDue));
        out.close("tr");
    }
    closeTable(out);
}

}  // namespace

void findings(Writing& writing) {
    const auto order = inOrderOfReference(writing.content.findings);
    writing.out.element("h2", "Findings (" + std::to_string(order.size()) + ")");
    if (order.empty()) {
        writing.out.element("p", "The bundle speaks of no finding.");
        return;
    }
    overview(writing, order);
    for (std::size_t place = 0; place < order.size(); ++place) card(writing, *order[place], place);
}

}  // namespace tickmark::bundle::page

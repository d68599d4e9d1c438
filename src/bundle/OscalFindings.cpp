// Observations, findings and risks of an OSCAL document.
#include <set>

#include "bundle/ManifestParts.h"
#include "bundle/OscalParts.h"

namespace tickmark::bundle::oscal {

using codec::Json;

namespace {

bool isNonconformity(const domain::Finding& finding) noexcept {
    const domain::FindingClass* known = domain::findingClass(finding.classCode);
    return known == nullptr || known->kind == domain::FindingKind::Nonconformity;
}

std::string checkName(const domain::Finding& finding, const domain::EffectivenessCheck& check) {
    return finding.ref.text() + "/" + std::to_string(check.round);
}

Json uuidItem(std::string_view member, std::string uuid) {
    return Members().always(member, std::move(uuid)).take();
}

/// Who is behind it, as far as the content names the account.
Json originsOf(const Source& source, domain::PartyId party) {
    if (!source.index.knows(party)) return Json::array();
    Json actor = Members()
                     .always("type", "party")
                     .always("actor-uuid", source.ids.of("party", source.index.account(party)))
                     .take();
    Json origin = Members().list("actors", Json(Json::Array{std::move(actor)})).take();
    return Json(Json::Array{std::move(origin)});
}

Json evidenceLinks(const Source& source, const std::vector<domain::EvidenceVersionId>& versions) {
    Json list = Json::array();
    for (const auto version : versions) {
        const std::string name = source.index.versionName(version);
        list.push(Members()
                      .always("href", source.ids.link("evidence-version", name))
                      .always("description", "Evidence " + name)
                      .take());
    }
    return list;
}

Json seen(const Source& source, const domain::Finding& finding) {
    const std::string ref = finding.ref.text();
    // A finding that rests on documents was made by looking at them; how else it was made nobody wrote down.
    const std::string_view method = finding.evidence.empty() ? "UNKNOWN" : "EXAMINE";
    return Members()
        .always("uuid", source.ids.of("observation", ref))
        .always("title", ref + ": objective evidence")
        .always("description", textOr(finding.objectiveEvidence, "No objective evidence is written down."))
        .list("props", Props().add("finding", ref).take())
        .always("methods", Json(Json::Array{Json(method)}))
        .always("types", Json(Json::Array{Json("finding")}))
        .list("origins", originsOf(source, finding.createdBy))
        .list("relevant-evidence", evidenceLinks(source, finding.evidence))
        .always("collected", finding.createdAt.iso())
        .take();
}

Json checked(const Source& source, const domain::Finding& finding, const domain::EffectivenessCheck& check) {
    Props props;
    props.add("finding", finding.ref.text()).add("round", std::to_string(check.round));
    props.add("verdict", check.verdict ? toText(*check.verdict) : std::string_view());
    props.add("kpi-before", check.kpiBefore).add("kpi-after", check.kpiAfter);
    return Members()
        .always("uuid", source.ids.of("effectiveness-check", checkName(finding, check)))
        .always("title", finding.ref.text() + ": effectiveness, round " + std::to_string(check.round))
        .always("description", textOr(check.criterion, "Whether the actions worked."))
        .list("props", props.take())
        .always("methods", Json(Json::Array{Json("UNKNOWN")}))
        .always("types", Json(Json::Array{Json("mitigation")}))
        .list("origins", originsOf(source, check.by))
        .always("collected", momentOf(*check.doneOn))
        .text("remarks", check.note)
        .take();
}

Json targetOf(const Source& source, const domain::Finding& finding) {
    const std::string code = finding.clauses.empty() ? finding.ref.text() : finding.clauses.front();
    const auto clause = std::find_if(source.content.clauses.begin(), source.content.clauses.end(),
                                     [&](const domain::Clause& one) { return one.code == code; });
    const bool conforms = !isNonconformity(finding) || finding.state == domain::FindingState::Withdrawn;
    Json status = Json::object();
    status.set("state", conforms ? "satisfied" : "not-satisfied");
    status.set("remarks", "Class " + textOr(lineOf(finding.classCode), "unknown") + ", state " +
                              std::string(titleOf(finding.state)) + ".");
    return Members()
        .always("type", "statement-id")
        .always("target-id", tokenOf(code))
        .text("title", clause == source.content.clauses.end() ? std::string() : code + " " + clause->title)
        .always("description", textOr(finding.requirement, "No requirement is written down."))
        .always("status", std::move(status))
        .take();
}

Json findingProps(const Source& source, const domain::Finding& finding) {
    Props props;
    props.add("ref", finding.ref.text()).add("class", finding.classCode);
    props.add("state", toText(finding.state)).add("round", std::to_string(finding.round));
    for (const auto& clause : finding.clauses) props.add("clause", clause);
    props.add("process", finding.process).add("service", finding.service);
    props.add("owner", source.index.account(finding.owner)).add("repeat-of", finding.repeatOf);
    props.add("source-ref", finding.sourceRef);
    if (finding.responseDue) props.add("response-due", finding.responseDue->iso());
    if (finding.closeDue) props.add("close-due", finding.closeDue->iso());
    return props.take();
}

Json findingOf(const Source& source, const domain::Finding& finding) {
    const std::string ref = finding.ref.text();
    return Members()
        .always("uuid", source.ids.of("finding", ref))
        .always("title", ref + " " + finding.title)
        .always("description", textOr(finding.nature, "No nature is written down."))
        .list("props", findingProps(source, finding))
        .list("origins", originsOf(source, finding.createdBy))
        .always("target", targetOf(source, finding))
        .list("related-observations", observationLinks(source, finding))
        .list("related-risks", riskLinks(source, finding))
        .text("remarks", finding.extent)
        .take();
}

}  // namespace

std::vector<std::string> clauseCodes(const Source& source) {
    std::set<std::string> codes;
    for (const auto& finding : source.content.findings) {
        codes.insert(finding.clauses.begin(), finding.clauses.end());
    }
    return {codes.begin(), codes.end()};
}

Json observationLinks(const Source& source, const domain::Finding& finding) {
    Json list = Json::array();
    list.push(uuidItem("observation-uuid", source.ids.of("observation", finding.ref.text())));
    for (const auto& check : finding.checks) {
        if (!check.doneOn) continue;
        list.push(
            uuidItem("observation-uuid", source.ids.of("effectiveness-check", checkName(finding, check))));
    }
    return list;
}

Json riskLinks(const Source& source, const domain::Finding& finding) {
    Json list = Json::array();
    if (isNonconformity(finding) || !actionsOf(source, finding.id).empty()) {
        list.push(uuidItem("risk-uuid", source.ids.of("risk", finding.ref.text())));
    }
    return list;
}

Json observations(const Source& source) {
    Json list = Json::array();
    for (const auto* finding : inOrderOfReference(source.content.findings)) {
        list.push(seen(source, *finding));
        for (const auto& check : finding->checks) {
            if (check.doneOn) list.push(checked(source, *finding, check));
        }
    }
    return list;
}

Json findings(const Source& source) {
    Json list = Json::array();
    for (const auto* finding : inOrderOfReference(source.content.findings)) {
        list.push(findingOf(source, *finding));
    }
    return list;
}

}  // namespace tickmark::bundle::oscal

#include "bundle/Oscal.h"

#include "bundle/ManifestParts.h"
#include "bundle/OscalParts.h"

namespace tickmark::bundle {

using codec::Json;

namespace {

using namespace oscal;

Json reviewedControls(const Source& source) {
    Json controls = Json::array();
    for (const std::string& code : clauseCodes(source)) {
        controls.push(Members().always("control-id", tokenOf(code)).take());
    }
    const Json selection = Members()
                               .always("description", textOr(source.content.audit.criteria,
                                                             "The criteria are not written down."))
                               .list("props", Props().add("catalog", source.content.audit.catalog).take())
                               .list("include-controls", std::move(controls))
                               .take();
    return Members().always("control-selections", Json(Json::Array{selection})).take();
}

Json resultOf(const Source& source) {
    const domain::Audit& audit = source.content.audit;
    Members members;
    members.always("uuid", source.ids.of("result", source.content.bundle.ref.text()))
        .always("title", textOr(audit.title, audit.ref.text()))
        .always("description", textOr(audit.scope, "The scope is not written down."))
        .always("start", audit.from ? momentOf(*audit.from) : audit.createdAt.iso());
    if (audit.to) members.always("end", momentOf(*audit.to));
    return members.always("reviewed-controls", reviewedControls(source))
        .list("observations", observations(source))
        .list("risks", risks(source))
        .list("findings", findings(source))
        .text("remarks", audit.conclusion)
        .take();
}

Json related(std::string_view member, std::string uuid) {
    return Json(Json::Array{Members().always(member, std::move(uuid)).take()});
}

/// What every item of a finding refers to.
void relate(Members& members, const Source& source, const domain::Finding& finding) {
    members.list("related-findings", related("finding-uuid", source.ids.of("finding", finding.ref.text())))
        .list("related-observations", observationLinks(source, finding))
        .list("related-risks", riskLinks(source, finding));
}

Json itemOf(const Source& source, const domain::Action& action, const domain::Finding* finding) {
    const std::string ref = action.ref.text();
    Props props;
    props.add("ref", ref).add("kind", toText(action.kind)).add("state", toText(action.state));
    props.add("owner", source.index.account(action.owner)).add("owner-role", action.ownerRole);
    if (action.due) props.add("due", action.due->iso());
    if (action.doneOn) props.add("done-on", action.doneOn->iso());
    props.add("root-cause", action.rootCause).add("cost", action.cost);
    for (const auto version : action.evidence) props.add("evidence", source.index.versionName(version));
    Members members;
    members.always("uuid", source.ids.of("action", ref))
        .always("title", ref + " " + action.title)
        .always("description", textOr(action.description, action.title))
        .list("props", props.take());
    if (finding != nullptr) relate(members, source, *finding);
    return members.text("remarks", action.lesson).take();
}

Json itemWithoutAction(const Source& source, const domain::Finding& finding) {
    const std::string ref = finding.ref.text();
    Members members;
    members.always("uuid", source.ids.of("no-action", ref))
        .always("title", ref + " " + finding.title)
        .always("description", "No action is recorded for this finding.")
        .list("props", Props().add("finding", ref).add("state", "no-action").take());
    relate(members, source, finding);
    return members.take();
}

/// OSCAL asks for at least one item.
Json emptyItem(const Source& source) {
    return Members()
        .always("uuid", source.ids.of("no-action", source.content.bundle.ref.text()))
        .always("title", "No action")
        .always("description", "The bundle holds no finding and no action.")
        .take();
}

Json itemsOf(const Source& source) {
    std::map<domain::FindingId, const domain::Finding*> byId;
    for (const auto& finding : source.content.findings) byId.emplace(finding.id, &finding);
    Json list = Json::array();
    for (const auto* action : inOrderOfReference(source.content.actions)) {
        const auto found = byId.find(action->finding);
        list.push(itemOf(source, *action, found == byId.end() ? nullptr : found->second));
    }
    for (const auto* finding : inOrderOfReference(source.content.findings)) {
        if (actionsOf(source, finding->id).empty()) list.push(itemWithoutAction(source, *finding));
    }
    if (list.items()->empty()) list.push(emptyItem(source));
    return list;
}

Json documentOf(std::string_view root, Json content) {
    Json document = Json::object();
    document.set(root, std::move(content));
    return document;
}

}  // namespace

Json oscalAssessmentResults(const Content& content) {
    const Source source(content);
    return documentOf("assessment-results",
                      Members()
                          .always("uuid", source.ids.of("assessment-results", content.bundle.ref.text()))
                          .always("metadata", metadata(source, "Assessment results"))
                          .always("import-ap", Members().always("href", planLink(source)).take())
                          .always("results", Json(Json::Array{resultOf(source)}))
                          .always("back-matter", backMatter(source))
                          .take());
}

Json oscalPoam(const Content& content) {
    const Source source(content);
    const std::string& auditee = content.audit.auditee;
    const Json system = Members()
                            .always("identifier-type", "http://ietf.org/rfc/rfc4122")
                            .always("id", source.ids.of("auditee", textOr(auditee, content.organisation)))
                            .take();
    return documentOf("plan-of-action-and-milestones",
                      Members()
                          .always("uuid", source.ids.of("poam", content.bundle.ref.text()))
                          .always("metadata", metadata(source, "Plan of action and milestones"))
                          .always("system-id", system)
                          .list("observations", observations(source))
                          .list("risks", risks(source))
                          .list("findings", findings(source))
                          .always("poam-items", itemsOf(source))
                          .always("back-matter", backMatter(source))
                          .take());
}

}  // namespace tickmark::bundle

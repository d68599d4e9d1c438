// Findings: record, edit, answer, move through their states, look at.
#include "http/api/Answers.h"
#include "http/api/Describe.h"
#include "http/api/EventInput.h"
#include "http/api/FindingInput.h"
#include "http/api/FindingListRoute.h"
#include "http/api/Rows.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

Response changed(const domain::Finding& finding) {
    return changeAnswer(finding.ref.text(), domain::toText(finding.state), finding.rev);
}

Json warningList(const std::vector<domain::WordWarning>& warnings) {
    Json list = Json::array();
    for (const domain::WordWarning& warning : warnings) {
        Json item = Json::object();
        item.set("field", warning.field)
            .set("phrase", warning.phrase)
            .set("reads_like", domain::toText(warning.kind))
            .set("message", warning.message);
        list.push(std::move(item));
    }
    return list;
}

Json proposalList(const std::vector<app::RepeatProposal>& proposals) {
    Json list = Json::array();
    for (const app::RepeatProposal& one : proposals) {
        Json item = Json::object();
        item.set("ref", one.ref).set("title", one.title).set("audit", one.audit).set("reason", one.reason);
        list.push(std::move(item));
    }
    return list;
}

/// The short answer with what the auditor's words suggest beyond what was seen, when they do.
Response changed(const domain::Finding& finding, const std::vector<domain::WordWarning>& warnings) {
    if (warnings.empty()) return changed(finding);
    Json document = Json::object();
    document.set("ref", finding.ref.text())
        .set("rev", finding.rev)
        .set("state", domain::toText(finding.state))
        .set("warnings", warningList(warnings));
    return documentAnswer(document, finding.rev);
}

/// Of one step: what is issued, or the comment that goes back.
std::vector<domain::WordWarning> warningsOf(domain::FindingEvent event, const std::string& reason,
                                            const domain::Finding& finding) {
    if (event == domain::FindingEvent::Issue) return domain::warningsOf(finding);
    if (event != domain::FindingEvent::Return && event != domain::FindingEvent::SendBack) return {};
    return domain::warningsIn("reason", reason, domain::AuditorText::Comment);
}

Result<Response> recordFinding(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    TM_TRY(const app::FindingDraft draft, readFindingDraft(body));
    TM_TRY(const domain::Finding made, app::recordFinding(call.context(), call.actor(), draft));
    Response answer = changed(made, domain::warningsOf(made));
    answer.status = 201;
    answer.add("Location", "/api/v1/findings/" + made.ref.text());
    return answer;
}

Json rightsOf(const app::FindingView& view) {
    Json rights = Json::object();
    rights.set("edit", view.mayEdit)
        .set("respond", view.mayRespond)
        .set("plan_actions", view.mayPlanActions)
        .set("attach", view.mayAttach)
        .set("assign", view.mayAssign)
        .set("check_effectiveness", view.mayCheckEffectiveness)
        .set("improve", view.mayImprove)
        .set("reclassify", texts(view.classesToChangeTo));
    return rights;
}

Result<Response> showFinding(Call& call) {
    TM_TRY(const app::FindingView view,
           app::showFinding(call.context(), call.actor(), call.ref<domain::FindingRef>()));
    Names names;
    names.add(view.parties);
    names.add(view.evidence);
    Json document = describe(view.finding, names);
    Json actions = Json::array();
    for (const auto& action : view.actions) actions.push(describe(action, names));
    Json evidence = Json::array();
    for (const auto& version : view.evidence) evidence.push(describe(version, names));
    Json requests = Json::array();
    for (const auto& request : view.requests) requests.push(describe(request, names));
    Json history = Json::array();
    for (const auto& line : view.history) history.push(describe(line.position, line.event));
    Json improvements = Json::array();
    for (const auto& row : view.improvements) improvements.push(row.ref);
    document.set("improvements", std::move(improvements));
    if (!view.repeats.empty()) document.set("repeat_proposals", proposalList(view.repeats));
    if (!view.warnings.empty()) document.set("warnings", warningList(view.warnings));
    document.set("audit", view.audit.ref.text())
        .set("audit_title", view.audit.title)
        .set("clause_titles", describe(view.clauses))
        .set("actions", std::move(actions))
        .set("evidence_versions", std::move(evidence))
        .set("requests", std::move(requests))
        .set("steps", describeSteps(view.steps))
        .set("rights", rightsOf(view))
        .set("history", std::move(history));
    return documentAnswer(document, view.finding.rev);
}

Result<Response> editFinding(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    TM_TRY(const app::FindingDraft draft, readFindingDraft(body));
    TM_TRY(const domain::Finding finding,
           app::editFinding(call.context(), call.actor(), call.ref<domain::FindingRef>(), rev, draft));
    return changed(finding, domain::warningsOf(finding));
}

Result<Response> moveFinding(Call& call) {
    domain::CheckPlan check;
    TM_TRY(const auto step, readStep<domain::FindingEvent>(
                                call.request, domain::findingEventFrom, [&check](codec::JsonReader& reader) {
                                    check.criterion = reader.textOr("criterion", "");
                                    check.plannedOn = dateOf(reader, "check_on");
                                }));
    TM_TRY(const domain::Finding finding,
           app::changeFindingState(call.context(), call.actor(), call.ref<domain::FindingRef>(), step.rev,
                                   step.event, step.reason, check));
    return changed(finding, warningsOf(step.event, step.reason, finding));
}

Result<Response> saveResponse(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    TM_TRY(domain::Response response, readResponse(body));
    TM_TRY(const domain::Finding finding,
           app::saveResponse(call.context(), call.actor(), call.ref<domain::FindingRef>(), rev,
                             std::move(response)));
    return changed(finding);
}

Result<Response> saveCheck(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    TM_TRY(domain::EffectivenessCheck check, readEffectivenessCheck(body));
    TM_TRY(const domain::Finding finding,
           app::saveEffectivenessCheck(call.context(), call.actor(), call.ref<domain::FindingRef>(), rev,
                                       std::move(check)));
    return changed(finding);
}

Result<Response> assignFinding(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    TM_TRY(const app::Assignment assignment, readAssignment(body));
    TM_TRY(const domain::Finding finding,
           app::assignFinding(call.context(), call.actor(), call.ref<domain::FindingRef>(), rev, assignment));
    return changed(finding);
}

Result<Response> reclassifyFinding(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const std::string code = reader.text("class");
    const std::string reason = reader.text("reason");
    TM_CHECK(reader.finish());
    TM_TRY(const domain::Finding finding,
           app::reclassifyFinding(call.context(), call.actor(), call.ref<domain::FindingRef>(), rev, code,
                                  reason));
    return changed(finding);
}

Result<Response> attachEvidence(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const auto versions, readVersions(call.request));
    TM_TRY(const domain::Finding finding,
           app::attachEvidence(call.context(), call.actor(), call.ref<domain::FindingRef>(), rev, versions));
    return changed(finding);
}

}  // namespace

std::vector<ApiRow> findingRows() {
    const std::string all = "/api/v1/findings";
    const std::string one = all + "/{ref}";
    const std::string readers = "LA AU PO AO IM TM XA";
    return {
        {"GET", all, "findings.list", readers, "Findings that the caller may see", listFindings,
         findingListParameters()},
        {"POST", all, "findings.create", "LA AU", "Record a finding as a draft", recordFinding},
        {"GET", one, "findings.show", readers, "One finding with its parts, steps and history", showFinding},
        {"PUT", one, "findings.edit", "LA AU", "Edit a draft", editFinding},
        {"POST", one + "/events", "findings.move", "LA AU PO IM", "Move a finding to its next state",
         moveFinding},
        {"PUT", one + "/response", "findings.respond", "PO", "Save the response of this round", saveResponse},
        {"PUT", one + "/effectiveness", "findings.check", "LA AU", "Plan or record the effectiveness check",
         saveCheck},
        {"POST", one + "/assignment", "findings.assign", "LA AU", "Name the owner and the due dates",
         assignFinding},
        {"POST", one + "/class", "findings.reclassify", "LA", "Change the class with a reason",
         reclassifyFinding},
        {"POST", one + "/evidence", "findings.attach", "LA AU PO", "Point at evidence versions",
         attachEvidence},
    };
}

}  // namespace tickmark::http::api

// What is done about findings: risks with remediations, whose milestones are the actions' dates.
#include "bundle/ManifestParts.h"
#include "bundle/OscalParts.h"

namespace tickmark::bundle::oscal {

using codec::Json;

namespace {

std::string_view riskState(domain::FindingState state) noexcept {
    switch (state) {
        case domain::FindingState::Draft:
        case domain::FindingState::Issued:
        case domain::FindingState::Responded:
        case domain::FindingState::Returned:
        case domain::FindingState::Acknowledged:
            return "open";
        case domain::FindingState::PlanAccepted:
        case domain::FindingState::Implemented:
        case domain::FindingState::Verified:
        case domain::FindingState::Converted:
            return "remediating";
        case domain::FindingState::Discarded:
        case domain::FindingState::Withdrawn:
        case domain::FindingState::NoAction:
        case domain::FindingState::Closed:
            return "closed";
    }
    return "open";
}

bool isDone(domain::ActionState state) noexcept {
    return state == domain::ActionState::Done || state == domain::ActionState::Verified ||
           state == domain::ActionState::Effective || state == domain::ActionState::NotEffective;
}

Json correction(const Source& source, const domain::Finding& finding, const domain::Response& response) {
    const std::string round = std::to_string(response.round);
    std::string causes;
    for (const auto& cause : response.rootCauses) {
        causes += (causes.empty() ? "" : "\n") + cause.code + ": " + cause.text;
    }
    Props props;
    props.add("response-round", round).add("by", source.index.account(response.by));
    props.add("cause-method", response.causeMethod);
    return Members()
        .always("uuid", source.ids.of("response", finding.ref.text() + "/" + round))
        .always("lifecycle", "completed")
        .always("title", finding.ref.text() + ": response, round " + round)
        .always("description", textOr(response.correction, "No correction is written down."))
        .list("props", props.take())
        .text("remarks", causes)
        .take();
}

Json remediation(const Source& source, const domain::Action& action) {
    const std::string ref = action.ref.text();
    Props props;
    props.add("ref", ref).add("kind", toText(action.kind)).add("state", toText(action.state));
    props.add("root-cause", action.rootCause);
    return Members()
        .always("uuid", source.ids.of("remediation", ref))
        .always("lifecycle", isDone(action.state) ? "completed" : "planned")
        .always("title", ref + " " + action.title)
        .always("description", textOr(action.description, action.title))
        .list("props", props.take())
        .always("tasks", Json(Json::Array{actionTask(source, action)}))
        .take();
}

Json riskOf(const Source& source, const domain::Finding& finding) {
    Json remediations = Json::array();
    for (const auto& response : finding.responses) remediations.push(correction(source, finding, response));
    for (const auto* action : actionsOf(source, finding.id)) remediations.push(remediation(source, *action));
    const std::string nature = textOr(finding.nature, finding.title);
    return Members()
        .always("uuid", source.ids.of("risk", finding.ref.text()))
        .always("title", finding.ref.text() + " " + finding.title)
        .always("description", nature)
        .always("statement", textOr(finding.risk, nature))
        .always("status", riskState(finding.state))
        .text("deadline", finding.closeDue ? momentOf(*finding.closeDue) : std::string())
        .list("remediations", std::move(remediations))
        .list("related-observations", observationLinks(source, finding))
        .take();
}

/// The owner's account, or in words when no account stands behind it.
Json ownerOf(const Source& source, const domain::Action& action) {
    Members role;
    role.always("role-id", "action-owner");
    if (source.index.knows(action.owner)) {
        role.always("party-uuids",
                    Json(Json::Array{Json(source.ids.of("party", source.index.account(action.owner)))}));
    } else if (action.ownerRole.empty()) {
        return Json::array();
    }
    role.text("remarks", action.ownerRole);
    return Json(Json::Array{role.take()});
}

Json onDate(const Date& day) {
    return Members().always("on-date", Members().always("date", momentOf(day)).take()).take();
}

}  // namespace

std::vector<const domain::Action*> actionsOf(const Source& source, domain::FindingId finding) {
    std::vector<const domain::Action*> mine;
    for (const auto* action : inOrderOfReference(source.content.actions)) {
        if (action->finding == finding) mine.push_back(action);
    }
    return mine;
}

Json actionTask(const Source& source, const domain::Action& action) {
    Props props;
    props.add("state", toText(action.state));
    if (action.doneOn) props.add("done-on", action.doneOn->iso());
    for (const auto& extension : action.extensions) {
        const std::string_view decision = !extension.approved   ? "open"
                                          : *extension.approved ? "approved"
                                                                : "refused";
        props.add("extension", extension.asked.iso() + " " + std::string(decision));
    }
    Members members;
    members.always("uuid", source.ids.of("task", action.ref.text()))
        .always("type", action.due ? "milestone" : "action")
        .always("title", action.ref.text() + " " + action.title)
        .list("props", props.take());
    if (action.due) members.always("timing", onDate(*action.due));
    return members.list("responsible-roles", ownerOf(source, action)).text("remarks", action.lesson).take();
}

Json risks(const Source& source) {
    Json list = Json::array();
    for (const auto* finding : inOrderOfReference(source.content.findings)) {
        if (!riskLinks(source, *finding).items()->empty()) list.push(riskOf(source, *finding));
    }
    return list;
}

}  // namespace tickmark::bundle::oscal

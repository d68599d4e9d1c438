#include "bundle/ManifestParts.h"

namespace tickmark::bundle {

using codec::Json;

Members& Members::text(std::string_view name, std::string_view value) {
    if (!value.empty()) m_object.set(name, Json(value));
    return *this;
}

Members& Members::texts(std::string_view name, const std::vector<std::string>& values) {
    Json array = Json::array();
    for (const std::string& value : values) array.push(value);
    return list(name, std::move(array));
}

Members& Members::number(std::string_view name, std::int64_t value) {
    m_object.set(name, Json(value));
    return *this;
}

Members& Members::date(std::string_view name, const std::optional<Date>& value) {
    return text(name, value ? value->iso() : std::string());
}

Members& Members::moment(std::string_view name, const std::optional<Timestamp>& value) {
    return text(name, value ? value->iso() : std::string());
}

Members& Members::list(std::string_view name, Json value) {
    if (value.items() != nullptr && !value.items()->empty()) m_object.set(name, std::move(value));
    return *this;
}

Members& Members::always(std::string_view name, Json value) {
    m_object.set(name, std::move(value));
    return *this;
}

namespace {

Json versionNames(const std::vector<domain::EvidenceVersionId>& versions, const ContentIndex& index) {
    Json names = Json::array();
    for (const auto version : versions) names.push(index.versionName(version));
    return names;
}

Json placesJson(const std::vector<domain::ExtentPlace>& places) {
    Json array = Json::array();
    for (const auto& place : places) {
        Members members;
        members.always("kind", toText(place.kind)).always("place", place.place);
        members.always("looked_at", place.lookedAt);
        if (place.sample > 0) members.number("sample", place.sample);
        if (place.population > 0) members.number("population", place.population);
        members.number("found", place.found).text("evidence", place.evidence).text("answer", place.answer);
        array.push(members.take());
    }
    return array;
}

Json responseJson(const domain::Response& response, const ContentIndex& index) {
    Json fishbone = Json::array();
    for (const auto& bone : response.fishbone) {
        fishbone.push(Members().text("branch", bone.branch).text("cause", bone.cause).take());
    }
    Json causes = Json::array();
    for (const auto& cause : response.rootCauses) {
        causes.push(Members().always("code", cause.code).always("text", cause.text).take());
    }
    return Members()
        .number("round", response.round)
        .text("correction", response.correction)
        .text("extent", response.extent)
        .list("extent_places", placesJson(response.extentPlaces))
        .text("cause_method", response.causeMethod)
        .texts("whys", response.whys)
        .list("fishbone", std::move(fishbone))
        .list("root_causes", std::move(causes))
        .text("by", index.account(response.by))
        .moment("at", response.at)
        .take();
}

Json checkJson(const domain::EffectivenessCheck& check, const ContentIndex& index) {
    return Members()
        .number("round", check.round)
        .text("criterion", check.criterion)
        .date("planned_on", check.plannedOn)
        .date("done_on", check.doneOn)
        .text("verdict", check.verdict ? toText(*check.verdict) : std::string_view())
        .text("note", check.note)
        .text("kpi_before", check.kpiBefore)
        .text("kpi_after", check.kpiAfter)
        .text("by", index.account(check.by))
        .take();
}

Json classChangeJson(const domain::ClassChange& change, const ContentIndex& index) {
    return Members()
        .text("from", change.from)
        .text("to", change.to)
        .text("reason", change.reason)
        .text("by", index.account(change.by))
        .moment("at", change.at)
        .take();
}

Json extensionJson(const domain::ExtensionRequest& request, const ContentIndex& index) {
    Members members;
    members.date("asked", request.asked).text("reason", request.reason).text("by", index.account(request.by));
    members.moment("at", request.at);
    if (request.approved) members.always("approved", *request.approved);
    members.text("decision_note", request.decisionNote).text("decided_by", index.account(request.decidedBy));
    return members.take();
}

template <class Item>
Json listOf(const std::vector<Item>& items, Json (*make)(const Item&, const ContentIndex&),
            const ContentIndex& index) {
    Json array = Json::array();
    for (const Item& item : items) array.push(make(item, index));
    return array;
}

Json memberJson(const domain::TeamMember& member, const ContentIndex& index) {
    return Members()
        .text("account", index.account(member.party))
        .always("lead", member.lead)
        .text("impartiality", member.impartiality)
        .take();
}

Json checklistJson(const domain::ChecklistItem& item, const ContentIndex&) {
    Members members;
    members.text("clause", item.clause).text("question", item.question).text("note", item.note);
    members.text("population", item.sample.population).text("method", item.sample.method);
    if (item.sample.size != 0) members.number("sample_size", item.sample.size);
    return members.take();
}

}  // namespace

Json findingJson(const domain::Finding& finding, const ContentIndex& index) {
    return Members()
        .always("ref", finding.ref.text())
        .always("class", finding.classCode)
        .always("state", toText(finding.state))
        .always("title", finding.title)
        .texts("clauses", finding.clauses)
        .always("requirement", finding.requirement)
        .always("objective_evidence", finding.objectiveEvidence)
        .always("nature", finding.nature)
        .text("extent", finding.extent)
        .text("risk", finding.risk)
        .text("process", finding.process)
        .text("service", finding.service)
        .text("owner", index.account(finding.owner))
        .text("repeat_of", finding.repeatOf)
        .text("source_ref", finding.sourceRef)
        .date("response_due", finding.responseDue)
        .date("close_due", finding.closeDue)
        .number("round", finding.round)
        .list("class_history", listOf(finding.classHistory, &classChangeJson, index))
        .always("evidence", versionNames(finding.evidence, index))
        .list("responses", listOf(finding.responses, &responseJson, index))
        .list("checks", listOf(finding.checks, &checkJson, index))
        .text("created_by", index.account(finding.createdBy))
        .moment("created_at", finding.createdAt)
        .moment("changed_at", finding.changedAt)
        .number("rev", finding.rev)
        .take();
}

Json actionJson(const domain::Action& action, const ContentIndex& index) {
    return Members()
        .always("ref", action.ref.text())
        .text("finding", index.findingRef(action.finding))
        .always("kind", toText(action.kind))
        .always("state", toText(action.state))
        .always("title", action.title)
        .text("description", action.description)
        .text("root_cause", action.rootCause)
        .text("owner", index.account(action.owner))
        .text("owner_role", action.ownerRole)
        .date("due", action.due)
        .date("done_on", action.doneOn)
        .list("extensions", listOf(action.extensions, &extensionJson, index))
        .always("evidence", versionNames(action.evidence, index))
        .text("cost", action.cost)
        .text("lesson", action.lesson)
        .moment("created_at", action.createdAt)
        .number("rev", action.rev)
        .take();
}

Json requestJson(const domain::EvidenceRequest& request, const ContentIndex& index) {
    return Members()
        .always("ref", request.ref.text())
        .text("finding", index.findingRef(request.finding))
        .always("state", toText(request.state))
        .always("text", request.text)
        .texts("items", request.items)
        .text("assignee", index.account(request.assignee))
        .date("due", request.due)
        .text("return_note", request.returnNote)
        .always("evidence", versionNames(request.evidence, index))
        .moment("created_at", request.createdAt)
        .number("rev", request.rev)
        .take();
}

Json versionJson(const domain::EvidenceVersion& version, const ContentIndex& index) {
    const domain::Evidence* evidence = index.evidence(version.evidence);
    const domain::EvidenceVersion* original = index.version(version.redactionOf);
    Members members;
    members.always("name", index.versionName(version.id))
        .always("ref", version.ref.text())
        .number("version", version.number)
        .text("title", evidence == nullptr ? std::string_view() : evidence->title)
        .always("sha256", version.digest.hex())
        .always("size", version.size)
        .text("media_type", version.mediaType)
        .always("original_name", version.originalName)
        .text("source", version.source)
        .moment("collected_at", version.collectedAt)
        .date("period_from", version.periodFrom)
        .date("period_to", version.periodTo)
        .date("valid_until", version.validUntil)
        .always("confidentiality", toText(version.confidentiality))
        .text("redaction_of", index.versionName(version.redactionOf))
        .text("redaction_of_sha256", original == nullptr ? std::string() : original->digest.hex())
        .always("state", toText(version.state))
        .text("state_reason", version.stateReason)
        .text("received_by", index.account(version.receivedBy))
        .moment("received_at", version.receivedAt)
        .number("ledger_position", version.ledgerPosition);
    members.texts("used_by", index.usedBy(version.id));
    if (const RelativePath* path = index.path(version.id)) {
        members.always("status", "present").always("path", path->text());
    } else {
        const std::string* reason = index.withheldReason(version.id);
        members.always("status", "withheld").always("reason", reason == nullptr ? std::string() : *reason);
    }
    return members.take();
}

Json auditJson(const domain::Audit& audit, const ContentIndex& index) {
    return Members()
        .always("ref", audit.ref.text())
        .always("title", audit.title)
        .text("programme", audit.programme)
        .always("type", toText(audit.type))
        .always("state", toText(audit.state))
        .text("auditee", audit.auditee)
        .text("catalog", audit.catalog)
        .text("criteria", audit.criteria)
        .text("scope", audit.scope)
        .texts("sites", audit.sites)
        .date("from", audit.from)
        .date("to", audit.to)
        .text("plan", audit.plan)
        .text("conclusion", audit.conclusion)
        .list("team", listOf(audit.team, &memberJson, index))
        .list("checklist", listOf(audit.checklist, &checklistJson, index))
        .moment("created_at", audit.createdAt)
        .number("rev", audit.rev)
        .take();
}

}  // namespace tickmark::bundle

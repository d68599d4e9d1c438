// A finding with its responses, checks and history of classes.
#include "http/api/Answers.h"
#include "http/api/Describe.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

Json describePlaces(const domain::Response& response) {
    Json places = Json::array();
    for (const domain::ExtentPlace& place : response.extentPlaces) {
        Json item = Json::object();
        item.set("kind", domain::toText(place.kind))
            .set("place", place.place)
            .set("looked_at", place.lookedAt)
            .set("sample", place.sample)
            .set("population", place.population)
            .set("found", place.found);
        setText(item, "evidence", place.evidence);
        setText(item, "answer", place.answer);
        places.push(std::move(item));
    }
    return places;
}

Json describeResponse(const domain::Response& response, const Names& names) {
    Json fishbone = Json::array();
    for (const domain::FishboneCause& cause : response.fishbone) {
        Json item = Json::object();
        item.set("branch", cause.branch).set("cause", cause.cause);
        fishbone.push(std::move(item));
    }
    Json causes = Json::array();
    for (const domain::RootCause& cause : response.rootCauses) {
        Json item = Json::object();
        item.set("code", cause.code).set("text", cause.text);
        causes.push(std::move(item));
    }
    Json item = Json::object();
    item.set("round", response.round)
        .set("correction", response.correction)
        .set("extent", response.extent)
        .set("extent_places", describePlaces(response))
        .set("cause_method", response.causeMethod)
        .set("whys", texts(response.whys))
        .set("fishbone", std::move(fishbone))
        .set("root_causes", std::move(causes))
        .set("by", names.person(response.by))
        .set("at", response.at.iso());
    return item;
}

Json describeCheck(const domain::EffectivenessCheck& check, const Names& names) {
    Json item = Json::object();
    item.set("round", check.round).set("criterion", check.criterion).set("by", names.person(check.by));
    setDate(item, "planned_on", check.plannedOn);
    setDate(item, "done_on", check.doneOn);
    if (check.verdict) item.set("verdict", domain::toText(*check.verdict));
    setText(item, "note", check.note);
    setText(item, "kpi_before", check.kpiBefore);
    setText(item, "kpi_after", check.kpiAfter);
    return item;
}

Json describeChange(const domain::ClassChange& change, const Names& names) {
    Json item = Json::object();
    item.set("from", change.from)
        .set("to", change.to)
        .set("reason", change.reason)
        .set("by", names.person(change.by))
        .set("at", change.at.iso());
    return item;
}

void setClass(Json& item, const std::string& code) {
    item.set("class", code);
    if (const auto* known = domain::findingClass(code)) item.set("class_title", known->title);
}

void setLists(Json& item, const domain::Finding& finding, const Names& names) {
    Json responses = Json::array();
    for (const auto& response : finding.responses) responses.push(describeResponse(response, names));
    Json checks = Json::array();
    for (const auto& check : finding.checks) checks.push(describeCheck(check, names));
    Json changes = Json::array();
    for (const auto& change : finding.classHistory) changes.push(describeChange(change, names));
    item.set("responses", std::move(responses))
        .set("effectiveness_checks", std::move(checks))
        .set("class_history", std::move(changes))
        .set("evidence", names.versions(finding.evidence));
}

}  // namespace

Json describe(const domain::Finding& finding, const Names& names) {
    Json item = Json::object();
    item.set("ref", finding.ref.text())
        .set("state", domain::toText(finding.state))
        .set("state_title", domain::titleOf(finding.state))
        .set("title", finding.title)
        .set("clauses", texts(finding.clauses))
        .set("requirement", finding.requirement)
        .set("objective_evidence", finding.objectiveEvidence)
        .set("nature", finding.nature)
        .set("owner", names.person(finding.owner))
        .set("round", finding.round)
        .set("created_by", names.person(finding.createdBy))
        .set("created_at", finding.createdAt.iso())
        .set("changed_at", finding.changedAt.iso())
        .set("rev", finding.rev);
    setClass(item, finding.classCode);
    setText(item, "extent", finding.extent);
    setText(item, "risk", finding.risk);
    setText(item, "process", finding.process);
    setText(item, "service", finding.service);
    setText(item, "repeat_of", finding.repeatOf);
    setText(item, "source_ref", finding.sourceRef);
    setDate(item, "response_due", finding.responseDue);
    setDate(item, "close_due", finding.closeDue);
    setLists(item, finding, names);
    return item;
}

}  // namespace tickmark::http::api

#include "http/api/FindingInput.h"

#include "http/api/Input.h"

namespace tickmark::http::api {

using codec::Json;
using codec::JsonReader;

Result<app::FindingDraft> readFindingDraft(const Json& body) {
    JsonReader reader(body);
    app::FindingDraft draft;
    draft.audit = reader.text("audit");
    draft.classCode = reader.textOr("class", "minor");
    draft.title = reader.text("title");
    draft.clauses = reader.textsOr("clauses", {});
    draft.requirement = reader.textOr("requirement", "");
    draft.objectiveEvidence = reader.textOr("objective_evidence", "");
    draft.nature = reader.textOr("nature", "");
    draft.extent = reader.textOr("extent", "");
    draft.risk = reader.textOr("risk", "");
    draft.process = reader.textOr("process", "");
    draft.service = reader.textOr("service", "");
    draft.owner = reader.textOr("owner", "");
    draft.repeatOf = reader.textOr("repeat_of", "");
    draft.sourceRef = reader.textOr("source_ref", "");
    draft.responseDue = dateOf(reader, "response_due");
    draft.closeDue = dateOf(reader, "close_due");
    draft.evidence = reader.textsOr("evidence", {});
    TM_CHECK(reader.finish());
    return draft;
}

Result<app::Assignment> readAssignment(const Json& body) {
    JsonReader reader(body);
    app::Assignment assignment;
    if (reader.has("owner")) assignment.owner = reader.textOr("owner", "");
    assignment.responseDue = dateOf(reader, "response_due");
    assignment.closeDue = dateOf(reader, "close_due");
    if (reader.has("repeat_of")) assignment.repeatOf = reader.textOr("repeat_of", "");
    assignment.reason = reader.textOr("reason", "");
    TM_CHECK(reader.finish());
    return assignment;
}

namespace {

std::string placeOf(std::string_view list, std::size_t index) {
    return std::string(list) + "[" + std::to_string(index) + "].";
}

void readFishbone(JsonReader& reader, domain::Response& response) {
    std::size_t index = 0;
    for (const Json& item : reader.arrayOr("fishbone")) {
        JsonReader inner(item, placeOf("fishbone", index++));
        response.fishbone.push_back({inner.text("branch"), inner.text("cause")});
        if (auto done = inner.finish(); !done) reader.complain(std::move(done).error());
    }
}

void readExtent(JsonReader& reader, domain::Response& response) {
    std::size_t index = 0;
    for (const Json& item : reader.arrayOr("extent_places")) {
        JsonReader inner(item, placeOf("extent_places", index++));
        domain::ExtentPlace place;
        const std::string kind = inner.textOr("kind", "process");
        if (const auto known = domain::extentKindFrom(kind)) {
            place.kind = *known;
        } else {
            inner.complain(invalid("enum", inner.fieldName("kind"), "There is no such kind of place.",
                                   "Write site, process, service or population."));
        }
        place.place = inner.text("place");
        place.lookedAt = inner.text("looked_at");
        place.sample = inner.integerOr("sample", 0);
        place.population = inner.integerOr("population", 0);
        place.found = inner.integerOr("found", 0);
        place.evidence = inner.textOr("evidence", "");
        place.answer = inner.textOr("answer", "");
        if (auto done = inner.finish(); !done) reader.complain(std::move(done).error());
        response.extentPlaces.push_back(std::move(place));
    }
}

void readRootCauses(JsonReader& reader, domain::Response& response) {
    std::size_t index = 0;
    for (const Json& item : reader.arrayOr("root_causes")) {
        JsonReader inner(item, placeOf("root_causes", index++));
        response.rootCauses.push_back({inner.text("code"), inner.text("text")});
        if (auto done = inner.finish(); !done) reader.complain(std::move(done).error());
    }
}

}  // namespace

Result<domain::Response> readResponse(const Json& body) {
    JsonReader reader(body);
    domain::Response response;
    response.correction = reader.textOr("correction", "");
    response.extent = reader.textOr("extent", "");
    response.causeMethod = reader.textOr("cause_method", "");
    response.whys = reader.textsOr("whys", {});
    readExtent(reader, response);
    readFishbone(reader, response);
    readRootCauses(reader, response);
    TM_CHECK(reader.finish());
    return response;
}

Result<domain::EffectivenessCheck> readEffectivenessCheck(const Json& body) {
    JsonReader reader(body);
    domain::EffectivenessCheck check;
    check.criterion = reader.textOr("criterion", "");
    check.plannedOn = dateOf(reader, "planned_on");
    check.doneOn = dateOf(reader, "done_on");
    if (reader.has("verdict")) {
        check.verdict = choiceOf(reader, "verdict", domain::effectivenessVerdictFrom,
                                 domain::EffectivenessVerdict::NotEffective);
    }
    check.note = reader.textOr("note", "");
    check.kpiBefore = reader.textOr("kpi_before", "");
    check.kpiAfter = reader.textOr("kpi_after", "");
    TM_CHECK(reader.finish());
    return check;
}

}  // namespace tickmark::http::api

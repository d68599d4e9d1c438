// Objectives: propose, edit, measure, move, and what serves them.
#include "http/api/Answers.h"
#include "http/api/Describe.h"
#include "http/api/EventInput.h"
#include "http/api/ListText.h"
#include "http/api/Numbers.h"
#include "http/api/References.h"
#include "http/api/Rows.h"
#include "tickmark/app/Objectives.h"

namespace tickmark::http::api {
namespace {

using codec::Json;
using domain::Objective;

constexpr std::string_view base = "/api/v1/objectives";

Result<app::ObjectiveDraft> readDraft(Request& request) {
    TM_TRY(const Json body, readJson(request));
    codec::JsonReader reader(body);
    app::ObjectiveDraft draft;
    draft.title = reader.text("title");
    draft.statement = reader.textOr("statement", "");
    draft.process = reader.textOr("process", "");
    draft.service = reader.textOr("service", "");
    draft.owner = reader.textOr("owner", "");
    draft.kpi = reader.textOr("kpi", "");
    draft.unit = reader.textOr("unit", "");
    const std::string direction = reader.textOr("direction", "");
    draft.direction = domain::kpiDirectionFrom(direction);
    if (!direction.empty() && !draft.direction) {
        reader.complain(invalid("unknown-word", "direction", "\"" + direction + "\" is no direction.",
                                "Send higher_is_better or lower_is_better."));
    }
    draft.baseline = numberOf(reader, "baseline");
    draft.target = numberOf(reader, "target");
    draft.startOn = dateOf(reader, "start_on");
    draft.targetOn = dateOf(reader, "target_on");
    TM_CHECK(reader.finish());
    return draft;
}

Json describe(const Objective& objective) {
    Json item = Json::object();
    item.set("ref", objective.ref.text()).set("state", domain::toText(objective.state));
    item.set("title", objective.title);
    setText(item, "statement", objective.statement);
    setText(item, "process", objective.process);
    setText(item, "service", objective.service);
    setText(item, "kpi", objective.kpi);
    item.set("unit", objective.unit);
    if (objective.direction) item.set("direction", domain::toText(*objective.direction));
    setNumber(item, "baseline", objective.baseline);
    setNumber(item, "target", objective.target);
    setDate(item, "start_on", objective.startOn);
    setDate(item, "target_on", objective.targetOn);
    setText(item, "state_reason", objective.stateReason);
    item.set("created_at", objective.createdAt.iso()).set("rev", objective.rev);
    return item;
}

void setProgress(Json& item, const std::optional<double>& value,
                 const std::optional<std::int64_t>& progress) {
    setNumber(item, "value", value);
    if (progress) item.set("progress", *progress);
}

Response changed(const Objective& objective) {
    return changeAnswer(objective.ref.text(), domain::toText(objective.state), objective.rev);
}

Result<Response> listObjectives(Call& call) {
    QueryReader query(call.request);
    storage::ObjectiveFilter filter;
    const std::string state = query.text("state");
    const storage::PageRequest page = query.page();
    TM_CHECK(query.finish());
    if (const auto known = domain::objectiveStateFrom(state)) {
        filter.states = {*known};
    } else if (!state.empty()) {
        return invalid("unknown-word", "state", "\"" + state + "\" is no state of an objective.",
                       "Send proposed, approved, achieved, missed or withdrawn.");
    }
    TM_TRY(const auto list, app::listObjectives(call.context(), call.actor(), filter, page));
    Json items = Json::array();
    for (const auto& line : list.lines) {
        Json item = describe(line.row.objective);
        setText(item, "owner", line.row.ownerAccount);
        setProgress(item, line.value, line.progress);
        item.set("items", line.row.items).set("open_items", line.row.openItems);
        items.push(std::move(item));
    }
    Json document = Json::object();
    document.set("items", std::move(items));
    setText(document, "next", list.next);
    return documentAnswer(document);
}

Result<Response> proposeObjective(Call& call) {
    TM_TRY(const auto draft, readDraft(call.request));
    TM_TRY(const Objective made, app::proposeObjective(call.context(), call.actor(), draft));
    return creationAnswer(base, made.ref.text(), domain::toText(made.state), made.rev);
}

Result<Response> showObjective(Call& call) {
    TM_TRY(const auto view,
           app::showObjective(call.context(), call.actor(), call.ref<domain::ObjectiveRef>()));
    Names names;
    names.add(view.parties);
    Json item = describe(view.objective);
    item.set("owner", names.person(view.objective.owner));
    item.set("proposed_by", names.person(view.objective.proposedBy));
    item.set("decided_by", names.person(view.objective.decidedBy));
    setProgress(item, view.value, view.progress);
    setText(item, "evidence", view.evidence);
    if (view.itemProgress) item.set("item_progress", *view.itemProgress);
    Json items = Json::array();
    for (const auto& row : view.items) {
        items.push(Json::object()
                       .set("ref", row.ref)
                       .set("title", row.title)
                       .set("state", row.state)
                       .set("progress", row.progress));
    }
    item.set("items", std::move(items)).set("steps", describeSteps(view.steps));
    return documentAnswer(item, view.objective.rev);
}

Result<Response> editObjective(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const auto draft, readDraft(call.request));
    TM_TRY(const Objective made,
           app::editObjective(call.context(), call.actor(), call.ref<domain::ObjectiveRef>(), rev, draft));
    return changed(made);
}

Result<Response> measureObjective(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const auto value = numberOf(reader, "value");
    const std::string evidence = reader.text("evidence");
    TM_CHECK(reader.finish());
    if (!value) return invalid("required", "value", "The value is missing.", "Send a JSON number.");
    TM_TRY(const Objective made,
           app::measureObjective(call.context(), call.actor(), call.ref<domain::ObjectiveRef>(), rev, *value,
                                 evidence));
    return changed(made);
}

Result<Response> moveObjective(Call& call) {
    TM_TRY(const auto step, readStep(call.request, domain::objectiveEventFrom));
    TM_TRY(const Objective made,
           app::moveObjective(call.context(), call.actor(), call.ref<domain::ObjectiveRef>(), step.rev,
                              step.event, step.reason));
    return changed(made);
}

}  // namespace

std::vector<ApiRow> objectiveRows() {
    const std::string all(base);
    const std::string one = all + "/{ref}";
    const std::string readers = "LA AU PO IM TM";
    return {
        {"GET",
         all,
         "objectives.list",
         readers,
         "Objectives with their progress",
         listObjectives,
         {"state", "limit", "after"}},
        {"POST", all, "objectives.propose", "IM TM", "Propose an objective", proposeObjective},
        {"GET", one, "objectives.show", readers, "One objective and what serves it", showObjective},
        {"PUT", one, "objectives.edit", "IM TM", "Edit a proposed objective", editObjective},
        {"PUT", one + "/value", "objectives.measure", "PO IM", "Record the value of an objective without KPI",
         measureObjective},
        {"POST", one + "/events", "objectives.move", "IM TM",
         "Approve, achieve, miss or withdraw an objective", moveObjective},
    };
}

}  // namespace tickmark::http::api

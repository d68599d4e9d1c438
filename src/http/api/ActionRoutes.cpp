// Actions: plan, edit, move, extend, attach evidence.
#include "http/api/Answers.h"
#include "http/api/Describe.h"
#include "http/api/EventInput.h"
#include "http/api/ListText.h"
#include "http/api/References.h"
#include "http/api/Rows.h"
#include "tickmark/app/Lists.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

constexpr std::string_view base = "/api/v1/actions";

Response changed(const domain::Action& action) {
    return changeAnswer(action.ref.text(), domain::toText(action.state), action.rev);
}

/// `finding` is asked for when an action is planned; afterwards an action stays with its finding.
Result<app::ActionDraft> readDraft(const Json& body, bool isNew) {
    codec::JsonReader reader(body);
    app::ActionDraft draft;
    draft.finding = isNew ? reader.text("finding") : reader.textOr("finding", "");
    draft.kind = choiceOf(reader, "kind", domain::actionKindFrom, domain::ActionKind::Corrective);
    draft.title = reader.text("title");
    draft.description = reader.textOr("description", "");
    draft.rootCause = reader.textOr("root_cause", "");
    draft.owner = reader.textOr("owner", "");
    draft.ownerRole = reader.textOr("owner_role", "");
    draft.due = dateOf(reader, "due");
    draft.cost = reader.textOr("cost", "");
    TM_CHECK(reader.finish());
    return draft;
}

Result<Response> listActions(Call& call) {
    QueryReader query(call.request);
    storage::ActionFilter filter;
    filter.states = query.choices("state", domain::actionStateFrom);
    filter.dueBefore = query.date("due_before");
    filter.dueAfter = query.date("due_after");
    filter.openOnly = query.flag("open");
    const storage::PageRequest page = query.page();
    TM_CHECK(query.finish());
    const storage::Scope scope = app::scopeOf(call.context(), call.actor());
    using Found = storage::Page<storage::ActionRow>;
    TM_TRY(const Found found,
           call.context().database->read([&](storage::ReadSession& session) -> Result<Found> {
               TM_TRY(filter.finding, findingNamed(session, scope, query.text("finding")));
               TM_TRY(filter.audit, auditNamed(session, scope, query.text("audit")));
               TM_TRY(filter.owner, partyNamed(session, "owner", query.text("owner")));
               return storage::listActions(session, scope, filter, page);
           }));
    ListText list;
    for (const storage::ActionRow& row : found.rows) {
        list.openItem();
        list.text("ref", row.ref);
        list.text("title", row.title);
        list.text("kind", row.kind);
        list.text("state", row.state);
        list.text("finding", row.findingRef);
        list.text("audit", row.auditRef);
        list.person("owner", row.ownerAccount, row.ownerName);
        list.textIf("due", row.due);
        list.textIf("done_on", row.doneOn);
        list.number("rev", row.rev);
        list.closeItem();
    }
    return jsonResponse(std::move(list).finish(found.next));
}

Result<Response> planAction(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    TM_TRY(const app::ActionDraft draft, readDraft(body, true));
    TM_TRY(const domain::Action made, app::planAction(call.context(), call.actor(), draft));
    return creationAnswer(base, made.ref.text(), domain::toText(made.state), made.rev);
}

Result<Response> showAction(Call& call) {
    TM_TRY(const app::ActionView view,
           app::showAction(call.context(), call.actor(), call.ref<domain::ActionRef>()));
    Names names;
    names.add(view.parties);
    names.add(view.evidence);
    Json document = describe(view.action, names);
    Json evidence = Json::array();
    for (const auto& version : view.evidence) evidence.push(describe(version, names));
    Json rights = Json::object();
    rights.set("edit", view.mayEdit)
        .set("ask_extension", view.mayAskExtension)
        .set("decide_extension", view.mayDecideExtension)
        .set("attach", view.mayAttach);
    document.set("finding", view.finding.ref.text())
        .set("finding_title", view.finding.title)
        .set("audit", view.audit.ref.text())
        .set("evidence_versions", std::move(evidence))
        .set("steps", describeSteps(view.steps))
        .set("rights", std::move(rights));
    return documentAnswer(document, view.action.rev);
}

Result<Response> editAction(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    TM_TRY(const app::ActionDraft draft, readDraft(body, false));
    TM_TRY(const domain::Action action,
           app::editAction(call.context(), call.actor(), call.ref<domain::ActionRef>(), rev, draft));
    return changed(action);
}

Result<Response> moveAction(Call& call) {
    TM_TRY(const auto step, readStep(call.request, domain::actionEventFrom));
    TM_TRY(const domain::Action action,
           app::changeActionState(call.context(), call.actor(), call.ref<domain::ActionRef>(), step.rev,
                                  step.event, step.reason));
    return changed(action);
}

Result<Response> askExtension(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const std::string reason = reader.text("reason");
    const std::string day = reader.text("due");
    TM_CHECK(reader.finish());
    auto asked = Date::parse(day);
    if (!asked)
        return invalid("date", "due", "This is no date of the form YYYY-MM-DD.", "Send the day asked for.");
    TM_TRY(const domain::Action action,
           app::requestExtension(call.context(), call.actor(), call.ref<domain::ActionRef>(), rev, *asked,
                                 reason));
    return changed(action);
}

Result<Response> decideExtension(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const bool approve = reader.booleanOr("approve", false);
    if (!reader.has("approve")) {
        reader.complain(invalid("missing-member", "approve", "This is missing.", "Send true or false."));
    }
    const std::string note = reader.textOr("note", "");
    TM_CHECK(reader.finish());
    TM_TRY(const domain::Action action,
           app::decideExtension(call.context(), call.actor(), call.ref<domain::ActionRef>(), rev, approve,
                                note));
    return changed(action);
}

Result<Response> attachEvidence(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const auto versions, readVersions(call.request));
    TM_TRY(const domain::Action action,
           app::attachEvidenceToAction(call.context(), call.actor(), call.ref<domain::ActionRef>(), rev,
                                       versions));
    return changed(action);
}

}  // namespace

std::vector<ApiRow> actionRows() {
    const std::string all(base);
    const std::string one = all + "/{ref}";
    const std::string readers = "LA AU PO AO IM TM XA";
    return {
        {"GET",
         all,
         "actions.list",
         readers,
         "Actions that the caller may see",
         listActions,
         {"finding", "audit", "owner", "state", "due_before", "due_after", "open", "limit", "after"}},
        {"POST", all, "actions.create", "LA PO", "Plan an action of a finding", planAction},
        {"GET", one, "actions.show", readers, "One action with its evidence and steps", showAction},
        {"PUT", one, "actions.edit", "LA PO", "Edit a planned action", editAction},
        {"POST", one + "/events", "actions.move", "LA AU PO AO IM", "Move an action to its next state",
         moveAction},
        {"POST", one + "/extension", "actions.ask-extension", "PO AO", "Ask for a later due date",
         askExtension},
        {"POST", one + "/extension-decision", "actions.decide-extension", "LA", "Decide about that",
         decideExtension},
        {"POST", one + "/evidence", "actions.attach", "LA AU PO AO", "Point at evidence versions",
         attachEvidence},
    };
}

}  // namespace tickmark::http::api

// Evidence requests: what the auditor wants to be given.
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

constexpr std::string_view base = "/api/v1/requests";

Result<Response> listRequests(Call& call) {
    QueryReader query(call.request);
    storage::RequestFilter filter;
    filter.states = query.choices("state", domain::requestStateFrom);
    filter.dueBefore = query.date("due_before");
    const storage::PageRequest page = query.page();
    TM_CHECK(query.finish());
    const storage::Scope scope = app::scopeOf(call.context(), call.actor());
    using Found = storage::Page<storage::RequestRow>;
    TM_TRY(const Found found,
           call.context().database->read([&](storage::ReadSession& session) -> Result<Found> {
               TM_TRY(filter.finding, findingNamed(session, scope, query.text("finding")));
               TM_TRY(filter.audit, auditNamed(session, scope, query.text("audit")));
               TM_TRY(filter.assignee, partyNamed(session, "assignee", query.text("assignee")));
               return storage::listRequests(session, scope, filter, page);
           }));
    ListText list;
    for (const storage::RequestRow& row : found.rows) {
        list.openItem();
        list.text("ref", row.ref);
        list.text("text", row.text);
        list.text("state", row.state);
        list.text("audit", row.auditRef);
        list.textIf("finding", row.findingRef);
        list.person("assignee", row.assigneeAccount, row.assigneeName);
        list.textIf("due", row.due);
        list.number("rev", row.rev);
        list.closeItem();
    }
    return jsonResponse(std::move(list).finish(found.next));
}

Result<Response> createRequest(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    app::RequestDraft draft;
    draft.audit = reader.text("audit");
    draft.finding = reader.textOr("finding", "");
    draft.text = reader.text("text");
    draft.items = reader.textsOr("items", {});
    draft.assignee = reader.textOr("assignee", "");
    draft.due = dateOf(reader, "due");
    TM_CHECK(reader.finish());
    TM_TRY(const domain::EvidenceRequest made, app::createRequest(call.context(), call.actor(), draft));
    return creationAnswer(base, made.ref.text(), domain::toText(made.state), made.rev);
}

Result<Response> showRequest(Call& call) {
    TM_TRY(const app::RequestView view,
           app::showRequest(call.context(), call.actor(), call.ref<domain::RequestRef>()));
    Names names;
    names.add(view.parties);
    names.add(view.evidence);
    Json document = describe(view.request, names);
    Json evidence = Json::array();
    for (const auto& version : view.evidence) evidence.push(describe(version, names));
    Json rights = Json::object();
    rights.set("attach", view.mayAttach);
    document.set("audit", view.audit.ref.text())
        .set("evidence_versions", std::move(evidence))
        .set("steps", describeSteps(view.steps))
        .set("rights", std::move(rights));
    setText(document, "finding", view.findingRef);
    return documentAnswer(document, view.request.rev);
}

Result<Response> moveRequest(Call& call) {
    TM_TRY(const auto step, readStep(call.request, domain::requestEventFrom));
    TM_TRY(const domain::EvidenceRequest request,
           app::changeRequestState(call.context(), call.actor(), call.ref<domain::RequestRef>(), step.rev,
                                   step.event, step.reason));
    return changeAnswer(request.ref.text(), domain::toText(request.state), request.rev);
}

Result<Response> attachEvidence(Call& call) {
    TM_TRY(const auto versions, readVersions(call.request));
    TM_CHECK(app::answerRequests(call.context(), call.actor(), {call.path("ref")}, versions));
    TM_TRY(const app::RequestView view,
           app::showRequest(call.context(), call.actor(), call.ref<domain::RequestRef>()));
    return changeAnswer(view.request.ref.text(), domain::toText(view.request.state), view.request.rev);
}

/// What a folder would answer, before any file is sent.
Result<Response> proposeMatching(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const auto names = reader.textsOr("file_names", {});
    TM_CHECK(reader.finish());
    TM_TRY(const domain::Matching matching,
           app::proposeMatching(call.context(), call.actor(), call.path("ref"), names));
    Json files = Json::array();
    for (const domain::FileMatch& match : matching.files) {
        Json item = Json::object();
        item.set("file", match.file)
            .set("requests", texts(match.requests))
            .set("strangers", texts(match.strangers));
        files.push(std::move(item));
    }
    Json document = Json::object();
    document.set("files", std::move(files))
        .set("unmatched", texts(matching.unmatched()))
        .set("unanswered", texts(matching.unanswered));
    return documentAnswer(document);
}

}  // namespace

std::vector<ApiRow> requestRows() {
    const std::string all(base);
    const std::string one = all + "/{ref}";
    const std::string readers = "LA AU PO AO IM TM XA";
    return {
        {"GET",
         all,
         "requests.list",
         readers,
         "Evidence requests that the caller may see",
         listRequests,
         {"audit", "finding", "assignee", "state", "due_before", "limit", "after"}},
        {"POST", all, "requests.create", "LA AU", "Ask for evidence", createRequest},
        {"GET", one, "requests.show", readers, "One request with what was handed over", showRequest},
        {"POST", one + "/events", "requests.move", "LA AU PO AO", "Move a request to its next state",
         moveRequest},
        {"POST", one + "/evidence", "requests.attach", "LA AU PO AO",
         "Answer with versions handed over already", attachEvidence},
        {"POST", "/api/v1/audits/{ref}/requests/matching", "requests.match", "LA AU PO AO",
         "Which open requests files of these names would answer", proposeMatching},
    };
}

}  // namespace tickmark::http::api

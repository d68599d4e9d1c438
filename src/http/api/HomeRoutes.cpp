// What waits for the caller, and the description of this API.
#include "http/api/Answers.h"
#include "http/api/Rows.h"
#include "tickmark/app/Lists.h"
#include "tickmark/embedded/openapi.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

Json countsOf(const std::vector<app::HomeView::Count>& counts) {
    Json object = Json::object();
    for (const auto& count : counts) object.set(count.key, count.number);
    return object;
}

Result<Response> showHome(Call& call) {
    TM_TRY(const app::HomeView view, app::showHome(call.context(), call.actor()));
    Json waiting = Json::array();
    for (const app::ToDo& todo : view.waiting) {
        Json item = Json::object();
        item.set("kind", todo.kind)
            .set("ref", todo.ref)
            .set("title", todo.title)
            .set("verb", todo.verb)
            .set("state", todo.state)
            .set("audit", todo.audit);
        setDate(item, "due", todo.due);
        waiting.push(std::move(item));
    }
    Json audits = Json::array();
    for (const storage::AuditRow& row : view.audits) {
        Json item = Json::object();
        item.set("ref", row.ref).set("title", row.title).set("state", row.state).set("auditee", row.auditee);
        audits.push(std::move(item));
    }
    Json document = Json::object();
    document.set("waiting", std::move(waiting))
        .set("more_waiting", view.moreWaiting)
        .set("audits", std::move(audits))
        .set("more_audits", view.moreAudits)
        .set("open_by_class", countsOf(view.openByClass))
        .set("by_state", countsOf(view.byState))
        .set("open", view.open)
        .set("past_due", view.pastDue)
        .set("ledger_size", view.ledgerSize);
    return documentAnswer(document);
}

Result<Response> showDescription(Call& /*call*/) {
    return jsonResponse(std::string(embedded::openapi().front().text));
}

}  // namespace

std::vector<ApiRow> homeRows() {
    return {
        {"GET", "/api/v1/home", "home.show", "all", "What waits for the caller", showHome},
        {"GET", "/api/openapi.json", "openapi.show", "public", "This description", showDescription},
    };
}

}  // namespace tickmark::http::api

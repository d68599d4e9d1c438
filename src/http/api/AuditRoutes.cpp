// Audits: list, create, change, move, share, import into.
#include "http/api/Answers.h"
#include "http/api/AuditInput.h"
#include "http/api/Describe.h"
#include "http/api/EventInput.h"
#include "http/api/ListText.h"
#include "http/api/Rows.h"
#include "tickmark/app/Lists.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

constexpr std::string_view base = "/api/v1/audits";

Response changed(const domain::Audit& audit) {
    return changeAnswer(audit.ref.text(), domain::toText(audit.state), audit.rev);
}

Result<Response> listAudits(Call& call) {
    QueryReader query(call.request);
    storage::AuditFilter filter;
    filter.states = query.choices("state", domain::auditStateFrom);
    filter.catalog = query.text("catalog");
    if (const std::string type = query.text("type"); !type.empty()) {
        filter.type = domain::auditTypeFrom(type);
        if (!filter.type) query.complain("type", "There is no type \"" + type + "\".");
    }
    const storage::PageRequest page = query.page();
    TM_CHECK(query.finish());
    const storage::Scope scope = app::scopeOf(call.context(), call.actor());
    TM_TRY(const auto found, call.context().database->read([&](storage::ReadSession& session) {
        return storage::listAudits(session, scope, filter, page);
    }));
    ListText list;
    for (const storage::AuditRow& row : found.rows) {
        list.openItem();
        list.text("ref", row.ref);
        list.text("title", row.title);
        list.text("type", row.type);
        list.text("state", row.state);
        list.text("auditee", row.auditee);
        list.textIf("catalog", row.catalog);
        if (row.from) list.text("from", row.from->iso());
        if (row.to) list.text("to", row.to->iso());
        if (scope.reach != domain::Reach::OwnItems) list.number("findings", row.findings);
        list.number("rev", row.rev);
        list.closeItem();
    }
    return jsonResponse(std::move(list).finish(found.next));
}

Result<Response> createAudit(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    TM_TRY(const Accounts accounts, assignableAccounts(call.context(), call.actor()));
    TM_TRY(domain::Audit input, readAudit(body, accounts));
    TM_TRY(const domain::Audit made, app::createAudit(call.context(), call.actor(), std::move(input)));
    return creationAnswer(base, made.ref.text(), domain::toText(made.state), made.rev);
}

Result<Response> showAudit(Call& call) {
    TM_TRY(const app::AuditView view,
           app::showAudit(call.context(), call.actor(), call.ref<domain::AuditRef>()));
    Names names;
    names.add(view.parties);
    Json document = describe(view.audit, names);
    Json counts = Json::object();
    counts.set("findings", view.findings)
        .set("open_findings", view.openFindings)
        .set("requests", view.requests)
        .set("evidence", view.evidence)
        .set("bundles", view.bundles);
    document.set("counts", std::move(counts)).set("steps", describeSteps(view.steps));
    return documentAnswer(document, view.audit.rev);
}

Result<Response> changeAudit(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    if (body.find("checklist") != nullptr) {
        return invalid("body", "checklist", "The checklist is not changed with the audit.",
                       "Leave the field out; PUT one row at /api/v1/audits/{ref}/checklist/{row}.");
    }
    TM_TRY(const Accounts accounts, assignableAccounts(call.context(), call.actor()));
    TM_TRY(domain::Audit input, readAudit(body, accounts));
    if (!input.ref.empty() && input.ref.text() != call.path("ref")) {
        return invalid("reference", "ref", "An audit keeps its reference.", "Leave the field out.");
    }
    input.ref = call.ref<domain::AuditRef>();
    input.rev = rev;
    TM_TRY(const domain::Audit audit, app::changeAudit(call.context(), call.actor(), std::move(input)));
    return changed(audit);
}

Result<Response> moveAudit(Call& call) {
    TM_TRY(const auto step, readStep(call.request, domain::auditEventFrom));
    TM_TRY(const domain::Audit audit,
           app::changeAuditState(call.context(), call.actor(), call.ref<domain::AuditRef>(), step.rev,
                                 step.event, step.reason));
    return changed(audit);
}

Result<Response> shareAudit(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const auto until = dateOf(reader, "until");
    if (!reader.has("until")) [[maybe_unused]]
        const std::string missing = reader.text("until");
    TM_CHECK(reader.finish());
    if (!until) {
        return invalid("share", "until", "The last day of access is missing.",
                       "Send a date, or DELETE this address to take the access away.");
    }
    TM_TRY(const domain::Audit audit,
           app::shareAudit(call.context(), call.actor(), call.ref<domain::AuditRef>(), rev,
                           call.path("account"), until));
    return changed(audit);
}

Result<Response> unshareAudit(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const domain::Audit audit,
           app::shareAudit(call.context(), call.actor(), call.ref<domain::AuditRef>(), rev,
                           call.path("account"), {}));
    return changed(audit);
}

}  // namespace

std::vector<ApiRow> auditRows() {
    const std::string all(base);
    const std::string one = all + "/{ref}";
    const std::string share = one + "/shares/{account}";
    const std::string readers = "LA AU PO AO IM TM XA";
    return {
        {"GET",
         all,
         "audits.list",
         readers,
         "Audits that the caller may see",
         listAudits,
         {"state", "type", "catalog", "limit", "after"}},
        {"POST", all, "audits.create", "LA", "Create an audit", createAudit},
        {"GET", one, "audits.show", readers, "One audit with its team, counts and steps", showAudit},
        {"PUT", one, "audits.change", "LA", "Change an audit", changeAudit},
        {"POST", one + "/events", "audits.move", "LA", "Move an audit to its next state", moveAudit},
        {"PUT", share, "audits.share", "LA", "Let a certification auditor read until a day", shareAudit},
        {"DELETE", share, "audits.unshare", "LA", "Take that access away", unshareAudit},
    };
}

}  // namespace tickmark::http::api

// Requests for evidence: the list, one request, asking, and its steps.
#include <array>

#include "http/api/References.h"
#include "http/pages/ListFilters.h"
#include "http/pages/ListTools.h"
#include "http/pages/Listing.h"
#include "http/pages/Page.h"
#include "http/pages/Parts.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Findings.h"
#include "tickmark/app/Lists.h"
#include "tickmark/storage/Parties.h"

namespace tickmark::http::pages {
namespace {

using domain::RequestState;
using domain::Role;

constexpr std::array<RequestState, 7> allStates{
    RequestState::Draft,    RequestState::Open,   RequestState::Submitted, RequestState::Returned,
    RequestState::Accepted, RequestState::Closed, RequestState::Cancelled};
constexpr std::size_t shownCharacters = 140;

bool mayAsk(const Caller& caller) {
    return caller.actor.role == Role::LeadAuditor || caller.actor.role == Role::Auditor;
}
std::string addressOf(const std::string& ref) { return "/requests/" + encoded(ref); }
domain::RequestRef refOf(const PathParameters& parameters) {
    return domain::RequestRef{std::string(parameters.at("ref"))};
}
bool isLive(RequestState state) {
    return state == RequestState::Draft || state == RequestState::Open || state == RequestState::Submitted ||
           state == RequestState::Returned;
}

// ---- the list
// ---------------------------------------------------------------------------------------------------

using Found = storage::Page<storage::RequestRow>;

Result<std::optional<domain::PartyId>> assigneeNamed(storage::ReadSession& session,
                                                     const std::string& account) {
    if (account.empty()) return std::optional<domain::PartyId>{};
    auto party = storage::findPartyByAccount(session, account);
    if (party) return std::optional(party->id);
    if (party.error().kind != ErrorKind::NotFound) return std::move(party).error();
    return invalid("unknown-reference", "assignee", "There is no account \"" + account + "\".",
                   "Write the account as it stands on the request's page, or leave the field empty.");
}

Result<Found> findRows(WebApp& web, const Request& request, const storage::Scope& scope,
                       std::int64_t& count) {
    return web.context->database->read([&](storage::ReadSession& session) -> Result<Found> {
        TM_TRY(const auto filter, requestFilterOf(session, request, scope));
        TM_TRY(count, storage::countRequests(session, scope, filter));
        return storage::listRequests(session, scope, filter, {50, std::string(request.queryValue("after"))});
    });
}

void putFilters(view::Model& model, const Request& request) {
    putAsked(model, request, {"audit", "finding", "assignee", "due_before"});
    for (const RequestState state : allStates) {
        const std::string code(domain::toText(state));
        putOption(model, "STATE", "CODE", code, view::said(domain::titleOf(state)),
                  request.queryValue("state") == code);
    }
}

void putRow(const Request& request, view::Model& rows, const storage::RequestRow& asked, Date today) {
    view::Model& row = rows.add("ROW");
    putPick(request, row, asked.ref, asked.rev);
    row.set("HREF", addressOf(asked.ref)).set("REF", asked.ref);
    row.set("NAME", excerpt(asked.text, shownCharacters));
    row.set("ASSIGNEE_NAME", asked.assigneeName.empty() ? view::said("nobody") : asked.assigneeName);
    row.set("AUDIT_REF", asked.auditRef).set("AUDIT_HREF", "/audits/" + encoded(asked.auditRef));
    row.setIf("FINDING_REF", asked.findingRef).set("FINDING_HREF", "/findings/" + encoded(asked.findingRef));
    putStatus(row, "STATUS", "request", asked.state);
    putDue(row, dayOf(asked.due), today);
    const auto state = domain::requestStateFrom(asked.state);
    if (state && !isLive(*state)) row.set("HINT", "").set("HINT_TONE", "");
}

Result<Response> listRequests(WebApp& web, Request& request, const PathParameters&) {
    if (auto standard = standardFilter(web, request, "requests")) return *std::move(standard);
    const Caller& caller = callerOf(request);
    const storage::Scope scope = app::scopeOf(*web.context, caller.actor);
    std::int64_t count = 0;
    const auto found = findRows(web, request, scope, count);
    Frame frame;
    frame.title = view::said("Requests for evidence");
    frame.section = "/requests";
    if (!found) {
        frame.error = &found.error();
        frame.status = statusOf(found.error());
    }
    return page(web, request, frame, "pages/requests.html", [&](view::Model& model) {
        const bool gives = caller.actor.role == Role::ProcessOwner || caller.actor.role == Role::ActionOwner;
        model.showIf(mayAsk(caller), "MAY_ASK").showIf(gives || mayAsk(caller), "MAY_MATCH");
        putFilters(model, request);
        const ListFace& face = listFace(app::BulkKind::Request);
        putListTools(web, request, model, face, exactly(count));
        if (!found || found->rows.empty()) {
            model.add("EMPTY").showIf(mayAsk(caller), "MAY_ASK_HERE");
            return;
        }
        view::Model& rows = model.add("HAS_ROWS");
        putBulk(web, request, rows, face, exactly(count));
        for (const auto& row : found->rows) putRow(request, rows, row, scope.today);
        if (found->next.empty()) return;
        model.add("HAS_NEXT_PAGE").set("NEXT_PAGE", nextAddress(request, "/requests", found->next));
    });
}

// ---- one request
// ------------------------------------------------------------------------------------------------

void putFacts(view::Model& model, const app::RequestView& view, Date today) {
    const domain::EvidenceRequest& asked = view.request;
    model.set("REF", asked.ref.text()).set("TEXT", asked.text).set("REV", std::to_string(asked.rev));
    model.set("AUDIT_REF", view.audit.ref.text()).set("AUDIT_TITLE", view.audit.title);
    model.set("AUDIT_HREF", "/audits/" + encoded(view.audit.ref.text()));
    model.setIf("FINDING_REF", view.findingRef);
    model.set("FINDING_HREF", "/findings/" + encoded(view.findingRef));
    model.set("ASSIGNEE", nameOf(view.parties, asked.assignee)).setTime("CREATED", asked.createdAt);
    putDue(model, asked.due, today);
    if (!isLive(asked.state)) model.set("HINT", "").set("HINT_TONE", "");
    model.say("DUE_WORD", asked.due ? asked.due->iso() : "No date");
    model.showIf(asked.due.has_value(), "HAS_DUE_DAY");
    const bool returned = asked.state == RequestState::Returned;
    model.setIf("RETURN_NOTE", returned ? asked.returnNote : std::string());
    if (asked.items.empty()) return;
    view::Model& items = model.add("HAS_ITEMS");
    for (const std::string& item : asked.items) items.add("ITEM").set("WORDS", item);
}

Result<Response> requestPage(WebApp& web, Request& request, const domain::RequestRef& ref,
                             const RefusedStep* refused) {
    TM_TRY(const app::RequestView view, app::showRequest(*web.context, callerOf(request).actor, ref));
    const std::string audit = view.audit.ref.text();
    Frame frame;
    frame.title = view::said("Request " + ref.text());
    frame.section = "/requests";
    frame.trail = {{"/audits", "Audits"},
                   {"/audits/" + encoded(audit), audit},
                   {"/requests?audit=" + encoded(audit), "Requests"}};
    frame.trailEnd = ref.text();
    takeRefusal(frame, refused);
    return page(web, request, frame, "pages/request.html", [&](view::Model& model) {
        putFacts(model, view, web.context->today());
        putStatus(model, "STATUS", "request", domain::toText(view.request.state));
        model.showIf(view.mayAttach, "MAY_ATTACH");
        putSteps(model, request, shown(view.steps, view.request.state, callerOf(request).actor.role),
                 addressOf(ref.text()) + "/events", view.request.rev, refused);
        putEvidence(model, view.evidence, view.parties);
        if (view.mayAttach) putUpload(model, request, "request", ref.text(), addressOf(ref.text()));
    });
}

Result<Response> showRequest(WebApp& web, Request& request, const PathParameters& parameters) {
    return requestPage(web, request, refOf(parameters), nullptr);
}

Result<Response> step(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    const auto event = domain::requestEventFrom(form.text("event"));
    if (!event) {
        return invalid("unknown-word", "event", "There is no such step.",
                       "Choose a step on the request's page.");
    }
    const auto moved = app::changeRequestState(*web.context, callerOf(request).actor, ref, form.revision(),
                                               *event, form.text("reason"));
    if (moved) return redirectResponse(addressOf(ref.text()));
    const RefusedStep refused = refusedStep(form, domain::titleOf(*event), moved.error());
    auto again = requestPage(web, request, ref, &refused);
    return again ? std::move(again) : moved.error();
}

// ---- asking
// -----------------------------------------------------------------------------------------------------

/// Audits that still take requests, and the one chosen whatever the number of others.
void putAudits(WebApp& web, const Request& request, view::Model& model, const std::string& chosen) {
    storage::AuditFilter filter;
    filter.states = {domain::AuditState::Planned, domain::AuditState::Fieldwork,
                     domain::AuditState::Reporting, domain::AuditState::FollowUp};
    const auto scope = app::scopeOf(*web.context, callerOf(request).actor);
    const auto audits = web.context->database->read([&](storage::ReadSession& session) {
        return app::everyRow([&](const storage::PageRequest& page) {
            return storage::listAudits(session, scope, filter, page);
        });
    });
    bool offered = chosen.empty();
    if (audits) {
        for (const auto& audit : *audits) {
            putOption(model, "AUDIT", "REF", audit.ref, audit.title, audit.ref == chosen);
            offered = offered || audit.ref == chosen;
        }
    }
    if (!offered) putOption(model, "AUDIT", "REF", chosen, "", true);
}

Response askPage(WebApp& web, Request& request, const app::RequestDraft& draft, const Error* error) {
    Frame frame;
    frame.title = view::said("Ask for evidence");
    frame.section = "/requests";
    frame.trail = {{"/requests", "Requests"}};
    frame.trailEnd = view::said("New");
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/request-form.html", [&](view::Model& model) {
        putAudits(web, request, model, draft.audit);
        model.set("FINDING", draft.finding).set("TEXT", draft.text).set("ITEMS", joinedLines(draft.items));
        model.set("DUE", isoOf(draft.due));
        model.set("CANCEL", draft.finding.empty() ? "/requests" : "/findings/" + encoded(draft.finding));
        putPeople(web, request, model, draft.assignee,
                  [](Role role) { return role == Role::ProcessOwner || role == Role::ActionOwner; });
    });
}

Result<Response> showNew(WebApp& web, Request& request, const PathParameters&) {
    app::RequestDraft draft;
    draft.audit = std::string(request.queryValue("audit"));
    draft.finding = std::string(request.queryValue("finding"));
    if (!draft.finding.empty()) {
        TM_TRY(const auto view,
               app::showFinding(*web.context, callerOf(request).actor, domain::FindingRef(draft.finding)));
        draft.audit = view.audit.ref.text();
        draft.assignee = accountOf(view.parties, view.finding.owner);
    }
    return askPage(web, request, draft, nullptr);
}

Result<Response> ask(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    app::RequestDraft draft;
    draft.audit = form.text("audit");
    draft.finding = form.text("finding");
    draft.text = form.text("text");
    draft.items = linesOf(form.text("items"));
    draft.assignee = form.text("assignee");
    const auto due = form.date("due");
    if (!due) return askPage(web, request, draft, &due.error());
    draft.due = *due;
    const auto made = app::createRequest(*web.context, callerOf(request).actor, draft);
    if (!made) return askPage(web, request, draft, &made.error());
    return redirectResponse(addressOf(made->ref.text()));
}

}  // namespace

Result<storage::RequestFilter> requestFilterOf(storage::ReadSession& session, const Request& request,
                                               const storage::Scope& scope) {
    const auto text = [&request](std::string_view name) { return std::string(request.queryValue(name)); };
    storage::RequestFilter filter;
    TM_TRY(filter.audit, api::auditNamed(session, scope, text("audit")));
    TM_TRY(filter.finding, api::findingNamed(session, scope, text("finding")));
    TM_TRY(filter.assignee, assigneeNamed(session, text("assignee")));
    if (const auto state = domain::requestStateFrom(text("state"))) filter.states = {*state};
    filter.dueBefore = dayOf(text("due_before"));
    return filter;
}

Result<std::vector<app::BulkItem>> matchingRequests(WebApp& web, const Request& request, std::size_t most,
                                                    bool& more) {
    const storage::Scope scope = app::scopeOf(*web.context, callerOf(request).actor);
    return web.context->database->read(
        [&](storage::ReadSession& session) -> Result<std::vector<app::BulkItem>> {
            TM_TRY(const auto filter, requestFilterOf(session, request, scope));
            TM_TRY(const auto rows, app::everyRow(
                                        [&](const storage::PageRequest& asked) {
                                            return storage::listRequests(session, scope, filter, asked);
                                        },
                                        most + 1, more));
            return itemsOf(rows, most, more);
        });
}

Result<void> addRequestPages(Router& router, WebApp& web) {
    const std::string readers = "LA AU PO AO IM TM XA";
    TM_CHECK(addPage(router, web, "/requests", "page.requests", readers, listRequests));
    TM_CHECK(addForm(router, web, "/requests", "form.request-create", "LA AU", ask));
    TM_CHECK(addPage(router, web, "/requests/new", "page.request-new", "LA AU", showNew));
    TM_CHECK(addPage(router, web, "/requests/{ref}", "page.request", readers, showRequest));
    return addForm(router, web, "/requests/{ref}/events", "form.request-step", "LA AU PO AO", step);
}

}  // namespace tickmark::http::pages

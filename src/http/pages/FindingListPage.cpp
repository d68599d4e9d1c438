#include "http/pages/FindingListPage.h"

#include <array>

#include "http/pages/ListFilters.h"
#include "http/pages/ListTools.h"
#include "http/pages/Listing.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Lists.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Parties.h"

namespace tickmark::http::pages {
namespace {

using domain::FindingState;
using domain::Role;

constexpr std::array<FindingState, 13> allStates{
    FindingState::Draft,        FindingState::Issued,      FindingState::Responded, FindingState::Returned,
    FindingState::PlanAccepted, FindingState::Implemented, FindingState::Verified,  FindingState::Closed,
    FindingState::Acknowledged, FindingState::Converted,   FindingState::NoAction,  FindingState::Withdrawn,
    FindingState::Discarded};

bool mayRecord(const Caller& caller) {
    return caller.actor.role == Role::LeadAuditor || caller.actor.role == Role::Auditor;
}

std::optional<Date> dateOf(std::string_view iso) {
    auto date = Date::parse(iso);
    return date ? std::optional<Date>(*date) : std::nullopt;
}

/// What the numbers of the trend review link with.
void readTrend(const Request& request, storage::FindingFilter& filter) {
    using domain::FindingFacet;
    for (const FindingFacet facet : {FindingFacet::Process, FindingFacet::Branch, FindingFacet::Cause,
                                     FindingFacet::Closure, FindingFacet::Effect, FindingFacet::ClosedIn}) {
        const auto value = request.queryValue(domain::toText(facet));
        if (!value.empty()) filter.facets.emplace_back(facet, std::string(value));
    }
    filter.counted = request.queryValue("counted") == "1";
    filter.auditedFrom = dateOf(request.queryValue("audited_from"));
    filter.auditedTo = dateOf(request.queryValue("audited_to"));
    filter.undated = request.queryValue("undated") == "1";
    filter.repeats = request.queryValue("repeats") == "1";
    filter.checkBy = dateOf(request.queryValue("check_by"));
}

/// The same list by close date, or newest first again.
void putOrder(view::Model& rows, const Request& request) {
    const bool byDue = request.queryValue("by_due") == "1";
    std::string address = "/findings?";
    for (const NameValue& pair : request.query) {
        if (pair.name == "after" || pair.name == "by_due" || pair.value.empty()) continue;
        address += pair.name + "=" + encoded(pair.value) + "&";
    }
    rows.set("ORDER_HREF", byDue ? address.substr(0, address.size() - 1) : address + "by_due=1");
    rows.showIf(byDue, "BY_DUE");
}

/// The same address with another cursor.
std::string nextAddress(const Request& request, const std::string& cursor) {
    std::string address = "/findings?";
    for (const NameValue& pair : request.query) {
        if (pair.name != "after" && !pair.value.empty())
            address += pair.name + "=" + encoded(pair.value) + "&";
    }
    return address + "after=" + encoded(cursor);
}

/// Filters that come with a link and have no field of their own: kept when the form is sent; their chips name
/// them.
void putKept(view::Model& model, const Request& request) {
    for (const char* name : {"counted", "process", "cause", "branch", "closure", "effect", "audited_from",
                             "audited_to", "undated", "closed_in", "repeats", "check_by", "by_due"}) {
        const std::string value(request.queryValue(name));
        if (value.empty()) continue;
        model.add("KEPT").set("KEY", name).set("VALUE", value);
    }
}

void putFilters(view::Model& model, const Request& request) {
    for (const char* name : {"q", "audit", "clause", "owner", "due_before"}) {
        std::string upper(name);
        for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
        model.set(upper, std::string(request.queryValue(name)));
    }
    model.showIf(request.queryValue("open") == "1", "OPEN_ON");
    putKept(model, request);
    for (const FindingState state : allStates) {
        const std::string code(domain::toText(state));
        putOption(model, "STATE", "CODE", code, view::said(domain::titleOf(state)),
                  request.queryValue("state") == code);
    }
    for (const domain::FindingClass& one : domain::defaultFindingClasses()) {
        putOption(model, "CLASS", "CODE", std::string(one.code), std::string(one.title),
                  request.queryValue("class") == one.code);
    }
}

void putRow(const Request& request, view::Model& rows, const storage::FindingRow& finding, Date today) {
    view::Model& row = rows.add("ROW");
    putPick(request, row, finding.ref, finding.rev);
    row.set("HREF", "/findings/" + encoded(finding.ref)).set("REF", finding.ref).set("NAME", finding.title);
    row.set("CLAUSES", finding.clauses).set("OWNER_NAME", finding.ownerName);
    row.set("AUDIT", finding.auditRef).set("AUDIT_HREF", "/audits/" + encoded(finding.auditRef));
    putStatus(row, "CLASS_STATUS", "class", finding.classCode);
    putStatus(row, "STATUS", "finding", finding.state);
    const auto state = domain::findingStateFrom(finding.state);
    const auto due = dateOf(finding.closeDue);
    putDue(row, due, today);
    if (state && domain::isFinal(*state)) row.set("HINT", "").set("HINT_TONE", "");
}

Result<Response> listFindings(WebApp& web, Request& request, const PathParameters&) {
    if (auto standard = standardFilter(web, request, "findings")) return *std::move(standard);
    const Caller& caller = callerOf(request);
    const storage::Scope scope = app::scopeOf(*web.context, caller.actor);
    std::int64_t count = 0;
    auto listed = web.context->database->read([&](storage::ReadSession& session)
                                                  -> Result<storage::Page<storage::FindingRow>> {
        TM_TRY(const auto filter, findingFilterOf(session, request));
        TM_TRY(count, storage::countFindings(session, scope, filter));
        return storage::listFindings(session, scope, filter, {50, std::string(request.queryValue("after"))});
    });
    Frame frame;
    frame.title = view::said("Findings");
    frame.section = "/findings";
    if (!listed) {
        frame.error = &listed.error();
        frame.status = statusOf(listed.error());
    }
    return page(web, request, frame, "pages/findings.html", [&](view::Model& model) {
        model.showIf(mayRecord(caller), "MAY_RECORD");
        putFilters(model, request);
        const bool empty = !listed || listed->rows.empty();
        const ListFace& face = listFace(app::BulkKind::Finding);
        putListTools(web, request, model, face, exactly(count));
        if (empty) model.add("EMPTY").showIf(mayRecord(caller), "MAY_RECORD_HERE");
        if (empty) return;
        view::Model& rows = model.add("HAS_ROWS");
        putBulk(web, request, rows, face, exactly(count));
        putOrder(rows, request);
        for (const auto& row : listed->rows) putRow(request, rows, row, scope.today);
        if (!listed->next.empty())
            model.add("HAS_NEXT_PAGE").set("NEXT_PAGE", nextAddress(request, listed->next));
    });
}

}  // namespace

Result<storage::FindingFilter> findingFilterOf(storage::ReadSession& session, const Request& request) {
    storage::FindingFilter filter;
    filter.q = std::string(request.queryValue("q"));
    filter.classCode = std::string(request.queryValue("class"));
    filter.clause = std::string(request.queryValue("clause"));
    filter.openOnly = request.queryValue("open") == "1";
    filter.dueBefore = dateOf(request.queryValue("due_before"));
    if (request.queryValue("by_due") == "1") filter.order = storage::FindingOrder::CloseDue;
    readTrend(request, filter);
    if (const auto state = domain::findingStateFrom(request.queryValue("state"))) filter.states = {*state};
    if (const auto audit = request.queryValue("audit"); !audit.empty()) {
        auto found = storage::findAudit(session, domain::AuditRef(std::string(audit)));
        if (!found)
            return invalid("unknown-reference", "audit", "There is no audit \"" + std::string(audit) + "\".");
        filter.audit = found->id;
    }
    if (const auto owner = request.queryValue("owner"); !owner.empty()) {
        auto found = storage::findPartyByAccount(session, owner);
        if (!found)
            return invalid("unknown-reference", "owner",
                           "There is no account \"" + std::string(owner) + "\".");
        filter.owner = found->id;
    }
    return filter;
}

Result<std::vector<app::BulkItem>> matchingFindings(WebApp& web, const Request& request, std::size_t most,
                                                    bool& more) {
    const storage::Scope scope = app::scopeOf(*web.context, callerOf(request).actor);
    return web.context->database->read(
        [&](storage::ReadSession& session) -> Result<std::vector<app::BulkItem>> {
            TM_TRY(const auto filter, findingFilterOf(session, request));
            TM_TRY(const auto rows, app::everyRow(
                                        [&](const storage::PageRequest& asked) {
                                            return storage::listFindings(session, scope, filter, asked);
                                        },
                                        most + 1, more));
            return itemsOf(rows, most, more);
        });
}

Result<void> addFindingListPage(Router& router, WebApp& web) {
    return addPage(router, web, "/findings", "page.findings", "LA AU PO AO IM TM XA", listFindings);
}

}  // namespace tickmark::http::pages

// The list of audits and what its filters mean.
#include <array>

#include "http/pages/AuditForms.h"
#include "http/pages/ListFilters.h"
#include "http/pages/Listing.h"
#include "http/pages/Page.h"
#include "http/pages/Parts.h"
#include "tickmark/app/Lists.h"
#include "tickmark/domain/Programme.h"
#include "tickmark/storage/Audits.h"

namespace tickmark::http::pages {
namespace {

using domain::AuditState;
using domain::AuditType;
using domain::Reach;
using domain::Role;

constexpr std::array<AuditState, 6> allStates{AuditState::Planned,   AuditState::Fieldwork,
                                              AuditState::Reporting, AuditState::FollowUp,
                                              AuditState::Closed,    AuditState::Cancelled};
constexpr std::array<AuditType, 6> allTypes{AuditType::Internal,
                                            AuditType::Supplier,
                                            AuditType::CertificationStage1,
                                            AuditType::CertificationStage2,
                                            AuditType::Surveillance,
                                            AuditType::Recertification};
constexpr std::array<domain::ProgrammePhase, 5> allPhases{
    domain::ProgrammePhase::Planned, domain::ProgrammePhase::Overdue, domain::ProgrammePhase::UnderWay,
    domain::ProgrammePhase::Done, domain::ProgrammePhase::Cancelled};
constexpr domain::RoleSet programmeReaders{Role::LeadAuditor, Role::Auditor, Role::ImprovementManager,
                                           Role::TopManagement};

void putFilters(view::Model& model, const Request& request) {
    for (const AuditState state : allStates) {
        const std::string code(domain::toText(state));
        putOption(model, "STATE", "CODE", code, view::said(domain::titleOf(state)),
                  request.queryValue("state") == code);
    }
    for (const AuditType type : allTypes) {
        const std::string code(domain::toText(type));
        putOption(model, "TYPE", "CODE", code, view::said(domain::titleOf(type)),
                  request.queryValue("type") == code);
    }
    for (const domain::ProgrammePhase phase : allPhases) {
        const std::string code(domain::toText(phase));
        putOption(model, "PHASE", "CODE", code, view::said(domain::titleOf(phase)),
                  request.queryValue("phase") == code);
    }
    putAsked(model, request, {"auditee", "clause", "from", "to", "catalog"});
    model.showIf(request.queryValue("undated") == "1", "UNDATED_ON");
}

/// Auditors see every finding of their audits, so that the number equals the list behind it; others may not
/// see drafts and get the link without a number.
void putRow(view::Model& rows, const storage::AuditRow& audit, Reach reach) {
    view::Model& row = rows.add("ROW");
    const auto type = domain::auditTypeFrom(audit.type);
    row.set("HREF", "/audits/" + encoded(audit.ref)).set("REF", audit.ref).set("NAME", audit.title);
    row.say("TYPE_WORD", type ? std::string(domain::titleOf(*type)) : audit.type);
    row.set("AUDITEE", audit.auditee).set("DATES", periodText(audit.from, audit.to));
    row.set("FINDINGS_HREF", "/findings?audit=" + encoded(audit.ref));
    row.say("FINDINGS", reach == Reach::TeamAudits ? view::countText(audit.findings) : "Findings");
    putStatus(row, "STATUS", "audit", audit.state);
}

Result<Response> listAudits(WebApp& web, Request& request, const PathParameters&) {
    const Caller& caller = callerOf(request);
    const storage::Scope scope = app::scopeOf(*web.context, caller.actor);
    const storage::AuditFilter filter = auditFilterOf(request);
    std::int64_t count = 0;
    using Listed = storage::Page<storage::AuditRow>;
    const auto found = web.context->database->read([&](storage::ReadSession& session) -> Result<Listed> {
        TM_TRY(count, storage::countAudits(session, scope, filter));
        return storage::listAudits(session, scope, filter, {50, std::string(request.queryValue("after"))});
    });
    Frame frame;
    frame.title = view::said("Audits");
    frame.section = "/audits";
    if (!found) {
        frame.error = &found.error();
        frame.status = statusOf(found.error());
    }
    return page(web, request, frame, "pages/audits.html", [&](view::Model& model) {
        const bool lead = caller.actor.role == Role::LeadAuditor;
        model.showIf(lead, "MAY_CREATE");
        model.showIf(programmeReaders.has(caller.actor.role), "PROGRAMME_LINK");
        putFilters(model, request);
        model.showIf(request.queryValue("underway") == "1", "UNDERWAY_ON");
        if (found) putCount(model, count, "audit", "audits");
        if (!found || found->rows.empty()) {
            model.add("EMPTY").showIf(lead, "MAY_CREATE_HERE");
            return;
        }
        view::Model& rows = model.add("HAS_ROWS");
        for (const auto& row : found->rows) putRow(rows, row, scope.reach);
        if (found->next.empty()) return;
        model.add("HAS_NEXT_PAGE").set("NEXT_PAGE", nextAddress(request, "/audits", found->next));
    });
}

/// The phases of the audit programme, as domain::phaseOf tells them.
void narrowToPhase(storage::AuditFilter& filter, std::string_view word) {
    const auto phase = domain::programmePhaseFrom(word);
    if (!phase) return;
    switch (*phase) {
        case domain::ProgrammePhase::Planned:
            filter.states = {AuditState::Planned};
            filter.inTime = true;
            break;
        case domain::ProgrammePhase::Overdue:
            filter.overdue = true;
            break;
        case domain::ProgrammePhase::UnderWay:
            filter.states = {AuditState::Fieldwork, AuditState::Reporting, AuditState::FollowUp};
            filter.inTime = true;
            break;
        case domain::ProgrammePhase::Done:
            filter.states = {AuditState::Closed};
            break;
        case domain::ProgrammePhase::Cancelled:
            filter.states = {AuditState::Cancelled};
            break;
    }
}

}  // namespace

storage::AuditFilter auditFilterOf(const Request& request) {
    storage::AuditFilter filter;
    if (const auto state = domain::auditStateFrom(request.queryValue("state")))
        filter.states = {*state};
    else if (request.queryValue("underway") == "1")
        filter.states = {AuditState::Fieldwork, AuditState::Reporting, AuditState::FollowUp};
    filter.type = domain::auditTypeFrom(request.queryValue("type"));
    filter.auditee = std::string(request.queryValue("auditee"));
    filter.catalog = std::string(request.queryValue("catalog"));
    filter.clause = std::string(request.queryValue("clause"));
    filter.from = dayOf(request.queryValue("from"));
    filter.to = dayOf(request.queryValue("to"));
    filter.undated = request.queryValue("undated") == "1";
    narrowToPhase(filter, request.queryValue("phase"));
    return filter;
}

Result<void> addAuditListPage(Router& router, WebApp& web) {
    return addPage(router, web, "/audits", "page.audits", "LA AU PO AO IM TM XA", listAudits);
}

}  // namespace tickmark::http::pages

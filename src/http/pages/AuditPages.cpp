// One audit with everything in it, its steps and its sharing.
#include <algorithm>

#include "http/pages/AuditForms.h"
#include "http/pages/ChecklistPages.h"
#include "http/pages/LessonPages.h"
#include "http/pages/Listing.h"
#include "http/pages/Page.h"
#include "http/pages/Parts.h"
#include "tickmark/app/Audits.h"
#include "tickmark/app/Lists.h"

namespace tickmark::http::pages {
namespace {

using domain::AuditState;
using domain::Reach;
using domain::Role;

constexpr std::size_t shownItems = 20;
constexpr std::size_t shownFiles = 10;
std::string addressOf(const std::string& ref) { return "/audits/" + encoded(ref); }
domain::AuditRef refOf(const PathParameters& parameters) {
    return domain::AuditRef{std::string(parameters.at("ref"))};
}

// ---- one audit
// --------------------------------------------------------------------------------------------------

/// What hangs on the audit, as far as the caller may see it.
struct Around {
    storage::Page<storage::FindingRow> findings{};
    storage::Page<storage::RequestRow> requests{};
    storage::Page<storage::EvidenceRow> evidence{};
    storage::Page<domain::Bundle> bundles{};
};

Result<Around> around(WebApp& web, const storage::Scope& scope, domain::AuditId audit) {
    return web.context->database->read([&](storage::ReadSession& session) -> Result<Around> {
        Around all;
        storage::FindingFilter findings;
        findings.audit = audit;
        TM_TRY(all.findings, storage::listFindings(session, scope, findings, {shownItems, {}}));
        storage::RequestFilter requests;
        requests.audit = audit;
        TM_TRY(all.requests, storage::listRequests(session, scope, requests, {shownItems, {}}));
        storage::EvidenceFilter evidence;
        evidence.audit = audit;
        TM_TRY(all.evidence, storage::listEvidence(session, scope, evidence, {shownFiles, {}}));
        storage::BundleFilter bundles;
        bundles.audit = audit;
        TM_TRY(all.bundles, storage::listBundles(session, scope, bundles, {shownItems, {}}));
        return all;
    });
}

/// One audit for one caller.
struct Shown {
    app::AuditView view{};
    Around around{};
    storage::Scope scope{};
    bool isOpen = false;
    bool audits = false;  ///< the caller is an auditor on the team
    bool leads = false;
    bool mayReport = false;
};

Result<Shown> readAudit(WebApp& web, const Request& request, const domain::AuditRef& ref) {
    const domain::Actor& actor = callerOf(request).actor;
    Shown shown;
    shown.scope = app::scopeOf(*web.context, actor);
    TM_TRY(shown.view, app::showAudit(*web.context, actor, ref));
    const domain::Audit& audit = shown.view.audit;
    TM_TRY(shown.around, around(web, shown.scope, audit.id));
    shown.isOpen = audit.state != AuditState::Closed && audit.state != AuditState::Cancelled;
    const bool auditor = actor.role == Role::LeadAuditor || actor.role == Role::Auditor;
    shown.audits = auditor && domain::onTeam(audit, actor.id);
    shown.leads = actor.role == Role::LeadAuditor && domain::leads(audit, actor.id);
    shown.mayReport = actor.role != Role::ActionOwner;
    return shown;
}

std::string queryOf(const Shown& shown, const std::string& list) {
    return list + "?audit=" + encoded(shown.view.audit.ref.text());
}

void putFacts(view::Model& model, const Shown& shown) {
    const domain::Audit& audit = shown.view.audit;
    model.set("REF", audit.ref.text()).set("NAME", audit.title).set("REV", std::to_string(audit.rev));
    model.say("TYPE_WORD", std::string(domain::titleOf(audit.type))).setIf("AUDITEE", audit.auditee);
    model.setIf("DATES", periodText(audit.from, audit.to)).setIf("PROGRAMME", audit.programme);
    model.setIf("CATALOG", audit.catalog).setIf("CRITERIA", audit.criteria).setIf("SCOPE", audit.scope);
    model.setIf("SITES", joinedLines(audit.sites))
        .setIf("PLAN", audit.plan)
        .setIf("CONCLUSION", audit.conclusion);
    model.setTime("CREATED", audit.createdAt);
    putStatus(model, "STATUS", "audit", domain::toText(audit.state));
    for (const domain::TeamMember& member : audit.team) {
        view::Model& row = model.add("MEMBER").set("WHO", nameOf(shown.view.parties, member.party));
        row.showIf(member.lead, "LEADS");
        if (member.impartiality.empty())
            row.show("UNDECLARED");
        else
            row.add("DECLARED").set("WORDS", member.impartiality);
    }
}

void putFigure(view::Model& model, std::int64_t number, const std::string& word, const std::string& href) {
    model.add("FIGURE").set("NUMBER", view::countText(number)).say("WORD", word).set("FIGURE_HREF", href);
}

void putFigures(view::Model& model, const Shown& shown) {
    const app::AuditView& view = shown.view;
    putFigure(model, view.findings, view.findings == 1 ? "finding" : "findings", queryOf(shown, "/findings"));
    putFigure(model, view.openFindings, "open", queryOf(shown, "/findings") + "&open=1");
    putFigure(model, view.requests, view.requests == 1 ? "request" : "requests", queryOf(shown, "/requests"));
    if (view.readsPapers) {
        putFigure(model, view.progress.rows, view.progress.rows == 1 ? "checklist row" : "checklist rows",
                  addressOf(view.audit.ref.text()) + "/checklist");
    }
    if (shown.scope.reach == Reach::OwnItems) return;
    putFigure(model, view.evidence, "evidence versions", queryOf(shown, "/evidence"));
    putFigure(model, view.bundles, view.bundles == 1 ? "bundle" : "bundles", queryOf(shown, "/bundles"));
}

void putFindings(view::Model& model, const Shown& shown) {
    const auto& rows = shown.around.findings.rows;
    model.set("FINDINGS_HREF", queryOf(shown, "/findings")).showIf(rows.empty(), "NO_FINDINGS");
    if (rows.empty()) return;
    view::Model& list = model.add("HAS_FINDINGS");
    for (const storage::FindingRow& finding : rows) {
        view::Model& row = list.add("FINDING");
        row.set("ITEM_HREF", "/findings/" + encoded(finding.ref)).set("ITEM_REF", finding.ref);
        row.set("ITEM_NAME", finding.title).set("CLAUSES", finding.clauses);
        putStatus(row, "CLASS_STATUS", "class", finding.classCode);
        putStatus(row, "STATUS", "finding", finding.state);
        putDue(row, dayOf(finding.closeDue), shown.scope.today);
        const auto state = domain::findingStateFrom(finding.state);
        if (state && domain::isFinal(*state)) row.set("HINT", "").set("HINT_TONE", "");
    }
}

bool isSettled(std::string_view requestState) {
    return requestState == "accepted" || requestState == "closed" || requestState == "cancelled";
}

void putRequests(view::Model& model, const Shown& shown) {
    const auto& rows = shown.around.requests.rows;
    model.set("REQUESTS_HREF", queryOf(shown, "/requests")).showIf(rows.empty(), "NO_REQUESTS");
    if (rows.empty()) return;
    view::Model& list = model.add("HAS_REQUESTS");
    for (const storage::RequestRow& asked : rows) {
        view::Model& row = list.add("REQUEST");
        row.set("ITEM_HREF", "/requests/" + encoded(asked.ref)).set("ITEM_REF", asked.ref);
        row.set("ITEM_NAME", excerpt(asked.text, 100));
        row.set("ASSIGNEE", asked.assigneeName.empty() ? view::said("nobody") : asked.assigneeName);
        putStatus(row, "STATUS", "request", asked.state);
        putDue(row, dayOf(asked.due), shown.scope.today);
        if (isSettled(asked.state)) row.set("HINT", "").set("HINT_TONE", "");
    }
}

/// The checklist's progress as a number that leads to it.
void putChecklist(view::Model& model, const Shown& shown) {
    if (!shown.view.readsPapers) return;
    const domain::ChecklistProgress& progress = shown.view.progress;
    const std::string address = addressOf(shown.view.audit.ref.text()) + "/checklist";
    view::Model& part = model.add("WORKING_PAPERS");
    part.set("CHECKLIST_HREF", address).showIf(progress.rows == 0, "NO_CHECKLIST");
    if (progress.rows == 0) {
        if (shown.leads && shown.isOpen) part.add("MAY_MAKE").set("MAKE_HREF", address + "/add");
        return;
    }
    view::Model& has = part.add("HAS_CHECKLIST");
    has.set("ROWS", view::countText(progress.rows)).set("SETTLED", view::countText(progress.settled()));
    has.set("ROWS_MAX", std::to_string(progress.rows));
    has.set("SETTLED_VALUE", std::to_string(progress.settled()));
    const auto count = [&](const std::string& code, const std::string& word, std::int64_t number) {
        if (number == 0) return;
        has.add("CHIP")
            .set("HREF", address + "?result=" + code)
            .say("WORD", word)
            .set("NUMBER", view::countText(number));
    };
    count("open", "Not looked at yet", progress.open());
    count("conforming", "Conforming", progress.conforming);
    count("finding", "Finding", progress.withFinding);
    count("not_examined", "Not examined", progress.notExamined);
}

void putSharing(WebApp& web, const Request& request, view::Model& model, const Shown& shown) {
    const domain::Audit& audit = shown.view.audit;
    if (!shown.view.readsSharing) return;
    view::Model& part = model.add("HAS_SHARING");
    part.set("SHARES_ACTION", addressOf(audit.ref.text()) + "/shares");
    part.set("TODAY", shown.scope.today.iso()).showIf(audit.shares.empty(), "NOT_SHARED");
    for (const domain::AuditShare& share : audit.shares) {
        view::Model& row = part.add("SHARE").set("WHO", nameOf(shown.view.parties, share.party));
        row.set("UNTIL", share.until.iso());
        const bool over = share.until < shown.scope.today;
        row.say("HINT", over ? "over" : view::dueHint(share.until, shown.scope.today)).set("HINT_TONE", "");
        if (shown.leads) row.add("TAKE_AWAY").set("ACCOUNT", accountOf(shown.view.parties, share.party));
    }
    if (!shown.leads) return;
    view::Model& form = part.add("MAY_SHARE");
    putPeople(web, request, form, "", [](Role role) { return role == Role::CertificationAuditor; });
}

void putBundles(view::Model& model, const Shown& shown) {
    if (shown.scope.reach == Reach::OwnItems) return;
    view::Model& part = model.add("HAS_BUNDLES_PART");
    if (shown.leads) part.add("MAY_SEAL").set("SEAL_HREF", queryOf(shown, "/bundles/new"));
    part.set("BUNDLES_HREF", queryOf(shown, "/bundles"))
        .showIf(shown.around.bundles.rows.empty(), "NO_BUNDLES");
    for (const domain::Bundle& bundle : shown.around.bundles.rows) {
        view::Model& row = part.add("BUNDLE");
        row.set("ITEM_HREF", "/bundles/" + encoded(bundle.ref.text())).set("ITEM_REF", bundle.ref.text());
        row.set("ITEM_NAME", bundle.title);
        putStatus(row, "STATUS", "bundle", domain::toText(bundle.state));
    }
}

void putFiles(view::Model& model, const Shown& shown) {
    const auto& rows = shown.around.evidence.rows;
    model.set("EVIDENCE_HREF", queryOf(shown, "/evidence")).showIf(rows.empty(), "NO_FILES");
    for (const storage::EvidenceRow& version : rows) {
        view::Model& row = model.add("FILE");
        row.set("ITEM_HREF", "/evidence/" + encoded(version.ref));
        row.set("ITEM_REF", version.ref + "/v" + std::to_string(version.number))
            .set("ITEM_NAME", version.title);
        const auto digest = Digest::parse(version.digest);
        row.set("DIGEST", digest ? digest->shortForm() : version.digest);
        putStatus(row, "STATUS", "evidence", version.state);
    }
}

void putRights(view::Model& model, const Shown& shown) {
    if (!shown.isOpen) return;
    const std::string ref = encoded(shown.view.audit.ref.text());
    if (shown.audits) {
        model.add("MAY_RECORD")
            .set("RECORD_HREF", "/findings/new?audit=" + ref)
            .set("ASK_HREF", "/requests/new?audit=" + ref);
    }
    if (shown.leads) model.add("MAY_EDIT").set("EDIT_HREF", "/audits/" + ref + "/edit");
    // Everybody who reads audits reads their report, except owners of single actions.
    if (shown.mayReport) model.add("REPORT").set("REPORT_HREF", "/audits/" + ref + "/report");
}

Result<Response> showAudit(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const Shown shownAudit, readAudit(web, request, refOf(parameters)));
    const domain::Audit& audit = shownAudit.view.audit;
    const std::string address = addressOf(audit.ref.text());
    Frame frame;
    frame.title = audit.ref.text() + " " + audit.title;
    frame.section = "/audits";
    frame.trail = {{"/audits", "Audits"}};
    frame.trailEnd = audit.ref.text();
    return page(web, request, frame, "pages/audit.html", [&](view::Model& model) {
        putFacts(model, shownAudit);
        storage::LessonFilter taught;
        taught.audit = audit.id;
        putLessonsFrom(web, request, model, taught);
        putFigures(model, shownAudit);
        putRights(model, shownAudit);
        putSteps(model, request, shown(shownAudit.view.steps, audit.state, callerOf(request).actor.role),
                 address + "/events", audit.rev);
        putFindings(model, shownAudit);
        putRequests(model, shownAudit);
        putChecklist(model, shownAudit);
        putSharing(web, request, model, shownAudit);
        putBundles(model, shownAudit);
        putFiles(model, shownAudit);
        if (!shownAudit.audits || !shownAudit.isOpen) return;
        putUpload(model.add("MAY_ATTACH"), request, "audit", audit.ref.text(), address);
    });
}

// ---- steps and sharing
// ------------------------------------------------------------------------------------------

Result<Response> step(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    const auto event = domain::auditEventFrom(form.text("event"));
    if (!event) {
        return invalid("unknown-word", "event", "There is no such step.",
                       "Choose a step on the audit's page.");
    }
    TM_TRY([[maybe_unused]] const auto moved,
           app::changeAuditState(*web.context, callerOf(request).actor, ref, form.revision(), *event,
                                 form.text("reason")));
    return redirectResponse(addressOf(ref.text()));
}

Result<Response> share(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    std::optional<Date> until;
    if (form.text("deed") != "end") {
        TM_TRY(until, form.date("until"));
        if (!until) {
            return invalid("share", "until", "The last day of access is missing.",
                           "Choose the last day on which the auditor may read.");
        }
    }
    TM_TRY([[maybe_unused]] const auto shared, app::shareAudit(*web.context, callerOf(request).actor, ref,
                                                               form.revision(), form.text("account"), until));
    return redirectResponse(addressOf(ref.text()));
}

}  // namespace

Result<void> addAuditPages(Router& router, WebApp& web) {
    const std::string readers = "LA AU PO AO IM TM XA";
    TM_CHECK(addAuditListPage(router, web));
    TM_CHECK(addAuditForms(router, web));
    TM_CHECK(addProgrammePage(router, web));
    TM_CHECK(addChecklistPages(router, web));
    TM_CHECK(addPage(router, web, "/audits/{ref}", "page.audit", readers, showAudit));
    TM_CHECK(addForm(router, web, "/audits/{ref}/events", "form.audit-step", "LA", step));
    return addForm(router, web, "/audits/{ref}/shares", "form.audit-share", "LA", share);
}

}  // namespace tickmark::http::pages

// Recording, editing, answering and moving findings through forms.
#include <charconv>

#include "http/pages/Conflict.h"
#include "http/pages/FindingPage.h"
#include "http/pages/Listing.h"
#include "http/pages/Page.h"
#include "tickmark/app/Checklist.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Findings.h"
#include "tickmark/app/Lists.h"

namespace tickmark::http::pages {
namespace {

using domain::Role;

std::string addressOf(const domain::FindingRef& ref) { return "/findings/" + encoded(ref.text()); }
domain::FindingRef refOf(const PathParameters& parameters) {
    return domain::FindingRef{std::string(parameters.at("ref"))};
}

Result<app::FindingDraft> draftOf(const Form& form) {
    app::FindingDraft draft;
    draft.audit = form.text("audit");
    draft.classCode = form.text("class");
    draft.title = form.text("title");
    draft.clauses = form.words("clauses");
    draft.requirement = form.text("requirement");
    draft.objectiveEvidence = form.text("objective_evidence");
    draft.nature = form.text("nature");
    draft.extent = form.text("extent");
    draft.risk = form.text("risk");
    draft.process = form.text("process");
    draft.service = form.text("service");
    draft.owner = form.text("owner");
    draft.repeatOf = form.text("repeat_of");
    const std::string row = form.text("row");
    static_cast<void>(std::from_chars(row.data(), row.data() + row.size(), draft.checklistRow));
    TM_TRY(draft.responseDue, form.date("response_due"));
    TM_TRY(draft.closeDue, form.date("close_due"));
    return draft;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

void putDraft(WebApp& web, const Request& request, view::Model& model, const app::FindingDraft& draft) {
    for (const domain::FindingClass& one : domain::defaultFindingClasses()) {
        putOption(model, "CLASS", "CODE", std::string(one.code), view::said(one.title),
                  draft.classCode == one.code);
    }
    model.set("NAME", draft.title)
        .set("CLAUSES", joined(draft.clauses))
        .set("REQUIREMENT", draft.requirement);
    model.set("OBJECTIVE_EVIDENCE", draft.objectiveEvidence)
        .set("NATURE", draft.nature)
        .set("EXTENT", draft.extent);
    model.set("RISK", draft.risk).set("PROCESS", draft.process).set("SERVICE", draft.service);
    model.set("REPEAT", draft.repeatOf)
        .set("RESPONSE_DUE", draft.responseDue ? draft.responseDue->iso() : "");
    model.set("CLOSE_DUE", draft.closeDue ? draft.closeDue->iso() : "");
    putPeople(web, request, model, draft.owner, [](Role role) { return role == Role::ProcessOwner; });
}

/// Open audits that this person may record in.
void putAudits(WebApp& web, const Request& request, view::Model& model, const std::string& chosen) {
    storage::AuditFilter filter;
    filter.states = {domain::AuditState::Planned, domain::AuditState::Fieldwork,
                     domain::AuditState::Reporting, domain::AuditState::FollowUp};
    const auto scope = app::scopeOf(*web.context, callerOf(request).actor);
    auto audits = web.context->database->read([&](storage::ReadSession& session) {
        return app::everyRow([&](const storage::PageRequest& page) {
            return storage::listAudits(session, scope, filter, page);
        });
    });
    if (!audits) return;
    for (const auto& audit : *audits)
        putOption(model, "AUDIT", "REF", audit.ref, audit.title, audit.ref == chosen);
}

/// Words in what stands in the form that suggest a cause or a solution.
void putWarnings(view::Model& model, const app::FindingDraft& draft) {
    domain::Finding finding;
    finding.classCode = draft.classCode;
    finding.nature = draft.nature;
    finding.objectiveEvidence = draft.objectiveEvidence;
    const auto warnings = domain::warningsOf(finding);
    if (warnings.empty()) return;
    view::Model& part = model.add("HAS_WARNINGS");
    for (const domain::WordWarning& warning : warnings) {
        part.add("WARNING")
            .say("WHERE", warning.field == "nature" ? "Nature" : "Objective evidence")
            .say("TEXT", warning.message);
    }
}

Response newFindingPage(WebApp& web, Request& request, const app::FindingDraft& draft, const Error* error) {
    Frame frame;
    frame.title = view::said("Record a finding");
    frame.section = "/findings";
    frame.trail = {{"/findings", "Findings"}};
    frame.trailEnd = view::said("New");
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/finding-form.html", [&](view::Model& model) {
        model.say("HEADLINE", "Record a finding")
            .set("ACTION", "/findings")
            .say("BUTTON", "Record a finding");
        model.set("CANCEL", "/findings").set("REV", "0");
        putAudits(web, request, model.add("NEW"), draft.audit);
        if (draft.checklistRow != 0) {
            model.add("FROM_ROW")
                .set("ROW", std::to_string(draft.checklistRow))
                .set("ROW_HREF",
                     "/audits/" + encoded(draft.audit) + "/checklist/" + std::to_string(draft.checklistRow));
        }
        putWarnings(model, draft);
        putDraft(web, request, model, draft);
    });
}

Response editFindingPage(WebApp& web, Request& request, const domain::FindingRef& ref,
                         const app::FindingDraft& draft, std::int64_t rev, const Error* error,
                         const Standing* standing = nullptr) {
    Frame frame;
    frame.title = view::said("Edit {}", {ref.text()});
    frame.section = "/findings";
    frame.trail = {{"/findings", "Findings"}, {addressOf(ref), ref.text()}};
    frame.trailEnd = view::said("Edit");
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/finding-form.html", [&](view::Model& model) {
        model.set("HEADLINE", frame.title)
            .set("ACTION", addressOf(ref) + "/edit")
            .say("BUTTON", "Save the draft");
        model.set("CANCEL", addressOf(ref));
        model.set("REV", std::to_string(standing == nullptr ? rev : standing->rev));
        if (standing != nullptr) putConflict(model, standing->fields);
        model.add("OLD").set("AUDIT_REF", draft.audit);
        putWarnings(model, draft);
        putDraft(web, request, model, draft);
    });
}

/// What the row of the checklist says already: its clause, what was looked at, the versions.
void takeRow(WebApp& web, const Request& request, std::int64_t number, app::FindingDraft& draft) {
    const auto view =
        app::showChecklist(*web.context, callerOf(request).actor, domain::AuditRef(draft.audit));
    if (!view) return;
    const auto* row = domain::rowOf(view->audit.checklist, domain::ChecklistRowId{number});
    if (row == nullptr) return;
    draft.checklistRow = number;
    if (!row->clause.empty()) draft.clauses = {row->clause};
    draft.objectiveEvidence = row->sample.lookedAt;
}

Result<Response> showNew(WebApp& web, Request& request, const PathParameters&) {
    app::FindingDraft draft;
    draft.audit = std::string(request.queryValue("audit"));
    const std::string_view row = request.queryValue("row");
    std::int64_t number = 0;
    static_cast<void>(std::from_chars(row.data(), row.data() + row.size(), number));
    if (number != 0) takeRow(web, request, number, draft);
    return newFindingPage(web, request, draft, nullptr);
}

Result<Response> record(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    auto draft = draftOf(form);
    if (!draft) return newFindingPage(web, request, {}, &draft.error());
    auto made = app::recordFinding(*web.context, callerOf(request).actor, *draft);
    if (!made) return newFindingPage(web, request, *draft, &made.error());
    return redirectResponse(addressOf(made->ref));
}

app::FindingDraft draftFrom(const app::FindingView& view) {
    const domain::Finding& finding = view.finding;
    app::FindingDraft draft;
    draft.audit = view.audit.ref.text();
    draft.classCode = finding.classCode;
    draft.title = finding.title;
    draft.clauses = finding.clauses;
    draft.requirement = finding.requirement;
    draft.objectiveEvidence = finding.objectiveEvidence;
    draft.nature = finding.nature;
    draft.extent = finding.extent;
    draft.risk = finding.risk;
    draft.process = finding.process;
    draft.service = finding.service;
    draft.owner = accountOf(view.parties, finding.owner);
    draft.repeatOf = finding.repeatOf;
    draft.responseDue = finding.responseDue;
    draft.closeDue = finding.closeDue;
    return draft;
}

std::string classWord(const std::string& code) {
    for (const domain::FindingClass& one : domain::defaultFindingClasses()) {
        if (one.code == code) return view::said(one.title);
    }
    return code;
}

/// The form again with what was typed, beside what somebody else saved meanwhile.
Result<Response> staleFinding(WebApp& web, Request& request, const domain::FindingRef& ref,
                              const app::FindingDraft& yours, const Error& error) {
    TM_TRY(const auto view, app::showFinding(*web.context, callerOf(request).actor, ref));
    const app::FindingDraft theirs = draftFrom(view);
    const Standing standing{
        view.finding.rev,
        {{"Class", classWord(theirs.classCode), classWord(yours.classCode)},
         {"Title", theirs.title, yours.title},
         {"Clauses", joined(theirs.clauses), joined(yours.clauses)},
         {"Requirement", theirs.requirement, yours.requirement},
         {"Objective evidence", theirs.objectiveEvidence, yours.objectiveEvidence},
         {"Nature", theirs.nature, yours.nature},
         {"Extent", theirs.extent, yours.extent},
         {"Risk", theirs.risk, yours.risk},
         {"Process", theirs.process, yours.process},
         {"Service", theirs.service, yours.service},
         {"Owner", personWord(web, request, theirs.owner), personWord(web, request, yours.owner)},
         {"Repeat of", theirs.repeatOf, yours.repeatOf},
         {"Respond by", isoOf(theirs.responseDue), isoOf(yours.responseDue)},
         {"Close by", isoOf(theirs.closeDue), isoOf(yours.closeDue)}}};
    const Error beside = besideForm(error);
    return editFindingPage(web, request, ref, yours, standing.rev, &beside, &standing);
}

Result<Response> showEdit(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const auto view, app::showFinding(*web.context, callerOf(request).actor, ref));
    if (!view.mayEdit) return redirectResponse(addressOf(ref));
    return editFindingPage(web, request, ref, draftFrom(view), view.finding.rev, nullptr);
}

Result<Response> edit(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    TM_TRY(app::FindingDraft draft, draftOf(form));
    TM_TRY(const auto view, app::showFinding(*web.context, callerOf(request).actor, ref));
    draft.sourceRef = view.finding.sourceRef;
    auto saved = app::editFinding(*web.context, callerOf(request).actor, ref, form.revision(), draft);
    if (!saved && saved.error().kind == ErrorKind::Stale)
        return staleFinding(web, request, ref, draft, saved.error());
    if (!saved) return editFindingPage(web, request, ref, draft, form.revision(), &saved.error());
    return redirectResponse(addressOf(ref));
}

Result<Response> step(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    const auto event = domain::findingEventFrom(form.text("event"));
    if (!event) return invalid("enum", "event", "There is no such step.");
    domain::CheckPlan check;
    check.criterion = form.text("criterion");
    TM_TRY(check.plannedOn, form.date("check_on"));
    const auto moved = app::changeFindingState(*web.context, callerOf(request).actor, ref, form.revision(),
                                               *event, form.text("reason"), check);
    if (moved) return redirectResponse(addressOf(ref));
    const RefusedStep refused = refusedStep(form, domain::titleOf(*event), moved.error());
    auto again = findingPage(web, request, ref, &refused);
    return again ? std::move(again) : moved.error();
}

Result<Response> assign(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    app::Assignment assignment;
    assignment.owner = form.text("owner");
    TM_TRY(assignment.responseDue, form.date("response_due"));
    TM_TRY(assignment.closeDue, form.date("close_due"));
    assignment.reason = form.text("reason");
    TM_TRY([[maybe_unused]] const auto saved,
           app::assignFinding(*web.context, callerOf(request).actor, ref, form.revision(), assignment));
    return redirectResponse(addressOf(ref));
}

Result<Response> markRepeat(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    app::Assignment assignment;
    assignment.repeatOf = form.text("repeat_of");
    TM_TRY([[maybe_unused]] const auto saved,
           app::assignFinding(*web.context, callerOf(request).actor, ref, form.revision(), assignment));
    return redirectResponse(addressOf(ref));
}

Result<Response> reclassify(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    TM_TRY([[maybe_unused]] const auto saved,
           app::reclassifyFinding(*web.context, callerOf(request).actor, ref, form.revision(),
                                  form.text("class"), form.text("reason")));
    return redirectResponse(addressOf(ref));
}

Result<Response> checkEffectiveness(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    domain::EffectivenessCheck check;
    check.criterion = form.text("criterion");
    TM_TRY(check.plannedOn, form.date("planned_on"));
    check.note = form.text("note");
    check.verdict = domain::effectivenessVerdictFrom(form.text("verdict"));
    TM_TRY([[maybe_unused]] const auto saved,
           app::saveEffectivenessCheck(*web.context, callerOf(request).actor, ref, form.revision(), check));
    return redirectResponse(addressOf(ref));
}

}  // namespace

Result<void> addFindingForms(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/findings/new", "page.finding-new", "LA AU", showNew));
    TM_CHECK(addForm(router, web, "/findings", "form.finding-record", "LA AU", record));
    TM_CHECK(addPage(router, web, "/findings/{ref}/edit", "page.finding-edit", "LA AU", showEdit));
    TM_CHECK(addForm(router, web, "/findings/{ref}/edit", "form.finding-edit", "LA AU", edit));
    TM_CHECK(addForm(router, web, "/findings/{ref}/events", "form.finding-step", "LA AU PO IM", step));
    TM_CHECK(addForm(router, web, "/findings/{ref}/assignment", "form.finding-assign", "LA AU", assign));
    TM_CHECK(addForm(router, web, "/findings/{ref}/repeat", "form.finding-repeat", "LA AU", markRepeat));
    TM_CHECK(addForm(router, web, "/findings/{ref}/class", "form.finding-reclassify", "LA", reclassify));
    return addForm(router, web, "/findings/{ref}/effectiveness", "form.finding-effectiveness", "LA AU",
                   checkEffectiveness);
}

}  // namespace tickmark::http::pages

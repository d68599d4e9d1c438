// Recording, editing, reporting and importing improvement items.
#include <charconv>

#include "http/pages/Conflict.h"
#include "http/pages/ImprovementPages.h"
#include "http/pages/LessonPages.h"
#include "http/pages/Listing.h"

namespace tickmark::http::pages {
namespace {

using domain::ImprovementSource;
using domain::Role;

domain::ImprovementRef refOf(const PathParameters& parameters) {
    return domain::ImprovementRef{std::string(parameters.at("ref"))};
}

/// A whole number; an empty field is 0. Errors: Invalid "number" naming the field.
Result<std::int64_t> numberIn(const Form& form, const std::string& name) {
    const std::string text = form.text(name);
    std::int64_t number = 0;
    if (text.empty()) return number;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code == std::errc() && end == text.data() + text.size()) return number;
    return invalid("number", name, "\"" + text + "\" is not a whole number.", "Write digits only.");
}

/// What was typed, also when one field cannot be read; that one's error is kept in `problem`.
app::ImprovementDraft draftOf(const Form& form, std::optional<Error>& problem) {
    app::ImprovementDraft draft;
    if (const auto source = domain::improvementSourceFrom(form.text("source"))) draft.source = *source;
    draft.sourceRef = form.text("source_ref");
    draft.title = form.text("title");
    draft.description = form.text("description");
    draft.process = form.text("process");
    draft.service = form.text("service");
    draft.objective = form.text("objective");
    draft.owner = form.text("owner");
    draft.cost = form.text("cost");
    draft.kpi = form.text("kpi");
    draft.unit = form.text("unit");
    draft.baseline = form.text("baseline");
    draft.target = form.text("target");
    draft.analysis = form.text("analysis");
    draft.plan = form.text("plan");
    if (auto value = numberIn(form, "value"))
        draft.value = *value;
    else
        problem = value.error();
    if (auto effort = numberIn(form, "effort"))
        draft.effort = *effort;
    else
        problem = effort.error();
    if (auto due = form.date("due"))
        draft.due = *due;
    else
        problem = due.error();
    return draft;
}

struct ItemForm {
    std::string headline{};
    std::string action{};
    std::string button{};
    std::string cancel{};
    std::int64_t rev = 0;
    bool ofFinding = false;  ///< its source stays "audit"
    bool isNew = false;      ///< lessons are offered for what is typed
    std::vector<Difference> conflict{};
    bool stale = false;  ///< somebody else was quicker: `conflict` is shown
};

bool carriesItems(Role role) {
    return role == Role::ProcessOwner || role == Role::ActionOwner || role == Role::ImprovementManager;
}

void putJudgement(view::Model& model, const char* section, std::int64_t chosen) {
    putOption(model, section, "CODE", "0", view::said("Not judged yet"), chosen == 0);
    for (std::int64_t i = 1; i <= 5; ++i) {
        const std::string number = std::to_string(i);
        putOption(model, section, "CODE", number, number + (i == 1 ? " little" : (i == 5 ? " much" : "")),
                  chosen == i);
    }
}

domain::LessonMatter matterOf(const app::ImprovementDraft& draft) {
    domain::ImprovementItem typed;
    typed.title = draft.title;
    typed.process = draft.process;
    typed.service = draft.service;
    return domain::matterOf(typed, {});
}

Response itemForm(WebApp& web, Request& request, const app::ImprovementDraft& draft, const ItemForm& form,
                  const Error* error) {
    Frame frame;
    frame.title = view::said(form.headline);
    frame.section = "/improvements";
    frame.trail = {{"/improvements", "Improvements"}};
    frame.trailEnd = view::said(form.headline);
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/improvement-form.html", [&](view::Model& model) {
        model.say("HEADLINE", form.headline).set("ACTION", form.action).say("BUTTON", form.button);
        model.set("CANCEL", form.cancel).set("REV", std::to_string(form.rev));
        if (form.stale) putConflict(model, form.conflict);
        view::Model* sources = form.ofFinding ? nullptr : &model.add("FREE_SOURCE");
        for (int i = 0; sources != nullptr && i <= static_cast<int>(ImprovementSource::ManagementReview);
             ++i) {
            const auto source = static_cast<ImprovementSource>(i);
            putOption(*sources, "SOURCE", "CODE", std::string(domain::toText(source)),
                      view::said(domain::titleOf(source)), draft.source == source);
        }
        putPeople(web, request, model, draft.owner, carriesItems);
        putJudgement(model, "VALUE", draft.value);
        putJudgement(model, "EFFORT", draft.effort);
        model.set("NAME", draft.title)
            .set("DESCRIPTION", draft.description)
            .set("SOURCE_REF", draft.sourceRef);
        model.set("PROCESS", draft.process).set("SERVICE", draft.service).set("OBJECTIVE", draft.objective);
        model.set("COST", draft.cost)
            .set("DUE", isoOf(draft.due))
            .set("KPI", draft.kpi)
            .set("UNIT", draft.unit);
        model.set("BASELINE", draft.baseline).set("TARGET", draft.target);
        model.set("ANALYSIS", draft.analysis).set("PLAN", draft.plan);
        if (!form.isNew) return;
        model.show("IS_NEW");
        putOffered(web, request, model, matterOf(draft));
    });
}

ItemForm newForm() {
    return {
        "Record an improvement", "/improvements", "Record it", "/improvements", 0, false, true, {}, false};
}

ItemForm editForm(const domain::ImprovementRef& ref, std::int64_t rev, bool ofFinding) {
    const std::string own = improvementAddress(ref.text());
    return {view::said("Edit {}", {ref.text()}),
            own + "/edit",
            "Save goals and plan",
            own,
            rev,
            ofFinding,
            false,
            {},
            false};
}

Result<Response> showNew(WebApp& web, Request& request, const PathParameters&) {
    app::ImprovementDraft draft;
    if (carriesItems(callerOf(request).actor.role)) draft.owner = callerOf(request).actor.account;
    return itemForm(web, request, draft, newForm(), nullptr);
}

/// The form again with the lessons that are like what is typed; nothing is recorded.
Result<Response> look(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    std::optional<Error> problem;
    const app::ImprovementDraft draft = draftOf(form, problem);
    return itemForm(web, request, draft, newForm(), problem ? &*problem : nullptr);
}

Result<Response> record(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    std::optional<Error> problem;
    const app::ImprovementDraft draft = draftOf(form, problem);
    if (problem) return itemForm(web, request, draft, newForm(), &*problem);
    const auto made = app::recordImprovement(*web.context, callerOf(request).actor, draft);
    if (!made) return itemForm(web, request, draft, newForm(), &made.error());
    return redirectResponse(improvementAddress(made->ref.text()));
}

app::ImprovementDraft draftFrom(const app::ImprovementView& view) {
    const domain::ImprovementItem& item = view.item;
    app::ImprovementDraft draft{item.source,  item.sourceRef, item.title,    item.description,
                                item.process, item.service,   item.objective};
    draft.owner = accountOf(view.parties, item.owner);
    draft.value = item.value;
    draft.effort = item.effort;
    draft.cost = item.cost;
    draft.due = item.due;
    draft.kpi = item.kpi;
    draft.unit = item.unit;
    draft.baseline = item.baseline;
    draft.target = item.target;
    draft.analysis = item.analysis;
    draft.plan = item.plan;
    return draft;
}

Result<Response> showEdit(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const auto view, app::showImprovement(*web.context, callerOf(request).actor, ref));
    if (!view.mayEdit) return redirectResponse(improvementAddress(ref.text()));
    return itemForm(web, request, draftFrom(view), editForm(ref, view.item.rev, view.item.finding.stored()),
                    nullptr);
}

std::string judged(std::int64_t value) {
    return value == 0 ? view::said("Not judged yet") : std::to_string(value);
}

std::vector<Difference> differencesOf(WebApp& web, const Request& request,
                                      const app::ImprovementDraft& theirs, const app::ImprovementDraft& yours,
                                      bool ofFinding) {
    std::vector<Difference> fields{
        {"Title", theirs.title, yours.title},
        {"Description", theirs.description, yours.description},
        {"Number at the source", theirs.sourceRef, yours.sourceRef},
        {"Process", theirs.process, yours.process},
        {"Service", theirs.service, yours.service},
        {"Objective", theirs.objective, yours.objective},
        {"Owner", personWord(web, request, theirs.owner), personWord(web, request, yours.owner)},
        {"Value", judged(theirs.value), judged(yours.value)},
        {"Effort", judged(theirs.effort), judged(yours.effort)},
        {"Cost", theirs.cost, yours.cost},
        {"Due", isoOf(theirs.due), isoOf(yours.due)},
        {"KPI", theirs.kpi, yours.kpi},
        {"Unit", theirs.unit, yours.unit},
        {"Baseline", theirs.baseline, yours.baseline},
        {"Target", theirs.target, yours.target},
        {"Analysis", theirs.analysis, yours.analysis},
        {"Plan", theirs.plan, yours.plan}};
    if (!ofFinding) {
        fields.push_back({"Source", view::said(domain::titleOf(theirs.source)),
                          view::said(domain::titleOf(yours.source))});
    }
    return fields;
}

/// The form again with what was typed, beside what somebody else saved meanwhile.
Result<Response> staleItem(WebApp& web, Request& request, const domain::ImprovementRef& ref,
                           const app::ImprovementDraft& yours, const Error& error) {
    TM_TRY(const auto view, app::showImprovement(*web.context, callerOf(request).actor, ref));
    const bool ofFinding = view.item.finding.stored();
    ItemForm again = editForm(ref, view.item.rev, ofFinding);
    again.stale = true;
    again.conflict = differencesOf(web, request, draftFrom(view), yours, ofFinding);
    const Error beside = besideForm(error);
    return itemForm(web, request, yours, again, &beside);
}

Result<Response> edit(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    TM_TRY(const auto view, app::showImprovement(*web.context, callerOf(request).actor, ref));
    std::optional<Error> problem;
    const app::ImprovementDraft draft = draftOf(form, problem);
    const ItemForm shown = editForm(ref, form.revision(), view.item.finding.stored());
    if (problem) return itemForm(web, request, draft, shown, &*problem);
    const auto saved =
        app::editImprovement(*web.context, callerOf(request).actor, ref, form.revision(), draft);
    if (!saved && saved.error().kind == ErrorKind::Stale)
        return staleItem(web, request, ref, draft, saved.error());
    if (!saved) return itemForm(web, request, draft, shown, &saved.error());
    return redirectResponse(improvementAddress(ref.text()));
}

Result<Response> report(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    app::ImprovementReport input;
    TM_TRY(input.progress, numberIn(form, "progress"));
    input.result = form.text("result");
    input.outcome = form.text("outcome");
    if (!form.text("insight").empty() || !form.text("context").empty()) {
        domain::ImprovementLesson lesson;
        if (const auto kind = domain::improvementLessonKindFrom(form.text("kind"))) lesson.kind = *kind;
        lesson.context = form.text("context");
        lesson.insight = form.text("insight");
        lesson.appliesTo = linesOf(form.text("applies_to"));
        input.lesson = std::move(lesson);
    }
    TM_TRY([[maybe_unused]] const auto saved,
           app::reportImprovement(*web.context, callerOf(request).actor, ref, form.revision(), input));
    return redirectResponse(improvementAddress(ref.text()));
}

Result<Response> improve(WebApp& web, Request& request, const PathParameters& parameters) {
    const domain::FindingRef ref{std::string(parameters.at("ref"))};
    TM_TRY(const Form form, readForm(request));
    TM_TRY(const auto made, app::improveFinding(*web.context, callerOf(request).actor, ref, form.revision()));
    return redirectResponse(improvementAddress(made.ref.text()));
}

Response importPage(WebApp& web, Request& request, const std::string& csv, const Error* error,
                    const std::string& notice) {
    Frame frame;
    frame.title = view::said("Import improvements");
    frame.section = "/improvements";
    frame.trail = {{"/improvements", "Improvements"}};
    frame.trailEnd = view::said("Import");
    frame.error = error;
    frame.notice = notice;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/improvement-import.html",
                [&](view::Model& model) { model.set("ROWS", csv); });
}

Result<Response> showImport(WebApp& web, Request& request, const PathParameters&) {
    return importPage(web, request, {}, nullptr, {});
}

Result<Response> importCsv(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    const std::string csv = form.text("csv");
    const bool dry = form.text("try") == "1";
    const auto done = app::importImprovements(*web.context, callerOf(request).actor, csv, dry);
    if (!done) return importPage(web, request, csv, &done.error(), {});
    if (!dry) return redirectResponse("/improvements");
    const std::string rows = done->created == 1 ? "One row is" : view::countText(done->created) + " rows are";
    return importPage(web, request, csv, nullptr, rows + " in order; nothing was imported yet.");
}

}  // namespace

Result<void> addImprovementForms(Router& router, WebApp& web) {
    const std::string recorders(improvementRecorders);
    TM_CHECK(addForm(router, web, "/improvements", "form.improvement-record", recorders, record));
    TM_CHECK(addPage(router, web, "/improvements/new", "page.improvement-new", recorders, showNew));
    TM_CHECK(addForm(router, web, "/improvements/new", "form.improvement-look", recorders, look));
    TM_CHECK(addPage(router, web, "/improvements/import", "page.improvement-import", "IM", showImport));
    TM_CHECK(addForm(router, web, "/improvements/import", "form.improvement-import", "IM", importCsv));
    TM_CHECK(addPage(router, web, "/improvements/{ref}/edit", "page.improvement-edit", recorders, showEdit));
    TM_CHECK(addForm(router, web, "/improvements/{ref}/edit", "form.improvement-edit", recorders, edit));
    TM_CHECK(
        addForm(router, web, "/improvements/{ref}/report", "form.improvement-report", "PO AO IM", report));
    return addForm(router, web, "/findings/{ref}/improvement", "form.finding-improve", "LA AU PO IM",
                   improve);
}

}  // namespace tickmark::http::pages

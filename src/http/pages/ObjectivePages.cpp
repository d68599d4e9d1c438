// Objectives: the list with what serves none of them, one with its items, the form.
// First: Parts.h looks its words up by qualified name.
#include "tickmark/app/Objectives.h"

#include "http/pages/Conflict.h"
#include "http/pages/ListFilters.h"
#include "http/pages/Listing.h"
#include "http/pages/Numbers.h"
#include "http/pages/Page.h"
#include "http/pages/Parts.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Lists.h"

namespace tickmark::http::pages {
namespace {

using domain::KpiDirection;
using domain::Objective;
using domain::Role;

constexpr const char* readers = "LA AU PO IM TM";
constexpr const char* writers = "IM TM";

std::string addressOf(const std::string& ref) { return "/objectives/" + encoded(ref); }

domain::ObjectiveRef refOf(const PathParameters& parameters) {
    return domain::ObjectiveRef(std::string(parameters.at("ref")));
}

bool mayPropose(const Request& request) {
    const Role role = callerOf(request).actor.role;
    return role == Role::ImprovementManager || role == Role::TopManagement;
}

std::string withUnit(const std::optional<double>& value, const std::string& unit) {
    return value ? domain::figureOf(*value) + " " + unit : std::string();
}

std::string percent(const std::optional<std::int64_t>& progress) {
    return progress ? std::to_string(*progress) + " %" : std::string("not measured");
}

void putRow(view::Model& row, const app::ObjectiveLine& line, Date today) {
    const Objective& objective = line.row.objective;
    row.set("HREF", addressOf(objective.ref.text())).set("REF", objective.ref.text());
    row.set("NAME", objective.title).set("TARGET", withUnit(objective.target, objective.unit));
    row.set("VALUE", withUnit(line.value, objective.unit)).set("PROGRESS", percent(line.progress));
    row.set("OWNER_NAME", line.row.ownerName.empty() ? view::said("nobody") : line.row.ownerName);
    row.set("ITEMS", view::countText(line.row.items)).set("OPEN", view::countText(line.row.openItems));
    putStatus(row, "STATUS", "objective", domain::toText(objective.state));
    putDue(row, objective.targetOn, today);
    if (domain::isFinal(objective.state)) row.set("HINT", "").set("HINT_TONE", "");
}

void putItem(view::Model& row, const storage::ImprovementRow& item) {
    row.set("HREF", "/improvements/" + encoded(item.ref)).set("REF", item.ref).set("NAME", item.title);
    row.set("PROGRESS", std::to_string(item.progress) + " %").setIf("TEXT", item.objective);
    putStatus(row, "STATUS", "improvement", item.state);
}

/// Open items that name no recorded objective, for those who can mend that.
Result<std::vector<storage::ImprovementRow>> servingNone(WebApp& web, const domain::Actor& actor) {
    return web.context->database->read([&](storage::ReadSession& session) {
        storage::ImprovementFilter filter;
        filter.openOnly = true;
        filter.servesNone = true;
        return app::everyRow([&](const storage::PageRequest& page) {
            return storage::listImprovements(session, app::scopeOf(*web.context, actor), filter, page);
        });
    });
}

Result<Response> listPage(WebApp& web, Request& request, const PathParameters&) {
    const domain::Actor& actor = callerOf(request).actor;
    const auto found = app::listObjectives(*web.context, actor, objectiveFilterOf(request),
                                           {50, std::string(request.queryValue("after"))});
    TM_TRY(const auto loose, servingNone(web, actor));
    Frame frame;
    frame.title = view::said("Objectives");
    frame.section = "/objectives";
    frame.error = found ? nullptr : &found.error();
    frame.status = found ? 200 : statusOf(found.error());
    return page(web, request, frame, "pages/objectives.html", [&](view::Model& model) {
        model.showIf(mayPropose(request), "MAY_PROPOSE");
        for (const auto& item : loose) putItem(model.add("LOOSE"), item);
        model.showIf(loose.empty(), "NONE_LOOSE")
            .set("LOOSE_COUNT", view::countText(static_cast<std::int64_t>(loose.size())));
        if (!found || found->lines.empty()) {
            model.add("EMPTY");
            return;
        }
        view::Model& rows = model.add("HAS_ROWS");
        for (const auto& line : found->lines) putRow(rows.add("ROW"), line, web.context->today());
        if (!found->next.empty())
            model.add("HAS_NEXT_PAGE").set("NEXT_PAGE", nextAddress(request, "/objectives", found->next));
    });
}

// ---- one

void putFacts(view::Model& model, const app::ObjectiveView& view) {
    const Objective& objective = view.objective;
    model.set("REF", objective.ref.text())
        .set("NAME", objective.title)
        .set("REV", std::to_string(objective.rev));
    model.setIf("STATEMENT", objective.statement).setIf("PROCESS", objective.process);
    model.setIf("SERVICE", objective.service).setIf("STATE_REASON", objective.stateReason);
    model.set("OWNER", nameOf(view.parties, objective.owner))
        .set("BY", nameOf(view.parties, objective.proposedBy));
    if (objective.decidedBy.stored()) model.setIf("DECIDED_BY", nameOf(view.parties, objective.decidedBy));
    model.set("BASELINE", withUnit(objective.baseline, objective.unit))
        .set("TARGET", withUnit(objective.target, objective.unit));
    model.setIf("VALUE", withUnit(view.value, objective.unit)).set("PROGRESS", percent(view.progress));
    model.setIf("VALUE_EVIDENCE", view.evidence);
    model.say("ITEM_PROGRESS",
              view.itemProgress ? std::to_string(*view.itemProgress) + " %" : "nothing serves it");
    model.say("DIRECTION", objective.direction ? std::string(domain::titleOf(*objective.direction)) : "");
    model.setIf("START", isoOf(objective.startOn)).setTime("CREATED", objective.createdAt);
    if (!objective.kpi.empty())
        model.add("KPI").set("KPI_HREF", "/kpis/" + encoded(objective.kpi)).set("KPI_REF", objective.kpi);
}

Result<Response> onePage(WebApp& web, Request& request, const domain::ObjectiveRef& ref, const Error* error,
                         const RefusedStep* refused = nullptr) {
    TM_TRY(const auto view, app::showObjective(*web.context, callerOf(request).actor, ref));
    Frame frame;
    frame.title = ref.text() + " " + view.objective.title;
    frame.section = "/objectives";
    frame.trail = {{"/objectives", "Objectives"}};
    frame.trailEnd = ref.text();
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/objective.html", [&](view::Model& model) {
        putFacts(model, view);
        putStatus(model, "STATUS", "objective", domain::toText(view.objective.state));
        putDue(model, view.objective.targetOn, web.context->today());
        if (domain::isFinal(view.objective.state)) model.set("HINT", "").set("HINT_TONE", "");
        putSteps(model, request, shown(view.steps, view.objective.state, callerOf(request).actor.role),
                 addressOf(ref.text()) + "/events", view.objective.rev, refused);
        model.showIf(view.items.empty(), "NO_ITEMS");
        for (const auto& item : view.items) putItem(model.add("ITEM"), item);
        if (view.mayEdit) model.add("MAY_EDIT").set("EDIT_HREF", addressOf(ref.text()) + "/edit");
        if (view.mayMeasure) {
            model.add("MAY_MEASURE")
                .set("MEASURE_ACTION", addressOf(ref.text()) + "/value")
                .set("TYPED", numberText(view.objective.current));
        }
    });
}

Result<Response> showOne(WebApp& web, Request& request, const PathParameters& parameters) {
    return onePage(web, request, refOf(parameters), nullptr);
}

template <class Done>
Result<Response> backTo(WebApp& web, Request& request, const domain::ObjectiveRef& ref,
                        const Result<Done>& done) {
    if (done) return redirectResponse(addressOf(ref.text()));
    return onePage(web, request, ref, &done.error());
}

Result<Response> move(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const Form form, readForm(request));
    const auto ref = refOf(parameters);
    const auto event = domain::objectiveEventFrom(form.text("event"));
    if (!event)
        return invalid("unknown-word", "event", "There is no such step.", "Use a button of the page.");
    const auto moved = app::moveObjective(*web.context, callerOf(request).actor, ref, form.revision(), *event,
                                          form.text("reason"));
    if (moved) return redirectResponse(addressOf(ref.text()));
    const RefusedStep refused = refusedStep(form, domain::titleOf(*event), moved.error());
    return onePage(web, request, ref, &refused.error, &refused);
}

Result<Response> measure(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const Form form, readForm(request));
    const auto ref = refOf(parameters);
    const auto value = numberIn<double>(form, "value");
    if (!value) return onePage(web, request, ref, &value.error());
    if (!*value) {
        const Error missing = invalid("required", "value", "The value is missing.", "Write a number.");
        return onePage(web, request, ref, &missing);
    }
    return backTo(web, request, ref,
                  app::measureObjective(*web.context, callerOf(request).actor, ref, form.revision(), **value,
                                        form.text("evidence")));
}

// ---- the form

/// As it was typed, to be shown again when it is refused.
struct Typed {
    app::ObjectiveDraft draft{};
    std::string baseline{};
    std::string target{};
    std::int64_t rev = 0;
};

Typed typedIn(const Form& form) {
    Typed typed;
    typed.draft.title = form.text("title");
    typed.draft.statement = form.text("statement");
    typed.draft.process = form.text("process");
    typed.draft.service = form.text("service");
    typed.draft.owner = form.text("owner");
    typed.draft.kpi = form.text("kpi");
    typed.draft.unit = form.text("unit");
    typed.draft.direction = domain::kpiDirectionFrom(form.text("direction"));
    typed.draft.startOn = dayOf(form.text("start_on"));
    typed.draft.targetOn = dayOf(form.text("target_on"));
    typed.baseline = form.text("baseline");
    typed.target = form.text("target");
    typed.rev = form.revision();
    return typed;
}

Result<app::ObjectiveDraft> draftIn(const Form& form, const Typed& typed) {
    app::ObjectiveDraft draft = typed.draft;
    TM_TRY(draft.startOn, form.date("start_on"));
    TM_TRY(draft.targetOn, form.date("target_on"));
    TM_TRY(draft.baseline, numberIn<double>(form, "baseline"));
    TM_TRY(draft.target, numberIn<double>(form, "target"));
    return draft;
}

Response formPage(WebApp& web, Request& request, const Typed& typed, const std::string& ref,
                  const Error* error, const std::vector<Difference>* conflict = nullptr) {
    const bool isNew = ref.empty();
    Frame frame;
    frame.title = isNew ? view::said("Propose an objective") : view::said("Edit {}", {ref});
    frame.section = "/objectives";
    frame.trail = {{"/objectives", "Objectives"}};
    if (!isNew) frame.trail.emplace_back(addressOf(ref), ref);
    frame.trailEnd = view::said(isNew ? "New" : "Edit");
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/objective-form.html", [&](view::Model& model) {
        const app::ObjectiveDraft& draft = typed.draft;
        const std::string home = isNew ? "/objectives" : addressOf(ref);
        model.set("HEADLINE", frame.title).say("BUTTON", isNew ? "Propose" : "Save");
        model.set("ACTION", isNew ? home : home + "/edit").set("CANCEL", home);
        if (conflict != nullptr) putConflict(model, *conflict);
        model.set("REV", std::to_string(typed.rev)).set("NAME", draft.title);
        model.set("STATEMENT", draft.statement).set("PROCESS", draft.process).set("SERVICE", draft.service);
        model.set("KPI", draft.kpi).set("UNIT", draft.unit);
        model.set("BASELINE", typed.baseline).set("TARGET", typed.target);
        model.set("START_ON", isoOf(draft.startOn)).set("TARGET_ON", isoOf(draft.targetOn));
        for (const KpiDirection direction : {KpiDirection::HigherIsBetter, KpiDirection::LowerIsBetter}) {
            putOption(model, "DIRECTION", "CODE", std::string(domain::toText(direction)),
                      view::said(domain::titleOf(direction)), draft.direction == direction);
        }
        putPeople(web, request, model, draft.owner, [](Role role) {
            return role != Role::Administrator && role != Role::CertificationAuditor;
        });
    });
}

Result<Response> showNew(WebApp& web, Request& request, const PathParameters&) {
    return formPage(web, request, {}, {}, nullptr);
}

Result<Response> propose(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    const Typed typed = typedIn(form);
    const auto draft = draftIn(form, typed);
    if (!draft) return formPage(web, request, typed, {}, &draft.error());
    const auto made = app::proposeObjective(*web.context, callerOf(request).actor, *draft);
    if (!made) return formPage(web, request, typed, {}, &made.error());
    return redirectResponse(addressOf(made->ref.text()));
}

/// What is stored, as the form would have it typed.
Typed storedIn(const app::ObjectiveView& view) {
    const Objective& objective = view.objective;
    Typed typed;
    typed.draft.title = objective.title;
    typed.draft.statement = objective.statement;
    typed.draft.process = objective.process;
    typed.draft.service = objective.service;
    typed.draft.owner = accountOf(view.parties, objective.owner);
    typed.draft.kpi = objective.kpi;
    typed.draft.unit = objective.unit;
    typed.draft.direction = objective.direction;
    typed.draft.startOn = objective.startOn;
    typed.draft.targetOn = objective.targetOn;
    typed.baseline = numberText(objective.baseline);
    typed.target = numberText(objective.target);
    typed.rev = objective.rev;
    return typed;
}

Result<Response> showEdit(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const auto view, app::showObjective(*web.context, callerOf(request).actor, refOf(parameters)));
    return formPage(web, request, storedIn(view), view.objective.ref.text(), nullptr);
}

std::string directionWord(const std::optional<KpiDirection>& direction) {
    return direction ? view::said(domain::titleOf(*direction)) : view::said("As the KPI");
}

std::vector<Difference> differencesOf(WebApp& web, const Request& request, const Typed& theirs,
                                      const Typed& yours) {
    const app::ObjectiveDraft& a = theirs.draft;
    const app::ObjectiveDraft& b = yours.draft;
    return {{"Title", a.title, b.title},
            {"What is to be reached, and why", a.statement, b.statement},
            {"KPI that measures it", a.kpi, b.kpi},
            {"Unit", a.unit, b.unit},
            {"Direction", directionWord(a.direction), directionWord(b.direction)},
            {"Baseline", theirs.baseline, yours.baseline},
            {"Target", theirs.target, yours.target},
            {"From", isoOf(a.startOn), isoOf(b.startOn)},
            {"Reached by", isoOf(a.targetOn), isoOf(b.targetOn)},
            {"Process", a.process, b.process},
            {"Service", a.service, b.service},
            {"Owner", personWord(web, request, a.owner), personWord(web, request, b.owner)}};
}

Result<Response> edit(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    Typed typed = typedIn(form);
    const auto draft = draftIn(form, typed);
    if (!draft) return formPage(web, request, typed, ref.text(), &draft.error());
    const auto saved = app::editObjective(*web.context, callerOf(request).actor, ref, typed.rev, *draft);
    if (saved) return redirectResponse(addressOf(ref.text()));
    if (saved.error().kind != ErrorKind::Stale)
        return formPage(web, request, typed, ref.text(), &saved.error());
    TM_TRY(const auto now, app::showObjective(*web.context, callerOf(request).actor, ref));
    typed.rev = now.objective.rev;
    const std::vector<Difference> fields = differencesOf(web, request, storedIn(now), typed);
    const Error beside = besideForm(saved.error());
    return formPage(web, request, typed, ref.text(), &beside, &fields);
}

}  // namespace

storage::ObjectiveFilter objectiveFilterOf(const Request& request) {
    storage::ObjectiveFilter filter;
    if (const auto state = domain::objectiveStateFrom(request.queryValue("state"))) filter.states = {*state};
    return filter;
}

Result<void> addObjectivePages(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/objectives", "page.objectives", readers, listPage));
    TM_CHECK(addPage(router, web, "/objectives/new", "page.objective-new", writers, showNew));
    TM_CHECK(addForm(router, web, "/objectives", "form.objective-propose", writers, propose));
    TM_CHECK(addPage(router, web, "/objectives/{ref}", "page.objective", readers, showOne));
    TM_CHECK(addPage(router, web, "/objectives/{ref}/edit", "page.objective-edit", writers, showEdit));
    TM_CHECK(addForm(router, web, "/objectives/{ref}/edit", "form.objective-edit", writers, edit));
    TM_CHECK(addForm(router, web, "/objectives/{ref}/value", "form.objective-value", "PO IM", measure));
    return addForm(router, web, "/objectives/{ref}/events", "form.objective-step", writers, move);
}

}  // namespace tickmark::http::pages

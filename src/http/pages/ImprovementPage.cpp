// One improvement item: its steps, goals, result, lesson, evidence and history.
#include <algorithm>

#include "http/pages/ImprovementFigures.h"
#include "http/pages/ImprovementPages.h"
#include "http/pages/LessonPages.h"
#include "http/pages/Listing.h"
#include "http/pages/Parts.h"
#include "tickmark/app/Assign.h"

namespace tickmark::http::pages {
namespace {

using domain::ImprovementState;

domain::ImprovementRef refOf(const PathParameters& parameters) {
    return domain::ImprovementRef{std::string(parameters.at("ref"))};
}

/// The day on which the item last reached a state, or empty.
std::string reachedOn(const app::ImprovementView& view, ImprovementState state) {
    const auto reached = [state](const app::ImprovementView::HistoryLine& line) {
        const bool recorded =
            state == ImprovementState::Identified && line.event.kind == "improvement.record";
        return recorded || line.event.facts.textAt("to") == domain::toText(state);
    };
    const auto last = std::find_if(view.history.rbegin(), view.history.rend(), reached);
    return last == view.history.rend() ? std::string() : Date::of(last->event.at).iso();
}

/// The seven steps and the end; one that left them stands after those it had reached.
std::vector<ImprovementState> wayOf(const app::ImprovementView& view) {
    std::vector<ImprovementState> way;
    for (int i = 0; i <= static_cast<int>(ImprovementState::Closed); ++i)
        way.push_back(static_cast<ImprovementState>(i));
    const ImprovementState now = view.item.state;
    if (std::find(way.begin(), way.end(), now) == way.end()) {
        std::erase_if(way, [&](ImprovementState state) { return reachedOn(view, state).empty(); });
        way.push_back(now);
    }
    return way;
}

std::string awaitedFrom(const app::ImprovementView& view, ImprovementState next) {
    for (const domain::ImprovementStep& step : view.steps) {
        if (step.to == next) return view::said("by {}", {view::said(domain::roleNames(step.roles))});
    }
    return {};
}

/// "Plan · 2022-07-04"
std::string phased(ImprovementState state, const std::string& day) {
    if (state == ImprovementState::OnHold) return day;
    domain::ImprovementItem at;
    at.state = state;
    const auto phase = domain::phaseOf(at);
    if (!phase) return day;
    const std::string word = view::said(domain::titleOf(*phase));
    return day.empty() ? word : word + " · " + day;
}

void putWay(view::Model& model, const app::ImprovementView& view) {
    view::Model& part = model.include("STEPPER", "parts/stepper.html");
    const std::vector<ImprovementState> way = wayOf(view);
    const auto now = std::find(way.begin(), way.end(), view.item.state);
    for (auto at = way.begin(); at != way.end(); ++at) {
        view::Model& row = part.add("STATE");
        const bool passed = at < now || (at == now && domain::isFinal(*at));
        const view::Status status = view::statusOf("improvement", domain::toText(*at));
        row.say("WORD", std::string(domain::titleOf(*at)));
        row.set("CLASS", passed ? "done" : (at == now ? "now" : "later"));
        row.set("GLYPH", at == now ? std::string(status.glyph) : "i-tick");
        row.showIf(at == now, "CURRENT").showIf(at > now, "LATER").showIf(at <= now, "REACHED");
        row.set("NUMBER", std::to_string(at - way.begin() + 1));
        row.set("NOTE", at > now ? awaitedFrom(view, *at) : phased(*at, reachedOn(view, *at)));
    }
}

std::string withUnit(const std::string& number, const std::string& unit) {
    return number.empty() || unit.empty() ? number : number + " " + unit;
}

void putObjective(view::Model& model, const app::ImprovementView& view) {
    if (view.objectiveTitle.empty()) return;
    model.add("SERVES")
        .set("OBJECTIVE_HREF", "/objectives/" + encoded(view.item.objective))
        .set("OBJECTIVE_REF", view.item.objective)
        .set("OBJECTIVE_TITLE", view.objectiveTitle);
}

void putGoals(view::Model& model, const domain::ImprovementItem& item, bool servesRecorded) {
    model.setIf("DESCRIPTION", item.description).setIf("ANALYSIS", item.analysis).setIf("PLAN", item.plan);
    if (!servesRecorded) model.setIf("OBJECTIVE", item.objective);
    model.setIf("COST", item.cost);
    model.setIf("BASELINE", withUnit(item.baseline, item.unit))
        .setIf("TARGET", withUnit(item.target, item.unit));
    model.setIf("OUTCOME", item.outcome);
    const auto met = domain::targetMet(item);
    if (item.result.empty()) return;
    model.add("HAS_RESULT")
        .set("RESULT", withUnit(item.result, item.unit))
        .say("VERDICT", !met ? "" : (*met ? "the target is met" : "the target is missed"));
}

void putLesson(view::Model& model, const domain::ImprovementItem& item) {
    if (!item.lesson) return;
    std::string tags;
    for (const std::string& tag : item.lesson->appliesTo) tags += (tags.empty() ? "" : ", ") + tag;
    model.add("LESSON")
        .say("KIND", std::string(domain::titleOf(item.lesson->kind)))
        .set("INSIGHT", item.lesson->insight)
        .setIf("CONTEXT", item.lesson->context)
        .setIf("APPLIES_TO", tags);
}

std::string_view pageOf(app::SourceRecord kind) {
    switch (kind) {
        case app::SourceRecord::Feedback:
            return "/feedback/";
        case app::SourceRecord::ServiceReview:
            return "/service-reviews/";
        case app::SourceRecord::ManagementReview:
            return "/reviews/";
    }
    return "";
}

/// Items made of a record kept here lead back to it.
void putSourceLink(view::Model& model, const app::ImprovementView& view) {
    model.showIf(!view.madeFrom, "SOURCE_PLAIN");
    if (!view.madeFrom) return;
    const std::string record = view.item.sourceRef.substr(0, view.item.sourceRef.find('/'));
    model.add("SOURCE_LINK").set("SOURCE_HREF", std::string(pageOf(*view.madeFrom)) + encoded(record));
}

void putFacts(view::Model& model, const app::ImprovementView& view) {
    const domain::ImprovementItem& item = view.item;
    model.set("REF", item.ref.text()).set("NAME", item.title).set("REV", std::to_string(item.rev));
    model.say("SOURCE", std::string(domain::titleOf(item.source))).setIf("SOURCE_REF", item.sourceRef);
    putSourceLink(model, view);
    model.setIf("PROCESS", item.process).setIf("SERVICE", item.service);
    model.set("OWNER", nameOf(view.parties, item.owner)).set("BY", nameOf(view.parties, item.createdBy));
    model.setTime("CREATED", item.createdAt).set("ROUND", std::to_string(item.round));
    const auto phase = domain::phaseOf(item);
    model.sayIf("PHASE", phase ? std::string(domain::titleOf(*phase)) : std::string());
    model.set("SCORE", scoreText(domain::priorityScore(item))).set("PROGRESS", std::to_string(item.progress));
    model.say("VALUE", item.value == 0 ? "not judged" : std::to_string(item.value));
    model.say("EFFORT", item.effort == 0 ? "not judged" : std::to_string(item.effort));
    if (!view.findingRef.empty()) {
        model.add("FINDING")
            .set("FINDING_HREF", "/findings/" + encoded(view.findingRef))
            .set("FINDING_REF", view.findingRef)
            .set("FINDING_TITLE", view.findingTitle);
    }
    if (item.approval) {
        model.add("APPROVAL")
            .set("WHO", nameOf(view.parties, item.approval->by))
            .setLogged("AT", item.approval->at);
    }
}

void putReportForm(view::Model& model, const app::ImprovementView& view) {
    if (!view.mayReport) return;
    const domain::ImprovementItem& item = view.item;
    const domain::ImprovementLesson lesson = item.lesson.value_or(domain::ImprovementLesson{});
    view::Model& form = model.add("MAY_REPORT");
    form.set("FORM_RESULT", item.result).set("FORM_OUTCOME", item.outcome).set("FORM_UNIT", item.unit);
    form.set("FORM_CONTEXT", lesson.context).set("FORM_INSIGHT", lesson.insight);
    std::string tags;
    for (const std::string& tag : lesson.appliesTo) tags += (tags.empty() ? "" : "\n") + tag;
    form.set("FORM_TAGS", tags);
    for (const auto kind : {domain::ImprovementLessonKind::Success, domain::ImprovementLessonKind::Failure}) {
        putOption(form, "KIND", "CODE", std::string(domain::toText(kind)), view::said(domain::titleOf(kind)),
                  lesson.kind == kind);
    }
}

/// "improvement.set-goals" as "Goals set"; what is no step by its own words.
std::string deedOf(const ledger::Event& event) {
    if (const auto state = domain::improvementStateFrom(event.facts.textAt("to")))
        return std::string(domain::titleOf(*state));
    if (event.kind == "improvement.record") return "Recorded";
    if (event.kind == "improvement.edit") return "Goals and plan edited";
    if (event.kind == "improvement.report") return "Reported";
    if (event.kind == "improvement.assign") return "Owner or date changed";
    if (event.kind == "improvement.request-extension") return "More time asked for";
    if (event.kind == "improvement.approve-extension") return "More time granted";
    if (event.kind == "improvement.refuse-extension") return "More time refused";
    if (event.kind == "improvement.attach-evidence") return "Evidence attached";
    return event.kind;
}

void putExtensions(view::Model& model, const app::ImprovementView& view) {
    if (view.item.extensions.empty()) return;
    view::Model& part = model.add("HAS_EXTENSIONS");
    for (const domain::ExtensionRequest& extension : view.item.extensions) {
        view::Model& row = part.add("EXTENSION");
        row.set("ASKED", extension.asked.iso()).set("REASON", extension.reason);
        row.set("BY", nameOf(view.parties, extension.by)).setTime("AT", extension.at);
        row.say("DECISION", !extension.approved   ? "waits for a decision"
                            : *extension.approved ? "approved"
                                                  : "refused");
        row.setIf("NOTE", extension.decisionNote);
    }
}

/// Owner and date after the plan was approved.
void putHandover(WebApp& web, const Request& request, view::Model& model, const app::ImprovementView& view) {
    putExtensions(model, view);
    model.showIf(view.mayAskExtension, "MAY_ASK").showIf(view.mayDecideExtension, "MAY_DECIDE");
    if (!view.mayAssign) return;
    using domain::Role;
    putPeople(web, request, model.add("MAY_ASSIGN"), accountOf(view.parties, view.item.owner), [](Role role) {
        return role == Role::ProcessOwner || role == Role::ActionOwner || role == Role::ImprovementManager;
    });
}

void putHistory(view::Model& model, domain::Role role, const app::ImprovementView& view) {
    for (std::size_t i = view.history.size(); i-- > 0;) {
        const auto& line = view.history[i];
        view::Model& row = model.add("EVENT");
        row.setLogged("AT", line.event.at).say("WHAT", deedOf(line.event)).set("WHO", line.event.actor);
        row.setIf("REASON", std::string(line.event.facts.textAt("reason")));
        putPosition(row, role, line.position);
    }
}

/// The lessons it left, and until it is done those of others.
void putLessons(WebApp& web, const Request& request, view::Model& model,
                const domain::ImprovementItem& item) {
    storage::LessonFilter origin;
    origin.improvement = item.id;
    putLessonsFrom(web, request, model, origin);
    if (!domain::isFinal(item.state)) putOffered(web, request, model, item.ref.text());
}

Result<Response> itemPage(WebApp& web, Request& request, const domain::ImprovementRef& ref,
                          const RefusedStep* refused) {
    const Caller& caller = callerOf(request);
    TM_TRY(const auto view, app::showImprovement(*web.context, caller.actor, ref));
    Frame frame;
    frame.title = ref.text() + " " + view.item.title;
    frame.section = "/improvements";
    frame.trail = {{"/improvements", "Improvements"}};
    frame.trailEnd = ref.text();
    takeRefusal(frame, refused);
    return page(web, request, frame, "pages/improvement.html", [&](view::Model& model) {
        putFacts(model, view);
        putObjective(model, view);
        putGoals(model, view.item, !view.objectiveTitle.empty());
        putItemFigures(web, request, model, view.item);
        putLesson(model, view.item);
        putDue(model, view.item.due, web.context->today());
        if (domain::isFinal(view.item.state)) model.set("HINT", "").set("HINT_TONE", "");
        model.showIf(view.item.due.has_value(), "HAS_DUE").showIf(view.mayEdit, "MAY_EDIT");
        putStatus(model, "STATUS", "improvement", domain::toText(view.item.state));
        putWay(model, view);
        putSteps(model, request, shown(view.steps, view.item.state, caller.actor.role),
                 improvementAddress(ref.text()) + "/events", view.item.rev, refused);
        putReportForm(model, view);
        putHandover(web, request, model, view);
        putEvidence(model, view.evidence, view.parties);
        if (view.hiddenEvidence > 0) model.add("HIDDEN").set("COUNT", std::to_string(view.hiddenEvidence));
        model.showIf(view.mayAttach, "MAY_ATTACH");
        putHistory(model, caller.actor.role, view);
        putLessons(web, request, model, view.item);
    });
}

Result<Response> showImprovement(WebApp& web, Request& request, const PathParameters& parameters) {
    return itemPage(web, request, refOf(parameters), nullptr);
}

Result<Response> step(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    const auto event = domain::improvementEventFrom(form.text("event"));
    if (!event) {
        return invalid("unknown-word", "event", "There is no such step.",
                       "Choose a step on the item's page.");
    }
    const auto moved = app::changeImprovementState(*web.context, callerOf(request).actor, ref,
                                                   form.revision(), *event, form.text("reason"));
    if (moved) return redirectResponse(improvementAddress(ref.text()));
    const RefusedStep refused = refusedStep(form, domain::titleOf(*event), moved.error());
    auto again = itemPage(web, request, ref, &refused);
    return again ? std::move(again) : moved.error();
}

Result<Response> attach(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    TM_TRY([[maybe_unused]] const auto saved,
           app::attachEvidenceToImprovement(*web.context, callerOf(request).actor, ref, form.revision(),
                                            form.words("versions")));
    return redirectResponse(improvementAddress(ref.text()));
}

Result<Response> assign(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    app::Handover handover;
    handover.owner = form.text("owner");
    handover.reason = form.text("reason");
    TM_TRY([[maybe_unused]] const auto saved,
           app::assignImprovement(*web.context, callerOf(request).actor, ref, form.revision(), handover));
    return redirectResponse(improvementAddress(ref.text()));
}

Result<Response> askExtension(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    TM_TRY(const auto asked, form.date("asked"));
    if (!asked) return invalid("date", "asked", "The new date is missing.", "Write it like 2022-11-18.");
    TM_TRY([[maybe_unused]] const auto saved,
           app::requestImprovementExtension(*web.context, callerOf(request).actor, ref, form.revision(),
                                            *asked, form.text("reason")));
    return redirectResponse(improvementAddress(ref.text()));
}

Result<Response> decideExtension(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    TM_TRY([[maybe_unused]] const auto saved,
           app::decideImprovementExtension(*web.context, callerOf(request).actor, ref, form.revision(),
                                           form.text("decision") == "approve", form.text("note")));
    return redirectResponse(improvementAddress(ref.text()));
}

}  // namespace

Result<void> addImprovementPage(Router& router, WebApp& web) {
    TM_CHECK(addForm(router, web, "/improvements/{ref}/owner", "form.improvement-assign", "IM", assign));
    TM_CHECK(addForm(router, web, "/improvements/{ref}/extension", "form.improvement-extension", "PO AO IM",
                     askExtension));
    TM_CHECK(addForm(router, web, "/improvements/{ref}/extension-decision", "form.improvement-decision", "IM",
                     decideExtension));
    const std::string readers(improvementReaders);
    TM_CHECK(addPage(router, web, "/improvements/{ref}", "page.improvement", readers, showImprovement));
    TM_CHECK(addForm(router, web, "/improvements/{ref}/events", "form.improvement-step", "PO AO IM", step));
    return addForm(router, web, "/improvements/{ref}/evidence", "form.improvement-attach",
                   std::string(improvementRecorders), attach);
}

}  // namespace tickmark::http::pages

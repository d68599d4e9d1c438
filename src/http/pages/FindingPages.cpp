// One finding.
#include <algorithm>
#include <array>
#include <utility>

#include "http/pages/FindingListPage.h"
#include "http/pages/FindingPage.h"
#include "http/pages/ImprovementPages.h"
#include "http/pages/LessonPages.h"
#include "http/pages/Listing.h"
#include "http/pages/Page.h"
#include "http/pages/Parts.h"
#include "http/pages/Stepper.h"
#include "tickmark/app/Findings.h"
#include "tickmark/app/Lists.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Parties.h"
#include "tickmark/view/CauseDiagrams.h"

namespace tickmark::http::pages {
namespace {

using domain::FindingState;
using domain::Role;

void putParts(view::Model& model, const app::FindingView& view) {
    const domain::Finding& finding = view.finding;
    const domain::FindingClass* scheme = domain::findingClass(finding.classCode);
    model.say("KIND_TITLE", scheme != nullptr ? std::string(scheme->title) : finding.classCode);
    model.set("REQUIREMENT", finding.requirement).set("OBJECTIVE_EVIDENCE", finding.objectiveEvidence);
    model.set("NATURE", finding.nature);
    for (const domain::Clause& clause : view.clauses)
        model.add("CLAUSE").set("CODE", clause.code).set("WORD", clause.title);
}

void putDiagrams(view::Model& response, const std::string& problem, const domain::Response& answer) {
    const std::string round = std::to_string(answer.round);
    if (!answer.whys.empty()) view::putFiveWhys(response.add("HAS_WHYS"), "whys-" + round, problem, answer);
    if (!answer.fishbone.empty())
        view::putFishbone(response.add("HAS_FISHBONE"), "fishbone-" + round, problem, answer);
}

std::string sampleText(const domain::ExtentPlace& place) {
    if (place.sample == 0 && place.population == 0) return view::said("not counted");
    const std::string sample = place.sample == 0 ? view::said("all") : std::to_string(place.sample);
    return place.population == 0 ? sample
                                 : view::said("{} of {}", {sample, std::to_string(place.population)});
}

/// Where else it was looked for; what was found there and is not dealt with yet leads to a new action.
void putPlaces(view::Model& response, const app::FindingView& view, const domain::Response& answer) {
    if (answer.extentPlaces.empty()) return;
    view::Model& table = response.add("HAS_PLACES");
    for (const domain::ExtentPlace& place : answer.extentPlaces) {
        view::Model& row = table.add("PLACE");
        row.say("KIND", std::string(domain::titleOf(place.kind))).set("NAME", place.place);
        row.set("LOOKED_AT", place.lookedAt).set("SAMPLE", sampleText(place));
        row.set("FOUND", place.found == 0 ? view::said("no")
                                          : view::said("yes, in {}", {std::to_string(place.found)}));
        if (!place.evidence.empty()) {
            const std::string piece = place.evidence.substr(0, place.evidence.find('/'));
            row.add("PROVED").set("HREF", "/evidence/" + encoded(piece)).set("VERSION", place.evidence);
        }
        if (!place.answer.empty()) {
            const char* list = place.answer.starts_with("AC-") ? "/actions/" : "/findings/";
            row.add("ANSWERED").set("HREF", list + encoded(place.answer)).set("REF", place.answer);
        } else if (place.found > 0 && view.mayPlanActions) {
            row.add("OPEN")
                .add("MAY_PLAN")
                .set("HREF", "/findings/" + encoded(view.finding.ref.text()) +
                                 "/actions/new?title=" + encoded("Correct it at " + place.place));
        }
    }
}

void putResponses(view::Model& model, const app::FindingView& view) {
    for (auto at = view.finding.responses.rbegin(); at != view.finding.responses.rend(); ++at) {
        view::Model& one = model.add("RESPONSE");
        one.set("ROUND", std::to_string(at->round))
            .set("BY", nameOf(view.parties, at->by))
            .setTime("AT", at->at);
        one.set("CORRECTION", at->correction).set("EXTENT", at->extent).setIf("METHOD", at->causeMethod);
        for (std::size_t i = 0; i < at->whys.size(); ++i) {
            one.add("WHY").set("NUMBER", std::to_string(i + 1)).set("TEXT", at->whys[i]);
        }
        for (const auto& bone : at->fishbone)
            one.add("BONE").set("BRANCH", bone.branch).set("TEXT", bone.cause);
        for (const auto& cause : at->rootCauses)
            one.add("CAUSE").set("CODE", cause.code).set("TEXT", cause.text);
        putPlaces(one, view, *at);
        putDiagrams(one, view.finding.title, *at);
    }
}

void putAction(view::Model& group, const app::FindingView& view, const domain::Action& action, Date today) {
    view::Model& row = group.add("ACTION");
    row.set("HREF", "/actions/" + encoded(action.ref.text()))
        .set("REF", action.ref.text())
        .set("NAME", action.title);
    row.say("KIND", std::string(domain::titleOf(action.kind))).set("ANSWERS", action.rootCause);
    row.set("OWNER", action.owner.stored() ? nameOf(view.parties, action.owner) : action.ownerRole);
    putDue(row, action.due, today);
    if (action.doneOn) row.say("HINT", "done " + action.doneOn->iso()).set("HINT_TONE", "");
    putStatus(row, "STATUS", "action", domain::toText(action.state));
}

/// What each kind is for; they are different things and are shown apart (ISO 9000:2015 clause 3.12).
struct ActionGroup {
    domain::ActionKind kind{};
    const char* title = "";
    const char* purpose = "";
};
constexpr std::array<ActionGroup, 4> actionGroups{{
    {domain::ActionKind::Correction, "Corrections", "repair the case that was found"},
    {domain::ActionKind::Corrective, "Corrective actions", "remove a root cause, so that it does not recur"},
    {domain::ActionKind::Preventive, "Preventive actions", "keep it from happening where it has not yet"},
    {domain::ActionKind::Improvement, "Improvements", "do better what already conforms"},
}};

void putActions(view::Model& model, const app::FindingView& view, Date today) {
    if (view.actions.empty()) return;
    view::Model& list = model.add("HAS_ACTIONS");
    for (const ActionGroup& one : actionGroups) {
        view::Model* group = nullptr;
        for (const domain::Action& action : view.actions) {
            if (action.kind != one.kind) continue;
            if (group == nullptr)
                group = &list.add("ACTION_GROUP").say("GROUP", one.title).say("PURPOSE", one.purpose);
            putAction(*group, view, action, today);
        }
    }
}

std::string wordOf(const std::optional<domain::EffectivenessVerdict>& verdict) {
    if (!verdict) return {};
    return *verdict == domain::EffectivenessVerdict::Effective ? "Effective" : "Not effective";
}

std::string isoOf(const std::optional<Date>& date) { return date ? date->iso() : std::string(); }

void putCheck(view::Model& part, const domain::EffectivenessCheck& check) {
    view::Model& row = part.add("CHECK");
    row.set("ROUND", std::to_string(check.round)).set("CRITERION", check.criterion);
    row.setIf("PLANNED", isoOf(check.plannedOn)).sayIf("VERDICT", wordOf(check.verdict));
    row.set("DONE", isoOf(check.doneOn)).set("NOTE", check.note);
}

void putEffectiveness(view::Model& model, const app::FindingView& view) {
    const auto& checks = view.finding.checks;
    if (checks.empty() && !view.mayCheckEffectiveness) return;
    view::Model& part = model.add("HAS_EFFECTIVENESS");
    for (const auto& check : checks) putCheck(part, check);
    if (!view.mayCheckEffectiveness) return;
    const auto current = std::find_if(checks.begin(), checks.end(),
                                      [&](const auto& check) { return check.round == view.finding.round; });
    const domain::EffectivenessCheck offered =
        current == checks.end() ? domain::EffectivenessCheck{} : *current;
    part.add("CHECK_FORM")
        .set("CRITERION", offered.criterion)
        .set("PLANNED", isoOf(offered.plannedOn))
        .showIf(view.finding.state == FindingState::Verified, "MAY_JUDGE");
}

void putWarnings(view::Model& model, const app::FindingView& view) {
    if (view.warnings.empty()) return;
    view::Model& part = model.add("HAS_WARNINGS");
    for (const domain::WordWarning& warning : view.warnings) {
        const std::string where = warning.field == "nature"               ? "Nature"
                                  : warning.field == "objective_evidence" ? "Objective evidence"
                                                                          : "Comment of the return";
        part.add("WARNING").set("WHERE", where).say("TEXT", warning.message);
    }
}

/// The steps as they are offered; accepting the plan asks for the effectiveness check it books.
std::vector<ShownStep> stepsFor(const app::FindingView& view, Role role) {
    auto steps = shown(view.steps, view.finding.state, role);
    for (ShownStep& step : steps) {
        if (step.event != domain::toText(domain::FindingEvent::AcceptPlan)) continue;
        step.check = {view.checkPlan.criterion, isoOf(view.checkPlan.plannedOn)};
    }
    return steps;
}

/// What was done, for events that are no step of a machine.
constexpr std::array<std::pair<std::string_view, std::string_view>, 13> deeds{{
    {"record", "Recorded"},
    {"edit", "Draft edited"},
    {"assign", "Owner or dates changed"},
    {"reclassify", "Class changed"},
    {"attach-evidence", "Evidence attached"},
    {"save-response", "Response saved"},
    {"plan-effectiveness", "Effectiveness check planned"},
    {"judge-effectiveness", "Effectiveness judged"},
    {"plan", "Planned"},
    {"request-extension", "More time asked for"},
    {"approve-extension", "More time granted"},
    {"refuse-extension", "More time refused"},
    {"verify", "Verified"},
}};

/// The title of the state that a step led to, or empty.
std::string_view reached(const ledger::Event& event) {
    const std::string_view to = event.facts.textAt("to");
    if (event.subject == "finding") {
        if (const auto state = domain::findingStateFrom(to)) return domain::titleOf(*state);
    } else if (const auto state = domain::actionStateFrom(to)) {
        return domain::titleOf(*state);
    }
    return {};
}

/// "finding.accept-plan" as "Plan accepted", "action.report-done" as "AC-0001 Done".
std::string deedOf(const ledger::Event& event) {
    const std::string_view name = std::string_view(event.kind).substr(event.kind.find('.') + 1);
    std::string words(reached(event));
    for (const auto& [kind, text] : deeds) {
        if (words.empty() && kind == name) words = text;
    }
    if (words.empty()) words = name;
    return event.subject == "action" ? event.ref + " " + words : words;
}

void putHistory(view::Model& model, Role role, const app::FindingView& view) {
    // NOLINTNEXTLINE(modernize-loop-convert): clang 14 does not read the library's reverse_view
    for (auto at = view.history.rbegin(); at != view.history.rend(); ++at) {
        const auto& entry = *at;
        view::Model& row = model.add("EVENT");
        row.setLogged("AT", entry.event.at).say("WHAT", deedOf(entry.event)).set("WHO", entry.event.actor);
        row.setIf("REASON", std::string(entry.event.facts.textAt("reason")));
        putPosition(row, role, entry.position);
    }
}

void putClasses(view::Model& model, const app::FindingView& view) {
    if (view.classesToChangeTo.empty()) return;
    view::Model& form = model.add("MAY_RECLASSIFY");
    for (const std::string& code : view.classesToChangeTo) {
        const domain::FindingClass* one = domain::findingClass(code);
        putOption(form, "CLASS", "CODE", code, one != nullptr ? std::string(one->title) : code, false);
    }
}

void putFacts(view::Model& model, const app::FindingView& view) {
    const domain::Finding& finding = view.finding;
    model.set("AUDIT", view.audit.ref.text()).set("AUDIT_TITLE", view.audit.title);
    model.setIf("PROCESS", finding.process).setIf("SERVICE", finding.service).setIf("EXTENT", finding.extent);
    model.setIf("RISK", finding.risk).setIf("SOURCE_REF", finding.sourceRef);
    model.say("REPEAT", finding.repeatOf.empty() ? "None" : finding.repeatOf)
        .set("ROUND", std::to_string(finding.round));
    model.say("RESPONSE_DUE", finding.responseDue ? finding.responseDue->iso() : "No date");
    model.set("RESPONSE_DUE_ISO", finding.responseDue ? finding.responseDue->iso() : "");
    model.setIf("OWNER", finding.owner.stored() ? nameOf(view.parties, finding.owner) : "");
    model.set("REV", std::to_string(finding.rev)).set("REF", finding.ref.text()).set("NAME", finding.title);
}

/// An acknowledged observation is converted by its own step, which makes the item as well.
void putImprovements(view::Model& model, const app::FindingView& view, Date today) {
    model.showIf(view.mayImprove && view.finding.state != FindingState::Acknowledged, "MAY_IMPROVE");
    if (view.improvements.empty()) return;
    view::Model& list = model.add("HAS_IMPROVEMENTS");
    for (const auto& item : view.improvements) putImprovementRow(list.add("IMPROVEMENT"), item, today);
}

void putRepeats(view::Model& model, const app::FindingView& view) {
    if (view.repeats.empty()) return;
    view::Model& part = model.add("HAS_REPEATS");
    for (const app::RepeatProposal& one : view.repeats) {
        part.add("PROPOSAL")
            .set("EARLIER", one.ref)
            .set("EARLIER_HREF", "/findings/" + encoded(one.ref))
            .set("EARLIER_NAME", one.title)
            .set("EARLIER_AUDIT", one.audit)
            .set("WHY", one.reason);
    }
}

/// The lessons that came from it, and until it is done those of others.
void putLessons(WebApp& web, const Request& request, view::Model& model, const domain::Finding& finding) {
    storage::LessonFilter origin;
    origin.finding = finding.id;
    putLessonsFrom(web, request, model, origin);
    if (!domain::isFinal(finding.state)) putOffered(web, request, model, finding.ref.text());
}

Result<Response> showFinding(WebApp& web, Request& request, const PathParameters& parameters) {
    return findingPage(web, request, domain::FindingRef{std::string(parameters.at("ref"))}, nullptr);
}

}  // namespace

Result<Response> findingPage(WebApp& web, Request& request, const domain::FindingRef& ref,
                             const RefusedStep* refused) {
    const Caller& caller = callerOf(request);
    TM_TRY(const app::FindingView view, app::showFinding(*web.context, caller.actor, ref));
    const std::string address = "/findings/" + encoded(ref.text());
    const Date today = web.context->today();
    Frame frame;
    frame.title = ref.text() + " " + view.finding.title;
    frame.section = "/findings";
    frame.trail = {{"/audits", "Audits"},
                   {"/audits/" + encoded(view.audit.ref.text()), view.audit.ref.text()},
                   {"/findings?audit=" + encoded(view.audit.ref.text()), "Findings"}};
    frame.trailEnd = ref.text();
    takeRefusal(frame, refused);
    return page(web, request, frame, "pages/finding.html", [&](view::Model& model) {
        putFacts(model, view);
        putParts(model, view);
        putStatus(model, "CLASS_STATUS", "class", view.finding.classCode);
        putStatus(model, "STATUS", "finding", domain::toText(view.finding.state));
        putDue(model, view.finding.closeDue, today);
        if (domain::isFinal(view.finding.state)) model.set("HINT", "").set("HINT_TONE", "");
        model.showIf(view.finding.closeDue.has_value(), "HAS_DUE");
        model.showIf(view.mayEdit, "MAY_EDIT")
            .showIf(view.mayRespond, "MAY_RESPOND")
            .showIf(view.mayAttach, "MAY_ATTACH");
        model.showIf(view.mayPlanActions, "MAY_PLAN");
        if (view.mayAssign) {
            putPeople(web, request, model.add("MAY_ASSIGN"), accountOf(view.parties, view.finding.owner),
                      [](Role role) { return role == Role::ProcessOwner; });
        }
        putClasses(model, view);
        putStepper(model, view);
        putWarnings(model, view);
        putSteps(model, request, stepsFor(view, caller.actor.role), address + "/events", view.finding.rev,
                 refused);
        putResponses(model, view);
        putActions(model, view, today);
        putEffectiveness(model, view);
        putImprovements(model, view, today);
        putHistory(model, caller.actor.role, view);
        putRepeats(model, view);
        putLessons(web, request, model, view.finding);
        putEvidence(model, view.evidence, view.parties);
        if (view.mayAttach) putUpload(model, request, "finding", ref.text(), address);
    });
}

Result<void> addFindingPages(Router& router, WebApp& web) {
    TM_CHECK(addFindingListPage(router, web));
    return addPage(router, web, "/findings/{ref}", "page.finding", "LA AU PO AO IM TM XA", showFinding);
}

}  // namespace tickmark::http::pages

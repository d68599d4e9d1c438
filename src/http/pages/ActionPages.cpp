// Actions: the list, one action, planning, extensions.
#include <array>

#include "http/pages/Conflict.h"
#include "http/pages/LessonPages.h"
#include "http/pages/ListFilters.h"
#include "http/pages/ListTools.h"
#include "http/pages/Listing.h"
#include "http/pages/Page.h"
#include "http/pages/Parts.h"
#include "tickmark/app/Actions.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Findings.h"
#include "tickmark/app/Lists.h"

namespace tickmark::http::pages {
namespace {

using domain::Role;

constexpr std::array allStates{
    domain::ActionState::Planned,      domain::ActionState::Approved, domain::ActionState::InProgress,
    domain::ActionState::Done,         domain::ActionState::Verified, domain::ActionState::Effective,
    domain::ActionState::NotEffective, domain::ActionState::OnHold,   domain::ActionState::Cancelled};

std::string addressOf(const domain::ActionRef& ref) { return "/actions/" + encoded(ref.text()); }
domain::ActionRef refOf(const PathParameters& parameters) {
    return domain::ActionRef{std::string(parameters.at("ref"))};
}

std::optional<Date> dateOf(std::string_view iso) {
    auto date = Date::parse(iso);
    return date ? std::optional<Date>(*date) : std::nullopt;
}

void putRow(const Request& request, view::Model& rows, const storage::ActionRow& action, Date today) {
    view::Model& row = rows.add("ROW");
    putPick(request, row, action.ref, action.rev);
    row.set("HREF", "/actions/" + encoded(action.ref)).set("REF", action.ref).set("NAME", action.title);
    const auto kind = domain::actionKindFrom(action.kind);
    row.say("KIND", kind ? std::string(domain::titleOf(*kind)) : action.kind)
        .set("OWNER_NAME", action.ownerName);
    row.set("FINDING", action.findingRef).set("FINDING_HREF", "/findings/" + encoded(action.findingRef));
    putDue(row, dateOf(action.due), today);
    if (!action.doneOn.empty()) row.say("HINT", "done " + action.doneOn).set("HINT_TONE", "");
    putStatus(row, "STATUS", "action", action.state);
}

Result<Response> listActions(WebApp& web, Request& request, const PathParameters&) {
    if (auto standard = standardFilter(web, request, "actions")) return *std::move(standard);
    const Caller& caller = callerOf(request);
    const storage::Scope scope = app::scopeOf(*web.context, caller.actor);
    const storage::ActionFilter filter = actionFilterOf(request, caller.actor);
    const bool all = request.queryValue("all") == "1";
    std::int64_t count = 0;
    using Listed = storage::Page<storage::ActionRow>;
    auto listed = web.context->database->read([&](storage::ReadSession& session) -> Result<Listed> {
        TM_TRY(count, storage::countActions(session, scope, filter));
        return storage::listActions(session, scope, filter, {50, std::string(request.queryValue("after"))});
    });
    if (!listed) return std::move(listed).error();
    Frame frame;
    frame.title = view::said("Actions");
    frame.section = "/actions";
    return page(web, request, frame, "pages/actions.html", [&](view::Model& model) {
        model.showIf(all, "ALL_ON").showIf(request.queryValue("mine") == "1", "MINE_ON");
        putAsked(model, request, {"due_before"});
        for (const domain::ActionState state : allStates) {
            const std::string code(domain::toText(state));
            putOption(model, "STATE", "CODE", code, view::said(domain::titleOf(state)),
                      request.queryValue("state") == code);
        }
        const ListFace& face = listFace(app::BulkKind::Action);
        putListTools(web, request, model, face, exactly(count));
        model.showIf(listed->rows.empty(), "EMPTY");
        if (listed->rows.empty()) return;
        view::Model& rows = model.add("HAS_ROWS");
        putBulk(web, request, rows, face, exactly(count));
        for (const auto& action : listed->rows) putRow(request, rows, action, scope.today);
        if (listed->next.empty()) return;
        model.add("HAS_NEXT_PAGE").set("NEXT_PAGE", nextAddress(request, "/actions", listed->next));
    });
}

void putExtensions(view::Model& model, const app::ActionView& view) {
    for (const auto& extension : view.action.extensions) {
        view::Model& row = model.add("EXTENSION");
        row.set("ASKED", extension.asked.iso())
            .set("REASON", extension.reason)
            .set("BY", nameOf(view.parties, extension.by));
        row.setTime("AT", extension.at);
        row.say("DECISION", !extension.approved   ? "waits for a decision"
                            : *extension.approved ? "approved"
                                                  : "refused");
        row.setIf("NOTE", extension.decisionNote);
    }
    model.showIf(!view.action.extensions.empty(), "HAS_EXTENSIONS");
}

Result<Response> actionPage(WebApp& web, Request& request, const domain::ActionRef& ref,
                            const RefusedStep* refused) {
    TM_TRY(const auto view, app::showAction(*web.context, callerOf(request).actor, ref));
    Frame frame;
    frame.title = ref.text() + " " + view.action.title;
    frame.section = "/actions";
    const std::string finding = view.finding.ref.text();
    frame.trail = {{"/findings", "Findings"}, {"/findings/" + encoded(finding), finding}};
    frame.trailEnd = ref.text();
    takeRefusal(frame, refused);
    return page(web, request, frame, "pages/action.html", [&](view::Model& model) {
        const domain::Action& action = view.action;
        model.set("REF", ref.text()).set("NAME", action.title).set("REV", std::to_string(action.rev));
        model.say("KIND", std::string(domain::titleOf(action.kind))).setIf("DESCRIPTION", action.description);
        model.setIf("ROOT_CAUSE", action.rootCause).setIf("COST", action.cost);
        model.set("OWNER", action.owner.stored() ? nameOf(view.parties, action.owner) : action.ownerRole);
        model.set("FINDING", finding)
            .set("FINDING_TITLE", view.finding.title)
            .set("FINDING_HREF", "/findings/" + encoded(finding));
        putDue(model, action.due, web.context->today());
        if (action.doneOn) model.say("HINT", "done " + action.doneOn->iso()).set("HINT_TONE", "");
        putStatus(model, "STATUS", "action", domain::toText(action.state));
        putSteps(model, request, shown(view.steps, action.state, callerOf(request).actor.role),
                 addressOf(ref) + "/events", action.rev, refused);
        putExtensions(model, view);
        model.showIf(view.mayEdit, "MAY_EDIT")
            .showIf(view.mayAskExtension, "MAY_ASK")
            .showIf(view.mayDecideExtension, "MAY_DECIDE");
        putEvidence(model, view.evidence, view.parties);
        if (view.mayAttach) putUpload(model, request, "action", ref.text(), addressOf(ref));
    });
}

Result<Response> showAction(WebApp& web, Request& request, const PathParameters& parameters) {
    return actionPage(web, request, refOf(parameters), nullptr);
}

Result<Response> step(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    const auto event = domain::actionEventFrom(form.text("event"));
    if (!event) return invalid("enum", "event", "There is no such step.");
    const auto moved = app::changeActionState(*web.context, callerOf(request).actor, ref, form.revision(),
                                              *event, form.text("reason"));
    if (moved) return redirectResponse(addressOf(ref));
    const RefusedStep refused = refusedStep(form, domain::titleOf(*event), moved.error());
    auto again = actionPage(web, request, ref, &refused);
    return again ? std::move(again) : moved.error();
}

Result<Response> askExtension(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    TM_TRY(const auto asked, form.date("asked"));
    if (!asked) return invalid("date", "asked", "The new date is missing.", "Write it like 2022-11-18.");
    TM_TRY([[maybe_unused]] const auto saved,
           app::requestExtension(*web.context, callerOf(request).actor, ref, form.revision(), *asked,
                                 form.text("reason")));
    return redirectResponse(addressOf(ref));
}

Result<Response> decide(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    TM_TRY([[maybe_unused]] const auto saved,
           app::decideExtension(*web.context, callerOf(request).actor, ref, form.revision(),
                                form.text("decision") == "approve", form.text("note")));
    return redirectResponse(addressOf(ref));
}

// ---- planning
// ---------------------------------------------------------------------------------------------------

Result<app::ActionDraft> draftOf(const Form& form, const std::string& finding) {
    app::ActionDraft draft;
    draft.finding = finding;
    if (const auto kind = domain::actionKindFrom(form.text("kind"))) draft.kind = *kind;
    draft.title = form.text("title");
    draft.description = form.text("description");
    draft.rootCause = form.text("root_cause");
    draft.owner = form.text("owner");
    draft.ownerRole = form.text("owner_role");
    draft.cost = form.text("cost");
    TM_TRY(draft.due, form.date("due"));
    return draft;
}

struct PlanForm {
    std::string headline{};
    std::string action{};
    std::string button{};
    std::string cancel{};
    std::int64_t rev = 0;
    std::vector<Difference> conflict{};  ///< when somebody else was quicker
    bool stale = false;
};

Response planPage(WebApp& web, Request& request, const domain::Finding& finding,
                  const app::ActionDraft& draft, const PlanForm& form, const Error* error) {
    Frame frame;
    frame.title = view::said(form.headline);
    frame.section = "/actions";
    frame.trail = {{"/findings", "Findings"},
                   {"/findings/" + encoded(finding.ref.text()), finding.ref.text()}};
    frame.trailEnd = view::said(form.headline);
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/action-form.html", [&](view::Model& model) {
        model.say("HEADLINE", form.headline).set("ACTION", form.action).say("BUTTON", form.button);
        model.set("CANCEL", form.cancel).set("REV", std::to_string(form.rev));
        if (form.stale) putConflict(model, form.conflict);
        for (const auto kind : {domain::ActionKind::Correction, domain::ActionKind::Corrective,
                                domain::ActionKind::Preventive, domain::ActionKind::Improvement}) {
            putOption(model, "KIND", "CODE", std::string(domain::toText(kind)),
                      view::said(domain::titleOf(kind)), draft.kind == kind);
        }
        if (!finding.responses.empty()) {
            for (const auto& cause : finding.responses.back().rootCauses) {
                putOption(model, "CAUSE", "CODE", cause.code, cause.text.substr(0, 80),
                          draft.rootCause == cause.code);
            }
        }
        putPeople(web, request, model, draft.owner,
                  [](Role role) { return role == Role::ProcessOwner || role == Role::ActionOwner; });
        model.set("NAME", draft.title)
            .set("DESCRIPTION", draft.description)
            .set("OWNER_ROLE", draft.ownerRole);
        model.set("COST", draft.cost).set("DUE", draft.due ? draft.due->iso() : "");
        putOffered(web, request, model, finding.ref.text());
    });
}

PlanForm newForm(const domain::FindingRef& ref) {
    const std::string finding = "/findings/" + encoded(ref.text());
    return {
        "Plan an action for " + ref.text(), finding + "/actions", "Plan the action", finding, 0, {}, false};
}

Result<Response> showPlan(WebApp& web, Request& request, const PathParameters& parameters) {
    const domain::FindingRef ref{std::string(parameters.at("ref"))};
    TM_TRY(const auto view, app::showFinding(*web.context, callerOf(request).actor, ref));
    if (!view.mayPlanActions) return redirectResponse("/findings/" + encoded(ref.text()));
    app::ActionDraft draft;
    draft.title = std::string(request.queryValue("title"));
    return planPage(web, request, view.finding, draft, newForm(ref), nullptr);
}

Result<Response> plan(WebApp& web, Request& request, const PathParameters& parameters) {
    const domain::FindingRef ref{std::string(parameters.at("ref"))};
    TM_TRY(const Form form, readForm(request));
    TM_TRY(const auto draft, draftOf(form, ref.text()));
    TM_TRY(const auto view, app::showFinding(*web.context, callerOf(request).actor, ref));
    auto made = app::planAction(*web.context, callerOf(request).actor, draft);
    if (!made) return planPage(web, request, view.finding, draft, newForm(ref), &made.error());
    return redirectResponse("/findings/" + encoded(ref.text()));
}

app::ActionDraft draftFrom(const app::ActionView& view) {
    const domain::Action& action = view.action;
    return {view.finding.ref.text(), action.kind,      action.title,
            action.description,      action.rootCause, accountOf(view.parties, action.owner),
            action.ownerRole,        action.due,       action.cost};
}

PlanForm editForm(const domain::ActionRef& ref, std::int64_t rev) {
    return {view::said("Edit {}", {ref.text()}),
            addressOf(ref) + "/edit",
            "Save the plan",
            addressOf(ref),
            rev,
            {},
            false};
}

std::vector<Difference> differencesOf(WebApp& web, const Request& request, const app::ActionDraft& theirs,
                                      const app::ActionDraft& yours) {
    return {{"Kind", view::said(domain::titleOf(theirs.kind)), view::said(domain::titleOf(yours.kind))},
            {"Title", theirs.title, yours.title},
            {"Description", theirs.description, yours.description},
            {"Root cause it answers", theirs.rootCause, yours.rootCause},
            {"Owner", personWord(web, request, theirs.owner), personWord(web, request, yours.owner)},
            {"Owner in words", theirs.ownerRole, yours.ownerRole},
            {"Due", isoOf(theirs.due), isoOf(yours.due)},
            {"Cost", theirs.cost, yours.cost}};
}

Result<Response> showEdit(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const auto view, app::showAction(*web.context, callerOf(request).actor, ref));
    if (!view.mayEdit) return redirectResponse(addressOf(ref));
    return planPage(web, request, view.finding, draftFrom(view), editForm(ref, view.action.rev), nullptr);
}

Result<Response> edit(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    TM_TRY(const auto view, app::showAction(*web.context, callerOf(request).actor, ref));
    TM_TRY(const auto draft, draftOf(form, view.finding.ref.text()));
    auto saved = app::editAction(*web.context, callerOf(request).actor, ref, form.revision(), draft);
    if (saved) return redirectResponse(addressOf(ref));
    if (saved.error().kind != ErrorKind::Stale) {
        return planPage(web, request, view.finding, draft, editForm(ref, form.revision()), &saved.error());
    }
    TM_TRY(const auto now, app::showAction(*web.context, callerOf(request).actor, ref));
    PlanForm again = editForm(ref, now.action.rev);
    again.stale = true;
    again.conflict = differencesOf(web, request, draftFrom(now), draft);
    const Error beside = besideForm(saved.error());
    return planPage(web, request, now.finding, draft, again, &beside);
}

}  // namespace

storage::ActionFilter actionFilterOf(const Request& request, const domain::Actor& actor) {
    storage::ActionFilter filter;
    filter.openOnly = request.queryValue("all") != "1";
    if (request.queryValue("mine") == "1") filter.owner = actor.id;
    if (const auto state = domain::actionStateFrom(request.queryValue("state"))) filter.states = {*state};
    filter.dueBefore = dayOf(request.queryValue("due_before"));
    return filter;
}

Result<std::vector<app::BulkItem>> matchingActions(WebApp& web, const Request& request, std::size_t most,
                                                   bool& more) {
    const storage::Scope scope = app::scopeOf(*web.context, callerOf(request).actor);
    const storage::ActionFilter filter = actionFilterOf(request, callerOf(request).actor);
    return web.context->database->read(
        [&](storage::ReadSession& session) -> Result<std::vector<app::BulkItem>> {
            TM_TRY(const auto rows, app::everyRow(
                                        [&](const storage::PageRequest& asked) {
                                            return storage::listActions(session, scope, filter, asked);
                                        },
                                        most + 1, more));
            return itemsOf(rows, most, more);
        });
}

Result<void> addActionPages(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/actions", "page.actions", "LA AU PO AO IM TM XA", listActions));
    TM_CHECK(addPage(router, web, "/actions/{ref}", "page.action", "LA AU PO AO IM TM XA", showAction));
    TM_CHECK(addForm(router, web, "/actions/{ref}/events", "form.action-step", "LA AU PO AO IM", step));
    TM_CHECK(
        addForm(router, web, "/actions/{ref}/extension", "form.action-extension", "PO AO", askExtension));
    TM_CHECK(addForm(router, web, "/actions/{ref}/extension-decision", "form.action-decision", "LA", decide));
    TM_CHECK(addPage(router, web, "/actions/{ref}/edit", "page.action-edit", "LA PO", showEdit));
    TM_CHECK(addForm(router, web, "/actions/{ref}/edit", "form.action-edit", "LA PO", edit));
    TM_CHECK(addPage(router, web, "/findings/{ref}/actions/new", "page.action-new", "LA PO", showPlan));
    return addForm(router, web, "/findings/{ref}/actions", "form.action-plan", "LA PO", plan);
}

}  // namespace tickmark::http::pages

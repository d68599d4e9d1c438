// The improvement policy: what holds with every version, one version, the form.
// First: Parts.h looks its words up by qualified name.
#include "tickmark/app/Policy.h"

#include "http/pages/Listing.h"
#include "http/pages/Page.h"
#include "http/pages/Parts.h"

namespace tickmark::http::pages {
namespace {

using domain::PolicyVersion;

constexpr const char* readers = "LA AU PO AO IM TM";
constexpr const char* writer = "IM";
constexpr const char* home = "/improvement-policy";

std::string addressOf(const domain::PolicyVersionRef& ref) {
    return std::string(home) + "/" + encoded(ref.text());
}

domain::PolicyVersionRef refOf(const PathParameters& parameters) {
    return domain::PolicyVersionRef(std::string(parameters.at("ref")));
}

std::string writersOf(const std::vector<domain::Party>& parties, const PolicyVersion& version) {
    std::string names;
    for (const domain::PartyId id : version.writers)
        names += (names.empty() ? "" : ", ") + nameOf(parties, id);
    return names;
}

void putVersion(view::Model& model, const PolicyVersion& version, const std::vector<domain::Party>& parties) {
    model.set("HREF", addressOf(version.ref)).set("REF", version.ref.text()).set("NAME", version.title);
    model.set("NUMBER", std::to_string(version.version)).set("REV", std::to_string(version.rev));
    model.set("WRITERS", writersOf(parties, version)).setIf("CHANGES", version.changes);
    model.say("FROM", version.effectiveOn ? isoOf(version.effectiveOn) : "not set");
    if (version.approvedAt) {
        model.add("APPROVED")
            .set("WHO", nameOf(parties, version.decidedBy))
            .setLogged("AT", *version.approvedAt);
    }
    putStatus(model, "STATUS", "policy", domain::toText(version.state));
}

/// The day of the review counts while the version holds or will hold.
void putReview(view::Model& model, const PolicyVersion& version, Date today) {
    putDue(model, version.reviewOn, today);
    if (version.state == domain::PolicyState::Superseded) model.set("HINT", "").set("HINT_TONE", "");
}

Result<Response> overviewPage(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const auto overview, app::showPolicy(*web.context, callerOf(request).actor));
    Frame frame;
    frame.title = view::said("Improvement policy");
    frame.section = home;
    return page(web, request, frame, "pages/policy.html", [&](view::Model& model) {
        model.showIf(overview.mayDraft, "MAY_DRAFT").showIf(!overview.inForce, "NONE_IN_FORCE");
        if (overview.inForce) {
            view::Model& holds = model.add("IN_FORCE");
            putVersion(holds, *overview.inForce, overview.parties);
            putReview(holds, *overview.inForce, web.context->today());
            holds.set("POLICY_TEXT", overview.inForce->text);
        }
        if (overview.versions.empty()) return;
        view::Model& rows = model.add("HAS_ROWS");
        for (const PolicyVersion& version : overview.versions) {
            view::Model& row = rows.add("ROW");
            putVersion(row, version, overview.parties);
            putReview(row, version, web.context->today());
            row.showIf(overview.inForce && overview.inForce->id == version.id, "HOLDS");
        }
    });
}

Result<Response> onePage(WebApp& web, Request& request, const domain::PolicyVersionRef& ref,
                         const Error* error) {
    const Caller& caller = callerOf(request);
    TM_TRY(const auto view, app::showPolicyVersion(*web.context, caller.actor, ref));
    Frame frame;
    frame.title = view::said(view.version.title + ", version " + std::to_string(view.version.version));
    frame.section = home;
    frame.trail = {{home, "Improvement policy"}};
    frame.trailEnd = ref.text();
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/policy-version.html", [&](view::Model& model) {
        putVersion(model, view.version, view.parties);
        putReview(model, view.version, web.context->today());
        model.set("POLICY_TEXT", view.version.text).setIf("COMMENT", view.version.comment);
        model.showIf(view.inForce, "HOLDS");
        putSteps(model, request, shown(view.steps, view.version.state, caller.actor.role),
                 addressOf(ref) + "/events", view.version.rev);
        if (view.mayEdit) model.add("MAY_EDIT").set("EDIT_HREF", addressOf(ref) + "/edit");
    });
}

Result<Response> showOne(WebApp& web, Request& request, const PathParameters& parameters) {
    return onePage(web, request, refOf(parameters), nullptr);
}

Result<Response> move(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const Form form, readForm(request));
    const auto ref = refOf(parameters);
    const auto event = domain::policyEventFrom(form.text("event"));
    if (!event)
        return invalid("unknown-word", "event", "There is no such step.", "Use a button of the page.");
    const auto moved = app::movePolicy(*web.context, callerOf(request).actor, ref, form.revision(), *event,
                                       form.text("reason"));
    if (!moved) return onePage(web, request, ref, &moved.error());
    return redirectResponse(addressOf(ref));
}

// ---- the form

struct FormPage {
    std::string headline{};
    std::string button{};
    std::string action{};
    std::string cancel{};
    std::int64_t rev = 0;
};

const FormPage newForm{"Write the next version", "Keep as a draft", home, home, 0};

FormPage editForm(const domain::PolicyVersionRef& ref, std::int64_t rev) {
    return {view::said("Edit {}", {ref.text()}), "Save", addressOf(ref) + "/edit", addressOf(ref), rev};
}

Response formPage(WebApp& web, Request& request, const FormPage& form, const app::PolicyDraft& draft,
                  const Error* error) {
    Frame frame;
    frame.title = view::said(form.headline);
    frame.section = home;
    frame.trail = {{home, "Improvement policy"}};
    frame.trailEnd = view::said(form.headline);
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/policy-form.html", [&](view::Model& model) {
        model.say("HEADLINE", form.headline).say("BUTTON", form.button).set("ACTION", form.action);
        model.set("CANCEL", form.cancel).set("REV", std::to_string(form.rev)).set("NAME", draft.title);
        model.set("POLICY_TEXT", draft.text).set("CHANGES", draft.changes);
        model.set("EFFECTIVE_ON", isoOf(draft.effectiveOn)).set("REVIEW_ON", isoOf(draft.reviewOn));
    });
}

Result<app::PolicyDraft> draftIn(const Form& form) {
    app::PolicyDraft draft;
    draft.title = form.text("title");
    draft.text = form.text("text");
    draft.changes = form.text("changes");
    TM_TRY(draft.effectiveOn, form.date("effective_on"));
    TM_TRY(draft.reviewOn, form.date("review_on"));
    return draft;
}

/// The next version begins with the words of the one before.
Result<Response> showNew(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const auto overview, app::showPolicy(*web.context, callerOf(request).actor));
    if (!overview.mayDraft) return redirectResponse(home);
    app::PolicyDraft draft;
    draft.title = "Improvement policy";
    if (!overview.versions.empty()) {
        draft.title = overview.versions.front().title;
        draft.text = overview.versions.front().text;
    }
    return formPage(web, request, newForm, draft, nullptr);
}

Result<Response> begin(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    TM_TRY(const auto draft, draftIn(form));
    const auto made = app::draftPolicy(*web.context, callerOf(request).actor, draft);
    if (!made) return formPage(web, request, newForm, draft, &made.error());
    return redirectResponse(addressOf(made->ref));
}

Result<Response> showEdit(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const auto view, app::showPolicyVersion(*web.context, callerOf(request).actor, ref));
    if (!view.mayEdit) return redirectResponse(addressOf(ref));
    const PolicyVersion& version = view.version;
    const app::PolicyDraft draft{version.title, version.text, version.changes, version.effectiveOn,
                                 version.reviewOn};
    return formPage(web, request, editForm(ref, version.rev), draft, nullptr);
}

Result<Response> edit(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    TM_TRY(const auto draft, draftIn(form));
    const auto saved = app::editPolicy(*web.context, callerOf(request).actor, ref, form.revision(), draft);
    if (!saved) return formPage(web, request, editForm(ref, form.revision()), draft, &saved.error());
    return redirectResponse(addressOf(ref));
}

}  // namespace

Result<void> addPolicyPages(Router& router, WebApp& web) {
    const std::string all = home;
    TM_CHECK(addPage(router, web, all, "page.policy", readers, overviewPage));
    TM_CHECK(addPage(router, web, all + "/new", "page.policy-new", writer, showNew));
    TM_CHECK(addForm(router, web, all, "form.policy-begin", writer, begin));
    TM_CHECK(addPage(router, web, all + "/{ref}", "page.policy-version", readers, showOne));
    TM_CHECK(addPage(router, web, all + "/{ref}/edit", "page.policy-edit", writer, showEdit));
    TM_CHECK(addForm(router, web, all + "/{ref}/edit", "form.policy-edit", writer, edit));
    return addForm(router, web, all + "/{ref}/events", "form.policy-step", "IM TM", move);
}

}  // namespace tickmark::http::pages

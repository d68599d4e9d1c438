// Management reviews: list, plan and write, carry through, read the minutes.
// First, because shown() speaks through the words of the review's machine.
#include "http/pages/ReviewParts.h"

#include "http/pages/Listing.h"
#include "http/pages/Parts.h"
#include "tickmark/http/Downloads.h"

namespace tickmark::http::pages {
namespace {

constexpr const char* readers = "LA IM TM";
constexpr const char* writers = "IM TM";

domain::ReviewRef refOf(const PathParameters& parameters) {
    return domain::ReviewRef{std::string(parameters.at("ref"))};
}

std::string addressOf(const domain::ReviewRef& ref) { return "/reviews/" + encoded(ref.text()); }

bool mayPlan(domain::Role role) {
    return role == domain::Role::ImprovementManager || role == domain::Role::TopManagement;
}

Result<Response> listPage(WebApp& web, Request& request, const PathParameters&) {
    storage::PageRequest wanted;
    wanted.after = std::string(request.queryValue("after"));
    const domain::Actor& actor = callerOf(request).actor;
    TM_TRY(const auto found, app::listReviews(*web.context, actor, wanted));
    Frame frame;
    frame.title = view::said("Management reviews");
    frame.section = "/reviews";
    return page(web, request, frame, "pages/reviews.html", [&](view::Model& model) {
        model.showIf(mayPlan(actor.role), "MAY_PLAN").showIf(found.rows.empty(), "EMPTY");
        if (found.rows.empty()) return;
        view::Model& rows = model.add("HAS_ROWS");
        for (const storage::ReviewRow& row : found.rows) {
            const domain::ManagementReview& review = row.review;
            view::Model& line = rows.add("ROW");
            line.set("HREF", addressOf(review.ref)).set("REF", review.ref.text()).set("NAME", review.title);
            line.set("DAY", isoOf(review.day)).set("DECISIONS", std::to_string(review.decisions.size()));
            line.set("BUNDLE", review.bundle);
            putStatus(line, "STATUS", "review", domain::toText(review.state));
        }
        if (!found.next.empty())
            model.add("HAS_NEXT_PAGE").set("NEXT_PAGE", nextAddress(request, "/reviews", found.next));
    });
}

// ---- the form

/// The note that a draft has on a topic.
std::string noteOn(const std::vector<domain::ReviewNote>& notes, domain::ReviewTopic topic) {
    for (const auto& note : notes) {
        if (note.topic == topic) return note.text;
    }
    return {};
}

void putDecisionFields(WebApp& web, const Request& request, view::Model& model,
                       const app::ReviewDraft& draft) {
    constexpr std::size_t spare = 2;
    for (std::size_t i = 0; i < draft.decisions.size() + spare; ++i) {
        const app::DecisionDraft decision =
            i < draft.decisions.size() ? draft.decisions[i] : app::DecisionDraft{};
        view::Model& row = model.add("DECISION");
        row.set("NUMBER", std::to_string(i + 1)).set("WORDS", decision.text).set("DUE", isoOf(decision.due));
        putPeople(web, request, row, decision.owner, [](domain::Role role) {
            return role == domain::Role::ProcessOwner || role == domain::Role::ActionOwner ||
                   role == domain::Role::ImprovementManager;
        });
    }
}

struct FormPage {
    std::string headline{};
    std::string action{};
    std::string cancel{};
    std::int64_t rev = 0;
};

Response formPage(WebApp& web, Request& request, const FormPage& form, const app::ReviewDraft& draft,
                  const Error* error) {
    Frame frame;
    frame.title = view::said(form.headline);
    frame.section = "/reviews";
    frame.trail = {{"/reviews", "Management reviews"}};
    frame.trailEnd = view::said(form.headline);
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/review-form.html", [&](view::Model& model) {
        model.say("HEADLINE", form.headline).set("ACTION", form.action).set("CANCEL", form.cancel);
        model.set("REV", std::to_string(form.rev)).set("NAME", draft.title).set("DAY", isoOf(draft.day));
        model.set("FROM", isoOf(draft.from)).set("TO", isoOf(draft.to)).set("CHAIR", draft.chair);
        model.set("PARTICIPANTS", joinedLines(draft.participants)).set("CONCLUSIONS", draft.conclusions);
        for (const domain::ReviewTopic topic : domain::reviewTopics) {
            model.add("TOPIC")
                .set("CODE", std::string(domain::toText(topic)))
                .say("WORD", std::string(domain::titleOf(topic)))
                .set("NOTE", noteOn(draft.notes, topic));
        }
        putDecisionFields(web, request, model, draft);
    });
}

Result<app::ReviewDraft> readDraft(const Form& form) {
    app::ReviewDraft draft;
    draft.title = form.text("title");
    TM_TRY(draft.day, form.date("day"));
    TM_TRY(draft.from, form.date("from"));
    TM_TRY(draft.to, form.date("to"));
    draft.chair = form.text("chair");
    draft.participants = linesOf(form.text("participants"));
    for (const domain::ReviewTopic topic : domain::reviewTopics)
        draft.notes.push_back({topic, form.text("note_" + std::string(domain::toText(topic)))});
    draft.conclusions = form.text("conclusions");
    const auto words = form.all("decision");
    const auto owners = form.all("owner");
    const auto dues = form.all("due");
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string owner = i < owners.size() ? owners[i] : std::string();
        const std::string due = i < dues.size() ? dues[i] : std::string();
        if (linesOf(words[i]).empty()) continue;
        app::DecisionDraft decision{words[i], owner, {}};
        if (!due.empty()) {
            TM_TRY(decision.due, Date::parse(due));
        }
        draft.decisions.push_back(std::move(decision));
    }
    return draft;
}

const FormPage newForm{"Plan a management review", "/reviews", "/reviews", 0};

Result<Response> newPage(WebApp& web, Request& request, const PathParameters&) {
    app::ReviewDraft draft;
    draft.day = web.context->today();
    return formPage(web, request, newForm, draft, nullptr);
}

Result<Response> plan(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    TM_TRY(const app::ReviewDraft draft, readDraft(form));
    const auto made = app::planReview(*web.context, callerOf(request).actor, draft);
    if (!made) return formPage(web, request, newForm, draft, &made.error());
    return redirectResponse(addressOf(made->ref));
}

app::ReviewDraft draftOf(const app::ReviewView& view) {
    const domain::ManagementReview& review = view.review;
    app::ReviewDraft draft{review.title,        review.day,   review.from,        review.to, review.chair,
                           review.participants, review.notes, review.conclusions, {}};
    for (const auto& decision : review.decisions)
        draft.decisions.push_back({decision.text, accountOf(view.parties, decision.owner), decision.due});
    return draft;
}

FormPage editForm(const domain::ReviewRef& ref, std::int64_t rev) {
    return {"Write " + ref.text(), addressOf(ref) + "/edit", addressOf(ref), rev};
}

Result<Response> editPage(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const auto view, app::showReview(*web.context, callerOf(request).actor, ref));
    if (!view.mayEdit) return redirectResponse(addressOf(ref));
    return formPage(web, request, editForm(ref, view.review.rev), draftOf(view), nullptr);
}

Result<Response> edit(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    TM_TRY(const app::ReviewDraft draft, readDraft(form));
    const auto saved = app::editReview(*web.context, callerOf(request).actor, ref, form.revision(), draft);
    if (!saved) return formPage(web, request, editForm(ref, form.revision()), draft, &saved.error());
    return redirectResponse(addressOf(ref));
}

// ---- one review

void putSeal(view::Model& model, const app::ReviewView& view) {
    if (!view.review.bundle.empty()) {
        model.add("SEALED")
            .set("BUNDLE", view.review.bundle)
            .set("SHA256", view.review.bundleDigest.hex())
            .set("SIZE", std::to_string(view.review.bundleSize));
    }
    model.showIf(view.maySeal, "MAY_SEAL");
}

Result<Response> showPage(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    const Caller& caller = callerOf(request);
    TM_TRY(const auto view, app::showReview(*web.context, caller.actor, ref));
    Frame frame;
    frame.title = ref.text() + " " + view.review.title;
    frame.section = "/reviews";
    frame.trail = {{"/reviews", "Management reviews"}};
    frame.trailEnd = ref.text();
    return page(web, request, frame, "pages/review.html", [&](view::Model& model) {
        putMinutes(web, request, model, view);
        model.showIf(view.mayEdit, "MAY_EDIT");
        putReviewWay(model, view);
        putStatus(model, "STATUS", "review", domain::toText(view.review.state));
        putSteps(model, request, shown(view.steps, view.review.state, caller.actor.role),
                 addressOf(ref) + "/events", view.review.rev);
        putSeal(model, view);
        putReviewHistory(model, caller.actor.role, view);
    });
}

Result<Response> minutesPage(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const auto view, app::showReview(*web.context, callerOf(request).actor, ref));
    Frame frame;
    frame.title = view::said("Minutes of " + ref.text());
    frame.section = "/reviews";
    frame.trail = {{"/reviews", "Management reviews"}, {addressOf(ref), ref.text()}};
    frame.trailEnd = view::said("Minutes");
    return page(web, request, frame, "pages/review-minutes.html", [&](view::Model& model) {
        putMinutes(web, request, model, view);
        putStatus(model, "STATUS", "review", domain::toText(view.review.state));
    });
}

Result<Response> step(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    const auto event = domain::reviewEventFrom(form.text("event"));
    if (!event) {
        return invalid("unknown-word", "event", "There is no such step.",
                       "Choose a step on the review's page.");
    }
    TM_TRY([[maybe_unused]] const auto moved,
           app::changeReviewState(*web.context, callerOf(request).actor, ref, form.revision(), *event,
                                  form.text("reason")));
    return redirectResponse(addressOf(ref));
}

Result<Response> followUp(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    const std::string number = form.text("number");
    std::int64_t decision = 0;
    if (number.size() < 6 && number.find_first_not_of("0123456789") == std::string::npos && !number.empty())
        decision = std::stoll(number);
    TM_TRY(const auto made,
           app::followUpDecision(*web.context, callerOf(request).actor, ref, form.revision(), decision));
    return redirectResponse("/improvements/" + encoded(made.ref.text()));
}

Result<Response> seal(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    TM_TRY([[maybe_unused]] const auto sealed,
           app::sealReview(*web.context, callerOf(request).actor, ref, form.revision(), form.text("code")));
    return redirectResponse(addressOf(ref));
}

Result<Response> sendBundle(WebApp& web, Request& request, const PathParameters& parameters) {
    return reviewAttachment(*web.context, callerOf(request).actor, refOf(parameters));
}

}  // namespace

Result<void> addReviewPages(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/reviews", "page.reviews", readers, listPage));
    TM_CHECK(addPage(router, web, "/reviews/new", "page.review-new", writers, newPage));
    TM_CHECK(addForm(router, web, "/reviews", "form.review-plan", writers, plan));
    TM_CHECK(addPage(router, web, "/reviews/{ref}", "page.review", readers, showPage));
    TM_CHECK(addPage(router, web, "/reviews/{ref}/minutes", "page.review-minutes", readers, minutesPage));
    TM_CHECK(addPage(router, web, "/reviews/{ref}/edit", "page.review-edit", writers, editPage));
    TM_CHECK(addForm(router, web, "/reviews/{ref}/edit", "form.review-edit", writers, edit));
    TM_CHECK(addForm(router, web, "/reviews/{ref}/events", "form.review-step", writers, step));
    TM_CHECK(addForm(router, web, "/reviews/{ref}/bundle", "form.review-seal", writers, seal));
    TM_CHECK(addPage(router, web, "/reviews/{ref}/bundle", "page.review-bundle", readers, sendBundle));
    return addForm(router, web, "/reviews/{ref}/follow-up", "form.review-follow-up", writers, followUp);
}

}  // namespace tickmark::http::pages

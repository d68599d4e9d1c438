// Service reviews: list, plan, hold, decide about the points, close.
#include <array>
#include <charconv>

#include "http/pages/FeedbackPages.h"
#include "http/pages/Listing.h"
#include "http/pages/Parts.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::http::pages {
namespace {

using domain::PointDecision;

domain::ServiceReviewRef refOf(const PathParameters& parameters) {
    return domain::ServiceReviewRef{std::string(parameters.at("ref"))};
}

std::string addressOf(std::string_view ref) { return "/service-reviews/" + encoded(ref); }

bool keeps(domain::Role role) {
    return role == domain::Role::ProcessOwner || role == domain::Role::ImprovementManager;
}

/// The parts of a line between upright strokes, `most` of them; what is missing is empty.
template <std::size_t Most>
std::array<std::string, Most> partsOf(std::string_view line) {
    std::array<std::string, Most> parts;
    for (std::size_t i = 0; i < Most; ++i) {
        const std::size_t end = i + 1 == Most ? std::string_view::npos : line.find('|');
        parts.at(i) = std::string(trim(line.substr(0, end)));
        if (end == std::string_view::npos) break;
        line.remove_prefix(end + 1);
    }
    return parts;
}

/// What the form holds, as it was typed.
struct Typed {
    std::string service{};
    std::string side{};
    std::string counterpart{};
    std::string date{};
    std::string from{};
    std::string to{};
    std::string attendees{};
    std::string levels{};
    std::string points{};
};

Typed typedIn(const Form& form) {
    return {form.text("service"),   form.text("side"),   form.text("counterpart"),
            form.text("date"),      form.text("from"),   form.text("to"),
            form.text("attendees"), form.text("levels"), form.text("points")};
}

Typed typedOf(const app::ServiceReviewView& view) {
    const domain::ServiceReview& review = view.review;
    Typed typed{review.service,
                std::string(domain::toText(review.side)),
                review.counterpart,
                isoOf(review.date),
                isoOf(review.from),
                isoOf(review.to),
                joinedLines(review.attendees)};
    for (const auto& level : review.levels) {
        typed.levels += level.text + " | " + level.kpi + " | " + level.value + " | " + level.target + " | " +
                        (level.met ? "yes" : "no") + "\n";
    }
    for (const auto& point : review.points) {
        std::string words = point.text;
        for (char& c : words) c = c == '\n' ? ' ' : c;
        typed.points +=
            words + " | " + accountOf(view.parties, point.owner) + " | " + isoOf(point.due) + "\n";
    }
    return typed;
}

Result<std::vector<domain::ServiceLevel>> levelsIn(const std::string& text) {
    std::vector<domain::ServiceLevel> levels;
    for (const std::string& line : linesOf(text)) {
        const auto parts = partsOf<5>(line);
        const std::string met = lower(parts[4]);
        if (met != "yes" && met != "no") {
            return invalid("level-line", "levels",
                           "Line " + std::to_string(levels.size() + 1) + " does not end with yes or no.",
                           "Write: what | KPI or nothing | value | target | yes or no.");
        }
        levels.push_back({parts[0], parts[1], parts[2], parts[3], met == "yes"});
    }
    return levels;
}

Result<std::vector<app::PointDraft>> pointsIn(const std::string& text) {
    std::vector<app::PointDraft> points;
    for (const std::string& line : linesOf(text)) {
        const auto parts = partsOf<3>(line);
        app::PointDraft point{parts[0], parts[1], dayOf(parts[2])};
        if (!parts[2].empty() && !point.due) {
            return invalid(
                "date", "points",
                "\"" + parts[2] + "\" in line " + std::to_string(points.size() + 1) + " is not a day.",
                "Write: the point | account or nothing | day like 2022-11-18 or nothing.");
        }
        points.push_back(std::move(point));
    }
    return points;
}

Result<app::ServiceReviewDraft> draftIn(const Form& form) {
    app::ServiceReviewDraft draft;
    draft.service = form.text("service");
    draft.side = domain::serviceReviewSideFrom(form.text("side")).value_or(draft.side);
    draft.counterpart = form.text("counterpart");
    TM_TRY(draft.date, form.date("date"));
    TM_TRY(draft.from, form.date("from"));
    TM_TRY(draft.to, form.date("to"));
    draft.attendees = linesOf(form.text("attendees"));
    TM_TRY(draft.levels, levelsIn(form.text("levels")));
    TM_TRY(draft.points, pointsIn(form.text("points")));
    return draft;
}

/// Where the form posts to and what it is called.
struct ReviewForm {
    std::string headline{};
    std::string action{};
    std::string cancel{};
    std::int64_t rev = 0;
};

Response formPage(WebApp& web, Request& request, const ReviewForm& shown, const Typed& typed,
                  const Error* error) {
    Frame frame;
    frame.title = view::said(shown.headline);
    frame.section = "/service-reviews";
    frame.trail = {{"/service-reviews", "Service reviews"}};
    frame.trailEnd = view::said(shown.headline);
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/service-review-form.html", [&](view::Model& model) {
        model.say("HEADLINE", shown.headline).set("ACTION", shown.action).set("CANCEL", shown.cancel);
        model.set("REV", std::to_string(shown.rev)).set("SERVICE", typed.service);
        for (const auto side : {domain::ServiceReviewSide::Customer, domain::ServiceReviewSide::Supplier}) {
            putOption(model, "SIDE", "CODE", std::string(domain::toText(side)),
                      view::said(domain::titleOf(side)), typed.side == domain::toText(side));
        }
        model.set("COUNTERPART", typed.counterpart).set("DATE", typed.date);
        model.set("FROM", typed.from).set("TO", typed.to).set("ATTENDEES", typed.attendees);
        model.set("LEVELS", typed.levels).set("POINTS", typed.points);
    });
}

ReviewForm newForm() { return {"Plan a service review", "/service-reviews", "/service-reviews", 0}; }

ReviewForm editForm(const std::string& ref, std::int64_t rev) {
    return {view::said("Edit {}", {ref}), addressOf(ref) + "/edit", addressOf(ref), rev};
}

Result<Response> showList(WebApp& web, Request& request, const PathParameters&) {
    const domain::Actor& actor = callerOf(request).actor;
    storage::ServiceReviewFilter filter;
    filter.state = domain::serviceReviewStateFrom(request.queryValue("state"));
    storage::PageRequest asked;
    asked.after = std::string(request.queryValue("after"));
    TM_TRY(const auto found, app::listServiceReviews(*web.context, actor, filter, asked));
    Frame frame;
    frame.title = view::said("Service reviews");
    frame.section = "/service-reviews";
    return page(web, request, frame, "pages/service-reviews.html", [&](view::Model& model) {
        model.showIf(keeps(actor.role), "MAY_PLAN").showIf(found.rows.empty(), "EMPTY");
        if (found.rows.empty()) return;
        view::Model& rows = model.add("HAS_ROWS");
        for (const auto& review : found.rows) {
            view::Model& row = rows.add("ROW");
            row.set("HREF", addressOf(review.ref.text())).set("REF", review.ref.text());
            row.set("SERVICE", review.service).set("COUNTERPART", review.counterpart);
            row.set("DATE", isoOf(review.date)).set("POINTS", std::to_string(review.points.size()));
            putStatus(row, "STATUS", "service-review", domain::toText(review.state));
        }
        if (!found.next.empty())
            model.add("HAS_NEXT_PAGE").set("NEXT_PAGE", nextAddress(request, "/service-reviews", found.next));
    });
}

Result<Response> showNew(WebApp& web, Request& request, const PathParameters&) {
    return formPage(web, request, newForm(), {}, nullptr);
}

Result<Response> plan(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    const auto draft = draftIn(form);
    if (!draft) return formPage(web, request, newForm(), typedIn(form), &draft.error());
    const auto made = app::planServiceReview(*web.context, callerOf(request).actor, *draft);
    if (!made) return formPage(web, request, newForm(), typedIn(form), &made.error());
    return redirectResponse(addressOf(made->ref.text()));
}

Result<Response> showEdit(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const auto view, app::showServiceReview(*web.context, callerOf(request).actor, ref));
    if (!view.mayEdit) return redirectResponse(addressOf(ref.text()));
    return formPage(web, request, editForm(ref.text(), view.review.rev), typedOf(view), nullptr);
}

Result<Response> edit(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    const ReviewForm shown = editForm(ref.text(), form.revision());
    TM_TRY([[maybe_unused]] const auto view,
           app::showServiceReview(*web.context, callerOf(request).actor, ref));
    const auto draft = draftIn(form);
    if (!draft) return formPage(web, request, shown, typedIn(form), &draft.error());
    const auto saved =
        app::editServiceReview(*web.context, callerOf(request).actor, ref, form.revision(), *draft);
    if (!saved) return formPage(web, request, shown, typedIn(form), &saved.error());
    return redirectResponse(addressOf(ref.text()));
}

void putPoints(WebApp& web, const Request& request, view::Model& model, const app::ServiceReviewView& view) {
    for (std::size_t i = 0; i < view.review.points.size(); ++i) {
        const domain::ServiceReviewPoint& point = view.review.points[i];
        view::Model& row = model.add("POINT");
        row.set("NUMBER", std::to_string(i + 1)).set("WORDS", point.text);
        row.set("OWNER", nameOf(view.parties, point.owner)).setIf("DUE", isoOf(point.due));
        row.say("DECISION", std::string(domain::titleOf(point.decision))).setIf("WHY", point.reason);
        if (!point.item.empty()) putItemLink(web, request, row, "BECAME", point.item);
        if (view.mayDecide && point.decision == PointDecision::Open) {
            row.add("DECIDE")
                .set("ACTION", addressOf(view.review.ref.text()) + "/decisions")
                .set("POINT_REV", std::to_string(view.review.rev))
                .set("POINT_NUMBER", std::to_string(i + 1));
        }
    }
}

/// Action owners read service reviews and no KPIs.
void putLevels(const Request& request, view::Model& model, const domain::ServiceReview& review) {
    const bool opens = callerOf(request).actor.role != domain::Role::ActionOwner;
    if (review.levels.empty()) return;
    view::Model& table = model.add("HAS_LEVELS");
    for (const domain::ServiceLevel& level : review.levels) {
        view::Model& row = table.add("LEVEL");
        row.set("WORDS", level.text).set("VALUE", level.value).set("TARGET", level.target);
        row.say("MET", level.met ? "met" : "missed");
        if (level.kpi.empty()) continue;
        view::Model& measured = row.add("MEASURED");
        measured.set("KPI", level.kpi).showIf(!opens, "CLOSED");
        if (opens) measured.add("OPEN").set("KPI_HREF", "/kpis/" + encoded(level.kpi));
    }
}

Result<Response> show(WebApp& web, Request& request, const PathParameters& parameters) {
    const Caller& caller = callerOf(request);
    TM_TRY(const auto view, app::showServiceReview(*web.context, caller.actor, refOf(parameters)));
    const domain::ServiceReview& review = view.review;
    const std::string ref = review.ref.text();
    Frame frame;
    frame.title = ref;
    frame.section = "/service-reviews";
    frame.trail = {{"/service-reviews", "Service reviews"}};
    frame.trailEnd = ref;
    return page(web, request, frame, "pages/service-review.html", [&](view::Model& model) {
        model.set("REF", ref).set("SERVICE", review.service).set("COUNTERPART", review.counterpart);
        model.say("SIDE", std::string(domain::titleOf(review.side))).set("DATE", isoOf(review.date));
        model.setIf("PERIOD", periodText(review.from, review.to));
        for (const std::string& who : review.attendees) model.add("ATTENDEE").set("WHO", who);
        model.showIf(view.mayEdit, "MAY_EDIT").showIf(review.points.empty(), "NO_POINTS");
        putStatus(model, "STATUS", "service-review", domain::toText(review.state));
        putSteps(model, request, shown(view.steps, review.state, caller.actor.role),
                 addressOf(ref) + "/events", review.rev);
        putLevels(request, model, review);
        putPoints(web, request, model, view);
        for (std::size_t i = view.history.size(); i-- > 0;) {
            const auto& line = view.history[i];
            view::Model& row = model.add("EVENT");
            row.setLogged("AT", line.event.at).set("WHO", line.event.actor);
            row.set("WHAT", line.event.kind.substr(line.event.kind.find('.') + 1));
            putPosition(row, caller.actor.role, line.position);
        }
    });
}

Result<Response> step(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const Form form, readForm(request));
    const auto event = domain::serviceReviewEventFrom(form.text("event"));
    if (!event) {
        return invalid("unknown-word", "event", "There is no such step.",
                       "Choose a step on the review's page.");
    }
    TM_TRY(const auto moved, app::changeServiceReviewState(*web.context, callerOf(request).actor,
                                                           refOf(parameters), form.revision(), *event));
    return redirectResponse(addressOf(moved.ref.text()));
}

Result<Response> decide(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const Form form, readForm(request));
    const auto ref = refOf(parameters);
    const std::string text = form.text("point");
    std::int64_t point = 0;
    std::from_chars(text.data(), text.data() + text.size(), point);
    const domain::Actor& actor = callerOf(request).actor;
    if (form.text("decision") == "no_action") {
        TM_TRY([[maybe_unused]] const auto left,
               app::dropPoint(*web.context, actor, ref, form.revision(), point, form.text("reason")));
    } else {
        TM_TRY([[maybe_unused]] const auto improved,
               app::improvePoint(*web.context, actor, ref, form.revision(), point));
    }
    return redirectResponse(addressOf(ref.text()));
}

}  // namespace

Result<void> addServiceReviewPages(Router& router, WebApp& web) {
    const std::string all = "/service-reviews";
    TM_CHECK(addPage(router, web, all, "page.service-reviews", feedbackReaders, showList));
    TM_CHECK(addForm(router, web, all, "form.service-review-plan", feedbackKeepers, plan));
    TM_CHECK(addPage(router, web, all + "/new", "page.service-review-new", feedbackKeepers, showNew));
    TM_CHECK(addPage(router, web, all + "/{ref}", "page.service-review", feedbackReaders, show));
    TM_CHECK(
        addPage(router, web, all + "/{ref}/edit", "page.service-review-edit", feedbackKeepers, showEdit));
    TM_CHECK(addForm(router, web, all + "/{ref}/edit", "form.service-review-edit", feedbackKeepers, edit));
    TM_CHECK(addForm(router, web, all + "/{ref}/events", "form.service-review-step", feedbackKeepers, step));
    return addForm(router, web, all + "/{ref}/decisions", "form.service-review-decide", feedbackKeepers,
                   decide);
}

}  // namespace tickmark::http::pages

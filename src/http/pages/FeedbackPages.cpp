// Feedback: list, record, look, decide.
#include "http/pages/FeedbackPages.h"

#include "http/pages/Listing.h"
#include "http/pages/Parts.h"

namespace tickmark::http::pages {
namespace {

constexpr std::size_t excerptLength = 100;

domain::FeedbackRef refOf(const PathParameters& parameters) {
    return domain::FeedbackRef{std::string(parameters.at("ref"))};
}

std::string addressOf(std::string_view ref) { return "/feedback/" + encoded(ref); }

template <class Enum>
void putChoices(view::Model& model, std::string_view section, Enum last, std::optional<Enum> chosen) {
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        const auto value = static_cast<Enum>(i);
        putOption(model, section, "CODE", std::string(domain::toText(value)),
                  view::said(domain::titleOf(value)), chosen == value);
    }
}

void putRow(view::Model& row, const domain::Feedback& feedback) {
    row.set("HREF", addressOf(feedback.ref.text())).set("REF", feedback.ref.text());
    row.set("WORDS", excerpt(feedback.text, excerptLength)).set("GIVEN_BY", feedback.givenBy);
    row.say("FROM", std::string(domain::titleOf(feedback.from)))
        .say("KIND", std::string(domain::titleOf(feedback.kind)))
        .say("SEVERITY", std::string(domain::titleOf(feedback.severity)))
        .set("RECEIVED", isoOf(feedback.received));
    putStatus(row, "STATUS", "feedback", domain::toText(feedback.state));
}

void putTyped(view::Model& model, const app::FeedbackDraft& typed, Date today) {
    putChoices(model, "NEW_FROM", domain::FeedbackSide::Supplier, std::optional(typed.from));
    putChoices(model, "NEW_KIND", domain::FeedbackKind::Suggestion, std::optional(typed.kind));
    putChoices(model, "NEW_SEVERITY", domain::FeedbackSeverity::High, std::optional(typed.severity));
    model.set("GIVEN_BY", typed.givenBy).set("RECEIVED", isoOf(typed.received)).set("TODAY", today.iso());
    model.set("CHANNEL", typed.channel).set("SERVICE", typed.service).set("PROCESS", typed.process);
    model.set("TEXT", typed.text);
}

Result<Response> listPage(WebApp& web, Request& request, const app::FeedbackDraft& typed,
                          const Error* error) {
    storage::FeedbackFilter filter;
    filter.state = domain::feedbackStateFrom(request.queryValue("state"));
    filter.from = domain::feedbackSideFrom(request.queryValue("from"));
    filter.kind = domain::feedbackKindFrom(request.queryValue("kind"));
    storage::PageRequest asked;
    asked.after = std::string(request.queryValue("after"));
    const auto found = app::listFeedback(*web.context, callerOf(request).actor, filter, asked);
    if (!found && error == nullptr) error = &found.error();
    Frame frame;
    frame.title = view::said("Feedback");
    frame.section = "/feedback";
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/feedback-list.html", [&](view::Model& model) {
        putChoices(model, "STATE", domain::FeedbackState::Dismissed, filter.state);
        putChoices(model, "FROM_CHOICE", domain::FeedbackSide::Supplier, filter.from);
        putTyped(model, typed, web.context->today());
        const bool none = !found || found->rows.empty();
        model.showIf(none, "EMPTY");
        if (none) return;
        view::Model& rows = model.add("HAS_ROWS");
        for (const auto& feedback : found->rows) putRow(rows.add("ROW"), feedback);
        if (!found->next.empty())
            model.add("HAS_NEXT_PAGE").set("NEXT_PAGE", nextAddress(request, "/feedback", found->next));
    });
}

Result<Response> showList(WebApp& web, Request& request, const PathParameters&) {
    return listPage(web, request, {}, nullptr);
}

Result<Response> record(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    app::FeedbackDraft typed;
    typed.from = domain::feedbackSideFrom(form.text("from")).value_or(typed.from);
    typed.kind = domain::feedbackKindFrom(form.text("kind")).value_or(typed.kind);
    typed.severity = domain::feedbackSeverityFrom(form.text("severity")).value_or(typed.severity);
    typed.givenBy = form.text("given_by");
    typed.channel = form.text("channel");
    typed.service = form.text("service");
    typed.process = form.text("process");
    typed.text = form.text("text");
    const auto received = form.date("received_on");
    if (!received) return listPage(web, request, typed, &received.error());
    typed.received = *received;
    const auto made = app::recordFeedback(*web.context, callerOf(request).actor, typed);
    if (!made) return listPage(web, request, typed, &made.error());
    return redirectResponse(addressOf(made->ref.text()));
}

void putHistory(view::Model& model, domain::Role role, const app::FeedbackView& view) {
    for (std::size_t i = view.history.size(); i-- > 0;) {
        const auto& line = view.history[i];
        const auto state = domain::feedbackStateFrom(line.event.facts.textAt("to"));
        view::Model& row = model.add("EVENT");
        row.setLogged("AT", line.event.at).set("WHO", line.event.actor);
        row.say("WHAT", state ? std::string(domain::titleOf(*state)) : std::string("Recorded"));
        row.setIf("REASON", std::string(line.event.facts.textAt("reason")));
        putPosition(row, role, line.position);
    }
}

Result<Response> show(WebApp& web, Request& request, const PathParameters& parameters) {
    const Caller& caller = callerOf(request);
    TM_TRY(const auto view, app::showFeedback(*web.context, caller.actor, refOf(parameters)));
    const domain::Feedback& feedback = view.feedback;
    const std::string ref = feedback.ref.text();
    Frame frame;
    frame.title = ref;
    frame.section = "/feedback";
    frame.trail = {{"/feedback", "Feedback"}};
    frame.trailEnd = ref;
    return page(web, request, frame, "pages/feedback.html", [&](view::Model& model) {
        putRow(model, feedback);
        model.set("TEXT", feedback.text).setIf("CHANNEL", feedback.channel);
        model.setIf("SERVICE", feedback.service).setIf("PROCESS", feedback.process);
        model.setIf("ANSWER", feedback.answer).setIf("REASON", feedback.reason);
        model.set("BY", nameOf(view.parties, feedback.createdBy)).setTime("CREATED", feedback.createdAt);
        if (!feedback.item.empty()) putItemLink(web, request, model, "BECAME", feedback.item);
        putSteps(model, request, shown(view.steps, feedback.state, caller.actor.role),
                 addressOf(ref) + "/events", feedback.rev);
        putHistory(model, caller.actor.role, view);
    });
}

Result<Response> step(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const Form form, readForm(request));
    const auto event = domain::feedbackEventFrom(form.text("event"));
    if (!event) {
        return invalid("unknown-word", "event", "There is no such step.",
                       "Choose a step on the feedback's page.");
    }
    TM_TRY(const auto moved,
           app::changeFeedbackState(*web.context, callerOf(request).actor, refOf(parameters), form.revision(),
                                    *event, form.text("reason")));
    return redirectResponse(addressOf(moved.ref.text()));
}

}  // namespace

Result<void> addFeedbackPages(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/feedback", "page.feedback-list", feedbackReaders, showList));
    TM_CHECK(addForm(router, web, "/feedback", "form.feedback-record", feedbackReaders, record));
    TM_CHECK(addPage(router, web, "/feedback/{ref}", "page.feedback", feedbackReaders, show));
    return addForm(router, web, "/feedback/{ref}/events", "form.feedback-step", feedbackKeepers, step);
}

}  // namespace tickmark::http::pages

// Feedback and service reviews.
#include "http/api/FeedbackRoutes.h"

#include "http/api/Answers.h"
#include "http/api/Describe.h"
#include "http/api/EventInput.h"
#include "http/api/Rows.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

constexpr std::string_view feedbackBase = "/api/v1/feedback";
constexpr std::string_view reviewBase = "/api/v1/service-reviews";

Json describe(const domain::Feedback& feedback) {
    Json item = Json::object();
    item.set("ref", feedback.ref.text())
        .set("state", domain::toText(feedback.state))
        .set("state_title", domain::titleOf(feedback.state))
        .set("from", domain::toText(feedback.from))
        .set("kind", domain::toText(feedback.kind))
        .set("severity", domain::toText(feedback.severity))
        .set("given_by", feedback.givenBy)
        .set("text", feedback.text)
        .set("created_at", feedback.createdAt.iso())
        .set("rev", feedback.rev);
    setDate(item, "received_on", feedback.received);
    setText(item, "channel", feedback.channel);
    setText(item, "service", feedback.service);
    setText(item, "process", feedback.process);
    setText(item, "answer", feedback.answer);
    setText(item, "reason", feedback.reason);
    setText(item, "improvement", feedback.item);
    return item;
}

Json describe(const domain::ServiceReview& review, const Names& names) {
    Json levels = Json::array();
    for (const domain::ServiceLevel& level : review.levels) {
        Json one = Json::object();
        one.set("text", level.text).set("met", level.met);
        setText(one, "kpi", level.kpi);
        setText(one, "value", level.value);
        setText(one, "target", level.target);
        levels.push(std::move(one));
    }
    Json points = Json::array();
    for (std::size_t i = 0; i < review.points.size(); ++i) {
        const domain::ServiceReviewPoint& point = review.points[i];
        Json one = Json::object();
        one.set("number", static_cast<std::int64_t>(i) + 1)
            .set("text", point.text)
            .set("owner", names.person(point.owner))
            .set("decision", domain::toText(point.decision));
        setDate(one, "due", point.due);
        setText(one, "improvement", point.item);
        setText(one, "reason", point.reason);
        points.push(std::move(one));
    }
    Json item = Json::object();
    item.set("ref", review.ref.text())
        .set("state", domain::toText(review.state))
        .set("state_title", domain::titleOf(review.state))
        .set("service", review.service)
        .set("side", domain::toText(review.side))
        .set("counterpart", review.counterpart)
        .set("attendees", texts(review.attendees))
        .set("levels", std::move(levels))
        .set("points", std::move(points))
        .set("created_at", review.createdAt.iso())
        .set("rev", review.rev);
    setDate(item, "date", review.date);
    setDate(item, "from", review.from);
    setDate(item, "to", review.to);
    return item;
}

Json historyOf(const std::vector<app::RecordedEvent>& events) {
    Json history = Json::array();
    for (const auto& line : events) history.push(api::describe(line.position, line.event));
    return history;
}

template <class Value>
std::optional<Value> oneOf(const std::vector<Value>& values) {
    return values.empty() ? std::nullopt : std::optional<Value>(values.front());
}

Result<Response> listFeedback(Call& call) {
    QueryReader query(call.request);
    storage::FeedbackFilter filter;
    filter.state = oneOf(query.choices("state", domain::feedbackStateFrom));
    filter.from = oneOf(query.choices("from", domain::feedbackSideFrom));
    filter.kind = oneOf(query.choices("kind", domain::feedbackKindFrom));
    const storage::PageRequest page = query.page();
    TM_CHECK(query.finish());
    TM_TRY(const auto found, app::listFeedback(call.context(), call.actor(), filter, page));
    Json items = Json::array();
    for (const auto& feedback : found.rows) items.push(describe(feedback));
    Json document = Json::object();
    document.set("items", std::move(items));
    setText(document, "next", found.next);
    return documentAnswer(document);
}

Result<Response> recordFeedback(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    app::FeedbackDraft draft;
    draft.from = choiceOf(reader, "from", domain::feedbackSideFrom, draft.from);
    draft.kind = choiceOf(reader, "kind", domain::feedbackKindFrom, draft.kind);
    draft.severity = choiceOf(reader, "severity", domain::feedbackSeverityFrom, draft.severity);
    draft.givenBy = reader.text("given_by");
    draft.received = dateOf(reader, "received_on");
    draft.channel = reader.textOr("channel", "");
    draft.service = reader.textOr("service", "");
    draft.process = reader.textOr("process", "");
    draft.text = reader.text("text");
    TM_CHECK(reader.finish());
    TM_TRY(const auto made, app::recordFeedback(call.context(), call.actor(), draft));
    return creationAnswer(feedbackBase, made.ref.text(), domain::toText(made.state), made.rev);
}

Result<Response> showFeedback(Call& call) {
    TM_TRY(const auto view, app::showFeedback(call.context(), call.actor(), call.ref<domain::FeedbackRef>()));
    Json document = describe(view.feedback);
    document.set("steps", describeSteps(view.steps)).set("history", historyOf(view.history));
    return documentAnswer(document, view.feedback.rev);
}

Result<Response> moveFeedback(Call& call) {
    TM_TRY(const auto step, readStep(call.request, domain::feedbackEventFrom));
    TM_TRY(const auto moved,
           app::changeFeedbackState(call.context(), call.actor(), call.ref<domain::FeedbackRef>(), step.rev,
                                    step.event, step.reason));
    return changeAnswer(moved.ref.text(), domain::toText(moved.state), moved.rev);
}

Response changed(const domain::ServiceReview& review) {
    return changeAnswer(review.ref.text(), domain::toText(review.state), review.rev);
}

Result<domain::ServiceLevel> readLevel(const Json& body, std::size_t index) {
    codec::JsonReader reader(body, "levels[" + std::to_string(index) + "].");
    domain::ServiceLevel level;
    level.text = reader.text("text");
    level.kpi = reader.textOr("kpi", "");
    level.value = reader.textOr("value", "");
    level.target = reader.textOr("target", "");
    level.met = reader.booleanOr("met", false);
    TM_CHECK(reader.finish());
    return level;
}

Result<app::PointDraft> readPoint(const Json& body, std::size_t index) {
    codec::JsonReader reader(body, "points[" + std::to_string(index) + "].");
    app::PointDraft point;
    point.text = reader.text("text");
    point.owner = reader.textOr("owner", "");
    point.due = dateOf(reader, "due");
    TM_CHECK(reader.finish());
    return point;
}

Result<app::ServiceReviewDraft> readDraft(const Json& body) {
    codec::JsonReader reader(body);
    app::ServiceReviewDraft draft;
    draft.service = reader.text("service");
    draft.side = choiceOf(reader, "side", domain::serviceReviewSideFrom, draft.side);
    draft.counterpart = reader.text("counterpart");
    draft.date = dateOf(reader, "date");
    draft.from = dateOf(reader, "from");
    draft.to = dateOf(reader, "to");
    draft.attendees = reader.textsOr("attendees", {});
    const auto levels = reader.arrayOr("levels");
    const auto points = reader.arrayOr("points");
    TM_CHECK(reader.finish());
    for (std::size_t i = 0; i < levels.size(); ++i) {
        TM_TRY(auto level, readLevel(levels[i], i));
        draft.levels.push_back(std::move(level));
    }
    for (std::size_t i = 0; i < points.size(); ++i) {
        TM_TRY(auto point, readPoint(points[i], i));
        draft.points.push_back(std::move(point));
    }
    return draft;
}

Result<Response> listReviews(Call& call) {
    QueryReader query(call.request);
    storage::ServiceReviewFilter filter;
    filter.state = oneOf(query.choices("state", domain::serviceReviewStateFrom));
    const storage::PageRequest page = query.page();
    TM_CHECK(query.finish());
    TM_TRY(const auto found, app::listServiceReviews(call.context(), call.actor(), filter, page));
    Json items = Json::array();
    for (const auto& review : found.rows) {
        Json item = Json::object();
        item.set("ref", review.ref.text())
            .set("state", domain::toText(review.state))
            .set("service", review.service)
            .set("counterpart", review.counterpart)
            .set("points", static_cast<std::int64_t>(review.points.size()))
            .set("rev", review.rev);
        setDate(item, "date", review.date);
        items.push(std::move(item));
    }
    Json document = Json::object();
    document.set("items", std::move(items));
    setText(document, "next", found.next);
    return documentAnswer(document);
}

Result<Response> planReview(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    TM_TRY(const auto draft, readDraft(body));
    TM_TRY(const auto made, app::planServiceReview(call.context(), call.actor(), draft));
    return creationAnswer(reviewBase, made.ref.text(), domain::toText(made.state), made.rev);
}

Result<Response> showReview(Call& call) {
    TM_TRY(const auto view,
           app::showServiceReview(call.context(), call.actor(), call.ref<domain::ServiceReviewRef>()));
    Names names;
    names.add(view.parties);
    Json document = describe(view.review, names);
    document.set("steps", describeSteps(view.steps)).set("history", historyOf(view.history));
    return documentAnswer(document, view.review.rev);
}

Result<Response> editReview(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    TM_TRY(const auto draft, readDraft(body));
    TM_TRY(const auto saved, app::editServiceReview(call.context(), call.actor(),
                                                    call.ref<domain::ServiceReviewRef>(), rev, draft));
    return changed(saved);
}

Result<Response> moveReview(Call& call) {
    TM_TRY(const auto step, readStep(call.request, domain::serviceReviewEventFrom));
    TM_TRY(const auto moved,
           app::changeServiceReviewState(call.context(), call.actor(), call.ref<domain::ServiceReviewRef>(),
                                         step.rev, step.event));
    return changed(moved);
}

/// {"point","no_action"}: with a reason nothing is done, without one the point becomes an item.
Result<Response> decidePoint(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const std::int64_t point = reader.integer("point");
    const bool drop = reader.has("no_action");
    const std::string reason = reader.textOr("no_action", "");
    TM_CHECK(reader.finish());
    const auto ref = call.ref<domain::ServiceReviewRef>();
    if (drop) {
        TM_TRY(const auto left, app::dropPoint(call.context(), call.actor(), ref, rev, point, reason));
        return changed(left);
    }
    TM_TRY(const auto improved, app::improvePoint(call.context(), call.actor(), ref, rev, point));
    return changed(improved);
}

}  // namespace

std::vector<ApiRow> feedbackRows() {
    const std::string feedback(feedbackBase);
    const std::string reviews(reviewBase);
    const std::string people = feedbackReaders;
    const std::string keepers = feedbackKeepers;
    return {
        {"GET",
         feedback,
         "feedback.list",
         people,
         "Feedback, newest first",
         listFeedback,
         {"state", "from", "kind", "limit", "after"}},
        {"POST", feedback, "feedback.record", people, "Record feedback", recordFeedback},
        {"GET", feedback + "/{ref}", "feedback.show", people, "One piece of feedback with its steps",
         showFeedback},
        {"POST", feedback + "/{ref}/events", "feedback.move", keepers,
         "Acknowledge, answer, dismiss, or make it an improvement item", moveFeedback},
        {"GET",
         reviews,
         "service-reviews.list",
         people,
         "Service reviews, newest first",
         listReviews,
         {"state", "limit", "after"}},
        {"POST", reviews, "service-reviews.plan", keepers, "Plan a service review", planReview},
        {"GET", reviews + "/{ref}", "service-reviews.show", people, "One service review with its points",
         showReview},
        {"PUT", reviews + "/{ref}", "service-reviews.edit", keepers, "Edit a service review", editReview},
        {"POST", reviews + "/{ref}/events", "service-reviews.move", keepers,
         "Record a service review as held, or close it", moveReview},
        {"POST", reviews + "/{ref}/decisions", "service-reviews.decide", keepers,
         "Decide about a point: an improvement item, or no action", decidePoint},
    };
}

}  // namespace tickmark::http::api

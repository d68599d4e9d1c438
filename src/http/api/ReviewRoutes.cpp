// Management reviews: list, plan, write, move, follow up.
#include <charconv>

#include "http/api/Answers.h"
#include "http/api/EventInput.h"
#include "http/api/ReviewInput.h"
#include "http/api/Rows.h"
#include "tickmark/http/Downloads.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

constexpr std::string_view base = "/api/v1/reviews";

Response changed(const domain::ManagementReview& review) {
    return changeAnswer(review.ref.text(), domain::toText(review.state), review.rev);
}

Result<Response> listReviews(Call& call) {
    QueryReader query(call.request);
    const storage::PageRequest page = query.page();
    TM_CHECK(query.finish());
    TM_TRY(const auto found, app::listReviews(call.context(), call.actor(), page));
    Json items = Json::array();
    for (const storage::ReviewRow& row : found.rows) {
        const domain::ManagementReview& review = row.review;
        Json item = Json::object();
        item.set("ref", review.ref.text())
            .set("title", review.title)
            .set("state", domain::toText(review.state))
            .set("day", review.day->iso())
            .set("decisions", static_cast<std::int64_t>(review.decisions.size()))
            .set("rev", review.rev);
        setText(item, "bundle", review.bundle);
        items.push(std::move(item));
    }
    Json document = Json::object();
    document.set("items", std::move(items));
    setText(document, "next", found.next);
    return documentAnswer(document);
}

Result<Response> planReview(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    TM_TRY(const app::ReviewDraft draft, readReviewDraft(body));
    TM_TRY(const auto made, app::planReview(call.context(), call.actor(), draft));
    return creationAnswer(base, made.ref.text(), domain::toText(made.state), made.rev);
}

Result<Response> showReview(Call& call) {
    TM_TRY(const auto view, app::showReview(call.context(), call.actor(), call.ref<domain::ReviewRef>()));
    return documentAnswer(describe(view), view.review.rev);
}

Result<Response> editReview(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    TM_TRY(const app::ReviewDraft draft, readReviewDraft(body));
    TM_TRY(const auto review,
           app::editReview(call.context(), call.actor(), call.ref<domain::ReviewRef>(), rev, draft));
    return changed(review);
}

Result<Response> moveReview(Call& call) {
    TM_TRY(const auto step, readStep(call.request, domain::reviewEventFrom));
    TM_TRY(const auto review,
           app::changeReviewState(call.context(), call.actor(), call.ref<domain::ReviewRef>(), step.rev,
                                  step.event, step.reason));
    return changed(review);
}

Result<Response> followUp(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    const std::string text = call.path("number");
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) {
        return notFound("decision " + text);
    }
    TM_TRY(const auto made,
           app::followUpDecision(call.context(), call.actor(), call.ref<domain::ReviewRef>(), rev, number));
    return creationAnswer("/api/v1/improvements", made.ref.text(), domain::toText(made.state), made.rev);
}

Result<Response> sealReview(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const auto review,
           app::sealReview(call.context(), call.actor(), call.ref<domain::ReviewRef>(), rev, call.code()));
    return changed(review);
}

Result<Response> readBundle(Call& call) {
    return reviewAttachment(call.context(), call.actor(), call.ref<domain::ReviewRef>());
}

}  // namespace

std::vector<ApiRow> reviewRows() {
    const std::string all(base);
    const std::string one = all + "/{ref}";
    const std::string readers = "LA IM TM";
    const std::string writers = "IM TM";
    return {
        {"GET", all, "reviews.list", readers, "Management reviews", listReviews, {"limit", "after"}},
        {"POST", all, "reviews.create", writers, "Plan a management review", planReview},
        {"GET", one, "reviews.show", readers, "One review with its inputs and steps", showReview},
        {"PUT", one, "reviews.edit", writers, "Write agenda and minutes", editReview},
        {"POST", one + "/events", "reviews.move", writers, "Take a review to its next step", moveReview},
        {"POST", one + "/decisions/{number}/improvement", "reviews.follow-up", writers,
         "Make an improvement item of a decision", followUp},
        {"POST", one + "/bundle", "reviews.seal", writers, "Seal the approved minutes", sealReview},
        {"GET", one + "/bundle", "reviews.bundle", readers, "The sealed minutes", readBundle},
    };
}

}  // namespace tickmark::http::api

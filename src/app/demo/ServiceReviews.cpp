#include "app/demo/ServiceReviews.h"

#include "tickmark/app/ServiceReviews.h"

namespace tickmark::app::demo {
namespace {

using domain::FeedbackEvent;

constexpr const char* manager = "im-01";

FeedbackDraft feedbackOf(const Context& context, domain::FeedbackSide from, domain::FeedbackKind kind,
                         const char* givenBy, const char* text) {
    FeedbackDraft draft;
    draft.from = from;
    draft.kind = kind;
    draft.givenBy = givenBy;
    draft.received = context.today();
    draft.channel = "Service review";
    draft.service = "Service desk";
    draft.process = "Incident management";
    draft.text = text;
    return draft;
}

Result<void> loadFeedback(Context& context, Cast& cast) {
    const auto go = [&](domain::Feedback& feedback, FeedbackEvent event, const char* reason) -> Result<void> {
        TM_TRY(feedback,
               changeFeedbackState(context, cast.as(manager), feedback.ref, feedback.rev, event, reason));
        return {};
    };
    TM_TRY(domain::Feedback complaint,
           recordFeedback(context, cast.as(manager),
                          feedbackOf(context, domain::FeedbackSide::Customer, domain::FeedbackKind::Complaint,
                                     "Human resources",
                                     "Tell us when an incident is given to another group.\nWe call again and "
                                     "again to learn who works on it.")));
    TM_CHECK(go(complaint, FeedbackEvent::Acknowledge, ""));
    TM_CHECK(go(complaint, FeedbackEvent::Improve, ""));
    TM_TRY(domain::Feedback question,
           recordFeedback(
               context, cast.as(manager),
               feedbackOf(context, domain::FeedbackSide::Employee, domain::FeedbackKind::Suggestion,
                          "Night shift", "Put the telephone list of the suppliers on the first page.")));
    TM_CHECK(go(question, FeedbackEvent::Acknowledge, ""));
    TM_CHECK(go(question, FeedbackEvent::Answer, "It is the first entry of the knowledge base now."));
    TM_TRY([[maybe_unused]] const domain::Feedback praise,
           recordFeedback(context, cast.as(manager),
                          feedbackOf(context, domain::FeedbackSide::Supplier, domain::FeedbackKind::Praise,
                                     "Network supplier", "Tickets handed to us hold all we need.")));
    return {};
}

}  // namespace

Result<void> loadServiceReviews(Context& context, Cast& cast) {
    ServiceReviewDraft draft;
    draft.service = "Service desk";
    draft.counterpart = "Business departments";
    draft.date = context.today();
    draft.attendees = {"Service level manager", "Head of human resources", "Service desk lead"};
    draft.levels = {{"Incidents within their service level", "K-0001", "42.12 %", "70 %", false},
                    {"Median time to resolve", "K-0002", "145.7 hours", "72 hours", false},
                    {"Reopened incidents", "K-0003", "1.36 %", "1 %", false}};
    draft.points = {{"Agree a target for each priority instead of one for all incidents", "po-01",
                     context.today().plusDays(91)},
                    {"Show the open incidents of a department on the portal", {}, {}}};
    TM_TRY(domain::ServiceReview review, planServiceReview(context, cast.as(manager), draft));
    TM_TRY(review, changeServiceReviewState(context, cast.as(manager), review.ref, review.rev,
                                            domain::ServiceReviewEvent::Hold));
    TM_TRY(review, improvePoint(context, cast.as(manager), review.ref, review.rev, 1));
    return loadFeedback(context, cast);
}

}  // namespace tickmark::app::demo

// A management review over the figures of the demonstration.
#include "app/demo/Review.h"

#include "tickmark/app/Reviews.h"

namespace tickmark::app::demo {
namespace {

constexpr const char* manager = "im-01";

ReviewDraft minutes(const Context& context) {
    constexpr std::int32_t month = 30;
    ReviewDraft draft;
    draft.title = "Management review of the service desk";
    draft.day = context.today();
    draft.chair = "tm-01";
    draft.participants = {"im-01", "po-01", "Head of the service desk"};
    draft.notes = {
        {domain::ReviewTopic::Context, "No change of services or laws since the audit (illustration)."},
        {domain::ReviewTopic::Feedback, "Callers ask how long it will take (illustration)."},
        {domain::ReviewTopic::Risks, "Few people in the afternoon, when the queue is longest."},
        {domain::ReviewTopic::Resources, "One person is missing from noon on (illustration)."}};
    draft.conclusions =
        "The system is suitable, but incidents are resolved too late: the share within its service level is "
        "below the target, and the queue grows in the afternoon.";
    draft.decisions = {
        {"Move one person of the early shift to the afternoon.", "po-01", context.today().plusDays(month)},
        {"Report the share within its service level to top management every month.", manager,
         context.today().plusDays(2 * month)}};
    return draft;
}

}  // namespace

Result<void> loadReview(Context& context, Cast& cast) {
    TM_TRY(domain::ManagementReview review, planReview(context, cast.as(manager), minutes(context)));
    const auto go = [&](const char* account, domain::ReviewEvent event) -> Result<void> {
        TM_TRY(review, changeReviewState(context, cast.as(account), review.ref, review.rev, event, {}));
        return {};
    };
    TM_CHECK(go(manager, domain::ReviewEvent::Hold));
    TM_CHECK(go(manager, domain::ReviewEvent::Submit));
    TM_CHECK(go("tm-01", domain::ReviewEvent::Approve));
    TM_TRY([[maybe_unused]] const domain::ImprovementItem item,
           followUpDecision(context, cast.as(manager), review.ref, review.rev, 1));
    return {};
}

}  // namespace tickmark::app::demo

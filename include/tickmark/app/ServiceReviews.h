// Service reviews: plan, hold, decide every point, close.
#pragma once

#include "tickmark/app/Feedback.h"

namespace tickmark::app {

struct PointDraft {
    std::string text{};
    std::string owner{};  ///< account of PO, AO or IM, or empty
    std::optional<Date> due{};
};
struct ServiceReviewDraft {
    std::string service{};
    domain::ServiceReviewSide side = domain::ServiceReviewSide::Customer;
    std::string counterpart{};
    std::optional<Date> date{};
    std::optional<Date> from{};
    std::optional<Date> to{};
    std::vector<std::string> attendees{};
    std::vector<domain::ServiceLevel> levels{};
    std::vector<PointDraft> points{};
};
/// PO and IM. Event "service-review.plan". Errors: Forbidden; Invalid with a part for each field,
/// "unknown-kpi", "owner-role", "unknown-reference".
[[nodiscard]] Result<domain::ServiceReview> planServiceReview(Context& context, const domain::Actor& actor,
                                                              const ServiceReviewDraft& draft);
/// PO and IM, until it is closed. Points that are decided stay as they are, at their number. Event
/// "service-review.edit". Errors: as above; NotFound, Stale, Refused "closed" and "point-decided".
[[nodiscard]] Result<domain::ServiceReview> editServiceReview(Context& context, const domain::Actor& actor,
                                                              const domain::ServiceReviewRef& ref,
                                                              std::int64_t rev,
                                                              const ServiceReviewDraft& draft);
/// PO and IM. Event "service-review.hold", "service-review.close".
[[nodiscard]] Result<domain::ServiceReview> changeServiceReviewState(Context& context,
                                                                     const domain::Actor& actor,
                                                                     const domain::ServiceReviewRef& ref,
                                                                     std::int64_t rev,
                                                                     domain::ServiceReviewEvent event);
/// Point `number` (from 1) of a held review becomes an improvement item with source "SR-0001/1", in one
/// transaction. PO and IM. Event "service-review.decide". Errors: Forbidden, NotFound, Stale, Refused
/// "not-held" and "point-decided".
[[nodiscard]] Result<domain::ServiceReview> improvePoint(Context& context, const domain::Actor& actor,
                                                         const domain::ServiceReviewRef& ref,
                                                         std::int64_t rev, std::int64_t number);
/// Nothing is done about it, for a reason. As improvePoint; Invalid "text" field "reason".
[[nodiscard]] Result<domain::ServiceReview> dropPoint(Context& context, const domain::Actor& actor,
                                                      const domain::ServiceReviewRef& ref, std::int64_t rev,
                                                      std::int64_t number, const std::string& reason);

struct ServiceReviewView {
    domain::ServiceReview review{};
    std::vector<domain::Party> parties{};
    std::vector<domain::ServiceReviewStep> steps{};
    std::vector<RecordedEvent> history{};
    bool mayEdit = false;
    bool mayDecide = false;
};
[[nodiscard]] Result<ServiceReviewView> showServiceReview(Context& context, const domain::Actor& actor,
                                                          const domain::ServiceReviewRef& ref);
[[nodiscard]] Result<storage::Page<domain::ServiceReview>> listServiceReviews(
    Context& context, const domain::Actor& actor, const storage::ServiceReviewFilter& filter,
    const storage::PageRequest& page);

}  // namespace tickmark::app

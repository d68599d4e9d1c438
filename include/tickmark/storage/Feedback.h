// Feedback and service reviews: rows and queries. Whoever works on improvement sees all of them; the use
// cases keep everybody else out.
#pragma once

#include <optional>
#include <string>

#include "tickmark/domain/Feedback.h"
#include "tickmark/domain/ServiceReview.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/Page.h"

namespace tickmark::storage {

/// See save(Party). Subjects "feedback" and "service-review".
[[nodiscard]] Result<LedgerPosition> save(WriteSession& session, domain::Feedback& feedback,
                                          ledger::Event event);
[[nodiscard]] Result<LedgerPosition> save(WriteSession& session, domain::ServiceReview& review,
                                          ledger::Event event);

/// Errors: NotFound.
[[nodiscard]] Result<domain::Feedback> findFeedback(ReadSession& session, const domain::FeedbackRef& ref);
[[nodiscard]] Result<domain::ServiceReview> findServiceReview(ReadSession& session,
                                                              const domain::ServiceReviewRef& ref);

struct FeedbackFilter {
    std::optional<domain::FeedbackState> state{};
    std::optional<domain::FeedbackSide> from{};
    std::optional<domain::FeedbackKind> kind{};
};
/// Newest first.
[[nodiscard]] Result<Page<domain::Feedback>> listFeedback(ReadSession& session, const FeedbackFilter& filter,
                                                          const PageRequest& page);

struct ServiceReviewFilter {
    std::optional<domain::ServiceReviewState> state{};
};
/// Newest first.
[[nodiscard]] Result<Page<domain::ServiceReview>> listServiceReviews(ReadSession& session,
                                                                     const ServiceReviewFilter& filter,
                                                                     const PageRequest& page);

}  // namespace tickmark::storage

// Who may do what with management reviews.
#pragma once

#include <functional>

#include "tickmark/app/Reviews.h"

namespace tickmark::app {

[[nodiscard]] bool mayWriteReviews(const domain::Actor& actor) noexcept;
[[nodiscard]] Result<void> mustReadReviews(const domain::Actor& actor);
[[nodiscard]] Result<void> mustWriteReviews(const domain::Actor& actor);

struct ReviewChange {
    storage::WriteSession& session;
    domain::ManagementReview review;
};
/// Loads the review at that revision, lets the use case judge and change it, saves it with its event.
[[nodiscard]] Result<domain::ManagementReview> changeReview(
    Context& context, const domain::ReviewRef& ref, std::int64_t rev,
    const std::function<Result<ledger::Event>(ReviewChange&)>& deed);

}  // namespace tickmark::app

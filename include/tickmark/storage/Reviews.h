// Management reviews: rows and queries. Whoever may read reviews at all reads every one.
#pragma once

#include <vector>

#include "tickmark/domain/Review.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/Page.h"

namespace tickmark::storage {

/// See save(Party). Subject "review".
[[nodiscard]] Result<LedgerPosition> save(WriteSession& session, domain::ManagementReview& review,
                                          ledger::Event event);
/// Errors: NotFound.
[[nodiscard]] Result<domain::ManagementReview> findReview(ReadSession& session, const domain::ReviewRef& ref);

struct ReviewRow {
    domain::ReviewId id{};
    domain::ManagementReview review{};
};
/// Newest first.
[[nodiscard]] Result<Page<ReviewRow>> listReviews(ReadSession& session, const PageRequest& page);

}  // namespace tickmark::storage

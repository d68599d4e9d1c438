#include "tickmark/storage/Reviews.h"

#include "storage/Lists.h"
#include "storage/Values.h"

namespace tickmark::storage {

using domain::ManagementReview;

const TableShape Mapping<ManagementReview>::shape{
    "management_review", "review", "state, title, day, bundle", {}};
std::string Mapping<ManagementReview>::ref(const ManagementReview& review) { return review.ref.text(); }
Row Mapping<ManagementReview>::columns(const ManagementReview& review) {
    return {textValue(domain::toText(review.state)), textValue(review.title), dayValue(review.day),
            textValue(review.bundle)};
}
std::vector<SideRows> Mapping<ManagementReview>::sides(const ManagementReview& /*review*/) { return {}; }

Result<LedgerPosition> save(WriteSession& session, ManagementReview& review, ledger::Event event) {
    return saveEntity(session, review, std::move(event));
}

Result<ManagementReview> findReview(ReadSession& session, const domain::ReviewRef& ref) {
    return findByRef<ManagementReview>(session, ref.text(), "management review");
}

Result<Page<ReviewRow>> listReviews(ReadSession& session, const PageRequest& page) {
    return guarded([&]() -> Result<Page<ReviewRow>> {
        TM_TRY(const Cursor cursor, openPage(page, false));
        Query query("SELECT m.record FROM management_review m");
        newestFirst(query, "m.id", cursor, page);
        return pageById<ReviewRow>(session, query, page, [](const Statement& row) -> Result<ReviewRow> {
            TM_TRY(ManagementReview review, ledger::decode<ManagementReview>(row.text(0)));
            const domain::ReviewId id = review.id;
            return ReviewRow{id, std::move(review)};
        });
    });
}

}  // namespace tickmark::storage

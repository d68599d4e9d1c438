#include "tickmark/storage/Feedback.h"

#include "storage/Lists.h"
#include "storage/Values.h"

namespace tickmark::storage {

using domain::Feedback;
using domain::ServiceReview;

const TableShape Mapping<Feedback>::shape{"feedback", "feedback", "state, side, kind, received, service", {}};
std::string Mapping<Feedback>::ref(const Feedback& feedback) { return feedback.ref.text(); }
Row Mapping<Feedback>::columns(const Feedback& feedback) {
    return {textValue(domain::toText(feedback.state)), textValue(domain::toText(feedback.from)),
            textValue(domain::toText(feedback.kind)), dayValue(feedback.received),
            textValue(feedback.service)};
}
std::vector<SideRows> Mapping<Feedback>::sides(const Feedback& /*feedback*/) { return {}; }

const TableShape Mapping<ServiceReview>::shape{
    "service_review", "service-review", "state, service, held_on", {}};
std::string Mapping<ServiceReview>::ref(const ServiceReview& review) { return review.ref.text(); }
Row Mapping<ServiceReview>::columns(const ServiceReview& review) {
    return {textValue(domain::toText(review.state)), textValue(review.service), dayValue(review.date)};
}
std::vector<SideRows> Mapping<ServiceReview>::sides(const ServiceReview& /*review*/) { return {}; }

Result<LedgerPosition> save(WriteSession& session, Feedback& feedback, ledger::Event event) {
    return saveEntity(session, feedback, std::move(event));
}

Result<LedgerPosition> save(WriteSession& session, ServiceReview& review, ledger::Event event) {
    return saveEntity(session, review, std::move(event));
}

Result<Feedback> findFeedback(ReadSession& session, const domain::FeedbackRef& ref) {
    return findByRef<Feedback>(session, ref.text(), "feedback");
}

Result<ServiceReview> findServiceReview(ReadSession& session, const domain::ServiceReviewRef& ref) {
    return findByRef<ServiceReview>(session, ref.text(), "service review");
}

Result<Page<Feedback>> listFeedback(ReadSession& session, const FeedbackFilter& filter,
                                    const PageRequest& page) {
    return guarded([&]() -> Result<Page<Feedback>> {
        TM_TRY(const Cursor cursor, openPage(page, false));
        Query query("SELECT f.record FROM feedback f");
        if (filter.state) query.where("f.state = ?", {textValue(domain::toText(*filter.state))});
        if (filter.from) query.where("f.side = ?", {textValue(domain::toText(*filter.from))});
        if (filter.kind) query.where("f.kind = ?", {textValue(domain::toText(*filter.kind))});
        newestFirst(query, "f.id", cursor, page);
        return pageById<Feedback>(session, query, page,
                                  [](const Statement& row) { return ledger::decode<Feedback>(row.text(0)); });
    });
}

Result<Page<ServiceReview>> listServiceReviews(ReadSession& session, const ServiceReviewFilter& filter,
                                               const PageRequest& page) {
    return guarded([&]() -> Result<Page<ServiceReview>> {
        TM_TRY(const Cursor cursor, openPage(page, false));
        Query query("SELECT r.record FROM service_review r");
        if (filter.state) query.where("r.state = ?", {textValue(domain::toText(*filter.state))});
        newestFirst(query, "r.id", cursor, page);
        return pageById<ServiceReview>(session, query, page, [](const Statement& row) {
            return ledger::decode<ServiceReview>(row.text(0));
        });
    });
}

}  // namespace tickmark::storage

#include "app/ImprovementSource.h"

#include <algorithm>

#include "tickmark/storage/Feedback.h"
#include "tickmark/storage/Reviews.h"

namespace tickmark::app {
namespace {

/// The items that a record names.
struct Named {
    SourceRecord kind{};
    std::vector<std::string> items{};
};

template <class Record>
Result<std::optional<Named>> found(Result<Record> record, SourceRecord kind, auto itemsOf) {
    if (record) return std::optional<Named>(Named{kind, itemsOf(*record)});
    if (record.error().kind == ErrorKind::NotFound) return std::optional<Named>();
    return std::move(record).error();
}

Result<std::optional<Named>> named(storage::ReadSession& session, const std::string& sourceRef) {
    const std::string ref = sourceRef.substr(0, sourceRef.find('/'));
    if (ref.starts_with("FB-")) {
        return found(storage::findFeedback(session, domain::FeedbackRef(ref)), SourceRecord::Feedback,
                     [](const domain::Feedback& one) { return std::vector<std::string>{one.item}; });
    }
    if (ref.starts_with("SR-")) {
        return found(storage::findServiceReview(session, domain::ServiceReviewRef(ref)),
                     SourceRecord::ServiceReview, [](const domain::ServiceReview& one) {
                         std::vector<std::string> items;
                         for (const auto& point : one.points) items.push_back(point.item);
                         return items;
                     });
    }
    if (ref.starts_with("MR-")) {
        return found(storage::findReview(session, domain::ReviewRef(ref)), SourceRecord::ManagementReview,
                     [](const domain::ManagementReview& one) {
                         std::vector<std::string> items;
                         for (const auto& decision : one.decisions) items.push_back(decision.item);
                         return items;
                     });
    }
    return std::optional<Named>();
}

}  // namespace

Result<std::optional<SourceRecord>> recordNamed(storage::ReadSession& session, const std::string& sourceRef) {
    TM_TRY(const auto record, named(session, sourceRef));
    return record ? std::optional<SourceRecord>(record->kind) : std::nullopt;
}

Result<std::optional<SourceRecord>> madeFrom(storage::ReadSession& session,
                                             const domain::ImprovementItem& item) {
    TM_TRY(const auto record, named(session, item.sourceRef));
    if (!record || std::count(record->items.begin(), record->items.end(), item.ref.text()) == 0)
        return std::optional<SourceRecord>();
    return std::optional<SourceRecord>(record->kind);
}

Result<void> mustComeFromOutside(storage::ReadSession& session, const std::string& sourceRef) {
    TM_TRY(const auto kind, recordNamed(session, sourceRef));
    if (!kind) return {};
    return invalid("own-record", "source_ref",
                   sourceRef +
                       " is a record kept here; an item of it is made there, so that both know of "
                       "each other.",
                   "Open " + sourceRef.substr(0, sourceRef.find('/')) +
                       " and make the item from it, or leave the source number empty.");
}

}  // namespace tickmark::app

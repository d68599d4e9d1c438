// Feedback and service reviews, and how they feed the improvement register.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/app/Improvements.h"
#include "tickmark/storage/Feedback.h"

namespace tickmark::app {

/// What is written when feedback comes in.
struct FeedbackDraft {
    domain::FeedbackSide from = domain::FeedbackSide::Customer;
    domain::FeedbackKind kind = domain::FeedbackKind::Complaint;
    domain::FeedbackSeverity severity = domain::FeedbackSeverity::Medium;
    std::string givenBy{};
    std::optional<Date> received{};
    std::string channel{};
    std::string service{};
    std::string process{};
    std::string text{};
};
/// LA AU PO AO IM TM, as for everything here that only looks or records. Event "feedback.record". Errors:
/// Forbidden; Invalid with a part for each field.
[[nodiscard]] Result<domain::Feedback> recordFeedback(Context& context, const domain::Actor& actor,
                                                      const FeedbackDraft& draft);
/// PO and IM. Event "feedback.acknowledge" and so on. `improve` records the improvement item in the same
/// transaction. Errors: Forbidden, NotFound, Stale, Refused, Invalid field "reason".
[[nodiscard]] Result<domain::Feedback> changeFeedbackState(Context& context, const domain::Actor& actor,
                                                           const domain::FeedbackRef& ref, std::int64_t rev,
                                                           domain::FeedbackEvent event,
                                                           const std::string& reason);

struct RecordedEvent {
    std::int64_t position = 0;
    ledger::Event event{};
};
struct FeedbackView {
    domain::Feedback feedback{};
    std::vector<domain::Party> parties{};
    std::vector<domain::FeedbackStep> steps{};
    std::vector<RecordedEvent> history{};
};
/// Errors: Forbidden, NotFound.
[[nodiscard]] Result<FeedbackView> showFeedback(Context& context, const domain::Actor& actor,
                                                const domain::FeedbackRef& ref);
[[nodiscard]] Result<storage::Page<domain::Feedback>> listFeedback(Context& context,
                                                                   const domain::Actor& actor,
                                                                   const storage::FeedbackFilter& filter,
                                                                   const storage::PageRequest& page);

}  // namespace tickmark::app

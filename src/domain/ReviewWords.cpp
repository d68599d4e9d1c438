#include "domain/EnumText.h"
#include "tickmark/domain/Review.h"

namespace tickmark::domain {
namespace {

using State = ReviewState;
using Event = ReviewEvent;
using Topic = ReviewTopic;

constexpr EnumWords<State, 6> states{{
    {State::Planned, "planned", "Planned"},
    {State::Held, "held", "Held"},
    {State::Submitted, "submitted", "Minutes submitted"},
    {State::Approved, "approved", "Minutes approved"},
    {State::Closed, "closed", "Closed"},
    {State::Cancelled, "cancelled", "Cancelled"},
}};
static_assert(isComplete(states, State::Cancelled));

constexpr EnumWords<Event, 6> events{{
    {Event::Hold, "hold", "Hold the review and freeze its inputs"},
    {Event::Submit, "submit", "Submit the minutes"},
    {Event::Approve, "approve", "Approve the minutes"},
    {Event::Return, "return", "Return the minutes"},
    {Event::Close, "close", "Close the review"},
    {Event::Cancel, "cancel", "Cancel the review"},
}};
static_assert(isComplete(events, Event::Cancel));

constexpr EnumWords<Topic, 13> topics{{
    {Topic::EarlierActions, "earlier_actions", "Actions of earlier reviews"},
    {Topic::Context, "context", "Changes around the organisation"},
    {Topic::Policies, "policies", "Policies: followed and still suitable"},
    {Topic::Objectives, "objectives", "Objectives: how far they are achieved"},
    {Topic::Performance, "performance", "Service performance"},
    {Topic::OtherParties, "other_parties", "Performance of other parties"},
    {Topic::Nonconformities, "nonconformities", "Nonconformities and corrective actions"},
    {Topic::Audits, "audits", "Audit results"},
    {Topic::Effectiveness, "effectiveness", "Effectiveness of what was corrected"},
    {Topic::Improvements, "improvements", "Improvement register"},
    {Topic::Feedback, "feedback", "Feedback and service reviews"},
    {Topic::Risks, "risks", "Risks and opportunities"},
    {Topic::Resources, "resources", "Resources"},
}};
static_assert(isComplete(topics, Topic::Resources));

}  // namespace

std::string_view toText(ReviewState value) noexcept { return textIn(states, value); }
std::string_view toText(ReviewEvent value) noexcept { return textIn(events, value); }
std::string_view toText(ReviewTopic value) noexcept { return textIn(topics, value); }
std::string_view titleOf(ReviewState value) noexcept { return titleIn(states, value); }
std::string_view titleOf(ReviewEvent value) noexcept { return titleIn(events, value); }
std::string_view titleOf(ReviewTopic value) noexcept { return titleIn(topics, value); }
std::optional<ReviewState> reviewStateFrom(std::string_view text) noexcept { return valueIn(states, text); }
std::optional<ReviewEvent> reviewEventFrom(std::string_view text) noexcept { return valueIn(events, text); }
std::optional<ReviewTopic> reviewTopicFrom(std::string_view text) noexcept { return valueIn(topics, text); }

bool isFinal(ReviewState value) noexcept { return value == State::Closed || value == State::Cancelled; }

}  // namespace tickmark::domain

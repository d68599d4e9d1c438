#include "domain/EnumText.h"
#include "tickmark/domain/Feedback.h"

namespace tickmark::domain {
namespace {

constexpr EnumWords<FeedbackSide, 3> sides{{
    {FeedbackSide::Customer, "customer", "Customer"},
    {FeedbackSide::Employee, "employee", "Employee"},
    {FeedbackSide::Supplier, "supplier", "Supplier"},
}};
static_assert(isComplete(sides, FeedbackSide::Supplier));

constexpr EnumWords<FeedbackKind, 3> kinds{{
    {FeedbackKind::Praise, "praise", "Praise"},
    {FeedbackKind::Complaint, "complaint", "Complaint"},
    {FeedbackKind::Suggestion, "suggestion", "Suggestion"},
}};
static_assert(isComplete(kinds, FeedbackKind::Suggestion));

constexpr EnumWords<FeedbackSeverity, 3> severities{{
    {FeedbackSeverity::Low, "low", "Low"},
    {FeedbackSeverity::Medium, "medium", "Medium"},
    {FeedbackSeverity::High, "high", "High"},
}};
static_assert(isComplete(severities, FeedbackSeverity::High));

constexpr EnumWords<FeedbackState, 5> states{{
    {FeedbackState::New, "new", "New"},
    {FeedbackState::Acknowledged, "acknowledged", "Acknowledged"},
    {FeedbackState::Answered, "answered", "Answered"},
    {FeedbackState::Improving, "improving", "Became an item"},
    {FeedbackState::Dismissed, "dismissed", "Dismissed"},
}};
static_assert(isComplete(states, FeedbackState::Dismissed));

constexpr EnumWords<FeedbackEvent, 4> events{{
    {FeedbackEvent::Acknowledge, "acknowledge", "Acknowledge"},
    {FeedbackEvent::Answer, "answer", "Answer"},
    {FeedbackEvent::Improve, "improve", "Make it an improvement item"},
    {FeedbackEvent::Dismiss, "dismiss", "Dismiss"},
}};
static_assert(isComplete(events, FeedbackEvent::Dismiss));

}  // namespace

std::string_view toText(FeedbackSide value) noexcept { return textIn(sides, value); }
std::string_view titleOf(FeedbackSide value) noexcept { return titleIn(sides, value); }
std::optional<FeedbackSide> feedbackSideFrom(std::string_view text) noexcept { return valueIn(sides, text); }
std::string_view toText(FeedbackKind value) noexcept { return textIn(kinds, value); }
std::string_view titleOf(FeedbackKind value) noexcept { return titleIn(kinds, value); }
std::optional<FeedbackKind> feedbackKindFrom(std::string_view text) noexcept { return valueIn(kinds, text); }
std::string_view toText(FeedbackSeverity value) noexcept { return textIn(severities, value); }
std::string_view titleOf(FeedbackSeverity value) noexcept { return titleIn(severities, value); }
std::optional<FeedbackSeverity> feedbackSeverityFrom(std::string_view text) noexcept {
    return valueIn(severities, text);
}
std::string_view toText(FeedbackState value) noexcept { return textIn(states, value); }
std::string_view titleOf(FeedbackState value) noexcept { return titleIn(states, value); }
std::optional<FeedbackState> feedbackStateFrom(std::string_view text) noexcept {
    return valueIn(states, text);
}
std::string_view toText(FeedbackEvent value) noexcept { return textIn(events, value); }
std::string_view titleOf(FeedbackEvent value) noexcept { return titleIn(events, value); }
std::optional<FeedbackEvent> feedbackEventFrom(std::string_view text) noexcept {
    return valueIn(events, text);
}

}  // namespace tickmark::domain

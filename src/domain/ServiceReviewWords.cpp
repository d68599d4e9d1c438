#include "domain/EnumText.h"
#include "tickmark/domain/ServiceReview.h"

namespace tickmark::domain {
namespace {

constexpr EnumWords<ReviewSide, 2> sides{{
    {ReviewSide::Customer, "customer", "Customer"},
    {ReviewSide::Supplier, "supplier", "Supplier"},
}};
static_assert(isComplete(sides, ReviewSide::Supplier));

constexpr EnumWords<ReviewState, 3> states{{
    {ReviewState::Planned, "planned", "Planned"},
    {ReviewState::Held, "held", "Held"},
    {ReviewState::Closed, "closed", "Closed"},
}};
static_assert(isComplete(states, ReviewState::Closed));

constexpr EnumWords<ReviewEvent, 2> events{{
    {ReviewEvent::Hold, "hold", "Record as held"},
    {ReviewEvent::Close, "close", "Close"},
}};
static_assert(isComplete(events, ReviewEvent::Close));

constexpr EnumWords<PointDecision, 3> decisions{{
    {PointDecision::Open, "open", "To be decided"},
    {PointDecision::Item, "item", "Improvement item"},
    {PointDecision::NoAction, "no_action", "No action"},
}};
static_assert(isComplete(decisions, PointDecision::NoAction));

}  // namespace

std::string_view toText(ReviewSide value) noexcept { return textIn(sides, value); }
std::string_view titleOf(ReviewSide value) noexcept { return titleIn(sides, value); }
std::optional<ReviewSide> reviewSideFrom(std::string_view text) noexcept { return valueIn(sides, text); }
std::string_view toText(ReviewState value) noexcept { return textIn(states, value); }
std::string_view titleOf(ReviewState value) noexcept { return titleIn(states, value); }
std::optional<ReviewState> reviewStateFrom(std::string_view text) noexcept { return valueIn(states, text); }
std::string_view toText(ReviewEvent value) noexcept { return textIn(events, value); }
std::string_view titleOf(ReviewEvent value) noexcept { return titleIn(events, value); }
std::optional<ReviewEvent> reviewEventFrom(std::string_view text) noexcept { return valueIn(events, text); }
std::string_view toText(PointDecision value) noexcept { return textIn(decisions, value); }
std::string_view titleOf(PointDecision value) noexcept { return titleIn(decisions, value); }
std::optional<PointDecision> pointDecisionFrom(std::string_view text) noexcept {
    return valueIn(decisions, text);
}

}  // namespace tickmark::domain

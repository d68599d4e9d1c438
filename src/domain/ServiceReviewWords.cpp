#include "domain/EnumText.h"
#include "tickmark/domain/ServiceReview.h"

namespace tickmark::domain {
namespace {

constexpr EnumWords<ServiceReviewSide, 2> sides{{
    {ServiceReviewSide::Customer, "customer", "Customer"},
    {ServiceReviewSide::Supplier, "supplier", "Supplier"},
}};
static_assert(isComplete(sides, ServiceReviewSide::Supplier));

constexpr EnumWords<ServiceReviewState, 3> states{{
    {ServiceReviewState::Planned, "planned", "Planned"},
    {ServiceReviewState::Held, "held", "Held"},
    {ServiceReviewState::Closed, "closed", "Closed"},
}};
static_assert(isComplete(states, ServiceReviewState::Closed));

constexpr EnumWords<ServiceReviewEvent, 2> events{{
    {ServiceReviewEvent::Hold, "hold", "Record as held"},
    {ServiceReviewEvent::Close, "close", "Close"},
}};
static_assert(isComplete(events, ServiceReviewEvent::Close));

constexpr EnumWords<PointDecision, 3> decisions{{
    {PointDecision::Open, "open", "To be decided"},
    {PointDecision::Item, "item", "Improvement item"},
    {PointDecision::NoAction, "no_action", "No action"},
}};
static_assert(isComplete(decisions, PointDecision::NoAction));

}  // namespace

std::string_view toText(ServiceReviewSide value) noexcept { return textIn(sides, value); }
std::string_view titleOf(ServiceReviewSide value) noexcept { return titleIn(sides, value); }
std::optional<ServiceReviewSide> serviceReviewSideFrom(std::string_view text) noexcept {
    return valueIn(sides, text);
}
std::string_view toText(ServiceReviewState value) noexcept { return textIn(states, value); }
std::string_view titleOf(ServiceReviewState value) noexcept { return titleIn(states, value); }
std::optional<ServiceReviewState> serviceReviewStateFrom(std::string_view text) noexcept {
    return valueIn(states, text);
}
std::string_view toText(ServiceReviewEvent value) noexcept { return textIn(events, value); }
std::string_view titleOf(ServiceReviewEvent value) noexcept { return titleIn(events, value); }
std::optional<ServiceReviewEvent> serviceReviewEventFrom(std::string_view text) noexcept {
    return valueIn(events, text);
}
std::string_view toText(PointDecision value) noexcept { return textIn(decisions, value); }
std::string_view titleOf(PointDecision value) noexcept { return titleIn(decisions, value); }
std::optional<PointDecision> pointDecisionFrom(std::string_view text) noexcept {
    return valueIn(decisions, text);
}

}  // namespace tickmark::domain

#include "domain/EnumText.h"
#include "tickmark/domain/Evidence.h"

namespace tickmark::domain {
namespace {

constexpr EnumWords<RequestState, 7> states{{
    {RequestState::Draft, "draft", "Draft"},
    {RequestState::Open, "open", "Open"},
    {RequestState::Submitted, "submitted", "Submitted"},
    {RequestState::Accepted, "accepted", "Accepted"},
    {RequestState::Returned, "returned", "Returned"},
    {RequestState::Closed, "closed", "Closed"},
    {RequestState::Cancelled, "cancelled", "Cancelled"},
}};
static_assert(isComplete(states, RequestState::Cancelled));

constexpr EnumWords<RequestEvent, 6> events{{
    {RequestEvent::Open, "open", "Open"},
    {RequestEvent::Submit, "submit", "Submit"},
    {RequestEvent::Accept, "accept", "Accept"},
    {RequestEvent::Return, "return", "Return with a comment"},
    {RequestEvent::Close, "close", "Close"},
    {RequestEvent::Cancel, "cancel", "Cancel"},
}};
static_assert(isComplete(events, RequestEvent::Cancel));

}  // namespace

std::string_view toText(RequestState value) noexcept { return textIn(states, value); }
std::string_view titleOf(RequestState value) noexcept { return titleIn(states, value); }
std::optional<RequestState> requestStateFrom(std::string_view text) noexcept { return valueIn(states, text); }

std::string_view toText(RequestEvent value) noexcept { return textIn(events, value); }
std::string_view titleOf(RequestEvent value) noexcept { return titleIn(events, value); }
std::optional<RequestEvent> requestEventFrom(std::string_view text) noexcept { return valueIn(events, text); }

}  // namespace tickmark::domain

#include "domain/EnumText.h"
#include "tickmark/domain/Bundle.h"

namespace tickmark::domain {
namespace {

constexpr EnumWords<BundleState, 4> states{{
    {BundleState::Draft, "draft", "Draft"},
    {BundleState::Sealed, "sealed", "Sealed"},
    {BundleState::Superseded, "superseded", "Superseded"},
    {BundleState::Revoked, "revoked", "Revoked"},
}};
static_assert(isComplete(states, BundleState::Revoked));

constexpr EnumWords<BundleEvent, 3> events{{
    {BundleEvent::Seal, "seal", "Seal the bundle"},
    {BundleEvent::Supersede, "supersede", "Supersede"},
    {BundleEvent::Revoke, "revoke", "Revoke"},
}};
static_assert(isComplete(events, BundleEvent::Revoke));

}  // namespace

std::string_view toText(BundleState value) noexcept { return textIn(states, value); }
std::string_view titleOf(BundleState value) noexcept { return titleIn(states, value); }
std::optional<BundleState> bundleStateFrom(std::string_view text) noexcept { return valueIn(states, text); }

std::string_view toText(BundleEvent value) noexcept { return textIn(events, value); }
std::string_view titleOf(BundleEvent value) noexcept { return titleIn(events, value); }
std::optional<BundleEvent> bundleEventFrom(std::string_view text) noexcept { return valueIn(events, text); }

}  // namespace tickmark::domain

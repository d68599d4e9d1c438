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

constexpr EnumWords<SelectionKind, 3> selections{{
    {SelectionKind::Audit, "audit", "The whole audit"},
    {SelectionKind::Findings, "findings", "Named findings"},
    {SelectionKind::Delta, "delta", "What changed since an earlier bundle"},
}};
static_assert(isComplete(selections, SelectionKind::Delta));

}  // namespace

std::string_view toText(BundleState value) noexcept { return textIn(states, value); }
std::string_view titleOf(BundleState value) noexcept { return titleIn(states, value); }
std::optional<BundleState> bundleStateFrom(std::string_view text) noexcept { return valueIn(states, text); }

std::string_view toText(BundleEvent value) noexcept { return textIn(events, value); }
std::string_view titleOf(BundleEvent value) noexcept { return titleIn(events, value); }
std::optional<BundleEvent> bundleEventFrom(std::string_view text) noexcept { return valueIn(events, text); }

std::string_view toText(SelectionKind value) noexcept { return textIn(selections, value); }
std::string_view titleOf(SelectionKind value) noexcept { return titleIn(selections, value); }
std::optional<SelectionKind> selectionKindFrom(std::string_view text) noexcept {
    return valueIn(selections, text);
}

}  // namespace tickmark::domain

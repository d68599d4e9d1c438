#include "domain/EnumText.h"
#include "tickmark/domain/Evidence.h"

namespace tickmark::domain {
namespace {

constexpr EnumWords<EvidenceState, 8> states{{
    {EvidenceState::Received, "received", "Received"},
    {EvidenceState::UnderReview, "under_review", "Under review"},
    {EvidenceState::Accepted, "accepted", "Accepted"},
    {EvidenceState::Rejected, "rejected", "Rejected"},
    {EvidenceState::Superseded, "superseded", "Superseded"},
    {EvidenceState::Expired, "expired", "Expired"},
    {EvidenceState::Quarantined, "quarantined", "Quarantined"},
    {EvidenceState::Withdrawn, "withdrawn", "Withdrawn"},
}};
static_assert(isComplete(states, EvidenceState::Withdrawn));

constexpr EnumWords<EvidenceEvent, 8> events{{
    {EvidenceEvent::StartReview, "start-review", "Start the review"},
    {EvidenceEvent::Accept, "accept", "Accept"},
    {EvidenceEvent::Reject, "reject", "Reject"},
    {EvidenceEvent::Supersede, "supersede", "Supersede"},
    {EvidenceEvent::Expire, "expire", "Expire"},
    {EvidenceEvent::Quarantine, "quarantine", "Quarantine"},
    {EvidenceEvent::ProposeWithdrawal, "propose-withdrawal", "Propose the withdrawal"},
    {EvidenceEvent::ConfirmWithdrawal, "confirm-withdrawal", "Confirm the withdrawal"},
}};
static_assert(isComplete(events, EvidenceEvent::ConfirmWithdrawal));

constexpr EnumWords<Confidentiality, 4> levels{{
    {Confidentiality::Public, "public", "Public"},
    {Confidentiality::Internal, "internal", "Internal"},
    {Confidentiality::Confidential, "confidential", "Confidential"},
    {Confidentiality::Secret, "secret", "Secret"},
}};
static_assert(isComplete(levels, Confidentiality::Secret));

}  // namespace

std::string_view toText(EvidenceState value) noexcept { return textIn(states, value); }
std::string_view titleOf(EvidenceState value) noexcept { return titleIn(states, value); }
std::optional<EvidenceState> evidenceStateFrom(std::string_view text) noexcept {
    return valueIn(states, text);
}

std::string_view toText(EvidenceEvent value) noexcept { return textIn(events, value); }
std::string_view titleOf(EvidenceEvent value) noexcept { return titleIn(events, value); }
std::optional<EvidenceEvent> evidenceEventFrom(std::string_view text) noexcept {
    return valueIn(events, text);
}

std::string_view toText(Confidentiality value) noexcept { return textIn(levels, value); }
std::optional<Confidentiality> confidentialityFrom(std::string_view text) noexcept {
    return valueIn(levels, text);
}

}  // namespace tickmark::domain

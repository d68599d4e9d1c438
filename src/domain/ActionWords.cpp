#include "domain/EnumText.h"
#include "tickmark/domain/Action.h"

namespace tickmark::domain {
namespace {

constexpr EnumWords<ActionKind, 4> kinds{{
    {ActionKind::Correction, "correction", "Correction"},
    {ActionKind::Corrective, "corrective", "Corrective action"},
    {ActionKind::Preventive, "preventive", "Preventive action"},
    {ActionKind::Improvement, "improvement", "Improvement"},
}};
static_assert(isComplete(kinds, ActionKind::Improvement));

constexpr EnumWords<ActionState, 9> states{{
    {ActionState::Planned, "planned", "Planned"},
    {ActionState::Approved, "approved", "Approved"},
    {ActionState::InProgress, "in_progress", "In progress"},
    {ActionState::Done, "done", "Done"},
    {ActionState::Verified, "verified", "Verified"},
    {ActionState::Effective, "effective", "Effective"},
    {ActionState::NotEffective, "not_effective", "Not effective"},
    {ActionState::OnHold, "on_hold", "On hold"},
    {ActionState::Cancelled, "cancelled", "Cancelled"},
}};
static_assert(isComplete(states, ActionState::Cancelled));

constexpr EnumWords<ActionEvent, 10> events{{
    {ActionEvent::Approve, "approve", "Approve"},
    {ActionEvent::Start, "start", "Start"},
    {ActionEvent::ReportDone, "report-done", "Report as done"},
    {ActionEvent::SendBack, "send-back", "Send back"},
    {ActionEvent::Verify, "verify", "Verify"},
    {ActionEvent::FindEffective, "find-effective", "Find effective"},
    {ActionEvent::FindNotEffective, "find-not-effective", "Find not effective"},
    {ActionEvent::Hold, "hold", "Put on hold"},
    {ActionEvent::Resume, "resume", "Resume"},
    {ActionEvent::Cancel, "cancel", "Cancel"},
}};
static_assert(isComplete(events, ActionEvent::Cancel));

}  // namespace

std::string_view toText(ActionKind value) noexcept { return textIn(kinds, value); }
std::string_view titleOf(ActionKind value) noexcept { return titleIn(kinds, value); }
std::optional<ActionKind> actionKindFrom(std::string_view text) noexcept { return valueIn(kinds, text); }

std::string_view toText(ActionState value) noexcept { return textIn(states, value); }
std::string_view titleOf(ActionState value) noexcept { return titleIn(states, value); }
std::optional<ActionState> actionStateFrom(std::string_view text) noexcept { return valueIn(states, text); }

std::string_view toText(ActionEvent value) noexcept { return textIn(events, value); }
std::string_view titleOf(ActionEvent value) noexcept { return titleIn(events, value); }
std::optional<ActionEvent> actionEventFrom(std::string_view text) noexcept { return valueIn(events, text); }

}  // namespace tickmark::domain

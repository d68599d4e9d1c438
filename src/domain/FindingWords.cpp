#include "domain/EnumText.h"
#include "tickmark/domain/Finding.h"

namespace tickmark::domain {
namespace {

constexpr EnumWords<FindingState, 13> states{{
    {FindingState::Draft, "draft", "Draft"},
    {FindingState::Discarded, "discarded", "Discarded"},
    {FindingState::Issued, "issued", "Issued"},
    {FindingState::Withdrawn, "withdrawn", "Withdrawn"},
    {FindingState::Responded, "responded", "Responded"},
    {FindingState::Returned, "returned", "Returned"},
    {FindingState::PlanAccepted, "plan_accepted", "Plan accepted"},
    {FindingState::Implemented, "implemented", "Implemented"},
    {FindingState::Verified, "verified", "Verified"},
    {FindingState::Acknowledged, "acknowledged", "Acknowledged"},
    {FindingState::Converted, "converted", "Converted"},
    {FindingState::NoAction, "no_action", "No action"},
    {FindingState::Closed, "closed", "Closed"},
}};
static_assert(isComplete(states, FindingState::Closed));

constexpr EnumWords<FindingEvent, 14> events{{
    {FindingEvent::Issue, "issue", "Issue"},
    {FindingEvent::Discard, "discard", "Discard"},
    {FindingEvent::Withdraw, "withdraw", "Withdraw"},
    {FindingEvent::Respond, "respond", "Respond"},
    {FindingEvent::Return, "return", "Return with a comment"},
    {FindingEvent::AcceptPlan, "accept-plan", "Accept the plan"},
    {FindingEvent::ReportImplemented, "report-implemented", "Report as implemented"},
    {FindingEvent::SendBack, "send-back", "Send back"},
    {FindingEvent::Verify, "verify", "Verify"},
    {FindingEvent::Close, "close", "Close"},
    {FindingEvent::Reopen, "reopen", "Reopen as not effective"},
    {FindingEvent::Acknowledge, "acknowledge", "Acknowledge"},
    {FindingEvent::Convert, "convert", "Convert to an improvement"},
    {FindingEvent::DecideNoAction, "decide-no-action", "Decide on no action"},
}};
static_assert(isComplete(events, FindingEvent::DecideNoAction));

constexpr EnumWords<EffectivenessVerdict, 2> verdicts{{
    {EffectivenessVerdict::Effective, "effective", "Effective"},
    {EffectivenessVerdict::NotEffective, "not_effective", "Not effective"},
}};
static_assert(isComplete(verdicts, EffectivenessVerdict::NotEffective));

constexpr EnumWords<ExtentKind, 4> extentKinds{{
    {ExtentKind::Site, "site", "Site"},
    {ExtentKind::Process, "process", "Process"},
    {ExtentKind::Service, "service", "Service"},
    {ExtentKind::Population, "population", "Population"},
}};
static_assert(isComplete(extentKinds, ExtentKind::Population));

}  // namespace

std::string_view toText(FindingState value) noexcept { return textIn(states, value); }
std::string_view titleOf(FindingState value) noexcept { return titleIn(states, value); }
std::optional<FindingState> findingStateFrom(std::string_view text) noexcept { return valueIn(states, text); }

std::string_view toText(FindingEvent value) noexcept { return textIn(events, value); }
std::string_view titleOf(FindingEvent value) noexcept { return titleIn(events, value); }
std::optional<FindingEvent> findingEventFrom(std::string_view text) noexcept { return valueIn(events, text); }

std::string_view toText(ExtentKind value) noexcept { return textIn(extentKinds, value); }
std::string_view titleOf(ExtentKind value) noexcept { return titleIn(extentKinds, value); }
std::optional<ExtentKind> extentKindFrom(std::string_view text) noexcept {
    return valueIn(extentKinds, text);
}

std::string_view toText(EffectivenessVerdict value) noexcept { return textIn(verdicts, value); }
std::optional<EffectivenessVerdict> effectivenessVerdictFrom(std::string_view text) noexcept {
    return valueIn(verdicts, text);
}

bool isFinal(FindingState value) noexcept {
    return value == FindingState::Closed || value == FindingState::Withdrawn ||
           value == FindingState::Discarded;
}

}  // namespace tickmark::domain

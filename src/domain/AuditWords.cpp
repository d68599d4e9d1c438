#include "domain/EnumText.h"
#include "tickmark/domain/Audit.h"

namespace tickmark::domain {
namespace {

constexpr EnumWords<AuditType, 6> types{{
    {AuditType::Internal, "internal", "Internal audit"},
    {AuditType::Supplier, "supplier", "Supplier audit"},
    {AuditType::CertificationStage1, "certification-stage-1", "Certification, stage 1"},
    {AuditType::CertificationStage2, "certification-stage-2", "Certification, stage 2"},
    {AuditType::Surveillance, "surveillance", "Surveillance"},
    {AuditType::Recertification, "recertification", "Recertification"},
}};
static_assert(isComplete(types, AuditType::Recertification));

constexpr EnumWords<AuditState, 6> states{{
    {AuditState::Planned, "planned", "Planned"},
    {AuditState::Fieldwork, "fieldwork", "Fieldwork"},
    {AuditState::Reporting, "reporting", "Reporting"},
    {AuditState::FollowUp, "follow_up", "Follow-up"},
    {AuditState::Closed, "closed", "Closed"},
    {AuditState::Cancelled, "cancelled", "Cancelled"},
}};
static_assert(isComplete(states, AuditState::Cancelled));

constexpr EnumWords<AuditEvent, 5> events{{
    {AuditEvent::StartFieldwork, "start-fieldwork", "Start the fieldwork"},
    {AuditEvent::StartReporting, "start-reporting", "Start the reporting"},
    {AuditEvent::StartFollowUp, "start-follow-up", "Start the follow-up"},
    {AuditEvent::Close, "close", "Close"},
    {AuditEvent::Cancel, "cancel", "Cancel"},
}};
static_assert(isComplete(events, AuditEvent::Cancel));

}  // namespace

std::string_view toText(AuditType value) noexcept { return textIn(types, value); }
std::string_view titleOf(AuditType value) noexcept { return titleIn(types, value); }
std::optional<AuditType> auditTypeFrom(std::string_view text) noexcept { return valueIn(types, text); }

std::string_view toText(AuditState value) noexcept { return textIn(states, value); }
std::string_view titleOf(AuditState value) noexcept { return titleIn(states, value); }
std::optional<AuditState> auditStateFrom(std::string_view text) noexcept { return valueIn(states, text); }

std::string_view toText(AuditEvent value) noexcept { return textIn(events, value); }
std::string_view titleOf(AuditEvent value) noexcept { return titleIn(events, value); }
std::optional<AuditEvent> auditEventFrom(std::string_view text) noexcept { return valueIn(events, text); }

}  // namespace tickmark::domain

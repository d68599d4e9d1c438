#include "tickmark/domain/Programme.h"

#include "domain/EnumText.h"

namespace tickmark::domain {
namespace {

constexpr EnumWords<ProgrammePhase, 5> phases{{
    {ProgrammePhase::Planned, "planned", "Planned"},
    {ProgrammePhase::Overdue, "overdue", "Past its date"},
    {ProgrammePhase::UnderWay, "under_way", "Under way"},
    {ProgrammePhase::Done, "done", "Done"},
    {ProgrammePhase::Cancelled, "cancelled", "Cancelled"},
}};
static_assert(isComplete(phases, ProgrammePhase::Cancelled));

bool isOver(const std::optional<Date>& day, const std::optional<Date>& other, Date today) {
    const std::optional<Date>& counts = day ? day : other;
    return counts && *counts < today;
}

}  // namespace

std::string_view toText(ProgrammePhase value) noexcept { return textIn(phases, value); }
std::string_view titleOf(ProgrammePhase value) noexcept { return titleIn(phases, value); }
std::optional<ProgrammePhase> programmePhaseFrom(std::string_view text) noexcept {
    return valueIn(phases, text);
}

ProgrammePhase phaseOf(AuditState state, const std::optional<Date>& from, const std::optional<Date>& to,
                       Date today) noexcept {
    switch (state) {
        case AuditState::Planned:
            return isOver(from, to, today) ? ProgrammePhase::Overdue : ProgrammePhase::Planned;
        case AuditState::Fieldwork:
            return isOver(to, from, today) ? ProgrammePhase::Overdue : ProgrammePhase::UnderWay;
        case AuditState::Reporting:
        case AuditState::FollowUp:
            return ProgrammePhase::UnderWay;
        case AuditState::Closed:
            return ProgrammePhase::Done;
        case AuditState::Cancelled:
            return ProgrammePhase::Cancelled;
    }
    return ProgrammePhase::Planned;
}

}  // namespace tickmark::domain

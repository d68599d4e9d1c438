// Where an audit stands in the audit programme (ISO 19011:2018 clause 5).
#pragma once

#include <optional>
#include <string_view>

#include "tickmark/domain/Audit.h"

namespace tickmark::domain {

enum class ProgrammePhase { Planned, Overdue, UnderWay, Done, Cancelled };
[[nodiscard]] std::string_view toText(ProgrammePhase value) noexcept;   ///< "under_way"
[[nodiscard]] std::string_view titleOf(ProgrammePhase value) noexcept;  ///< "Under way"
[[nodiscard]] std::optional<ProgrammePhase> programmePhaseFrom(std::string_view text) noexcept;

/// Overdue: planned although its first day is over, or on site although its last day is over (either day
/// stands in for the other when one is missing). Without a date nothing is overdue. Reporting and follow-up
/// are under way however long they take: their dates are those of the findings.
[[nodiscard]] ProgrammePhase phaseOf(AuditState state, const std::optional<Date>& from,
                                     const std::optional<Date>& to, Date today) noexcept;

}  // namespace tickmark::domain

// Service management objectives: measurable, with a date, approved by top management (ISO/IEC 20000-1:2018
// clause 6.2).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Kpi.h"
#include "tickmark/domain/Party.h"
#include "tickmark/domain/Transitions.h"
#include "tickmark/foundation/Id.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::domain {

using ObjectiveId = Id<struct ObjectiveTag>;
using ObjectiveRef = Ref<struct ObjectiveRefTag>;

enum class ObjectiveState { Proposed, Approved, Achieved, Missed, Withdrawn };
enum class ObjectiveEvent { Approve, Achieve, Miss, Withdraw };
[[nodiscard]] std::string_view toText(ObjectiveState value) noexcept;
[[nodiscard]] std::string_view toText(ObjectiveEvent value) noexcept;
[[nodiscard]] std::string_view titleOf(ObjectiveState value) noexcept;
[[nodiscard]] std::string_view titleOf(ObjectiveEvent value) noexcept;
[[nodiscard]] std::optional<ObjectiveState> objectiveStateFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<ObjectiveEvent> objectiveEventFrom(std::string_view text) noexcept;

struct Objective {
    ObjectiveId id{};
    ObjectiveRef ref{};  ///< "O-0001"
    ObjectiveState state = ObjectiveState::Proposed;
    std::string title{};
    std::string statement{};  ///< what is to be reached, and why
    std::string process{};
    std::string service{};
    PartyId owner{};
    std::string kpi{};   ///< reference of the KPI that measures it, or empty
    std::string unit{};  ///< of baseline, target and current; of the KPI when one is named
    std::optional<KpiDirection> direction{};
    std::optional<double> baseline{};
    std::optional<double> target{};
    std::optional<double> current{};      ///< as entered; with a KPI its newest figure counts instead
    EvidenceVersionId currentEvidence{};  ///< proves `current`
    std::optional<Date> startOn{};
    std::optional<Date> targetOn{};
    PartyId proposedBy{};
    PartyId decidedBy{};  ///< who took the last step
    std::string stateReason{};
    Timestamp createdAt{};
    Timestamp changedAt{};
    std::int64_t rev = 0;
    bool operator==(const Objective&) const = default;
};

[[nodiscard]] bool isFinal(ObjectiveState state) noexcept;
/// How far the value has come from the baseline to the target, in percent, rounded down, 0 to 100; nothing
/// while one of the three is missing.
[[nodiscard]] std::optional<std::int64_t> progressOf(const Objective& objective,
                                                     const std::optional<double>& value) noexcept;
/// Whether the value reaches the target in its direction.
[[nodiscard]] std::optional<bool> reaches(const Objective& objective,
                                          const std::optional<double>& value) noexcept;

/// Cleans the texts in place and reports every broken rule at once: title, unit, baseline, target, direction
/// and the target's date are needed; the target lies on the better side of the baseline; the start is not
/// after the target's date.
[[nodiscard]] Result<void> validate(Objective& objective);

/// What the guards look at: the objective and the value that counts today.
struct ObjectiveCase {
    Objective objective{};
    std::optional<double> value{};
};
using ObjectiveStep = Step<ObjectiveEvent, ObjectiveState>;
[[nodiscard]] std::span<const Transition<ObjectiveState, ObjectiveEvent>> objectiveTransitions() noexcept;
/// The state that follows. Top management approves, and nobody what they proposed; achieved needs a value
/// that reaches the target, missed needs the target's date to be past. Errors: as next() of findings.
[[nodiscard]] Result<ObjectiveState> next(const ObjectiveCase& item, ObjectiveEvent event,
                                          const StepInput& input);
[[nodiscard]] std::vector<ObjectiveStep> stepsOf(const ObjectiveCase& item, const StepInput& input);

}  // namespace tickmark::domain

// One initiative of the improvement register and the seven steps it takes, with the phase of
// Plan-Do-Check-Act derived from them (ISO/IEC 20000-1:2018 clause 10.2 asks for managed improvement; the
// seven steps are those of ITIL's continual service improvement).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Action.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/domain/Party.h"
#include "tickmark/foundation/Id.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::domain {

using ImprovementId = Id<struct ImprovementTag>;
using ImprovementRef = Ref<struct ImprovementRefTag>;

/// Where the initiative came from.
enum class ImprovementSource {
    Audit,
    ServiceReview,
    CustomerFeedback,
    EmployeeFeedback,
    Incident,
    Problem,
    Kpi,
    Risk,
    Idea,
    ManagementReview
};
/// The seven steps as the states that they end in, then the ways out.
enum class ImprovementState {
    Identified,    ///< 1
    GoalsSet,      ///< 2
    Analysed,      ///< 3
    Planned,       ///< 4
    Implementing,  ///< 5
    Evaluating,    ///< 6
    Standardised,  ///< 7
    Closed,
    Rejected,
    OnHold,
    Cancelled
};
enum class ImprovementEvent {
    SetGoals,
    Analyse,
    ApprovePlan,
    Start,
    Evaluate,
    Replan,
    Standardise,
    Close,
    Reject,
    Hold,
    Resume,
    Cancel
};
enum class ImprovementPhase { Plan, Do, Check, Act };
enum class ImprovementLessonKind { Success, Failure };

[[nodiscard]] std::string_view toText(ImprovementSource value) noexcept;      ///< "service_review"
[[nodiscard]] std::string_view toText(ImprovementState value) noexcept;       ///< "goals_set"
[[nodiscard]] std::string_view toText(ImprovementEvent value) noexcept;       ///< "approve-plan"
[[nodiscard]] std::string_view toText(ImprovementPhase value) noexcept;       ///< "plan"
[[nodiscard]] std::string_view toText(ImprovementLessonKind value) noexcept;  ///< "success"
[[nodiscard]] std::optional<ImprovementSource> improvementSourceFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<ImprovementState> improvementStateFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<ImprovementEvent> improvementEventFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<ImprovementLessonKind> improvementLessonKindFrom(std::string_view text) noexcept;
/// For people: "Service review", "Goals set", "Approve the plan", "Plan", "Success".
[[nodiscard]] std::string_view titleOf(ImprovementSource value) noexcept;
[[nodiscard]] std::string_view titleOf(ImprovementState value) noexcept;
[[nodiscard]] std::string_view titleOf(ImprovementEvent value) noexcept;
[[nodiscard]] std::string_view titleOf(ImprovementPhase value) noexcept;
[[nodiscard]] std::string_view titleOf(ImprovementLessonKind value) noexcept;
/// Closed, Rejected and Cancelled are final.
[[nodiscard]] bool isFinal(ImprovementState value) noexcept;

/// What others can learn from it, whether it worked or not.
struct ImprovementLesson {
    ImprovementLessonKind kind = ImprovementLessonKind::Success;
    std::string context{};
    std::string insight{};
    std::vector<std::string> appliesTo{};  ///< tags: a process, a service, a kind of change
    bool operator==(const ImprovementLesson&) const = default;
};

/// Who approved the plan, and when. A missed target takes the approval back.
struct PlanApproval {
    PartyId by{};
    Timestamp at{};
    bool operator==(const PlanApproval&) const = default;
};

struct ImprovementItem {
    ImprovementId id{};
    ImprovementRef ref{};  ///< "II-0001"
    ImprovementSource source = ImprovementSource::Idea;
    std::string sourceRef{};  ///< its number or name where it came from, e.g. "INC0012345"
    FindingId finding{};      ///< the audit finding that it answers, if any
    ImprovementState state = ImprovementState::Identified;
    ImprovementState heldFrom = ImprovementState::Identified;  ///< where Resume leads back to
    std::string title{};
    std::string description{};
    std::string process{};
    std::string service{};
    std::string objective{};  ///< reference of the objective it serves, or empty
    PartyId owner{};
    std::int64_t value = 0;   ///< 1 (little) to 5 (much); 0 = not judged yet
    std::int64_t effort = 0;  ///< 1 (little) to 5 (much); 0 = not judged yet
    std::string cost{};
    std::optional<Date> due{};
    std::string kpi{};       ///< reference of the KPI it moves, "K-0001"
    std::string unit{};      ///< of baseline, target and result, e.g. "%"
    std::string baseline{};  ///< decimal, e.g. "61.5"
    std::string target{};
    std::string analysis{};  ///< what the data say about the causes
    std::string plan{};      ///< what is done, in which order
    std::optional<PlanApproval> approval{};
    std::int64_t round = 1;     ///< raised when the target was missed
    std::int64_t progress = 0;  ///< percent of the plan that is done
    std::string result{};       ///< decimal, measured after the change
    std::string outcome{};      ///< in words
    std::optional<ImprovementLesson> lesson{};
    std::vector<EvidenceVersionId> evidence{};   ///< the changed documents
    std::vector<ExtensionRequest> extensions{};  ///< of the due date, once the plan is approved; oldest first
    PartyId createdBy{};
    Timestamp createdAt{};
    Timestamp changedAt{};
    std::int64_t rev = 0;
    bool operator==(const ImprovementItem&) const = default;
};

/// The scoring method: a hundred times value divided by effort, rounded half up. 20 (little for much work) to
/// 500 (much for little work); 0 while either is not judged. Never stored by hand.
[[nodiscard]] std::int64_t priorityScore(const ImprovementItem& item) noexcept;
/// "high" from 200 on (at least twice the value for its effort), "medium" from 100 on, else "low"; empty
/// while not judged.
[[nodiscard]] std::string_view priorityOf(std::int64_t score) noexcept;
/// Steps 1 to 4 plan, 5 do, 6 check, 7 and closed act. A held item is where it was held; a rejected or
/// cancelled one is in no phase.
[[nodiscard]] std::optional<ImprovementPhase> phaseOf(const ImprovementItem& item) noexcept;
/// 1 to 7 for the seven steps, 0 for the ways out.
[[nodiscard]] int stepNumber(ImprovementState state) noexcept;
/// Whether the result reached the target, seen from the baseline: a target above it must be reached or
/// passed, a target below it reached or fallen under. Nothing while one of the three is missing.
[[nodiscard]] std::optional<bool> targetMet(const ImprovementItem& item);
/// The result less the baseline with its sign, like "+3.5", "-11.9" or "0"; empty unless both are given.
[[nodiscard]] std::string changeFromBaseline(const ImprovementItem& item);
/// Open and due before that day.
[[nodiscard]] bool isOverdue(const ImprovementItem& item, Date today) noexcept;

/// Cleans the texts in place and reports every broken rule at once, as those of Validation.h. Decimals have
/// up to 12 digits before the point and up to 6 after it; a KPI's reference has the form K-0001; baseline and
/// target differ.
[[nodiscard]] Result<void> validate(ImprovementItem& item);

}  // namespace tickmark::domain

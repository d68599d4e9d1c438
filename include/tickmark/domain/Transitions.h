// The state machines as constexpr tables, their guards, and what may happen next.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Action.h"
#include "tickmark/domain/Audit.h"
#include "tickmark/domain/Bundle.h"
#include "tickmark/domain/Evidence.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/domain/Party.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::domain {

/// One arrow of a machine. `roles` may trigger it; `guards` names, by bit, what must hold (each machine's own
/// enum).
template <class State, class Event>
struct Transition {
    State from{};
    Event event{};
    State to{};
    RoleSet roles{};
    unsigned guards = 0;
};

/// What a guard may ask about the person and the words that came with the step.
struct StepInput {
    Actor actor{};
    bool onTeam = false;   ///< actor is on the audit's team (auditors act only there)
    std::string reason{};  ///< reason, comment or "how it was verified"
    Date today{};
};

/// Everything a finding's guards look at.
struct FindingCase {
    Finding finding{};
    std::vector<Action> actions{};
    AuditState audit = AuditState::Fieldwork;
};

/// A step as a page or the API shows it: where it leads, who may, and what still stands against it (guards'
/// words).
template <class Event, class State>
struct Step {
    Event event{};
    State to{};
    RoleSet roles{};
    bool permitted = false;                ///< this actor may trigger it
    std::vector<std::string> blockedBy{};  ///< guards that do not hold now, without the missing reason
    bool needsReason = false;
    std::string notYou{};  ///< why this actor may not, in words ("Only the lead auditor can …"), or empty
};
using FindingStep = Step<FindingEvent, FindingState>;
using ActionStep = Step<ActionEvent, ActionState>;
using EvidenceStep = Step<EvidenceEvent, EvidenceState>;
using RequestStep = Step<RequestEvent, RequestState>;
using AuditStep = Step<AuditEvent, AuditState>;

// ---- findings
// -------------------------------------------------------------------------------------------------

/// The table of one kind of finding; for the tests that walk the grid and for pages.
[[nodiscard]] std::span<const Transition<FindingState, FindingEvent>> findingTransitions(
    FindingKind kind) noexcept;

/// The state that follows. Errors: Refused "forbidden-transition" (the table has no such arrow; the message
/// names the state and what is possible), Forbidden (role or not on the team), Refused "guard" with the
/// guards' words, Invalid "text" field "reason" when a reason is missing. A locked audit refuses everything
/// ("audit-locked").
[[nodiscard]] Result<FindingState> next(const FindingCase& item, FindingEvent event, const StepInput& input);
[[nodiscard]] std::vector<FindingStep> stepsOf(const FindingCase& item, const StepInput& input);

// ---- actions
// --------------------------------------------------------------------------------------------------

struct ActionCase {
    Action action{};
    Finding finding{};
    AuditState audit = AuditState::FollowUp;
};
[[nodiscard]] std::span<const Transition<ActionState, ActionEvent>> actionTransitions() noexcept;
[[nodiscard]] Result<ActionState> next(const ActionCase& item, ActionEvent event, const StepInput& input);
[[nodiscard]] std::vector<ActionStep> stepsOf(const ActionCase& item, const StepInput& input);

// ---- evidence versions, requests, audits, bundles
// ---------------------------------------------------------------

[[nodiscard]] std::span<const Transition<EvidenceState, EvidenceEvent>> evidenceTransitions() noexcept;
/// A withdrawal takes two people: ProposeWithdrawal keeps the state, ConfirmWithdrawal by another person ends
/// it.
[[nodiscard]] Result<EvidenceState> next(const EvidenceVersion& item, EvidenceEvent event,
                                         const StepInput& input);
[[nodiscard]] std::vector<EvidenceStep> stepsOf(const EvidenceVersion& item, const StepInput& input);

[[nodiscard]] std::span<const Transition<RequestState, RequestEvent>> requestTransitions() noexcept;
[[nodiscard]] Result<RequestState> next(const EvidenceRequest& item, RequestEvent event,
                                        const StepInput& input);
[[nodiscard]] std::vector<RequestStep> stepsOf(const EvidenceRequest& item, const StepInput& input);

/// What an audit's guards look at: closing needs every nonconformity final or, for minors, accepted.
struct AuditCase {
    Audit audit{};
    std::vector<std::string> openFindings{};  ///< references of findings that stand against closing
    std::int64_t unnamed = 0;                 ///< how many more do, without being named here
};
[[nodiscard]] std::span<const Transition<AuditState, AuditEvent>> auditTransitions() noexcept;
[[nodiscard]] Result<AuditState> next(const AuditCase& item, AuditEvent event, const StepInput& input);
[[nodiscard]] std::vector<AuditStep> stepsOf(const AuditCase& item, const StepInput& input);

[[nodiscard]] std::span<const Transition<BundleState, BundleEvent>> bundleTransitions() noexcept;
[[nodiscard]] Result<BundleState> next(const Bundle& item, BundleEvent event, const StepInput& input);

/// True when this finding stands against closing its audit: an open major, or a minor before plan_accepted,
/// or a draft.
[[nodiscard]] bool standsAgainstClosing(const Finding& finding) noexcept;

}  // namespace tickmark::domain

// The machine of an action: planned, approved, carried out, verified by somebody else, judged for effect.
#include "domain/Machine.h"

namespace tickmark::domain {
namespace {

using machine::EventWords;
using machine::needsReason;
using Arrow = Transition<ActionState, ActionEvent>;
using Rule = machine::GuardRule<ActionCase>;

enum ActionGuard : unsigned {
    ImprovementOnly = 1U << 1U,  ///< an improvement manager decides about improvements only
    ByOwners = 1U << 2U,         ///< the action's owner or the finding's owner; auditors and managers pass
    ByDoer = 1U << 3U,           ///< the action's owner; the finding's owner when no account owns the action
    ByNotOwner = 1U << 4U        ///< separation of duties
};

constexpr RoleSet auditors{Role::LeadAuditor, Role::Auditor};
constexpr RoleSet owners{Role::ProcessOwner, Role::ActionOwner};
constexpr RoleSet approvers{Role::LeadAuditor, Role::ImprovementManager};
constexpr RoleSet holders{Role::LeadAuditor, Role::ProcessOwner, Role::ActionOwner, Role::ImprovementManager};
constexpr unsigned holding = ImprovementOnly | ByOwners;

// Resume has Planned as a marker: it leads back to where the action was held (Action::heldFrom).
constexpr std::array arrows{
    Arrow{ActionState::Planned, ActionEvent::Approve, ActionState::Approved, approvers, ImprovementOnly},
    Arrow{ActionState::Approved, ActionEvent::Start, ActionState::InProgress, owners, ByOwners},
    Arrow{ActionState::InProgress, ActionEvent::ReportDone, ActionState::Done, owners, ByDoer},
    Arrow{ActionState::Done, ActionEvent::SendBack, ActionState::InProgress, auditors, needsReason},
    Arrow{ActionState::Done, ActionEvent::Verify, ActionState::Verified, auditors, needsReason | ByNotOwner},
    Arrow{ActionState::Verified, ActionEvent::FindEffective, ActionState::Effective, auditors, ByNotOwner},
    Arrow{ActionState::Verified, ActionEvent::FindNotEffective, ActionState::NotEffective, auditors,
          ByNotOwner},
    Arrow{ActionState::Planned, ActionEvent::Hold, ActionState::OnHold, holders, needsReason | holding},
    Arrow{ActionState::Approved, ActionEvent::Hold, ActionState::OnHold, holders, needsReason | holding},
    Arrow{ActionState::InProgress, ActionEvent::Hold, ActionState::OnHold, holders, needsReason | holding},
    Arrow{ActionState::OnHold, ActionEvent::Resume, ActionState::Planned, holders, holding},
    Arrow{ActionState::Planned, ActionEvent::Cancel, ActionState::Cancelled, approvers,
          needsReason | ImprovementOnly},
    Arrow{ActionState::Approved, ActionEvent::Cancel, ActionState::Cancelled, approvers,
          needsReason | ImprovementOnly},
    Arrow{ActionState::InProgress, ActionEvent::Cancel, ActionState::Cancelled, approvers,
          needsReason | ImprovementOnly},
    Arrow{ActionState::OnHold, ActionEvent::Cancel, ActionState::Cancelled, approvers,
          needsReason | ImprovementOnly},
};
static_assert(machine::isDeterministic(std::span<const Arrow>(arrows)));

constexpr std::array eventWords{
    EventWords<ActionEvent>{ActionEvent::Approve, "approve this action", "Cannot be approved yet", ""},
    EventWords<ActionEvent>{ActionEvent::Start, "start this action", "Cannot be started yet", ""},
    EventWords<ActionEvent>{ActionEvent::ReportDone, "report this action as done",
                            "Cannot be reported as done yet", ""},
    EventWords<ActionEvent>{ActionEvent::SendBack, "send this action back", "Cannot be sent back yet",
                            "Say what is missing."},
    EventWords<ActionEvent>{ActionEvent::Verify, "verify this action", "Cannot be verified yet",
                            "Say how it was verified."},
    EventWords<ActionEvent>{ActionEvent::FindEffective, "find this action effective",
                            "Cannot be found effective yet", ""},
    EventWords<ActionEvent>{ActionEvent::FindNotEffective, "find this action not effective",
                            "Cannot be found not effective yet", ""},
    EventWords<ActionEvent>{ActionEvent::Hold, "put this action on hold", "Cannot be put on hold yet",
                            "Say what it waits for."},
    EventWords<ActionEvent>{ActionEvent::Resume, "resume this action", "Cannot be resumed yet", ""},
    EventWords<ActionEvent>{ActionEvent::Cancel, "cancel this action", "Cannot be cancelled yet",
                            "Say why it is not carried out."},
};
static_assert(machine::speaksOfAll(eventWords, ActionEvent::Cancel));

bool isOwnerRole(Role role) { return role == Role::ProcessOwner || role == Role::ActionOwner; }
bool isActor(PartyId party, const StepInput& input) { return party.stored() && party == input.actor.id; }

std::string notAnImprovement(const ActionCase& item, const StepInput& input) {
    if (input.actor.role != Role::ImprovementManager || item.action.kind == ActionKind::Improvement)
        return {};
    return "the lead auditor";
}
std::string neitherOwner(const ActionCase& item, const StepInput& input) {
    if (!isOwnerRole(input.actor.role)) return {};
    if (isActor(item.action.owner, input) || isActor(item.finding.owner, input)) return {};
    return "the owner of the action or of its finding";
}
std::string notTheDoer(const ActionCase& item, const StepInput& input) {
    if (isActor(item.action.owner, input)) return {};
    if (item.action.owner.stored()) return "the owner of the action";
    return isActor(item.finding.owner, input) ? "" : "the owner of its finding";
}
std::string isTheOwner(const ActionCase& item, const StepInput& input) {
    return isActor(item.action.owner, input) ? "an auditor who does not own it" : "";
}

constexpr std::array rules{
    Rule{ImprovementOnly, true, notAnImprovement},
    Rule{ByOwners, true, neitherOwner},
    Rule{ByDoer, true, notTheDoer},
    Rule{ByNotOwner, true, isTheOwner},
};

struct ActionMachine {
    using State = ActionState;
    using Event = ActionEvent;
    using Case = ActionCase;
    static std::span<const Arrow> table(const Case& /*item*/) { return arrows; }
    static State stateOf(const Case& item) { return item.action.state; }
    static State target(const Case& item, const Arrow& arrow) {
        return arrow.event == ActionEvent::Resume ? item.action.heldFrom : arrow.to;
    }
    static const EventWords<Event>& wordsOf(Event event) {
        return eventWords[static_cast<std::size_t>(event)];
    }
    static std::span<const Rule> guards() { return rules; }
    static std::optional<Error> lock(const Case& item) { return machine::lockOf(item.audit); }
};

}  // namespace

std::span<const Transition<ActionState, ActionEvent>> actionTransitions() noexcept { return arrows; }

Result<ActionState> next(const ActionCase& item, ActionEvent event, const StepInput& input) {
    return machine::nextState<ActionMachine>(item, event, input);
}

std::vector<ActionStep> stepsOf(const ActionCase& item, const StepInput& input) {
    return machine::steps<ActionMachine>(item, input);
}

}  // namespace tickmark::domain

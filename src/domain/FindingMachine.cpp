// The three machines of a finding: nonconformity (ISO/IEC 17021-1:2015 clauses 9.4.9, 9.4.10), suggestion
// (observation, opportunity) and conformity.
#include <algorithm>

#include "domain/FindingGuards.h"
#include "domain/Machine.h"

namespace tickmark::domain {
namespace {

using machine::EventWords;
using machine::needsReason;
using Arrow = Transition<FindingState, FindingEvent>;

constexpr RoleSet leadAuditor{Role::LeadAuditor};
constexpr RoleSet auditors{Role::LeadAuditor, Role::Auditor};
constexpr RoleSet processOwner{Role::ProcessOwner};

constexpr unsigned complete =
    HasClause | HasRequirement | HasObjectiveEvidence | HasNature | HasEvidenceVersion;
constexpr unsigned answered = ByFindingOwner | HasCorrection | HasExtent | ExtentAnswered | HasRootCause |
                              HasPlan | ActionsHaveOwners | ActionsHaveDates;

constexpr std::array nonconformity{
    Arrow{FindingState::Draft, FindingEvent::Issue, FindingState::Issued, leadAuditor, complete},
    Arrow{FindingState::Draft, FindingEvent::Discard, FindingState::Discarded, auditors, needsReason},
    Arrow{FindingState::Issued, FindingEvent::Withdraw, FindingState::Withdrawn, auditors, needsReason},
    Arrow{FindingState::Issued, FindingEvent::Respond, FindingState::Responded, processOwner, answered},
    Arrow{FindingState::Responded, FindingEvent::Return, FindingState::Returned, auditors, needsReason},
    Arrow{FindingState::Returned, FindingEvent::Respond, FindingState::Responded, processOwner, answered},
    Arrow{FindingState::Responded, FindingEvent::AcceptPlan, FindingState::PlanAccepted, leadAuditor,
          CausesAnswered | ExtentAnswered},
    Arrow{FindingState::PlanAccepted, FindingEvent::ReportImplemented, FindingState::Implemented,
          processOwner, ByFindingOwner | HasPlan | ActionsDone | ActionsProven},
    Arrow{FindingState::Implemented, FindingEvent::SendBack, FindingState::PlanAccepted, auditors,
          needsReason},
    Arrow{FindingState::Implemented, FindingEvent::Verify, FindingState::Verified, auditors,
          needsReason | ByNoActionOwner},
    Arrow{FindingState::Verified, FindingEvent::Close, FindingState::Closed, leadAuditor,
          FoundEffective | JudgedByAnother},
    Arrow{FindingState::Verified, FindingEvent::Reopen, FindingState::Returned, leadAuditor,
          needsReason | FoundNotEffective | JudgedByAnother},
};
static_assert(machine::isDeterministic(std::span<const Arrow>(nonconformity)));

constexpr std::array suggestion{
    Arrow{FindingState::Draft, FindingEvent::Issue, FindingState::Issued, leadAuditor, complete},
    Arrow{FindingState::Draft, FindingEvent::Discard, FindingState::Discarded, auditors, needsReason},
    Arrow{FindingState::Issued, FindingEvent::Withdraw, FindingState::Withdrawn, auditors, needsReason},
    Arrow{FindingState::Issued, FindingEvent::Acknowledge, FindingState::Acknowledged, processOwner,
          ByFindingOwner},
    Arrow{FindingState::Acknowledged,
          FindingEvent::Convert,
          FindingState::Converted,
          {Role::LeadAuditor, Role::ProcessOwner, Role::ImprovementManager},
          ByFindingOwner},
    Arrow{FindingState::Acknowledged, FindingEvent::DecideNoAction, FindingState::NoAction, processOwner,
          needsReason | ByFindingOwner},
    Arrow{FindingState::Converted, FindingEvent::Close, FindingState::Closed, leadAuditor, 0},
    Arrow{FindingState::NoAction, FindingEvent::Close, FindingState::Closed, leadAuditor, 0},
};
static_assert(machine::isDeterministic(std::span<const Arrow>(suggestion)));

constexpr std::array conformity{
    Arrow{FindingState::Draft, FindingEvent::Issue, FindingState::Issued, leadAuditor,
          HasClause | HasObjectiveEvidence | HasEvidenceVersion},
    Arrow{FindingState::Draft, FindingEvent::Discard, FindingState::Discarded, auditors, needsReason},
    Arrow{FindingState::Issued, FindingEvent::Withdraw, FindingState::Withdrawn, auditors, needsReason},
    Arrow{FindingState::Issued, FindingEvent::Close, FindingState::Closed, leadAuditor, 0},
};
static_assert(machine::isDeterministic(std::span<const Arrow>(conformity)));

constexpr std::array eventWords{
    EventWords<FindingEvent>{FindingEvent::Issue, "issue this finding", "Cannot be issued yet", ""},
    EventWords<FindingEvent>{FindingEvent::Discard, "discard this finding", "Cannot be discarded yet",
                             "Say why it is not a finding."},
    EventWords<FindingEvent>{FindingEvent::Withdraw, "withdraw this finding", "Cannot be withdrawn yet",
                             "Say why it no longer stands."},
    EventWords<FindingEvent>{FindingEvent::Respond, "respond to this finding", "Cannot be responded to yet",
                             ""},
    EventWords<FindingEvent>{FindingEvent::Return, "return the response to this finding",
                             "Cannot be returned yet", "Say what the response lacks."},
    EventWords<FindingEvent>{FindingEvent::AcceptPlan, "accept the plan of this finding",
                             "The plan cannot be accepted yet", ""},
    EventWords<FindingEvent>{FindingEvent::ReportImplemented, "report this finding as implemented",
                             "Cannot be reported as implemented yet", ""},
    EventWords<FindingEvent>{FindingEvent::SendBack, "send this finding back", "Cannot be sent back yet",
                             "Say what is missing."},
    EventWords<FindingEvent>{FindingEvent::Verify, "verify this finding", "Cannot be verified yet",
                             "Say how it was verified."},
    EventWords<FindingEvent>{FindingEvent::Close, "close this finding", "Cannot be closed yet", ""},
    EventWords<FindingEvent>{FindingEvent::Reopen, "reopen this finding", "Cannot be reopened yet",
                             "Say what was not effective."},
    EventWords<FindingEvent>{FindingEvent::Acknowledge, "acknowledge this finding",
                             "Cannot be acknowledged yet", ""},
    EventWords<FindingEvent>{FindingEvent::Convert, "convert this finding to an improvement",
                             "Cannot be converted yet", ""},
    EventWords<FindingEvent>{FindingEvent::DecideNoAction, "decide on no action for this finding",
                             "Cannot be left without action yet", "Say why nothing is done."},
};
static_assert(machine::speaksOfAll(eventWords, FindingEvent::DecideNoAction));

/// A class that is not in the scheme is treated as the strictest kind.
FindingKind kindOf(const Finding& finding) noexcept {
    const FindingClass* entry = findingClass(finding.classCode);
    return entry == nullptr ? FindingKind::Nonconformity : entry->kind;
}

struct FindingMachine {
    using State = FindingState;
    using Event = FindingEvent;
    using Case = FindingCase;
    static std::span<const Arrow> table(const Case& item) { return findingTransitions(kindOf(item.finding)); }
    static State stateOf(const Case& item) { return item.finding.state; }
    static State target(const Case& /*item*/, const Arrow& arrow) { return arrow.to; }
    static const EventWords<Event>& wordsOf(Event event) {
        return eventWords[static_cast<std::size_t>(event)];
    }
    static std::span<const machine::GuardRule<Case>> guards() { return findingGuards(); }
    static std::optional<Error> lock(const Case& item) { return machine::lockOf(item.audit); }
};

}  // namespace

std::span<const Transition<FindingState, FindingEvent>> findingTransitions(FindingKind kind) noexcept {
    switch (kind) {
        case FindingKind::Nonconformity:
            return nonconformity;
        case FindingKind::Suggestion:
            return suggestion;
        case FindingKind::Conformity:
            return conformity;
    }
    return nonconformity;
}

Result<FindingState> next(const FindingCase& item, FindingEvent event, const StepInput& input) {
    return machine::nextState<FindingMachine>(item, event, input);
}

std::vector<FindingStep> stepsOf(const FindingCase& item, const StepInput& input) {
    return machine::steps<FindingMachine>(item, input);
}

bool standsAgainstClosing(const Finding& finding) noexcept {
    if (finding.state == FindingState::Draft) return true;
    if (isFinal(finding.state) || kindOf(finding) != FindingKind::Nonconformity) return false;
    const FindingClass* entry = findingClass(finding.classCode);
    if (entry == nullptr || entry->blocksCertificate) return true;
    return finding.state == FindingState::Issued || finding.state == FindingState::Responded ||
           finding.state == FindingState::Returned;
}

}  // namespace tickmark::domain

// The machine of an evidence version. Only its state moves; the bytes and the facts about them never do.
#include "domain/Machine.h"

namespace tickmark::domain {
namespace {

using machine::EventWords;
using machine::needsReason;
using Arrow = Transition<EvidenceState, EvidenceEvent>;
using Rule = machine::GuardRule<EvidenceVersion>;

enum EvidenceGuard : unsigned {
    ByReceiver = 1U << 1U,      ///< a process owner may propose to withdraw what they handed over themselves
    NotProposedYet = 1U << 2U,  ///< not by the same person; another one may take the proposal over
    Proposed = 1U << 3U,
    BySecondPerson = 1U << 4U  ///< a withdrawal takes two people
};

constexpr RoleSet auditors{Role::LeadAuditor, Role::Auditor};
constexpr RoleSet leadAuditor{Role::LeadAuditor};
constexpr RoleSet proposers{Role::LeadAuditor, Role::Auditor, Role::ProcessOwner};
/// No role: the re-hash triggers it, whoever asked for the bytes. next() lets it pass, stepsOf() never offers
/// it.
constexpr RoleSet system{};
constexpr unsigned proposal = needsReason | ByReceiver | NotProposedYet;
constexpr unsigned confirmation = Proposed | BySecondPerson;

constexpr Arrow quarantine(EvidenceState from) {
    return {from, EvidenceEvent::Quarantine, EvidenceState::Quarantined, system, 0};
}
/// A proposal keeps the state; who proposed is kept beside it.
constexpr Arrow propose(EvidenceState from) {
    return {from, EvidenceEvent::ProposeWithdrawal, from, proposers, proposal};
}
constexpr Arrow confirm(EvidenceState from) {
    return {from, EvidenceEvent::ConfirmWithdrawal, EvidenceState::Withdrawn, leadAuditor, confirmation};
}

constexpr std::array arrows{
    Arrow{EvidenceState::Received, EvidenceEvent::StartReview, EvidenceState::UnderReview, auditors, 0},
    // A file that says everything at one look needs no review of its own: an auditor decides on receipt.
    Arrow{EvidenceState::Received, EvidenceEvent::Accept, EvidenceState::Accepted, auditors, 0},
    Arrow{EvidenceState::Received, EvidenceEvent::Reject, EvidenceState::Rejected, auditors, needsReason},
    Arrow{EvidenceState::UnderReview, EvidenceEvent::Accept, EvidenceState::Accepted, auditors, 0},
    Arrow{EvidenceState::UnderReview, EvidenceEvent::Reject, EvidenceState::Rejected, auditors, needsReason},
    Arrow{EvidenceState::Accepted, EvidenceEvent::Supersede, EvidenceState::Superseded, auditors, 0},
    Arrow{EvidenceState::Accepted, EvidenceEvent::Expire, EvidenceState::Expired, auditors, 0},
    quarantine(EvidenceState::Received),
    quarantine(EvidenceState::UnderReview),
    quarantine(EvidenceState::Accepted),
    quarantine(EvidenceState::Rejected),
    quarantine(EvidenceState::Superseded),
    quarantine(EvidenceState::Expired),
    propose(EvidenceState::Received),
    propose(EvidenceState::UnderReview),
    propose(EvidenceState::Accepted),
    propose(EvidenceState::Rejected),
    propose(EvidenceState::Superseded),
    propose(EvidenceState::Expired),
    propose(EvidenceState::Quarantined),
    confirm(EvidenceState::Received),
    confirm(EvidenceState::UnderReview),
    confirm(EvidenceState::Accepted),
    confirm(EvidenceState::Rejected),
    confirm(EvidenceState::Superseded),
    confirm(EvidenceState::Expired),
    confirm(EvidenceState::Quarantined),
};
static_assert(machine::isDeterministic(std::span<const Arrow>(arrows)));

constexpr std::array eventWords{
    EventWords<EvidenceEvent>{EvidenceEvent::StartReview, "start the review of this evidence",
                              "Cannot be reviewed yet", ""},
    EventWords<EvidenceEvent>{EvidenceEvent::Accept, "accept this evidence", "Cannot be accepted yet", ""},
    EventWords<EvidenceEvent>{EvidenceEvent::Reject, "reject this evidence", "Cannot be rejected yet",
                              "Say what it fails to show."},
    EventWords<EvidenceEvent>{EvidenceEvent::Supersede, "supersede this evidence", "Cannot be superseded yet",
                              ""},
    EventWords<EvidenceEvent>{EvidenceEvent::Expire, "expire this evidence", "Cannot be expired yet", ""},
    EventWords<EvidenceEvent>{EvidenceEvent::Quarantine, "quarantine this evidence",
                              "Cannot be quarantined yet", ""},
    EventWords<EvidenceEvent>{EvidenceEvent::ProposeWithdrawal, "propose the withdrawal of this evidence",
                              "The withdrawal cannot be proposed", "Say why it must be withdrawn."},
    EventWords<EvidenceEvent>{EvidenceEvent::ConfirmWithdrawal, "confirm the withdrawal of this evidence",
                              "The withdrawal cannot be confirmed yet", ""},
};
static_assert(machine::speaksOfAll(eventWords, EvidenceEvent::ConfirmWithdrawal));

std::string notReceiver(const EvidenceVersion& item, const StepInput& input) {
    if (input.actor.role != Role::ProcessOwner) return {};
    if (item.receivedBy.stored() && item.receivedBy == input.actor.id) return {};
    return "an auditor or whoever handed it over";
}
std::string alreadyProposed(const EvidenceVersion& item, const StepInput& input) {
    const bool same = item.withdrawalProposedBy.stored() && item.withdrawalProposedBy == input.actor.id;
    return same ? "you have proposed it already; a second person confirms it" : "";
}
std::string notProposed(const EvidenceVersion& item, const StepInput& /*input*/) {
    return item.withdrawalProposedBy.stored() ? "" : "nobody has proposed it";
}
std::string sameProposer(const EvidenceVersion& item, const StepInput& input) {
    const bool same = item.withdrawalProposedBy.stored() && item.withdrawalProposedBy == input.actor.id;
    return same ? "somebody other than the person who proposed it" : "";
}

constexpr std::array rules{
    Rule{ByReceiver, true, notReceiver},
    Rule{NotProposedYet, false, alreadyProposed},
    Rule{Proposed, false, notProposed},
    Rule{BySecondPerson, true, sameProposer},
};

struct EvidenceMachine {
    using State = EvidenceState;
    using Event = EvidenceEvent;
    using Case = EvidenceVersion;
    static std::span<const Arrow> table(const Case& /*item*/) { return arrows; }
    static State stateOf(const Case& item) { return item.state; }
    static State target(const Case& /*item*/, const Arrow& arrow) { return arrow.to; }
    static const EventWords<Event>& wordsOf(Event event) {
        return eventWords[static_cast<std::size_t>(event)];
    }
    static std::span<const Rule> guards() { return rules; }
    static std::optional<Error> lock(const Case& /*item*/) { return std::nullopt; }
};

}  // namespace

std::span<const Transition<EvidenceState, EvidenceEvent>> evidenceTransitions() noexcept { return arrows; }

Result<EvidenceState> next(const EvidenceVersion& item, EvidenceEvent event, const StepInput& input) {
    return machine::nextState<EvidenceMachine>(item, event, input);
}

std::vector<EvidenceStep> stepsOf(const EvidenceVersion& item, const StepInput& input) {
    return machine::steps<EvidenceMachine>(item, input);
}

}  // namespace tickmark::domain

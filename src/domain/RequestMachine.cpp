// The machine of an auditor's request for evidence.
#include "domain/Machine.h"

namespace tickmark::domain {
namespace {

using machine::EventWords;
using machine::needsReason;
using Arrow = Transition<RequestState, RequestEvent>;
using Rule = machine::GuardRule<EvidenceRequest>;

enum RequestGuard : unsigned { ByAssignee = 1U << 1U, HasEvidence = 1U << 2U };

constexpr RoleSet auditors{Role::LeadAuditor, Role::Auditor};
constexpr RoleSet owners{Role::ProcessOwner, Role::ActionOwner};

constexpr std::array arrows{
    Arrow{RequestState::Draft, RequestEvent::Open, RequestState::Open, auditors, 0},
    Arrow{RequestState::Open, RequestEvent::Submit, RequestState::Submitted, owners,
          ByAssignee | HasEvidence},
    Arrow{RequestState::Returned, RequestEvent::Submit, RequestState::Submitted, owners,
          ByAssignee | HasEvidence},
    Arrow{RequestState::Submitted, RequestEvent::Accept, RequestState::Accepted, auditors, 0},
    Arrow{RequestState::Submitted, RequestEvent::Return, RequestState::Returned, auditors, needsReason},
    Arrow{RequestState::Accepted, RequestEvent::Close, RequestState::Closed, auditors, 0},
    Arrow{RequestState::Draft, RequestEvent::Cancel, RequestState::Cancelled, auditors, needsReason},
    Arrow{RequestState::Open, RequestEvent::Cancel, RequestState::Cancelled, auditors, needsReason},
    Arrow{RequestState::Returned, RequestEvent::Cancel, RequestState::Cancelled, auditors, needsReason},
};
static_assert(machine::isDeterministic(std::span<const Arrow>(arrows)));

constexpr std::array eventWords{
    EventWords<RequestEvent>{RequestEvent::Open, "open this request", "Cannot be opened yet", ""},
    EventWords<RequestEvent>{RequestEvent::Submit, "submit this request", "Cannot be submitted yet", ""},
    EventWords<RequestEvent>{RequestEvent::Accept, "accept the answer to this request",
                             "Cannot be accepted yet", ""},
    EventWords<RequestEvent>{RequestEvent::Return, "return this request", "Cannot be returned yet",
                             "Say what is missing."},
    EventWords<RequestEvent>{RequestEvent::Close, "close this request", "Cannot be closed yet", ""},
    EventWords<RequestEvent>{RequestEvent::Cancel, "cancel this request", "Cannot be cancelled yet",
                             "Say why it is no longer needed."},
};
static_assert(machine::speaksOfAll(eventWords, RequestEvent::Cancel));

std::string notAssignee(const EvidenceRequest& item, const StepInput& input) {
    const bool mine = item.assignee.stored() && item.assignee == input.actor.id;
    return mine ? "" : "the person it was sent to";
}
std::string noEvidence(const EvidenceRequest& item, const StepInput& /*input*/) {
    return item.evidence.empty() ? "no evidence version is attached" : "";
}

constexpr std::array rules{Rule{ByAssignee, true, notAssignee}, Rule{HasEvidence, false, noEvidence}};

struct RequestMachine {
    using State = RequestState;
    using Event = RequestEvent;
    using Case = EvidenceRequest;
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

std::span<const Transition<RequestState, RequestEvent>> requestTransitions() noexcept { return arrows; }

Result<RequestState> next(const EvidenceRequest& item, RequestEvent event, const StepInput& input) {
    return machine::nextState<RequestMachine>(item, event, input);
}

std::vector<RequestStep> stepsOf(const EvidenceRequest& item, const StepInput& input) {
    return machine::steps<RequestMachine>(item, input);
}

}  // namespace tickmark::domain

#include "app/WaitingVerbs.h"

namespace tickmark::app {
namespace {

using domain::ActionState;
using domain::FindingState;
using domain::RequestState;
using domain::Role;

/// The step that somebody of this kind takes on a finding in this state, or empty.
std::string_view auditorVerb(bool lead, FindingState state) {
    switch (state) {
        case FindingState::Draft:
            return lead ? "Issue" : "Complete the draft";
        case FindingState::Responded:
            return "Judge the response";
        case FindingState::Implemented:
            return "Verify";
        case FindingState::Verified:
            return lead ? "Record effectiveness check" : "";
        case FindingState::Converted:
        case FindingState::NoAction:
            return lead ? "Close" : "";
        case FindingState::Issued:
        case FindingState::Returned:
        case FindingState::PlanAccepted:
        case FindingState::Acknowledged:
        case FindingState::Discarded:
        case FindingState::Withdrawn:
        case FindingState::Closed:
            return "";
    }
    return "";
}

std::string_view ownerVerb(FindingState state) {
    switch (state) {
        case FindingState::Issued:
        case FindingState::Returned:
            return "Respond";
        case FindingState::PlanAccepted:
            return "Report as implemented";
        case FindingState::Acknowledged:
            return "Decide";
        case FindingState::Draft:
        case FindingState::Responded:
        case FindingState::Implemented:
        case FindingState::Verified:
        case FindingState::Converted:
        case FindingState::NoAction:
        case FindingState::Discarded:
        case FindingState::Withdrawn:
        case FindingState::Closed:
            return "";
    }
    return "";
}

std::string_view requestVerb(Role role, RequestState state) {
    if (role == Role::LeadAuditor || role == Role::Auditor) return "Judge what was submitted";
    return state == RequestState::Returned ? "Send a new version" : "Hand over a file";
}

}  // namespace

std::string_view findingVerb(Role role, FindingState state) {
    if (role == Role::LeadAuditor || role == Role::Auditor)
        return auditorVerb(role == Role::LeadAuditor, state);
    return role == Role::ProcessOwner ? ownerVerb(state) : std::string_view();
}

std::string_view actionVerb(Role role, ActionState state, bool owner) {
    switch (state) {
        case ActionState::Planned:
            return role == Role::LeadAuditor ? "Approve" : "";
        case ActionState::Approved:
            return owner ? "Start" : "";
        case ActionState::InProgress:
            return owner ? "Report as done" : "";
        case ActionState::Done:
            return role == Role::LeadAuditor || role == Role::Auditor ? "Verify" : "";
        case ActionState::Verified:
        case ActionState::Effective:
        case ActionState::NotEffective:
        case ActionState::OnHold:
        case ActionState::Cancelled:
            return "";
    }
    return "";
}

std::vector<FindingState> waitingStates(Role role) {
    std::vector<FindingState> states;
    for (auto state = FindingState::Draft; state <= FindingState::Closed;
         state = static_cast<FindingState>(static_cast<int>(state) + 1)) {
        if (!findingVerb(role, state).empty()) states.push_back(state);
    }
    return states;
}

storage::WaitingQuestion questionFor(const domain::Actor& actor, std::string_view kind) {
    const Role role = actor.role;
    const bool judges = role == Role::LeadAuditor || role == Role::Auditor;
    const bool owns = role == Role::ProcessOwner || role == Role::ActionOwner;
    const auto asked = [&kind](std::string_view one) { return kind.empty() || kind == one; };
    storage::WaitingQuestion states;
    if (asked("finding")) states.findings = waitingStates(role);
    if (asked("action") && judges) {
        if (role == Role::LeadAuditor) states.actions.push_back(ActionState::Planned);
        states.actions.push_back(ActionState::Done);
    }
    if (asked("action") && owns) states.actions = {ActionState::Approved, ActionState::InProgress};
    if (asked("request") && judges) states.requests = {RequestState::Submitted};
    if (asked("request") && owns) states.requests = {RequestState::Open, RequestState::Returned};
    if (owns) states.owner = actor.id;
    return states;
}

std::string_view verbOf(const storage::WaitingRow& row, const domain::Actor& actor) {
    switch (row.kind) {
        case storage::WaitingKind::Finding: {
            const auto state = domain::findingStateFrom(row.state);
            return state ? findingVerb(actor.role, *state) : std::string_view();
        }
        case storage::WaitingKind::Action: {
            const auto state = domain::actionStateFrom(row.state);
            return state ? actionVerb(actor.role, *state, row.ownerAccount == actor.account)
                         : std::string_view();
        }
        case storage::WaitingKind::Request: {
            const auto state = domain::requestStateFrom(row.state);
            return state ? requestVerb(actor.role, *state) : std::string_view();
        }
    }
    return {};
}

}  // namespace tickmark::app

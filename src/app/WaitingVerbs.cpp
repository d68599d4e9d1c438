#include "app/WaitingVerbs.h"

namespace tickmark::app {
namespace {

using domain::ActionState;
using domain::FindingState;
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

}  // namespace tickmark::app

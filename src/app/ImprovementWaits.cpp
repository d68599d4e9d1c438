#include "app/ImprovementWaits.h"

namespace tickmark::app {

using domain::Role;

domain::ImprovementEvent nextStepOf(const domain::ImprovementItem& item) {
    using domain::ImprovementEvent;
    using domain::ImprovementState;
    switch (item.state) {
        case ImprovementState::Identified:
            return ImprovementEvent::SetGoals;
        case ImprovementState::GoalsSet:
            return ImprovementEvent::Analyse;
        case ImprovementState::Analysed:
            return ImprovementEvent::ApprovePlan;
        case ImprovementState::Planned:
            return item.approval ? ImprovementEvent::Start : ImprovementEvent::ApprovePlan;
        case ImprovementState::Implementing:
            return ImprovementEvent::Evaluate;
        case ImprovementState::Evaluating:
            return domain::targetMet(item) == false ? ImprovementEvent::Replan
                                                    : ImprovementEvent::Standardise;
        case ImprovementState::Standardised:
            return ImprovementEvent::Close;
        case ImprovementState::Closed:
        case ImprovementState::OnHold:
        case ImprovementState::Rejected:
        case ImprovementState::Cancelled:
            break;
    }
    return ImprovementEvent::Resume;
}

bool waitsFor(const domain::Actor& actor, const domain::ImprovementItem& item) {
    const domain::ImprovementEvent step = nextStepOf(item);
    if (item.state == domain::ImprovementState::OnHold) return false;
    const bool managers =
        step == domain::ImprovementEvent::ApprovePlan || step == domain::ImprovementEvent::Close;
    return managers ? actor.role == Role::ImprovementManager : item.owner == actor.id;
}

}  // namespace tickmark::app

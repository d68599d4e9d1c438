#include "tickmark/domain/Effectiveness.h"

#include <algorithm>

#include "tickmark/domain/Validation.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::domain {
namespace {

std::optional<Date> lastDue(const std::vector<Action>& actions) {
    std::optional<Date> last;
    for (const Action& action : actions) {
        if (action.state == ActionState::Cancelled || !action.due) continue;
        if (!last || *last < *action.due) last = action.due;
    }
    return last;
}

}  // namespace

Date defaultCheckDate(const std::vector<Action>& actions, Date accepted) {
    const std::optional<Date> last = lastDue(actions);
    return (last && accepted < *last ? *last : accepted).plusDays(daysUntilCheck);
}

std::string defaultCriterion(const Finding& finding) {
    std::string causes;
    for (const Response& response : finding.responses) {
        if (response.round != finding.round) continue;
        for (const RootCause& cause : response.rootCauses)
            causes += (causes.empty() ? "" : ", ") + cause.code;
    }
    if (causes.empty()) causes = "What was found";
    const bool one = causes.find(',') == std::string::npos;
    return causes + (one ? " no longer shows" : " no longer show") +
           " in a sample drawn after the last action was done.";
}

Result<void> bookCheck(Finding& finding, const std::vector<Action>& actions, Date accepted,
                       const CheckPlan& plan, PartyId by) {
    EffectivenessCheck check;
    check.round = finding.round;
    check.by = by;
    check.criterion = trim(plan.criterion).empty() ? defaultCriterion(finding) : plan.criterion;
    check.plannedOn = plan.plannedOn ? *plan.plannedOn : defaultCheckDate(actions, accepted);
    const std::optional<Date> last = lastDue(actions);
    if (last && *check.plannedOn < *last) {
        return invalid("effectiveness", "check_on",
                       "The check would come before the last action is due on " + last->iso() + ".",
                       "Choose a later day; without one it is planned for " +
                           defaultCheckDate(actions, accepted).iso() + ".");
    }
    TM_CHECK(validate(check));
    const auto same = std::find_if(finding.checks.begin(), finding.checks.end(),
                                   [&](const EffectivenessCheck& one) { return one.round == finding.round; });
    if (same == finding.checks.end())
        finding.checks.push_back(std::move(check));
    else
        *same = std::move(check);
    return {};
}

}  // namespace tickmark::domain

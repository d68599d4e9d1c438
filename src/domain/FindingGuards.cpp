#include "domain/FindingGuards.h"

#include <algorithm>

namespace tickmark::domain {
namespace {

const Response* currentResponse(const Finding& finding) {
    const auto found =
        std::find_if(finding.responses.begin(), finding.responses.end(),
                     [&](const Response& response) { return response.round == finding.round; });
    return found == finding.responses.end() ? nullptr : &*found;
}

const EffectivenessCheck* currentCheck(const Finding& finding) {
    const auto found =
        std::find_if(finding.checks.begin(), finding.checks.end(),
                     [&](const EffectivenessCheck& check) { return check.round == finding.round; });
    return found == finding.checks.end() ? nullptr : &*found;
}

/// An action that still answers something: a cancelled one does nothing, one found not effective did not
/// work.
bool counts(const Action& action) {
    return action.state != ActionState::Cancelled && action.state != ActionState::NotEffective;
}

bool isDone(const Action& action) {
    return action.state == ActionState::Done || action.state == ActionState::Verified ||
           action.state == ActionState::Effective || action.state == ActionState::NotEffective ||
           action.state == ActionState::Cancelled;
}

std::string emptyText(std::string_view text, std::string_view words) {
    return trim(text).empty() ? std::string(words) : std::string{};
}

/// A correction repairs the case that was found, and a preventive action looks at what could happen
/// elsewhere: neither removes the cause of what did happen (ISO 9000:2015 clauses 3.12.1 to 3.12.3).
bool removesCause(const Action& action) {
    return action.kind == ActionKind::Corrective || action.kind == ActionKind::Improvement;
}

/// "the action AC-0201 " or "the actions AC-0201, AC-0202 " followed by the ending that fits; empty without
/// any.
template <class Broken>
std::string actionsThat(const FindingCase& item, Broken broken, std::string_view one, std::string_view many) {
    std::string names;
    std::size_t count = 0;
    for (const Action& action : item.actions) {
        if (!broken(action)) continue;
        names += (count == 0 ? "" : ", ") + action.ref.text();
        ++count;
    }
    if (count == 0) return {};
    return filledIn(count == 1 ? one : many, {names});
}

using Rule = machine::GuardRule<FindingCase>;

std::string noClause(const FindingCase& item, const StepInput& /*input*/) {
    return item.finding.clauses.empty() ? "no clause is named" : "";
}
std::string noRequirement(const FindingCase& item, const StepInput& /*input*/) {
    return emptyText(item.finding.requirement, "the requirement is empty");
}
std::string noObjectiveEvidence(const FindingCase& item, const StepInput& /*input*/) {
    return emptyText(item.finding.objectiveEvidence, "the objective evidence is empty");
}
std::string noNature(const FindingCase& item, const StepInput& /*input*/) {
    return emptyText(item.finding.nature, "the nature is empty");
}
std::string noEvidenceVersion(const FindingCase& item, const StepInput& /*input*/) {
    return item.finding.evidence.empty() ? "no evidence version is attached" : "";
}
std::string notFindingOwner(const FindingCase& item, const StepInput& input) {
    if (input.actor.role != Role::ProcessOwner) return {};
    if (item.finding.owner.stored() && item.finding.owner == input.actor.id) return {};
    return "the process owner to whom it is assigned";
}
std::string noCorrection(const FindingCase& item, const StepInput& /*input*/) {
    const Response* response = currentResponse(item.finding);
    if (response == nullptr) return "the correction is empty";
    return emptyText(response->correction, "the correction is empty");
}
std::string noExtent(const FindingCase& item, const StepInput& /*input*/) {
    const Response* response = currentResponse(item.finding);
    if (response == nullptr) return "the extent is empty";
    return emptyText(response->extent, "the extent is empty");
}
std::string placeWithoutAnswer(const FindingCase& item, const StepInput& /*input*/) {
    const Response* response = currentResponse(item.finding);
    if (response == nullptr) return {};
    std::string places;
    for (const ExtentPlace& place : response->extentPlaces) {
        if (place.found == 0 || !place.answer.empty()) continue;
        places += (places.empty() ? "" : ", ") + place.place;
    }
    if (places.empty()) return {};
    return "it was found again at " + places + ", and no action or finding is named that deals with it";
}
std::string noRootCause(const FindingCase& item, const StepInput& /*input*/) {
    const Response* response = currentResponse(item.finding);
    return response == nullptr || response->rootCauses.empty() ? "no root cause is named" : "";
}
std::string noPlan(const FindingCase& item, const StepInput& /*input*/) {
    return std::any_of(item.actions.begin(), item.actions.end(), counts) ? "" : "no action is planned";
}
std::string actionWithoutOwner(const FindingCase& item, const StepInput& /*input*/) {
    const auto broken = [](const Action& action) {
        return counts(action) && !action.owner.stored() && trim(action.ownerRole).empty();
    };
    return actionsThat(item, broken, "action {} has no owner", "actions {} have no owner");
}
std::string actionWithoutDate(const FindingCase& item, const StepInput& /*input*/) {
    const auto broken = [](const Action& action) { return counts(action) && !action.due; };
    return actionsThat(item, broken, "action {} has no due date", "actions {} have no due date");
}
std::string causeWithoutAction(const FindingCase& item, const StepInput& /*input*/) {
    const Response* response = currentResponse(item.finding);
    if (response == nullptr || response->rootCauses.empty()) return "no root cause is named";
    std::string codes;
    std::size_t count = 0;
    for (const RootCause& cause : response->rootCauses) {
        const bool answered =
            std::any_of(item.actions.begin(), item.actions.end(), [&](const Action& action) {
                return counts(action) && removesCause(action) && action.rootCause == cause.code;
            });
        if (answered) continue;
        codes += (count == 0 ? "" : ", ") + cause.code;
        ++count;
    }
    if (count == 0) return {};
    return filledIn(count == 1 ? "root cause {} has no corrective action that answers it"
                               : "root causes {} have no corrective action that answers them",
                    {codes});
}
std::string actionNotDone(const FindingCase& item, const StepInput& /*input*/) {
    return actionsThat(
        item, [](const Action& action) { return !isDone(action); }, "action {} is not done",
        "actions {} are not done");
}
std::string actionNotProven(const FindingCase& item, const StepInput& /*input*/) {
    const auto broken = [](const Action& action) {
        return action.state != ActionState::Cancelled && action.evidence.empty();
    };
    return actionsThat(item, broken, "action {} has no evidence", "actions {} have no evidence");
}
std::string ownsAnAction(const FindingCase& item, const StepInput& input) {
    const bool owns = std::any_of(item.actions.begin(), item.actions.end(), [&](const Action& action) {
        return action.owner.stored() && action.owner == input.actor.id;
    });
    return owns ? "an auditor who owns none of its actions" : "";
}
std::string verdictIsNot(const FindingCase& item, EffectivenessVerdict wanted, std::string_view otherwise) {
    const EffectivenessCheck* check = currentCheck(item.finding);
    if (check == nullptr || !check->verdict) return "the effectiveness check has no verdict";
    return *check->verdict == wanted ? std::string{} : std::string(otherwise);
}
std::string notFoundEffective(const FindingCase& item, const StepInput& /*input*/) {
    return verdictIsNot(item, EffectivenessVerdict::Effective, "the effectiveness check says not effective");
}
std::string notFoundIneffective(const FindingCase& item, const StepInput& /*input*/) {
    return verdictIsNot(item, EffectivenessVerdict::NotEffective, "the effectiveness check says effective");
}

std::string judgedByOwner(const FindingCase& item, const StepInput& /*input*/) {
    const EffectivenessCheck* check = currentCheck(item.finding);
    if (check == nullptr || !check->verdict || !check->by.stored()) return {};
    const auto owned = [&](const Action& action) {
        return action.state != ActionState::Cancelled && action.owner == check->by;
    };
    return actionsThat(item, owned,
                       "action {} is owned by whoever gave the verdict; another auditor judges it",
                       "actions {} are owned by whoever gave the verdict; another auditor judges them");
}

constexpr std::array rules{
    Rule{HasClause, false, noClause},
    Rule{HasRequirement, false, noRequirement},
    Rule{HasObjectiveEvidence, false, noObjectiveEvidence},
    Rule{HasNature, false, noNature},
    Rule{HasEvidenceVersion, false, noEvidenceVersion},
    Rule{ByFindingOwner, true, notFindingOwner},
    Rule{HasCorrection, false, noCorrection},
    Rule{HasExtent, false, noExtent},
    Rule{ExtentAnswered, false, placeWithoutAnswer},
    Rule{HasRootCause, false, noRootCause},
    Rule{HasPlan, false, noPlan},
    Rule{ActionsHaveOwners, false, actionWithoutOwner},
    Rule{ActionsHaveDates, false, actionWithoutDate},
    Rule{CausesAnswered, false, causeWithoutAction},
    Rule{ActionsDone, false, actionNotDone},
    Rule{ActionsProven, false, actionNotProven},
    Rule{ByNoActionOwner, true, ownsAnAction},
    Rule{FoundEffective, false, notFoundEffective},
    Rule{FoundNotEffective, false, notFoundIneffective},
    Rule{JudgedByAnother, false, judgedByOwner},
};

}  // namespace

std::span<const machine::GuardRule<FindingCase>> findingGuards() noexcept { return rules; }

}  // namespace tickmark::domain

// What must hold before a finding takes a step.
#pragma once

#include <span>

#include "domain/Machine.h"

namespace tickmark::domain {

enum FindingGuard : unsigned {
    HasClause = 1U << 1U,
    HasRequirement = 1U << 2U,
    HasObjectiveEvidence = 1U << 3U,
    HasNature = 1U << 4U,
    HasEvidenceVersion = 1U << 5U,
    ByFindingOwner = 1U << 6U,  ///< a process owner must be the one it is assigned to; other roles pass
    HasCorrection = 1U << 7U,   ///< this and the next two look at the response of the current round
    HasExtent = 1U << 8U,
    HasRootCause = 1U << 9U,
    HasPlan = 1U << 10U,            ///< an action that is neither cancelled nor found not effective
    ActionsHaveOwners = 1U << 11U,  ///< an account or a role in words
    ActionsHaveDates = 1U << 12U,
    CausesAnswered = 1U << 13U,  ///< every root cause of the round has such an action that removes causes
    ActionsDone = 1U << 14U,
    ActionsProven = 1U << 15U,    ///< evidence received for every action that was not cancelled
    ByNoActionOwner = 1U << 16U,  ///< separation of duties
    FoundEffective = 1U << 17U,   ///< the check of the current round
    FoundNotEffective = 1U << 18U,
    JudgedByAnother = 1U << 19U,  ///< whoever gave the verdict owns none of the actions
    ExtentAnswered = 1U << 20U    ///< each place where it was found again names what deals with it
};

/// Every guard with its words, in the order they are reported.
[[nodiscard]] std::span<const machine::GuardRule<FindingCase>> findingGuards() noexcept;

}  // namespace tickmark::domain

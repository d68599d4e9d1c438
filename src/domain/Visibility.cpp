#include "tickmark/domain/Visibility.h"

#include <algorithm>

namespace tickmark::domain {
namespace {

const TeamMember* memberOf(const Audit& audit, PartyId party) noexcept {
    if (!party.stored()) return nullptr;
    const auto found = std::find_if(audit.team.begin(), audit.team.end(),
                                    [party](const TeamMember& member) { return member.party == party; });
    return found == audit.team.end() ? nullptr : &*found;
}

/// Never issued, so nobody but the team has ever been told of it.
bool neverIssued(const Finding& finding) noexcept {
    return finding.state == FindingState::Draft || finding.state == FindingState::Discarded;
}

}  // namespace

Reach reachOf(Role role) noexcept {
    switch (role) {
        case Role::LeadAuditor:
        case Role::Auditor:
            return Reach::TeamAudits;
        case Role::ProcessOwner:
        case Role::ActionOwner:
            return Reach::OwnItems;
        case Role::ImprovementManager:
        case Role::TopManagement:
            return Reach::Everything;
        case Role::CertificationAuditor:
            return Reach::SharedAudits;
        case Role::Administrator:
            return Reach::Nothing;
    }
    return Reach::Nothing;
}

bool onTeam(const Audit& audit, PartyId party) noexcept { return memberOf(audit, party) != nullptr; }

bool leads(const Audit& audit, PartyId party) noexcept {
    const TeamMember* member = memberOf(audit, party);
    return member != nullptr && member->lead;
}

bool sharedWith(const Audit& audit, PartyId party, Date today) noexcept {
    return party.stored() &&
           std::any_of(audit.shares.begin(), audit.shares.end(), [party, today](const AuditShare& share) {
               return share.party == party && today <= share.until;
           });
}

bool maySee(const Actor& actor, const Audit& audit, bool namedInIt, Date today) noexcept {
    switch (reachOf(actor.role)) {
        case Reach::Everything:
            return true;
        case Reach::TeamAudits:
            return onTeam(audit, actor.id);
        case Reach::OwnItems:
            return namedInIt;
        case Reach::SharedAudits:
            return sharedWith(audit, actor.id, today);
        case Reach::Nothing:
            return false;
    }
    return false;
}

bool maySee(const Actor& actor, const Audit& audit, const Finding& finding, bool ownsAnAction,
            Date today) noexcept {
    const bool named = (actor.id.stored() && finding.owner == actor.id) || ownsAnAction;
    if (!maySee(actor, audit, named, today)) return false;
    return !neverIssued(finding) || reachOf(actor.role) == Reach::TeamAudits;
}

}  // namespace tickmark::domain

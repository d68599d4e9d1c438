// Who may see what, by role and by audit. The rules that use cases and queries share.
#pragma once

#include "tickmark/domain/Action.h"
#include "tickmark/domain/Audit.h"
#include "tickmark/domain/Evidence.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/domain/Party.h"

namespace tickmark::domain {

/// What an actor may see at all; storage turns it into conditions of its queries.
enum class Reach {
    Everything,    ///< IM and TM: every audit, read
    TeamAudits,    ///< LA and AU: audits on whose team they are
    OwnItems,      ///< PO and AO: findings, actions and requests that name them, and what hangs on these
    SharedAudits,  ///< XA: audits shared with them, until the date
    Nothing        ///< AD: no content
};
[[nodiscard]] Reach reachOf(Role role) noexcept;

[[nodiscard]] bool onTeam(const Audit& audit, PartyId party) noexcept;
[[nodiscard]] bool leads(const Audit& audit, PartyId party) noexcept;
[[nodiscard]] bool sharedWith(const Audit& audit, PartyId party, Date today) noexcept;

/// Whole-audit visibility; OwnItems actors see an audit's head when one of its items names them
/// (`namedInIt`).
[[nodiscard]] bool maySee(const Actor& actor, const Audit& audit, bool namedInIt, Date today) noexcept;
/// Drafts are seen by auditors only.
[[nodiscard]] bool maySee(const Actor& actor, const Audit& audit, const Finding& finding, bool ownsAnAction,
                          Date today) noexcept;

}  // namespace tickmark::domain

// Accounts: rows and queries.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Party.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/Page.h"

namespace tickmark::storage {

/// Inserts (id 0) or updates, and appends the event, in the session's transaction; every save works like this
/// one:
/// - the caller fills at, actor, role, via, kind and facts of the event; subject, ref, rev and record are
/// filled here;
/// - on insert the id is given, rev becomes 1; on update rev must be the stored one and is raised by one;
/// - returns the event's position in the ledger.
/// Errors: Stale "stale-revision"; NotFound (update of a row that is not there); Conflict "duplicate" naming
/// the field; Environment. After an error the entity is as it was before the call, and when something
/// had been written already the whole closure is undone even if it returns a value: no row without its event.
/// Subject "party", ref = account.
[[nodiscard]] Result<LedgerPosition> save(WriteSession& session, domain::Party& party, ledger::Event event);

/// Errors of every find: NotFound; Damaged "record" (the stored record is not one).
[[nodiscard]] Result<domain::Party> findParty(ReadSession& session, domain::PartyId id);
[[nodiscard]] Result<domain::Party> findPartyByAccount(ReadSession& session, std::string_view account);

struct PartyFilter {
    std::optional<domain::Role> role{};
    bool withDisabled = true;
};
/// By account, ascending.
[[nodiscard]] Result<Page<domain::Party>> listParties(ReadSession& session, const PartyFilter& filter,
                                                      const PageRequest& page);
/// Every account, by id; for pages that show names.
[[nodiscard]] Result<std::vector<domain::Party>> allParties(ReadSession& session);

/// An audit that is neither closed nor cancelled, with the account on its team.
struct TeamSeat {
    std::string audit{};  ///< reference
    bool lead = false;
};
[[nodiscard]] Result<std::vector<TeamSeat>> openTeamsOf(ReadSession& session, domain::PartyId party);

/// What is shared with a certification auditor, by reference.
struct SharedAudit {
    domain::PartyId party{};
    std::string audit{};
    Date until{};                        ///< last day of the share itself
    std::vector<std::string> bundles{};  ///< that left the draft state
};
[[nodiscard]] Result<std::vector<SharedAudit>> sharedAudits(ReadSession& session);
[[nodiscard]] Result<std::int64_t> countParties(ReadSession& session);

}  // namespace tickmark::storage

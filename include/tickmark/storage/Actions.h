// Actions: rows and queries. An action is visible when its finding is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/domain/Action.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/Page.h"

namespace tickmark::storage {

/// See save(Party). Subject "action".
[[nodiscard]] Result<LedgerPosition> save(WriteSession& session, domain::Action& action, ledger::Event event);

[[nodiscard]] Result<domain::Action> findAction(ReadSession& session, domain::ActionId id);
[[nodiscard]] Result<domain::Action> findAction(ReadSession& session, const domain::ActionRef& ref);
[[nodiscard]] Result<domain::Action> findActionVisible(ReadSession& session, const domain::ActionRef& ref,
                                                       const Scope& scope);
/// All actions of a finding, or of every finding of an audit, by id.
[[nodiscard]] Result<std::vector<domain::Action>> actionsOf(ReadSession& session, domain::FindingId finding);
[[nodiscard]] Result<std::vector<domain::Action>> actionsOf(ReadSession& session, domain::AuditId audit);
/// Whether the person owns an action of this finding.
[[nodiscard]] Result<bool> ownsActionOf(ReadSession& session, domain::FindingId finding,
                                        domain::PartyId party);

struct ActionRow {
    domain::ActionId id{};
    std::string ref{};
    std::string title{};
    std::string kind{};   ///< as domain::toText
    std::string state{};  ///< as domain::toText
    std::string findingRef{};
    std::string auditRef{};
    std::string ownerAccount{};
    std::string ownerName{};  ///< of the account, or the role in words when there is none
    std::string due{};        ///< ISO date, or empty
    std::string doneOn{};
    std::int64_t rev = 0;
};

struct ActionFilter {
    std::optional<domain::FindingId> finding{};
    std::optional<domain::AuditId> audit{};
    std::optional<domain::PartyId> owner{};
    std::vector<domain::ActionState> states{};
    std::optional<Date> dueBefore{};
    std::optional<Date> dueAfter{};
    bool openOnly = false;  ///< leaves out effective, not effective and cancelled
};
/// Newest first.
[[nodiscard]] Result<Page<ActionRow>> listActions(ReadSession& session, const Scope& scope,
                                                  const ActionFilter& filter, const PageRequest& page);
/// How many listActions gives in all.
[[nodiscard]] Result<std::int64_t> countActions(ReadSession& session, const Scope& scope,
                                                const ActionFilter& filter);

}  // namespace tickmark::storage

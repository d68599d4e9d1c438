// Audits: rows and queries.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/domain/Audit.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/Page.h"

namespace tickmark::storage {

/// See save(Party). Subject "audit".
[[nodiscard]] Result<LedgerPosition> save(WriteSession& session, domain::Audit& audit, ledger::Event event);

[[nodiscard]] Result<domain::Audit> findAudit(ReadSession& session, domain::AuditId id);
[[nodiscard]] Result<domain::Audit> findAudit(ReadSession& session, const domain::AuditRef& ref);
/// NotFound as well when the scope does not reach it. OwnItems reaches an audit that has an item naming the
/// person.
[[nodiscard]] Result<domain::Audit> findAuditVisible(ReadSession& session, const domain::AuditRef& ref,
                                                     const Scope& scope);
/// Whether a finding, an action or a request of this audit names the person.
[[nodiscard]] Result<bool> namedInAudit(ReadSession& session, domain::AuditId audit, domain::PartyId party);

struct AuditRow {
    domain::AuditId id{};
    std::string ref{};
    std::string title{};
    std::string type{};   ///< as domain::toText
    std::string state{};  ///< as domain::toText
    std::string auditee{};
    std::string catalog{};
    std::optional<Date> from{};
    std::optional<Date> to{};
    std::int64_t findings = 0;  ///< all of them
    std::int64_t rev = 0;
};

struct AuditFilter {
    std::vector<domain::AuditState> states{};  ///< empty: any
    std::optional<domain::AuditType> type{};
    std::string catalog{};
    std::string auditee{};
    std::string clause{};        ///< whose checklist has a row that looked at this clause
    std::optional<Date> from{};  ///< has a day on or after this one
    std::optional<Date> to{};    ///< has a day on or before this one
    bool undated = false;        ///< has no day at all
    bool overdue = false;        ///< planned or on site although its day is over on scope.today
    bool inTime = false;         ///< the contrary, for the planned and those under way
};
/// Newest first.
[[nodiscard]] Result<Page<AuditRow>> listAudits(ReadSession& session, const Scope& scope,
                                                const AuditFilter& filter, const PageRequest& page);
/// How many listAudits gives in all.
[[nodiscard]] Result<std::int64_t> countAudits(ReadSession& session, const Scope& scope,
                                               const AuditFilter& filter);

}  // namespace tickmark::storage

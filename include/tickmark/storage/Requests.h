// Evidence requests: rows and queries.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/domain/Evidence.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/Page.h"

namespace tickmark::storage {

/// See save(Party). Subject "evidence-request".
[[nodiscard]] Result<LedgerPosition> save(WriteSession& session, domain::EvidenceRequest& request,
                                          ledger::Event event);

[[nodiscard]] Result<domain::EvidenceRequest> findRequest(ReadSession& session, domain::RequestId id);
[[nodiscard]] Result<domain::EvidenceRequest> findRequest(ReadSession& session,
                                                          const domain::RequestRef& ref);
/// Drafts are seen by the team only; OwnItems reaches requests assigned to the person or about a finding it
/// may see.
[[nodiscard]] Result<domain::EvidenceRequest> findRequestVisible(ReadSession& session,
                                                                 const domain::RequestRef& ref,
                                                                 const Scope& scope);
/// All requests of an audit, by id.
[[nodiscard]] Result<std::vector<domain::EvidenceRequest>> requestsOf(ReadSession& session,
                                                                      domain::AuditId audit);

struct RequestRow {
    domain::RequestId id{};
    std::string ref{};
    std::string text{};
    std::string state{};  ///< as domain::toText
    std::string auditRef{};
    std::string findingRef{};
    std::string assigneeAccount{};
    std::string assigneeName{};
    std::string due{};
    std::int64_t rev = 0;
};

struct RequestFilter {
    std::optional<domain::AuditId> audit{};
    std::optional<domain::FindingId> finding{};
    std::optional<domain::PartyId> assignee{};
    std::vector<domain::RequestState> states{};
    std::optional<Date> dueBefore{};
};
/// Newest first.
[[nodiscard]] Result<Page<RequestRow>> listRequests(ReadSession& session, const Scope& scope,
                                                    const RequestFilter& filter, const PageRequest& page);
/// How many listRequests gives in all.
[[nodiscard]] Result<std::int64_t> countRequests(ReadSession& session, const Scope& scope,
                                                 const RequestFilter& filter);

}  // namespace tickmark::storage

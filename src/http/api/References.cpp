#include "http/api/References.h"

#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Parties.h"

namespace tickmark::http::api {

Result<std::optional<domain::AuditId>> auditNamed(storage::ReadSession& session, const storage::Scope& scope,
                                                  const std::string& ref) {
    if (ref.empty()) return std::optional<domain::AuditId>{};
    TM_TRY(const domain::Audit audit, storage::findAuditVisible(session, domain::AuditRef(ref), scope));
    return std::optional(audit.id);
}

Result<std::optional<domain::FindingId>> findingNamed(storage::ReadSession& session,
                                                      const storage::Scope& scope, const std::string& ref) {
    if (ref.empty()) return std::optional<domain::FindingId>{};
    TM_TRY(const domain::Finding finding,
           storage::findFindingVisible(session, domain::FindingRef(ref), scope));
    return std::optional(finding.id);
}

Result<std::optional<domain::PartyId>> partyNamed(storage::ReadSession& session, const std::string& parameter,
                                                  const std::string& account) {
    if (account.empty()) return std::optional<domain::PartyId>{};
    auto party = storage::findPartyByAccount(session, account);
    if (party) return std::optional(party->id);
    if (party.error().kind != ErrorKind::NotFound) return std::move(party).error();
    return invalid("unknown-reference", parameter, "There is no account \"" + account + "\".",
                   "Choose one of GET /api/v1/parties.");
}

}  // namespace tickmark::http::api

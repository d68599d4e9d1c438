// Evidence and its versions: rows and queries. The bytes are the archive's.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/domain/Evidence.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/Page.h"

namespace tickmark::storage {

/// See save(Party). Subject "evidence".
[[nodiscard]] Result<LedgerPosition> save(WriteSession& session, domain::Evidence& evidence,
                                          ledger::Event event);
/// See save(Party). Subject "evidence-version", ref "E-0144/v1". On insert ledgerPosition is set to the
/// position of this event, the receipt.
[[nodiscard]] Result<LedgerPosition> save(WriteSession& session, domain::EvidenceVersion& version,
                                          ledger::Event event);

[[nodiscard]] Result<domain::Evidence> findEvidence(ReadSession& session, domain::EvidenceId id);
[[nodiscard]] Result<domain::Evidence> findEvidence(ReadSession& session, const domain::EvidenceRef& ref);
[[nodiscard]] Result<domain::EvidenceVersion> findEvidenceVersion(ReadSession& session,
                                                                  domain::EvidenceVersionId id);
/// `number` 0 means the newest version.
[[nodiscard]] Result<domain::EvidenceVersion> findEvidenceVersion(ReadSession& session,
                                                                  const domain::EvidenceRef& ref,
                                                                  std::int64_t number);
/// NotFound as well when the scope does not reach it. OwnItems reaches versions the person handed in, those
/// of findings it may see and of these findings' actions, and those of requests assigned to it.
[[nodiscard]] Result<domain::EvidenceVersion> findEvidenceVersionVisible(ReadSession& session,
                                                                         const domain::EvidenceRef& ref,
                                                                         std::int64_t number,
                                                                         const Scope& scope);
/// All versions of one piece of evidence, oldest first; all versions in an audit, by id; those that a finding
/// points at, in its order; those of an action.
[[nodiscard]] Result<std::vector<domain::EvidenceVersion>> versionsOf(ReadSession& session,
                                                                      domain::EvidenceId evidence);
[[nodiscard]] Result<std::vector<domain::EvidenceVersion>> versionsOf(ReadSession& session,
                                                                      domain::AuditId audit);
[[nodiscard]] Result<std::vector<domain::EvidenceVersion>> versionsOf(ReadSession& session,
                                                                      domain::FindingId finding);
[[nodiscard]] Result<std::vector<domain::EvidenceVersion>> versionsOf(ReadSession& session,
                                                                      domain::ActionId action);
/// All evidence of an audit, by id.
[[nodiscard]] Result<std::vector<domain::Evidence>> evidenceOf(ReadSession& session, domain::AuditId audit);

struct EvidenceRow {
    domain::EvidenceVersionId id{};
    std::string ref{};  ///< "E-0144"
    std::int64_t number = 1;
    std::string title{};
    std::string auditRef{};
    std::string digest{};  ///< 64 hexadecimal digits
    std::uint64_t size = 0;
    std::string mediaType{};
    std::string originalName{};
    std::string state{};            ///< as domain::toText
    std::string confidentiality{};  ///< as domain::toText
    std::string receivedByName{};
    Timestamp receivedAt{};
    std::string validUntil{};
    std::int64_t ledgerPosition = 0;
    std::int64_t rev = 0;
};

struct EvidenceFilter {
    std::optional<domain::AuditId> audit{};
    std::optional<domain::FindingId> finding{};
    std::optional<domain::ActionId> action{};
    std::optional<domain::EvidenceId> evidence{};
    std::vector<domain::EvidenceState> states{};
    std::optional<Digest> digest{};
    std::optional<Date> validBefore{};  ///< validity ends strictly before
};
/// Newest first.
[[nodiscard]] Result<Page<EvidenceRow>> listEvidence(ReadSession& session, const Scope& scope,
                                                     const EvidenceFilter& filter, const PageRequest& page);
/// How many listEvidence gives in all.
[[nodiscard]] Result<std::int64_t> countEvidence(ReadSession& session, const Scope& scope,
                                                 const EvidenceFilter& filter);

/// What the catalog expects in the archive: each version's digest and size, by digest. For checks, backups
/// and the search for objects that nothing refers to. A withdrawn version is passed with `withdrawn`.
struct ExpectedObject {
    Digest digest{};
    std::uint64_t size = 0;
    std::string ref{};  ///< "E-0144/v1"
    bool withdrawn = false;
};
/// Stops early and returns the visitor's error.
[[nodiscard]] Result<void> eachExpectedObject(
    ReadSession& session, const std::function<Result<void>(const ExpectedObject&)>& visit);

}  // namespace tickmark::storage

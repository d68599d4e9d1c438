// Evidence and its versions (ISO 19011:2018 clauses 3.8, 3.9), and the auditor's requests for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Audit.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/domain/Party.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Id.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::domain {

using EvidenceId = Id<struct EvidenceTag>;
using EvidenceRef = Ref<struct EvidenceRefTag>;

enum class EvidenceState {
    Received,
    UnderReview,
    Accepted,
    Rejected,
    Superseded,
    Expired,
    Quarantined,
    Withdrawn
};
enum class EvidenceEvent {
    StartReview,
    Accept,
    Reject,
    Supersede,
    Expire,
    Quarantine,
    ProposeWithdrawal,
    ConfirmWithdrawal
};
enum class Confidentiality { Public, Internal, Confidential, Secret };

[[nodiscard]] std::string_view toText(EvidenceState value) noexcept;  ///< "under_review"
[[nodiscard]] std::string_view toText(EvidenceEvent value) noexcept;  ///< "start-review"
[[nodiscard]] std::string_view toText(Confidentiality value) noexcept;
[[nodiscard]] std::optional<EvidenceState> evidenceStateFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<EvidenceEvent> evidenceEventFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<Confidentiality> confidentialityFrom(std::string_view text) noexcept;
[[nodiscard]] std::string_view titleOf(EvidenceState value) noexcept;
[[nodiscard]] std::string_view titleOf(EvidenceEvent value) noexcept;

/// A piece of evidence: the thing that versions are versions of. Belongs to one audit.
struct Evidence {
    EvidenceId id{};
    EvidenceRef ref{};  ///< "E-0144"
    AuditId audit{};
    std::string title{};
    Timestamp createdAt{};
    std::int64_t rev = 0;
    bool operator==(const Evidence&) const = default;
};

/// One version: facts about exact bytes. Never edited, never overwritten; only its state moves.
struct EvidenceVersion {
    EvidenceVersionId id{};
    EvidenceId evidence{};
    EvidenceRef ref{};  ///< of its evidence, for people
    AuditId audit{};
    std::int64_t number = 1;  ///< v1, v2 …
    Digest digest{};
    std::uint64_t size = 0;
    std::string mediaType{};  ///< found by content, not by name
    std::string originalName{};
    std::string source{};  ///< system or person it was taken from, in words
    std::optional<Timestamp> collectedAt{};
    std::optional<Date> periodFrom{};  ///< period covered, not the upload date
    std::optional<Date> periodTo{};
    std::optional<Date> validUntil{};
    Confidentiality confidentiality = Confidentiality::Internal;
    EvidenceVersionId redactionOf{};
    EvidenceState state = EvidenceState::Received;
    std::string stateReason{};
    PartyId withdrawalProposedBy{};  ///< first of the two people a withdrawal takes
    PartyId receivedBy{};
    Timestamp receivedAt{};
    std::int64_t ledgerPosition = 0;  ///< where its receipt stands in the ledger
    std::int64_t rev = 0;
    bool operator==(const EvidenceVersion&) const = default;
};

using RequestId = Id<struct RequestTag>;
using RequestRef = Ref<struct RequestRefTag>;
enum class RequestState { Draft, Open, Submitted, Accepted, Returned, Closed, Cancelled };
enum class RequestEvent { Open, Submit, Accept, Return, Close, Cancel };
[[nodiscard]] std::string_view toText(RequestState value) noexcept;
[[nodiscard]] std::string_view toText(RequestEvent value) noexcept;
[[nodiscard]] std::optional<RequestState> requestStateFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<RequestEvent> requestEventFrom(std::string_view text) noexcept;
[[nodiscard]] std::string_view titleOf(RequestState value) noexcept;
[[nodiscard]] std::string_view titleOf(RequestEvent value) noexcept;

/// The auditor's list of what is to be provided.
struct EvidenceRequest {
    RequestId id{};
    RequestRef ref{};  ///< "ER-0014"
    AuditId audit{};
    FindingId finding{};  ///< 0 when it belongs to the audit as a whole
    RequestState state = RequestState::Draft;
    std::string text{};
    std::vector<std::string> items{};
    PartyId assignee{};
    std::optional<Date> due{};
    std::string returnNote{};
    std::vector<EvidenceVersionId> evidence{};
    Timestamp createdAt{};
    std::int64_t rev = 0;
    bool operator==(const EvidenceRequest&) const = default;
};

}  // namespace tickmark::domain

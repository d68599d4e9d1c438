// Evidence: hand over, review, read, withdraw, prove.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/app/MalwareScan.h"
#include "tickmark/codec/Json.h"
#include "tickmark/domain/Evidence.h"
#include "tickmark/domain/RequestMatching.h"
#include "tickmark/domain/Transitions.h"
#include "tickmark/storage/EvidenceRows.h"

namespace tickmark::app {

/// What comes with a file. Exactly one of finding, action, request, audit says what it answers; `evidence`
/// names an existing piece of evidence when this is its next version.
struct EvidenceInput {
    std::string audit{};
    std::string finding{};
    std::string action{};
    std::string request{};
    std::string evidence{};
    std::string title{};
    std::string fileName{};
    std::string source{};
    std::optional<Timestamp> collectedAt{};
    std::optional<Date> periodFrom{};
    std::optional<Date> periodTo{};
    std::optional<Date> validUntil{};
    domain::Confidentiality confidentiality = domain::Confidentiality::Internal;
    std::string redactionOf{};                   ///< "E-0117/v1"
    std::vector<std::string> furtherRequests{};  ///< of the same audit, answered by the same file
    std::optional<std::uint64_t> declaredSize{};
    std::optional<Digest> declaredDigest{};
};

/// What the giver keeps: proof that exactly these bytes were received.
struct Receipt {
    domain::EvidenceVersion version{};
    std::string evidenceTitle{};
    std::string audit{};           ///< reference
    std::string answers{};         ///< reference of the finding, action or request
    std::string receivedBy{};      ///< account
    bool sameBytesBefore = false;  ///< the same content is already there as `sameAs`
    std::string sameAs{};          ///< "E-0117/v1"
    std::string checkpoint{};      ///< signed tree head that covers the ledger position
};

/// Says whether this actor may hand over this file, before any byte is read. Errors as recordEvidence.
[[nodiscard]] Result<void> mayRecordEvidence(Context& context, const domain::Actor& actor,
                                             const EvidenceInput& input);
/// Streams the file into the archive, then commits row, link and event at once. Errors: NotFound, Forbidden,
/// Invalid (file-name, truncated, too-long, digest-mismatch), TooLarge "over-cap", Environment "disk-full".
[[nodiscard]] Result<Receipt> recordEvidence(Context& context, const domain::Actor& actor,
                                             const EvidenceInput& input, ByteSource& bytes,
                                             const std::function<void(std::uint64_t)>& progress = {});
/// One of many files; `open` is called once, when its turn comes.
struct EvidenceFile {
    EvidenceInput input{};
    std::function<Result<std::unique_ptr<ByteSource>>()> open{};
};
/// Many files with the cost of few syncs; all or nothing per call. Errors as recordEvidence, with the file's
/// name as field when one of several is meant.
[[nodiscard]] Result<std::vector<Receipt>> recordEvidenceBatch(Context& context, const domain::Actor& actor,
                                                               std::vector<EvidenceFile>& files);

/// Files on their way in. Dropped before it is stored, nothing of it stays; dropped before it is entered, it
/// leaves objects that nothing refers to.
class EvidenceBatch {
  public:
    EvidenceBatch(EvidenceBatch&&) noexcept;
    EvidenceBatch& operator=(EvidenceBatch&&) noexcept;
    ~EvidenceBatch();

  private:
    struct State;
    explicit EvidenceBatch(std::unique_ptr<State> state);
    friend Result<EvidenceBatch> stageEvidenceBatch(Context&, const domain::Actor&,
                                                    std::vector<EvidenceFile>&);
    friend Result<void> storeEvidenceBatch(Context&, EvidenceBatch&);
    friend Result<std::vector<Receipt>> enterEvidenceBatch(Context&, const domain::Actor&,
                                                           const EvidenceBatch&);
    std::unique_ptr<State> m_state;
};
/// recordEvidenceBatch in its three steps, for several batches beside each other, each step of one batch on
/// its own thread: judge, read, hash and write; make the bytes durable; enter them in the catalog. The files'
/// inputs are moved out. Only after the last step is anything received.
[[nodiscard]] Result<EvidenceBatch> stageEvidenceBatch(Context& context, const domain::Actor& actor,
                                                       std::vector<EvidenceFile>& files);
[[nodiscard]] Result<void> storeEvidenceBatch(Context& context, EvidenceBatch& batch);
[[nodiscard]] Result<std::vector<Receipt>> enterEvidenceBatch(Context& context, const domain::Actor& actor,
                                                              const EvidenceBatch& batch);

/// "E-0117/v1" into its two parts. Errors: Invalid "evidence-reference".
struct VersionName {
    domain::EvidenceRef ref{};
    std::int64_t number = 0;
};
[[nodiscard]] Result<VersionName> parseVersionName(std::string_view field, std::string_view text);
[[nodiscard]] std::string versionName(const domain::EvidenceVersion& version);

/// Confirming a withdrawal asks for the `code` of a second factor (stepUp).
[[nodiscard]] Result<domain::EvidenceVersion> changeEvidenceState(
    Context& context, const domain::Actor& actor, const VersionName& name, std::int64_t rev,
    domain::EvidenceEvent event, const std::string& reason, const std::string& code = {});
/// A reader that proves the bytes while it streams; the download is an event in the ledger before the first
/// byte leaves. A damaged object quarantines the version and is Damaged "object-damaged".
struct Download {
    domain::EvidenceVersion version{};
    std::unique_ptr<archive::ObjectReader> bytes{};
};
[[nodiscard]] Result<Download> downloadEvidence(Context& context, const domain::Actor& actor,
                                                const VersionName& name);
[[nodiscard]] Result<Receipt> showReceipt(Context& context, const domain::Actor& actor,
                                          const VersionName& name);

struct EvidenceView {
    domain::Evidence evidence{};
    domain::Audit audit{};
    std::vector<domain::EvidenceVersion> versions{};  ///< oldest first
    /// For each version when its bytes were last read and had its digest; at the latest when they came.
    std::vector<Timestamp> proved{};
    std::vector<Scanned> scans{};       ///< of each version
    std::vector<std::string> usedBy{};  ///< references of findings, actions, requests
    std::vector<domain::Party> parties{};
    std::vector<domain::EvidenceStep> steps{};  ///< of the latest version
    bool mayAddVersion = false;
    bool mayRelease = false;  ///< versions that a malware scanner found something in
};
[[nodiscard]] Result<EvidenceView> showEvidence(Context& context, const domain::Actor& actor,
                                                const domain::EvidenceRef& ref);

// ---- requests
// ---------------------------------------------------------------------------------------------------

struct RequestDraft {
    std::string audit{};
    std::string finding{};
    std::string text{};
    std::vector<std::string> items{};
    std::string assignee{};
    std::optional<Date> due{};
};
[[nodiscard]] Result<domain::EvidenceRequest> createRequest(Context& context, const domain::Actor& actor,
                                                            const RequestDraft& draft);
[[nodiscard]] Result<domain::EvidenceRequest> changeRequestState(Context& context, const domain::Actor& actor,
                                                                 const domain::RequestRef& ref,
                                                                 std::int64_t rev, domain::RequestEvent event,
                                                                 const std::string& reason);
/// Which open or returned requests of an audit, as far as this actor may answer them, files of these names
/// would answer. Nothing is changed. Errors: NotFound; Invalid "file-name" without a name.
[[nodiscard]] Result<domain::Matching> proposeMatching(Context& context, const domain::Actor& actor,
                                                       const std::string& audit,
                                                       const std::vector<std::string>& fileNames);
/// Lets a version that was received already answer further requests of its audit, all or none. Errors: as
/// recordEvidence for each request; Invalid "unknown-reference" for a version out of reach, Refused
/// "nothing-new" when one has it already.
[[nodiscard]] Result<void> answerRequests(Context& context, const domain::Actor& actor,
                                          const std::vector<std::string>& requests,
                                          const std::vector<std::string>& versions);

struct RequestView {
    domain::EvidenceRequest request{};
    domain::Audit audit{};
    std::string findingRef{};
    std::vector<domain::EvidenceVersion> evidence{};
    std::vector<domain::Party> parties{};
    std::vector<domain::RequestStep> steps{};
    bool mayAttach = false;
};
[[nodiscard]] Result<RequestView> showRequest(Context& context, const domain::Actor& actor,
                                              const domain::RequestRef& ref);

}  // namespace tickmark::app

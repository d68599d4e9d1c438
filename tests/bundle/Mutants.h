// Named forgeries of a good bundle, each with what the verifier brings and what it must say.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bundle/SealingHouse.h"
#include "responder/TimestampIssuer.h"
#include "tickmark/bundle/Anchors.h"
#include "tickmark/bundle/SignerStatement.h"

namespace tickmark::bundle::test {

inline const Timestamp approvalTime = sealTime.plusSeconds(86'400);
inline const Timestamp acceptanceTime = approvalTime.plusSeconds(86'400);
inline const Timestamp archiveTime = acceptanceTime.plusSeconds(86'400);

/// Where mutants are made: bundles of one organisation, its auditors, those who stamp and witness, and
/// forgers.
struct Forge {
    Forge();
    SealingHouse house{};
    SealingHouse other{};              ///< another organisation
    crypto::SigningKey lead;           ///< the organisation's lead auditor
    crypto::LocalAuthority body;       ///< the certification body
    crypto::SigningKey certifier;      ///< its auditor
    crypto::LocalAuthority timeRoot;   ///< of a time-stamp authority
    crypto::SigningKey clock;          ///< its key
    Bytes timeCrl{};                   ///< its revocation list
    crypto::LocalAuthority otherTime;  ///< of an authority that nobody trusts
    crypto::Ed25519Key witnessKey;     ///< of a witness that cosigned an earlier head
    std::string witness{};             ///< its verifier key text
    std::string strangerWitness{};     ///< of a witness that cosigned nothing
    std::string earlierCheckpoint{};   ///< a genuine head of the log, five entries
    std::string good{};                ///< the bundle that is forged: sealed, with a history
    std::string second{};              ///< a genuine later bundle of the same organisation
    std::string announced{};           ///< one whose seal announces the lead auditor's approval
    std::string foreign{};             ///< a genuine bundle of another organisation

    [[nodiscard]] Parts parts() const;
    [[nodiscard]] Parts partsOf(const std::string& bytes) const;
    /// The offset of an entry's local header or central record in `good`.
    [[nodiscard]] std::size_t localOf(std::string_view name) const;
    [[nodiscard]] std::size_t centralOf(std::string_view name) const;
    /// A signature in the form of our profile, made with a certificate that our own signing would refuse.
    [[nodiscard]] std::string signBesidesRules(const crypto::SigningKey& key,
                                               const std::string& content) const;

    /// "approved" by the lead auditor, "accepted" or "rejected" by the certification auditor, about `good`.
    [[nodiscard]] SignerStatement statement(Decision decision) const;
    /// Stamps as the authority does.
    [[nodiscard]] Bytes stampAt(const Digest& imprint, Timestamp at) const;
    /// `good` with approval and acceptance, every signature stamped, level LT, and an archive timestamp.
    [[nodiscard]] Parts complete() const;
};

/// One more signature over everything so far. Returns the number of its group.
struct Signing {
    std::string statement{};
    const crypto::SigningKey* key = nullptr;
    crypto::Commitment commitment = crypto::Commitment::Approval;
    Timestamp at{};
    std::vector<Bytes> crls{};
};
unsigned appendSignature(Parts& parts, const Signing& signing);
unsigned appendArchive(Parts& parts, const std::function<Bytes(const Digest& manifest)>& stamp);
/// Puts a token into the signature of a group.
void stampSignature(Parts& parts, unsigned group, const std::function<Bytes(const Digest& value)>& stamp);
[[nodiscard]] std::string signatureName(unsigned group);

struct Mutant {
    std::string name{};
    std::string code{};  ///< that must be among the problems; empty for a bundle that passes
    std::function<std::string(Forge&)> make{};
    AnchorArguments brought{{"anchor.pem"}};  ///< files by their names in the folder of the vectors
    Verdict verdict = Verdict::Fail;
};

/// Bytes are changed in the zip itself.
[[nodiscard]] std::vector<Mutant> zipMutants();
[[nodiscard]] std::vector<Mutant> largeZipMutants();
/// The content is changed and zipped again; who forges may sign with the organisation's own key.
[[nodiscard]] std::vector<Mutant> contentMutants();
/// The minutes of a management review.
[[nodiscard]] std::vector<Mutant> reviewMutants();
/// Signatories, their statements, timestamps and revocations.
[[nodiscard]] std::vector<Mutant> signatoryMutants();
[[nodiscard]] std::vector<Mutant> timeMutants();
/// History, witnesses, earlier heads.
[[nodiscard]] std::vector<Mutant> logMutants();
/// Bundles that are good: what must not be refused.
[[nodiscard]] std::vector<Mutant> goodOnes();
[[nodiscard]] std::vector<Mutant> allMutants();

/// Writes all of them with expected.json and what verifiers bring (tests/vectors/README.md tells the form).
void writeVectors(const std::filesystem::path& folder);

}  // namespace tickmark::bundle::test

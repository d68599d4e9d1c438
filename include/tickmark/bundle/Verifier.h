// Verifies a bundle by schemas/bundle-format.md. Needs no server, database, network or configuration.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/codec/Json.h"
#include "tickmark/crypto/Trust.h"
#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"
#include "tickmark/ledger/Checkpoint.h"

namespace tickmark::bundle {

enum class Verdict { Pass, Fail, Indeterminate };
enum class CheckStatus { Passed, Failed, NotChecked };

/// The four statements in front (interface design: Intact, Authentic, Complete, In the log).
enum class Statement { Intact, Authentic, Complete, InTheLog };

/// How long a signature can be proved (ETSI EN 319 122-1): B, the signature; T, with a trusted timestamp; LT,
/// with the revocation lists inside; LTA, all of it covered by a trusted archive timestamp.
enum class Level { B, T, LT, LTA };
/// "B", "T", "LT", "LTA".
[[nodiscard]] std::string_view toText(Level level) noexcept;

/// What a verifier may require beyond what the bundle announces of itself.
enum class Requirement {
    Approval,    ///< of the lead auditor
    Acceptance,  ///< by the certification auditor; a rejection does not fulfil it
    Timestamp,   ///< a trusted one over every signature
    Witness      ///< at least one witness that the verifier names
};

/// One thing that is wrong, or could not be decided.
struct Problem {
    std::string code{};     ///< "E31", "I52"
    std::string place{};    ///< entry or rule, e.g. "data/evidence/F-0001/E-0002.v1.log.csv"
    std::string message{};  ///< what was found
    std::string meaning{};  ///< what it means for an auditor, in plain words
    std::string advice{};   ///< what to do
    bool open = false;      ///< not wrong, but undecided
};

/// One class of checks with its outcome.
struct Check {
    std::string code{};   ///< "E10" …
    std::string title{};  ///< "Zip structure"
    Statement statement = Statement::Intact;
    CheckStatus status = CheckStatus::NotChecked;
    std::string reason{};  ///< why not checked, or a summary such as "214 files"
    bool weighs = true;    ///< on the verdict; E60 does only when a timestamp is required or wrong
};

/// One of the four statements with the sentence that stands behind it.
struct StatementLine {
    Statement statement = Statement::Intact;
    CheckStatus status = CheckStatus::NotChecked;
    std::vector<std::string> sentences{};  ///< what was found, in plain words; may hold text of the bundle
};

struct SignatureFact {
    std::string file{};         ///< "META-INF/signature001.p7s"
    std::string role{};         ///< "seal", "lead-auditor", "certification-auditor"; empty when unreadable
    std::string decision{};     ///< "approved", "accepted", "rejected"; empty for the seal
    std::string comment{};      ///< what the signer said with it
    std::string name{};         ///< as the signer states it
    std::string signer{};       ///< subject of the certificate
    std::string fingerprint{};  ///< of the signer's certificate, hex
    std::string anchor{};       ///< subject of the anchor the path ended at, or empty
    std::string commitment{};   ///< "origin", "approval", "receipt"
    std::optional<Timestamp> signingTime{};  ///< by the signer's own clock
    std::optional<Timestamp> trustedTime{};  ///< by the clock of a trusted time-stamp authority
    std::string authority{};                 ///< subject of that authority, or empty
    Level level = Level::B;
    bool intact = false;   ///< the signature fits the file, its statement and the profile
    bool trusted = false;  ///< intact, and by somebody whom the anchors vouch for
};

struct ArchiveTimestampFact {
    std::string file{};  ///< "META-INF/timestamp001.tst"
    std::optional<Timestamp> time{};
    std::string authority{};  ///< subject of the certificate
    std::string anchor{};     ///< subject of the anchor the path ended at, or empty
    bool trusted = false;
};

/// A witness that the verifier named, and the newest head in the bundle that it cosigned.
struct WitnessFact {
    std::string name{};
    Timestamp at{};  ///< by the witness's clock
    std::uint64_t size = 0;
};

/// An earlier head of the log that the bundle carries; the bundle's own head is proved to extend it.
struct HistoryFact {
    std::string kind{};  ///< "bundle", "witness"
    std::string name{};
    std::uint64_t size = 0;
};

/// A file that the bundle names but does not contain.
struct WithheldFact {
    std::string version{};  ///< "E-0005/v1"
    std::string reason{};
    std::string digest{};  ///< SHA-256, hex
    std::uint64_t size = 0;
    std::string redactedAs{};  ///< the version that is its redacted copy in this bundle, or empty
    /// "E-0005/v1: Personal data."
    [[nodiscard]] std::string text() const;
};

struct Report {
    Verdict verdict = Verdict::Indeterminate;
    std::vector<StatementLine> statements{};  ///< the four, in order
    std::vector<Check> checks{};
    std::vector<Problem> problems{};
    std::vector<SignatureFact> signatures{};
    std::vector<ArchiveTimestampFact> archiveTimestamps{};
    Level level = Level::B;  ///< of the lowest signature
    Digest digest{};         ///< of the whole file, when that was wanted
    bool digested = true;    ///< whether it was
    std::uint64_t size = 0;
    std::string sizeClass{};  ///< "portable", "large"; empty when bag-info.txt cannot be read
    std::string title{};      ///< from the manifest, when it could be read
    std::string bundleRef{};
    std::string auditRef{};
    std::string organisation{};
    std::string selection{};         ///< what was chosen, in plain words
    std::string supersedes{};        ///< reference of the bundle that this one replaces, or empty
    std::string supersedesDigest{};  ///< SHA-256 of that file, hex, or empty
    std::int64_t findings = 0;
    std::int64_t files = 0;  ///< evidence files present
    std::vector<WithheldFact> withheld{};
    std::string logOrigin{};
    std::uint64_t logSize = 0;
    std::vector<HistoryFact> history{};
    std::vector<WitnessFact> witnesses{};
    [[nodiscard]] CheckStatus statusOf(Statement statement) const;
};

/// An earlier head of the log that the verifier saw and brings along.
struct EarlierHead {
    std::string name{};        ///< of the file it comes from
    std::string checkpoint{};  ///< the signed note
};

struct VerifyOptions {
    crypto::TrustAnchors anchors{};           ///< for signers
    crypto::TrustAnchors timestampAnchors{};  ///< for time-stamp authorities
    std::vector<Bytes> crls{};                ///< DER
    /// Pins the log; otherwise the signed bag-info's key counts.
    std::optional<ledger::VerifierKey> logKey{};
    std::vector<ledger::VerifierKey> witnesses{};  ///< each must have cosigned
    std::vector<EarlierHead> previous{};           ///< each must be a beginning of the bundle's log
    std::set<Requirement> required{};
    /// For those who check a bundle before the announced lead auditor has signed it: that his approval is not
    /// there yet is no failure.
    bool approvalMayFollow = false;
    unsigned threads = 0;  ///< 0 = as many as the machine has, at most 8
    /// Whether the file as a whole is hashed, too: one more pass, which says nothing about the bundle but
    /// which file was looked at.
    bool fileDigest = true;
    std::function<void(std::uint64_t done, std::uint64_t total)> progress{};
};

/// All problems are reported, not only the first. Errors only when the file cannot be opened or read at all
/// (NotFound "file", Environment "file-io"); everything else is in the report.
[[nodiscard]] Result<Report> verifyBundle(const std::filesystem::path& file, const VerifyOptions& options);

/// Text for a terminal: headline, four statements, one line per check, then the problems.
[[nodiscard]] std::string reportAsText(const Report& report);
/// By schemas/json/verification-report.schema.json.
[[nodiscard]] codec::Json reportAsJson(const Report& report);
/// 0 PASS, 1 FAIL, 5 INDETERMINATE.
[[nodiscard]] int exitCodeOf(Verdict verdict) noexcept;

}  // namespace tickmark::bundle

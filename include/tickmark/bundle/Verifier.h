// Verifies a bundle by schemas/bundle-format.md. Needs no server, database, network or configuration.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/codec/Json.h"
#include "tickmark/crypto/Cms.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"
#include "tickmark/ledger/Checkpoint.h"

namespace tickmark::bundle {

enum class Verdict { Pass, Fail, Indeterminate };
enum class CheckStatus { Passed, Failed, NotChecked };

/// The four statements in front (interface design: Intact, Authentic, Complete, In the log).
enum class Statement { Intact, Authentic, Complete, InTheLog };

/// One thing that is wrong, or could not be decided.
struct Problem {
    std::string code{};     ///< "E31", "I52"
    std::string place{};    ///< entry or rule, e.g. "data/evidence/F-0001/E-0002.v1.log.csv"
    std::string message{};  ///< what was found
    std::string meaning{};  ///< what it means for an auditor, in plain words
    std::string advice{};   ///< what to do
};

/// One class of checks with its outcome.
struct Check {
    std::string code{};   ///< "E10" …
    std::string title{};  ///< "Zip structure"
    Statement statement = Statement::Intact;
    CheckStatus status = CheckStatus::NotChecked;
    std::string reason{};  ///< why not checked, or a summary such as "214 files"
};

struct SignatureFact {
    std::string file{};
    std::string signer{};       ///< subject
    std::string fingerprint{};  ///< of the signer's certificate, hex
    std::string anchor{};       ///< subject of the anchor the path ended at, or empty
    std::string commitment{};   ///< "origin", "approval"
    std::optional<Timestamp> signingTime{};
};

struct Report {
    Verdict verdict = Verdict::Indeterminate;
    std::vector<Check> checks{};
    std::vector<Problem> problems{};
    std::vector<SignatureFact> signatures{};
    Digest digest{};  ///< of the whole file
    std::uint64_t size = 0;
    std::string title{};  ///< from the manifest, when it could be read
    std::string bundleRef{};
    std::string auditRef{};
    std::string organisation{};
    std::int64_t findings = 0;
    std::int64_t files = 0;
    std::vector<std::string> withheld{};  ///< "E-0003 v1: reason"
    std::string logOrigin{};
    std::uint64_t logSize = 0;
    [[nodiscard]] CheckStatus statusOf(Statement statement) const;
};

struct VerifyOptions {
    crypto::TrustAnchors anchors{};
    std::optional<ledger::VerifierKey>
        logKey{};          ///< pins the log; otherwise the signed bag-info's key counts
    unsigned threads = 0;  ///< 0 = as many as the machine has, at most 8
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

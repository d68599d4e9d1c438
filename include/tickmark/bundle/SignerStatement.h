// META-INF/statementNNN.json: what a person says with a signature (schemas/bundle-format.md, "Signatures").
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tickmark/crypto/Cms.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::bundle {

enum class SignatoryRole { LeadAuditor, CertificationAuditor };
enum class Decision { Approved, Accepted, Rejected };
/// "lead-auditor", "certification-auditor".
[[nodiscard]] std::string_view toText(SignatoryRole role) noexcept;
/// "approved", "accepted", "rejected".
[[nodiscard]] std::string_view toText(Decision decision) noexcept;

struct SignerStatement {
    std::string bundleRef{};
    SignatoryRole role = SignatoryRole::LeadAuditor;
    Decision decision = Decision::Approved;
    std::string comment{};  ///< at most 2,000 characters; not empty with a rejection
    std::string name{};     ///< 1 to 200 characters

    /// Canonical JSON. What the statement says is judged by parse().
    [[nodiscard]] std::string text() const;
    /// Strict: canonical JSON of exactly these members, by schemas/json/statement.schema.json. Errors:
    /// Invalid "statement" naming the member.
    [[nodiscard]] static Result<SignerStatement> parse(std::string_view text);
    /// What the signature over it must commit to: approval with "approved" and "accepted", receipt with
    /// "rejected".
    [[nodiscard]] crypto::Commitment commitment() const noexcept;
};

}  // namespace tickmark::bundle

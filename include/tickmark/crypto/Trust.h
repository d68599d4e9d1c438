// What a verifier brings to trust, and the words for what is wrong with a signature or a timestamp.
#pragma once

#include <string>
#include <vector>

#include "tickmark/crypto/Certificate.h"
#include "tickmark/foundation/Digest.h"

namespace tickmark::crypto {

/// One thing that is wrong; the bundle verifier maps it to its codes. In a SignatureReport: E40, E50, E51,
/// I52 and E60 (SigningTime). In a TimestampReport: E60, except that NoAnchor and NoRevocationData there
/// leave the question open.
enum class SignatureFlaw {
    Malformed,  ///< not the profile: size, type, trailing bytes, number of signers, attributes, algorithms,
                ///< DER, or a certificate or list inside that serves nothing
    Mismatch,   ///< the signature or message digest does not belong to the content
    CertificateBinding,  ///< the signing-certificate attribute names another certificate
    KeyUsage,            ///< the certificate may not sign documents, or not make timestamps
    NoAnchor,            ///< no path to any given anchor (nothing is trusted by itself)
    Validity,            ///< outside the validity at signing time
    Chain,               ///< the chain is broken in another way
    Revoked,             ///< revoked before signing
    NoRevocationData,    ///< no usable list for a certificate below the anchor, a list whose issuer is not at
                         ///< hand, or a revocation after a signing time that nobody but the signer states
    Imprint,             ///< the timestamp was made over something else
    SigningTime          ///< the claimed signing time lies after the timestamp
};

struct SignatureProblem {
    SignatureFlaw flaw = SignatureFlaw::Malformed;
    std::string message;  ///< plain words for an auditor
};

[[nodiscard]] bool hasFlaw(const std::vector<SignatureProblem>& problems, SignatureFlaw flaw) noexcept;

/// What trust the verifier brings from outside.
struct TrustAnchors {
    std::vector<Certificate> certificates{};  ///< roots (or the signer itself)
    std::vector<Digest> fingerprints{};       ///< SHA-256 of a root's or the signer's DER certificate
    [[nodiscard]] bool empty() const noexcept { return certificates.empty() && fingerprints.empty(); }
};

}  // namespace tickmark::crypto

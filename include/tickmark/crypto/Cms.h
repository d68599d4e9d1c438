// Detached CMS signatures with CAdES attributes (RFC 5652, ETSI EN 319 122-1), written and checked by one
// profile.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/crypto/Certificate.h"
#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::crypto {

/// What the signer commits to (ETSI EN 319 122-1 section 5.2.3; RFC 5126 section 5.11.1).
enum class Commitment { Origin, Approval };

/// Signs `content` detached: exactly one SignerInfo, SHA-256, signed attributes contentType, messageDigest,
/// signingTime, signingCertificateV2, commitmentTypeIndication; embeds signer and intermediates, never the
/// root, and the CRLs given. Returns DER. Errors: Refused "key-usage", Internal.
[[nodiscard]] Result<Bytes> signCades(const SigningKey& key, ByteView content, Commitment commitment,
                                      Timestamp at, const std::vector<Bytes>& crls = {});

/// One thing that is wrong with a signature; the bundle verifier maps `where` to its codes E40, E50, E51,
/// I52.
enum class SignatureFlaw {
    Malformed,  ///< not the profile: size, type, trailing bytes, number of signers, attributes, algorithms,
                ///< DER
    Mismatch,   ///< the signature or message digest does not belong to the content
    CertificateBinding,  ///< signingCertificateV2 names another certificate
    KeyUsage,            ///< the certificate may not sign documents
    NoAnchor,            ///< no path to any given anchor (nothing is trusted by itself)
    Validity,            ///< outside the validity at signing time
    Chain,               ///< the chain is broken in another way
    Revoked,             ///< revoked before signing
    NoRevocationData  ///< no usable list for a certificate below the anchor, or a list whose issuer is not at
                      ///< hand
};

struct SignatureProblem {
    SignatureFlaw flaw = SignatureFlaw::Malformed;
    std::string message;  ///< plain words for an auditor
};

/// What trust the verifier brings from outside.
struct TrustAnchors {
    std::vector<Certificate> certificates{};  ///< roots (or the signer itself)
    std::vector<Digest> fingerprints{};       ///< SHA-256 of a root's or the signer's DER certificate
    [[nodiscard]] bool empty() const noexcept { return certificates.empty() && fingerprints.empty(); }
};

/// Everything found out about one signature.
struct SignatureReport {
    std::vector<SignatureProblem> problems{};
    std::optional<Certificate> signer{};
    std::optional<Certificate> anchor{};  ///< the anchor that the path ended at
    std::optional<Timestamp> signingTime{};
    std::optional<Commitment> commitment{};
    bool revocationKnown = false;
    std::optional<Bytes>
        timestampToken{};  ///< the RFC 3161 token beside the signature, as found: not checked here
    [[nodiscard]] bool has(SignatureFlaw flaw) const noexcept;
    /// True when nothing is wrong but NoRevocationData: intact and trusted as far as can be told (or without
    /// a problem).
    [[nodiscard]] bool onlyUnknownRevocation() const noexcept;
};

/// Checks the profile of bundle-format (size cap 1 MiB, SignedData only, nothing trailing, detached, one
/// SignerInfo, exact attribute set, SHA-256/384/512, canonical DER), then the signature, then the path to an
/// anchor at signing time, then revocation by the embedded CRLs. Never trusts the embedded certificates by
/// themselves. A fingerprint anchor matches an embedded certificate; since roots are never embedded,
/// `extraCertificates` may bring candidates from beside the signature (e.g. a root file in the bundle),
/// trusted only when a fingerprint names them.
[[nodiscard]] SignatureReport checkCades(ByteView signature, ByteView content, const TrustAnchors& anchors,
                                         const std::vector<Certificate>& extraCertificates = {});

}  // namespace tickmark::crypto

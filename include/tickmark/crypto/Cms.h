// Detached CMS signatures with CAdES attributes (RFC 5652, ETSI EN 319 122-1), written and checked by one
// profile.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/crypto/Certificate.h"
#include "tickmark/crypto/Timestamp.h"
#include "tickmark/crypto/Trust.h"
#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::crypto {

/// What the signer commits to (ETSI EN 319 122-1 section 5.2.3; RFC 5126 section 5.11.1): Origin for the
/// server's seal; Approval for a person who approves or accepts; Receipt for one who has it and rejects it.
enum class Commitment { Origin, Approval, Receipt };

/// Signs `content` detached: exactly one SignerInfo, SHA-256, signed attributes contentType, messageDigest,
/// signingTime, signingCertificateV2, commitmentTypeIndication; embeds signer and intermediates, never the
/// root, and the CRLs given. Returns DER. Errors: Refused "key-usage", Internal.
[[nodiscard]] Result<Bytes> signCades(const SigningKey& key, ByteView content, Commitment commitment,
                                      Timestamp at, const std::vector<Bytes>& crls = {});

/// How much of a signature's proof stands (ETSI EN 319 122-1): B, the signature; T, also a trusted timestamp;
/// LT, also revocation lists inside the signature for the paths of signer and time-stamp authority.
enum class Level { B, T, LT };

/// Everything found out about one signature.
struct SignatureReport {
    std::vector<SignatureProblem> problems{};  ///< of the signature; those of its timestamp stand in there
    std::optional<Certificate> signer{};
    std::optional<Certificate> anchor{};     ///< the anchor that the path ended at
    std::optional<Timestamp> signingTime{};  ///< what the signer claims
    std::optional<Timestamp> provenTime{};   ///< a trusted timestamp's, or the one that the context brought
    std::optional<Commitment> commitment{};
    bool revocationKnown = false;
    std::optional<Bytes> timestampToken{};       ///< the RFC 3161 token beside the signature, as found
    std::optional<TimestampReport> timestamp{};  ///< what is to say about it
    Level level = Level::B;
    [[nodiscard]] bool has(SignatureFlaw flaw) const noexcept;
    /// True when nothing is wrong but NoRevocationData: intact and trusted as far as can be told (or without
    /// a problem).
    [[nodiscard]] bool onlyUnknownRevocation() const noexcept;
};

/// What the verifier brings.
struct CadesContext {
    TrustAnchors anchors{};           ///< for signers
    TrustAnchors timestampAnchors{};  ///< for time-stamp authorities
    /// Candidates from beside the signature (a root file in the bundle), trusted only when a fingerprint of
    /// `anchors` or `timestampAnchors` names them.
    std::vector<Certificate> extraCertificates{};
    std::vector<Bytes> extraCrls{};  ///< DER; those that are not by an issuer on a path are passed over
    /// A trusted time by which the signature existed (an archive timestamp over it); counts when the
    /// signature has no trusted timestamp of its own.
    std::optional<Timestamp> provenTime{};
};

/// Checks the profile of bundle-format (size cap 1 MiB, SignedData only, nothing trailing, detached, one
/// SignerInfo, exact attribute set, SHA-256/384/512, canonical DER), then the signature, then its timestamp,
/// then the path to an anchor at the proven time (without one at the claimed signing time), then revocation
/// by the lists inside and those brought. Never trusts the embedded certificates by themselves. A signing
/// time over 5 minutes after the timestamp is a SigningTime flaw. A certificate revoked at or before a proven
/// time is Revoked, one revoked after it is fine. Without a proven time: revoked at or before the claimed
/// time is Revoked, after it NoRevocationData, because only the signer's own clock says that it was signed
/// before. Every certificate and list inside must serve a path and carry its issuer's signature.
[[nodiscard]] SignatureReport checkCades(ByteView signature, ByteView content, const CadesContext& context);

/// The same with anchors for signers only: a timestamp is read but not trusted.
[[nodiscard]] SignatureReport checkCades(ByteView signature, ByteView content, const TrustAnchors& anchors,
                                         const std::vector<Certificate>& extraCertificates = {});

/// SHA-256 of the signature value: what a signature timestamp is made over (ETSI EN 319 122-1 section 5.3).
/// Errors: Invalid "der", TooLarge.
[[nodiscard]] Result<Digest> signatureImprint(ByteView cms);

/// Puts a token beside the signature as its one unsigned attribute, id-aa-signatureTimeStampToken. The signed
/// bytes stay as they are. Errors: Refused "already-timestamped", "timestamp-mismatch" (made over another
/// signature); Invalid "der", TooLarge "signature-size".
[[nodiscard]] Result<Bytes> addSignatureTimestamp(ByteView cms, ByteView token);

/// Adds lists and intermediates for level LT. Roots are left out, what is there already is not added again,
/// and the order is DER's, so the same input gives the same bytes. Add only what serves the path of the
/// signer or of the time-stamp authority; anything else makes the signature Malformed. Errors: Invalid "crl",
/// "der"; TooLarge "signature-size".
[[nodiscard]] Result<Bytes> addRevocationData(ByteView cms, const std::vector<Bytes>& crls,
                                              const std::vector<Certificate>& certificates);

/// Certificates and lists inside a signature, and its token: what is there already, for collecting the rest.
struct CadesParts {
    std::vector<Certificate> certificates{};  ///< the signer's first
    std::vector<Bytes> crls{};
    std::optional<Bytes> timestampToken{};
    Timestamp signingTime{};
};
/// Reads without judging. Errors: Invalid "der", TooLarge.
[[nodiscard]] Result<CadesParts> partsOfCades(ByteView cms);

}  // namespace tickmark::crypto

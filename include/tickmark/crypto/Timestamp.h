// RFC 3161 timestamps: asking for one, taking it out of the answer, and checking it by our own strict
// profile.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/crypto/Certificate.h"
#include "tickmark/crypto/Trust.h"
#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::crypto {

/// A question to a time-stamp authority (RFC 3161 section 2.4.1), as sent with the media type
/// application/timestamp-query.
struct TimestampRequest {
    Bytes der{};     ///< TimeStampReq, DER
    Bytes nonce{};   ///< big-endian content of the nonce, 8 or 9 bytes, as it must come back
    Digest imprint;  ///< SHA-256 of what is stamped
};

/// SHA-256 imprint, a random nonce of 64 bits, certReq true, no policy.
[[nodiscard]] Result<TimestampRequest> makeTimestampRequest(const Digest& imprint);

/// Takes the token out of an authority's answer (TimeStampResp, section 2.4.2): granted, and nonce and
/// imprint as asked. The token is a DER ContentInfo; its signature is not checked here. Errors: Refused
/// "timestamp-refused" with the authority's own words and the failure bits; Invalid "timestamp-response".
[[nodiscard]] Result<Bytes> tokenFromResponse(ByteView response, const TimestampRequest& request);

/// The token without certificates that do not lie on the way from its signer to an anchor (a root, or a cross
/// certificate that this authority sends along), in DER order: what checkTimestamp accepts. Certificates in a
/// token are not signed, so it stays valid. Without a way to an anchor only roots go. Errors: Invalid "der".
[[nodiscard]] Result<Bytes> tidyToken(ByteView token, const TrustAnchors& anchors);

/// The greatest token that is read.
inline constexpr std::size_t maximumTokenSize = std::size_t{64} << 10U;

/// Everything found out about one timestamp.
struct TimestampReport {
    std::vector<SignatureProblem> problems{};
    std::optional<Timestamp>
        time{};  ///< genTime, as soon as the token can be read; trusted only if trusted()
    std::optional<Certificate> signer{};  ///< the time-stamp authority
    std::optional<Certificate> anchor{};
    std::string policy{};                          ///< the authority's policy as a dotted object identifier
    std::string serialHex{};                       ///< the token's serial number
    std::optional<std::int64_t> accuracyMicros{};  ///< plus or minus, when the authority states it
    bool revocationKnown = false;

    [[nodiscard]] bool has(SignatureFlaw flaw) const noexcept { return hasFlaw(problems, flaw); }
    /// The time holds: an anchor, and nothing wrong but missing revocation data.
    [[nodiscard]] bool trusted() const noexcept;
    /// Nothing is wrong with the token itself, but its authority's path ends at no anchor that was brought:
    /// "not checked" rather than wrong.
    [[nodiscard]] bool onlyUnanchored() const noexcept;
};

/// Checks the profile of the bundle format: size cap 64 KiB, DER, SignedData over one TSTInfo of version 1
/// with this imprint, exactly one SignerInfo, SHA-256 or better, signing-certificate or -v2, no unsigned
/// attribute, nothing trailing; then the signature, the extended key usage (exactly timeStamping, critical;
/// RFC 3161 section 2.3), the path to an anchor at genTime, and revocation by `crls` (lists by others than
/// the authority's chain are passed over). A revocation after genTime matters unless its reason is one that
/// leaves earlier tokens alone (RFC 3161 section 4), or `existedBy` shows that the token was there before.
[[nodiscard]] TimestampReport checkTimestamp(ByteView token, const Digest& imprint,
                                             const TrustAnchors& anchors, const std::vector<Bytes>& crls,
                                             std::optional<Timestamp> existedBy = {});

/// Certificates inside a token, in its order: the authority's, then what it sent along. For collecting
/// revocation lists. Errors: Invalid "der".
[[nodiscard]] Result<std::vector<Certificate>> certificatesOfToken(ByteView token);

}  // namespace tickmark::crypto

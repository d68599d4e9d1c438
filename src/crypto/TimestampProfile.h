// The one shape of a time-stamp token that Tickmark accepts: a strict subset of RFC 3161. Reads only; whether
// anything is true about it is for the checker.
#pragma once

#include <optional>
#include <string>

#include "crypto/CmsElements.h"
#include "tickmark/crypto/Timestamp.h"

namespace tickmark::crypto {

/// What the authority states (TSTInfo, RFC 3161 section 2.4.2).
struct TimestampInfo {
    std::string policy{};
    Digest imprint{};
    std::string serialHex{};
    Timestamp time{};
    std::optional<std::int64_t> accuracyMicros{};
    ByteView nonce{};  ///< content of the INTEGER; empty when there is none
};

/// The fields of one token; the views point into its bytes.
struct TokenFields : SignerFields {
    ByteView content{};  ///< DER TSTInfo
    TimestampInfo info{};
    ByteView signingCertificate{};    ///< DER SigningCertificate (RFC 2634), or empty
    ByteView signingCertificateV2{};  ///< DER SigningCertificateV2 (RFC 5035), or empty
    bool hasUnsignedAttributes = false;
    ByteView beforeCertificates{};  ///< of the SignedData: version, digest algorithms, content
    ByteView signedPart{};          ///< of the SignerInfo: all but the unsigned attributes
};

/// Every byte is looked at. Certificates stay unread; unsigned attributes and revocation lists, which the
/// profile refuses, are only noted, so that tidyToken can take them out. Errors: Invalid "der", TooLarge
/// "timestamp-size".
[[nodiscard]] Result<TokenFields> readToken(ByteView token);

}  // namespace tickmark::crypto

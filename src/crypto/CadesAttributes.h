// The attributes of the signature profile (RFC 5652 section 11, RFC 5035, ETSI EN 319 122-1 section 5).
#pragma once

#include "crypto/CadesProfile.h"

namespace tickmark::crypto {

/// Reads the content of the signed set: exactly contentType, messageDigest, signingTime, signingCertificateV2
/// and commitmentTypeIndication, one value each. Errors: Invalid "der".
[[nodiscard]] Result<void> readSignedAttributes(ByteView content, CadesFields& fields);
/// Reads the content of the unsigned set: exactly one signature timestamp. Errors: Invalid "der".
[[nodiscard]] Result<void> readUnsignedAttributes(ByteView content, CadesFields& fields);

/// The DER value of a commitmentTypeIndication without qualifiers.
[[nodiscard]] Bytes commitmentValue(Commitment commitment);

}  // namespace tickmark::crypto

// What authenticators answer (W3C Web Authentication Level 2, sections 6 and 7), through libfido2 and
// libcbor.
#pragma once

#include <cstdint>
#include <string>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Digest.h"

namespace tickmark::crypto {

/// COSE algorithms (RFC 9053) that are taken: ES256, EdDSA, RS256.
inline constexpr std::int64_t passkeyAlgorithms[] = {-7, -8, -257};

/// The public half of a passkey.
struct PasskeyKey {
    std::int64_t algorithm = 0;  ///< one of passkeyAlgorithms
    Bytes bytes{};               ///< as libfido2 gives it: x and y, the point, or modulus and exponent
};
/// A passkey that was just made.
struct NewPasskey {
    Bytes credential{};  ///< its id, 1 to 1023 bytes
    PasskeyKey key{};
    std::int64_t counter = 0;  ///< signatures so far; 0 from authenticators that do not count
};

/// Reads an attestation object: made for the relying party, with the person present and verified. Attestation
/// "none" and self attestation ("packed" without certificates, whose signature is checked) are taken.
/// `clientData` is the SHA-256 of the client data. Errors: Invalid "passkey-answer" (not well-formed),
/// "passkey-party", "passkey-unverified", "passkey-signature", "passkey-attestation".
[[nodiscard]] Result<NewPasskey> readNewPasskey(ByteView attestationObject, const Digest& clientData,
                                                const std::string& relyingParty);

/// Checks a signature over authenticator data and client data, with the person present and verified. Returns
/// the authenticator's counter. Errors: as readNewPasskey.
[[nodiscard]] Result<std::int64_t> checkPasskey(const PasskeyKey& key, ByteView authenticatorData,
                                                const Digest& clientData, ByteView signature,
                                                const std::string& relyingParty);

}  // namespace tickmark::crypto

// Signing keys that stay inside a PKCS#11 token (smart card, USB key, HSM).
#pragma once

#include <string>
#include <vector>

#include "tickmark/crypto/Certificate.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Secret.h"

namespace tickmark::crypto {

/// Which key, and how to reach it.
struct TokenAddress {
    /// RFC 7512: "pkcs11:token=Audit;object=lead-auditor". Must not hold pin-value or pin-source.
    std::string uri{};
    /// The PKCS#11 module (a shared library, absolute path); empty means p11-kit's proxy.
    std::string modulePath{};
    /// The certificate and its chain in PEM when the token does not hold the certificate; else empty.
    std::string certificatesPem{};
};

/// Opens the key; it signs inside the token, so keyPem and writePkcs12 of the result give nothing. The
/// certificate is the token's own under the same URI, or the first of `certificatesPem`. Errors: Invalid
/// "token-uri"; Environment "token-engine" (OpenSSL's PKCS#11 engine is not installed), "token-module" (the
/// module cannot be loaded); NotFound "token-key", "token-certificate"; Refused "pin" (wrong, with the tries
/// left when the token tells), "key-type", "key-mismatch".
[[nodiscard]] Result<SigningKey> openTokenKey(const TokenAddress& address, const Secret& pin);

}  // namespace tickmark::crypto

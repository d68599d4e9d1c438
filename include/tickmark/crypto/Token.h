// Signing keys that stay inside a PKCS#11 token (smart card, USB key, HSM).
#pragma once

#include <string>

#include "tickmark/crypto/Certificate.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Secret.h"

namespace tickmark::crypto {

/// Which key, and how to reach it.
struct TokenAddress {
    /// RFC 7512: "pkcs11:token=Audit;object=lead-auditor", with any of token, manufacturer, model, serial,
    /// object and id; type=private is understood. A PIN inside is refused.
    std::string uri{};
    /// The PKCS#11 module: a shared library's path, or its name; empty means p11-kit's proxy, which knows the
    /// modules that the machine has registered.
    std::string modulePath{};
    /// Certificates in PEM, for a token that does not hold the key's certificate or its chain.
    std::string certificatesPem{};
};

/// Opens the key. It signs inside the token, so keyPem of the result is empty and writePkcs12 is refused. The
/// certificate is the one in the token or in `certificatesPem` that belongs to the key. Errors: Invalid
/// "token-uri", also when several keys fit; Environment "token-module" (it cannot be loaded); NotFound
/// "token", "token-key", "token-certificate"; Refused "pin" (wrong; says when few tries are left),
/// "pin-locked", "key-type", "key-mismatch".
[[nodiscard]] Result<SigningKey> openTokenKey(const TokenAddress& address, const Secret& pin);

}  // namespace tickmark::crypto

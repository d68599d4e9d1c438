// Private keys in PKCS#8 PEM (RFC 5958, RFC 7468), encrypted with PBES2 (RFC 8018), and which of them may
// sign.
#pragma once

#include <string>
#include <string_view>

#include "crypto/OpenSslHandle.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Secret.h"

namespace tickmark::crypto {

/// PBKDF2 rounds for keys and PKCS#12 files that we write (OWASP's recommendation for HMAC-SHA-256).
inline constexpr int keyDerivationRounds = 600'000;

/// Reads the first "PRIVATE KEY" or "ENCRYPTED PRIVATE KEY" block. Errors: Invalid "key", Refused
/// "passphrase".
[[nodiscard]] Result<PkeyHandle> readPrivateKey(std::string_view pem, const Secret& passphrase);

/// PKCS#8 PEM; with a passphrase PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA-256.
[[nodiscard]] std::string writePrivateKey(const EVP_PKEY* key, const Secret& passphrase);

/// A new EC P-256 key.
[[nodiscard]] PkeyHandle makeP256Key();

/// True for P-256, P-384 (as named curves) and RSA of 3072 to 16384 bits.
[[nodiscard]] bool isSigningKeyType(const EVP_PKEY* key);
/// Errors: Refused "key-type".
[[nodiscard]] Result<void> checkSigningKeyType(const EVP_PKEY* key);

/// The error for a passphrase that does not open a key.
[[nodiscard]] Error wrongPassphrase();

}  // namespace tickmark::crypto

// What stands behind Certificate, SigningKey and LocalAuthority; for crypto's own files.
#pragma once

#include <memory>
#include <vector>

#include "crypto/OpenSslHandle.h"
#include "tickmark/crypto/Certificate.h"

namespace tickmark::crypto {

struct Certificate::State {
    X509Handle x509{};
};

struct SigningKey::State {
    std::shared_ptr<void> token{};  ///< what must outlive a key inside a token; empty for a key in memory
    PkeyHandle key{};
    Certificate certificate;
    std::vector<Certificate> intermediates{};
};

struct LocalAuthority::State {
    PkeyHandle key{};
    Certificate certificate;
};

/// Takes ownership. Fills OpenSSL's cache of the extensions at once, so that later readers only read.
[[nodiscard]] Certificate certificateOf(X509Handle x509);

/// A key with the certificate among `certificates` that belongs to it. Errors: Refused "key-type",
/// "key-mismatch".
[[nodiscard]] Result<SigningKey> assembleKey(PkeyHandle key, const std::vector<Certificate>& certificates,
                                             std::shared_ptr<void> token = {});

/// OpenSSL's view of a certificate and a key.
[[nodiscard]] X509* x509Of(const Certificate& certificate) noexcept;
[[nodiscard]] EVP_PKEY* pkeyOf(const SigningKey& key) noexcept;

/// True when issuer and subject are the same name.
[[nodiscard]] bool isSelfIssued(const Certificate& certificate);
/// True when `issuer` is named as the issuer and its key verifies the signature.
[[nodiscard]] bool isIssuedBy(const Certificate& certificate, const Certificate& issuer);
/// The certificates between `leaf` and a root, nearest first, picked from `candidates`; never a self-issued
/// one.
[[nodiscard]] std::vector<Certificate> pathBelowRoot(const Certificate& leaf,
                                                     const std::vector<Certificate>& candidates);

}  // namespace tickmark::crypto

// Whether what a SignerInfo states is true: the parts that signatures and timestamp tokens share.
#pragma once

#include <vector>

#include "crypto/CmsElements.h"
#include "crypto/OpenSslHandle.h"
#include "tickmark/crypto/Certificate.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::crypto {

/// Parsed, each canonical. Errors: Invalid "certificate".
[[nodiscard]] Result<std::vector<Certificate>> parseCertificates(const std::vector<ByteView>& ders);

/// Issuer and serial number are the certificate's own bytes: OpenSSL compares names without regard to letter
/// case.
[[nodiscard]] bool isNamedSigner(const SignerFields& fields, const Certificate& certificate);
/// The message digest is that of `content`.
[[nodiscard]] bool digestMatches(const SignerFields& fields, ByteView content);
[[nodiscard]] bool algorithmFitsKey(const SignerFields& fields, const EVP_PKEY* key);
/// The signature over the signed attributes was made with this key.
[[nodiscard]] bool signatureMatches(const SignerFields& fields, EVP_PKEY* key);
/// The signing-certificate attributes name this certificate; either may be empty, not both.
[[nodiscard]] bool bindsCertificate(ByteView signingCertificate, ByteView signingCertificateV2,
                                    const Certificate& signer);

}  // namespace tickmark::crypto

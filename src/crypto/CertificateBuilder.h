// Builds the certificates and revocation lists of the local authority (RFC 5280).
#pragma once

#include <string>
#include <vector>

#include "crypto/OpenSslHandle.h"
#include "tickmark/crypto/Certificate.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::crypto {

/// A certificate in the making: fields first, then extensions, then the signature.
class CertificateBuilder {
  public:
    /// Version 3, a random serial of 128 bits, the public key of `subjectKey`.
    explicit CertificateBuilder(EVP_PKEY* subjectKey);

    /// Whole seconds; both ends belong to the validity.
    [[nodiscard]] Result<void> setValidity(Timestamp notBefore, Timestamp notAfter);
    /// Organisation may be empty. At most 64 characters each (RFC 5280 appendix A.1).
    [[nodiscard]] Result<void> setSubject(const std::string& organisation, const std::string& commonName);
    /// Null makes it self-signed. Also adds the subject and authority key identifiers.
    void setIssuer(X509* issuer);
    /// An extension in OpenSSL's configuration words; only for constants of this program, never for input.
    void addExtension(int nid, const char* value);
    /// An extended key usage by its dotted object identifiers.
    void addExtendedKeyUsage(const std::vector<const char*>& oids);
    /// DNS names and IP addresses. Errors: Invalid "host".
    [[nodiscard]] Result<void> addHosts(const std::vector<std::string>& hosts);

    [[nodiscard]] Certificate sign(EVP_PKEY* issuerKey);

  private:
    X509Handle m_x509;
    X509* m_issuer = nullptr;
};

}  // namespace tickmark::crypto

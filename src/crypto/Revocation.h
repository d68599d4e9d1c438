// Whether certificates of a path were revoked, by the revocation lists at hand (RFC 5280 section 6.3).
#pragma once

#include <optional>
#include <vector>

#include "crypto/OpenSslHandle.h"
#include "tickmark/crypto/Certificate.h"
#include "tickmark/crypto/Trust.h"

namespace tickmark::crypto {

/// Lists in canonical DER. Errors: Invalid "crl".
[[nodiscard]] Result<CrlHandle> parseCrl(ByteView der);

/// A list together with the certificate whose key signed it.
struct SignedList {
    X509_CRL* crl = nullptr;
    Certificate issuer;
};

/// `issuer` is named in the list, may sign lists, and did sign this one.
[[nodiscard]] bool isListBy(X509_CRL* crl, const Certificate& issuer);
[[nodiscard]] bool namesAsIssuer(const X509_CRL* crl, const Certificate& candidate);
/// SHA-256 or better.
[[nodiscard]] bool hasStrongDigest(const X509_CRL* crl);
/// Narrowed or redirected in a way that we do not follow (RFC 5280 section 5.2.5).
[[nodiscard]] bool hasCriticalExtension(const X509_CRL* crl);
/// The entry's reason; none when the list does not say.
[[nodiscard]] std::optional<RevocationReason> reasonOf(const X509_REVOKED* entry);
/// The certificates of `chain` that somebody could have revoked: all but an anchor above the first.
[[nodiscard]] std::vector<Certificate> revocable(const std::vector<Certificate>& chain);

/// Whose revocation is judged, and when it had been used.
struct RevocationRules {
    Timestamp moment{};
    /// Somebody other than the signer says that moment.
    bool isProven = false;
    /// RFC 3161 section 4: the authority's revocation reaches back unless its reason leaves earlier tokens
    /// alone, or the token is known to have existed before.
    bool isTimestamp = false;
    std::optional<Timestamp> existedBy{};
};

struct RevocationFinding {
    std::vector<SignatureProblem> problems{};
    bool known = false;  ///< every certificate that could be revoked has a usable list
};

/// Judges every certificate of `chain` (signer first) by the lists of its issuer. A list tells about the
/// moment when it was issued after the certificate, and either covers the moment or was issued later, as long
/// as the certificate lasted (afterwards an issuer may drop its entry).
[[nodiscard]] RevocationFinding checkRevocation(const std::vector<Certificate>& chain,
                                                const std::vector<SignedList>& lists,
                                                const RevocationRules& rules);

}  // namespace tickmark::crypto

// Whether certificates of a path were revoked, by the revocation lists in the signature (RFC 5280
// section 6.3).
#pragma once

#include <vector>

#include "crypto/OpenSslHandle.h"
#include "tickmark/crypto/Certificate.h"
#include "tickmark/crypto/Cms.h"

namespace tickmark::crypto {

struct RevocationFinding {
    std::vector<SignatureProblem> problems{};
    bool known = false;  ///< every certificate below the anchor has a usable list
};

/// `chain` starts with the signer; `issuers` are all certificates that may have signed a list (the chain and
/// the anchors). A list is usable when its issuer may sign lists and did sign it, with SHA-256 or better,
/// without critical extensions, issued between the start of the certificate and the signing, and still valid
/// then. A list that nobody at hand has signed is a problem too: it could have been changed.
[[nodiscard]] RevocationFinding checkRevocation(const std::vector<Certificate>& chain,
                                                const std::vector<Certificate>& issuers,
                                                const std::vector<CrlHandle>& lists, Timestamp signingTime);

}  // namespace tickmark::crypto

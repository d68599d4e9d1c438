// The way from a signer's certificate to an anchor (RFC 5280 section 6), walked at one moment.
#pragma once

#include <optional>
#include <vector>

#include "crypto/OpenSslHandle.h"
#include "tickmark/crypto/Certificate.h"
#include "tickmark/crypto/Trust.h"

namespace tickmark::crypto {

struct TrustPath {
    std::vector<Certificate> chain{};  ///< signer first; ends at the anchor when there is one
    std::optional<Certificate> anchor{};
    std::vector<SignatureProblem> problems{};
};

/// A store that trusts exactly `trusted`, judges at `moment`, accepts an anchor below a root, and refuses
/// keys and digests under 112 bits. Key usage is judged before, by Certificate::maySignDocuments.
[[nodiscard]] StoreHandle makeTrustStore(const std::vector<Certificate>& trusted, Timestamp moment);

/// `embedded` are the certificates in the signature; they help to build the path and are not trusted. Each
/// must lie on the path and be vouched for, so that none can change unseen. `helpers` help too, without that.
[[nodiscard]] TrustPath findTrustPath(const Certificate& signer, const std::vector<Certificate>& embedded,
                                      const std::vector<Certificate>& trusted, Timestamp moment,
                                      const std::vector<Certificate>& helpers = {});

/// What `anchors` trusts: its certificates, and those of `candidates` that one of its fingerprints names.
[[nodiscard]] std::vector<Certificate> trustedAmong(const TrustAnchors& anchors,
                                                    const std::vector<Certificate>& candidates);

[[nodiscard]] bool contains(const std::vector<Certificate>& list, const Certificate& certificate);

}  // namespace tickmark::crypto

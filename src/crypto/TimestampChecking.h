// Checking a token in two steps, because whoever checks a signature sorts the revocation lists in between.
#pragma once

#include <vector>

#include "crypto/Revocation.h"
#include "tickmark/crypto/Timestamp.h"

namespace tickmark::crypto {

struct TimestampFinding {
    TimestampReport report{};
    std::vector<Certificate> chain{};    ///< the authority first; empty when the token cannot be read
    std::vector<Certificate> issuers{};  ///< whoever may have signed a list for this chain
};

/// Certificates from beside the token.
struct TokenSurroundings {
    std::vector<Certificate> helpers{};     ///< may lie on the authority's path; trusted for nothing
    std::vector<Certificate> candidates{};  ///< anchors when a fingerprint names them
};

/// All but revocation.
[[nodiscard]] TimestampFinding examineToken(ByteView token, const Digest& imprint,
                                            const TrustAnchors& anchors, const TokenSurroundings& beside);

/// Adds what the lists say.
void judgeRevocation(TimestampFinding& finding, const std::vector<SignedList>& lists,
                     std::optional<Timestamp> existedBy);

/// The lists that one of the issuers signed.
[[nodiscard]] std::vector<SignedList> listsBy(const std::vector<CrlHandle>& lists,
                                              const std::vector<Certificate>& issuers);

}  // namespace tickmark::crypto

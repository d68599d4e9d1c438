// Puts a time-stamp authority's word and revocation lists beside a signature (levels T and LT).
#pragma once

#include <vector>

#include "tickmark/bundle/Appending.h"
#include "tickmark/crypto/Trust.h"
#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::bundle {

/// Whom to ask, and by what its answer is judged.
struct Stamping {
    AskTimestamp ask{};
    crypto::TrustAnchors anchors{};
    std::vector<Bytes> crls{};
};

/// Asks for a token over the imprint, tidies it and checks it: form, imprint, signature, certificate, and the
/// path when anchors are there. Errors: those of the authority; Invalid "timestamp" with what is wrong.
[[nodiscard]] Result<Bytes> askedToken(const Digest& imprint, const Stamping& stamping);

/// The signature over `content` with a timestamp, and with those of the lists that serve one of its paths.
/// Errors: as askedToken(), those of crypto::addSignatureTimestamp().
[[nodiscard]] Result<Bytes> withTimestamp(ByteView signature, ByteView content, const Stamping& stamping);

/// The signature over `content` with those of the lists that serve the path of its signer or of its
/// timestamp; the others are passed over, because a signature with a list of no use is refused. Errors:
/// those of crypto::addRevocationData().
[[nodiscard]] Result<Bytes> withLists(ByteView signature, ByteView content, const Stamping& stamping);

}  // namespace tickmark::bundle

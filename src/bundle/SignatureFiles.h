// What the checks of signatures and timestamps share.
#pragma once

#include "bundle/Inspection.h"
#include "tickmark/crypto/Cms.h"

namespace tickmark::bundle {

/// Whether a flaw of a timestamp leaves the question open rather than being wrong. `anchored`: its path ended
/// at an anchor.
[[nodiscard]] bool isOpenQuestion(crypto::SignatureFlaw flaw, bool anchored) noexcept;

/// E60 of the signatures' own timestamps, and what is left open about all timestamps.
void checkSignatureTimestamp(Inspection& inspection, const SignatureFact& fact,
                             const crypto::TimestampReport& checked);
void concludeTimestamps(Inspection& inspection);

}  // namespace tickmark::bundle

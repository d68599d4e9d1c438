// Times between ASN.1 (RFC 5280 section 4.1.2.5) and Timestamp; whole seconds in UTC.
#pragma once

#include "crypto/OpenSslHandle.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::crypto {

/// UTCTime through 2049, GeneralizedTime after. Errors: Invalid "time" outside the years 0 to 9999.
[[nodiscard]] Result<AsnTimeHandle> asnTimeOf(Timestamp moment);

/// A well-formed time of a parsed certificate or CRL; a malformed one is the epoch.
[[nodiscard]] Timestamp timestampOf(const ASN1_TIME* time);

}  // namespace tickmark::crypto

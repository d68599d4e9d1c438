// The one shape of a signature that Tickmark writes and accepts: a strict subset of CMS (RFC 5652) with CAdES
// baseline attributes (ETSI EN 319 122-1). Reads only; whether anything is true about it is for the checker.
#pragma once

#include <optional>

#include "crypto/CmsElements.h"
#include "tickmark/crypto/Cms.h"
#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::crypto {

inline constexpr std::size_t maximumSignatureSize = std::size_t{1} << 20U;

/// The fields of one signature; the views point into its bytes.
struct CadesFields : SignerFields {
    ByteView signingCertificate{};  ///< DER SigningCertificateV2 (RFC 5035)
    Timestamp signingTime{};
    Commitment commitment = Commitment::Origin;
    std::optional<ByteView> timestampToken{};  ///< DER ContentInfo (RFC 3161)
};

/// Every byte of the file is looked at: what does not belong to the profile is an error. Certificates, CRLs
/// and a timestamp token stay unread; only that each is one element is checked. Errors: Invalid "der",
/// TooLarge.
[[nodiscard]] Result<CadesFields> readCades(ByteView signature);

}  // namespace tickmark::crypto

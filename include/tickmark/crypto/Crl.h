// Certificate revocation lists (RFC 5280 section 5): reading one, and whether an issuer made it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/crypto/Certificate.h"
#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::crypto {

/// The greatest list that is read.
inline constexpr std::size_t maximumCrlSize = std::size_t{1} << 20U;

/// What a list says, without judging who made it.
struct CrlFacts {
    std::string issuer{};  ///< RFC 2253 form
    Timestamp thisUpdate{};
    std::optional<Timestamp> nextUpdate{};
    std::optional<std::int64_t> number{};  ///< cRLNumber; none when it is missing or beyond 63 bits
    std::vector<LocalAuthority::Revocation> revoked{};
    bool hasCriticalExtension = false;  ///< narrowed or redirected; such a list is never used
};

/// Errors: TooLarge "crl-size"; Invalid "crl" when it is not one list in canonical DER.
[[nodiscard]] Result<CrlFacts> readCrl(ByteView der);
/// A list in PEM ("X509 CRL") or DER, as DER. Errors as readCrl.
[[nodiscard]] Result<Bytes> crlFromFile(ByteView bytes);

/// Holds the list against the certificate that should have issued it: same name, may sign lists, SHA-256 or
/// better, signature. Errors: Refused "crl-issuer", "crl-signature".
[[nodiscard]] Result<void> checkCrl(ByteView der, const Certificate& issuer);
/// The list is by `issuer` and valid at `moment` (thisUpdate to nextUpdate). Errors: Refused "crl-issuer",
/// "crl-signature", "crl-outdated".
[[nodiscard]] Result<void> checkCrlAt(ByteView der, const Certificate& issuer, Timestamp moment);

}  // namespace tickmark::crypto

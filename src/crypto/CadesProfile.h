// The one shape of a signature that Tickmark writes and accepts: a strict subset of CMS (RFC 5652) with CAdES
// baseline attributes (ETSI EN 319 122-1). Reads only; whether anything is true about it is for the checker.
#pragma once

#include <optional>
#include <vector>

#include "tickmark/crypto/Cms.h"
#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::crypto {

enum class DigestAlgorithm { Sha256, Sha384, Sha512 };
enum class SignatureAlgorithm { Ecdsa, Rsa };

inline constexpr std::size_t maximumSignatureSize = std::size_t{1} << 20U;

/// OpenSSL's name of the algorithm.
[[nodiscard]] const char* nameOf(DigestAlgorithm algorithm) noexcept;

/// The fields of one signature; the views point into its bytes.
struct CadesFields {
    std::vector<ByteView> certificates{};  ///< each one DER Certificate
    std::vector<ByteView> crls{};          ///< each one DER CertificateList
    ByteView issuer{};                     ///< DER Name of the signer's issuer
    ByteView serial{};                     ///< DER INTEGER
    DigestAlgorithm digest = DigestAlgorithm::Sha256;
    SignatureAlgorithm algorithm = SignatureAlgorithm::Ecdsa;
    ByteView signedAttributes{};  ///< as in the file, with the identifier [0]
    ByteView signatureValue{};
    ByteView messageDigest{};
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

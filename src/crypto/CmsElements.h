// The parts of a CMS SignedData (RFC 5652 section 5) that signatures and timestamp tokens share, read
// strictly. Nothing here judges whether it is true.
#pragma once

#include <string_view>
#include <vector>

#include "crypto/Der.h"
#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::crypto {

enum class DigestAlgorithm { Sha256, Sha384, Sha512 };
enum class SignatureAlgorithm { Ecdsa, Rsa };

/// OpenSSL's name of the algorithm.
[[nodiscard]] const char* nameOf(DigestAlgorithm algorithm) noexcept;
/// Bytes of its digests.
[[nodiscard]] std::size_t sizeOf(DigestAlgorithm algorithm) noexcept;

/// What one signer states; the views point into the file's bytes.
struct SignerFields {
    std::vector<ByteView> certificates{};  ///< each one DER Certificate
    std::vector<ByteView> crls{};          ///< each one DER CertificateList
    ByteView issuer{};                     ///< DER Name of the signer's issuer
    ByteView serial{};                     ///< DER INTEGER
    DigestAlgorithm digest = DigestAlgorithm::Sha256;
    SignatureAlgorithm algorithm = SignatureAlgorithm::Ecdsa;
    ByteView signedAttributes{};  ///< as in the file, with the identifier [0]
    ByteView signatureValue{};
    ByteView messageDigest{};
};

/// One attribute: its type and its values.
struct Attribute {
    std::string_view oid{};
    ByteView values{};
};

/// The content of the SignedData in a ContentInfo that fills the file. Errors: Invalid "der".
[[nodiscard]] Result<DerReader> openSignedData(ByteView file, std::string_view subject);

[[nodiscard]] Result<DigestAlgorithm> takeDigestAlgorithm(DerReader& reader);
/// ECDSA without parameters or RSA (PKCS#1 version 1.5), with the digest that the signer names.
[[nodiscard]] Result<SignatureAlgorithm> takeSignatureAlgorithm(DerReader& reader, DigestAlgorithm digest);
[[nodiscard]] Result<void> takeVersion(DerReader& reader, std::int64_t version, std::string_view what);
/// A SET with exactly one SEQUENCE, as a reader before that one.
[[nodiscard]] Result<DerReader> takeSingleSet(DerReader& reader, std::string_view what);

enum class Order { Ascending, Any };
/// [0] or [1] IMPLICIT SET OF certificates or lists, none in another of CMS's choices; empty when it is not
/// there.
[[nodiscard]] Result<std::vector<ByteView>> takeCollection(DerReader& reader, std::uint8_t identifier,
                                                           Order order, std::string_view what);
/// SignerInfo up to and with the digest algorithm, which must be the one announced.
[[nodiscard]] Result<void> takeSignerStart(DerReader& signer, DigestAlgorithm announced,
                                           SignerFields& fields);
/// The signed attributes as one element. Errors: Invalid "der", also when there are none.
[[nodiscard]] Result<DerElement> takeSignedAttributes(DerReader& signer);
/// Signature algorithm and value.
[[nodiscard]] Result<void> takeSignatureValue(DerReader& signer, SignerFields& fields);
[[nodiscard]] Result<Attribute> takeAttribute(DerReader& reader);

/// UTCTime or GeneralizedTime, "YYMMDDhhmmssZ" or "YYYYMMDDhhmmss[.f…]Z" as DER writes them; decimals only in
/// GeneralizedTime and only when `decimals`, those beyond microseconds cut.
[[nodiscard]] Result<Timestamp> readTime(const DerReader& context, const DerElement& element, bool decimals,
                                         std::string_view what);

}  // namespace tickmark::crypto

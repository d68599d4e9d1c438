#include "crypto/CmsVerification.h"

#include "crypto/CertificateState.h"

namespace tickmark::crypto {

Result<std::vector<Certificate>> parseCertificates(const std::vector<ByteView>& ders) {
    std::vector<Certificate> certificates;
    for (const ByteView der : ders) {
        TM_TRY(Certificate certificate, Certificate::fromDer(der));
        certificates.push_back(std::move(certificate));
    }
    return certificates;
}

bool isNamedSigner(const SignerFields& fields, const Certificate& certificate) {
    const X509* x509 = x509Of(certificate);
    return sameBytes(fields.issuer, derOf<X509_NAME>(X509_get_issuer_name(x509), &i2d_X509_NAME)) &&
           sameBytes(fields.serial, derOf<ASN1_INTEGER>(X509_get0_serialNumber(x509), &i2d_ASN1_INTEGER));
}

bool digestMatches(const SignerFields& fields, ByteView content) {
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
    std::size_t length = 0;
    require(EVP_Q_digest(nullptr, nameOf(fields.digest), nullptr, content.data(), content.size(),
                         digest.data(), &length) == 1);
    return sameBytes(ByteView(digest).first(length), fields.messageDigest);
}

bool algorithmFitsKey(const SignerFields& fields, const EVP_PKEY* key) {
    return EVP_PKEY_is_a(key, fields.algorithm == SignatureAlgorithm::Ecdsa ? "EC" : "RSA") == 1;
}

// The signature covers the attributes with the identifier of a plain SET (RFC 5652 section 5.4).
bool signatureMatches(const SignerFields& fields, EVP_PKEY* key) {
    Bytes attributes(fields.signedAttributes.begin(), fields.signedAttributes.end());
    attributes.front() = tag::set;
    const DigestContextHandle context(required(EVP_MD_CTX_new()));
    if (EVP_DigestVerifyInit_ex(context.get(), nullptr, nameOf(fields.digest), nullptr, nullptr, key,
                                nullptr) != 1) {
        return false;
    }
    return EVP_DigestVerify(context.get(), fields.signatureValue.data(), fields.signatureValue.size(),
                            attributes.data(), attributes.size()) == 1;
}

bool bindsCertificate(ByteView signingCertificate, ByteView signingCertificateV2, const Certificate& signer) {
    const auto first = ownerFromDer<EssV1Handle>(signingCertificate, &d2i_ESS_SIGNING_CERT);
    const auto second = ownerFromDer<EssHandle>(signingCertificateV2, &d2i_ESS_SIGNING_CERT_V2);
    const bool damaged = (first == nullptr) != signingCertificate.empty() ||
                         (second == nullptr) != signingCertificateV2.empty();
    if (damaged || (first == nullptr && second == nullptr)) return false;
    const BorrowedCertificateStack chain(required(sk_X509_new_null()));
    require(sk_X509_push(chain.get(), x509Of(signer)) > 0);
    return OSSL_ESS_check_signing_certs(first.get(), second.get(), chain.get(), 1) == 1;
}

}  // namespace tickmark::crypto

#include "crypto/AsnTime.h"
#include "crypto/CadesAttributes.h"
#include "crypto/CertificateState.h"
#include "crypto/OpenSslError.h"
#include "crypto/PrivateKey.h"
#include "tickmark/crypto/Cms.h"

namespace tickmark::crypto {

namespace {

constexpr unsigned int signerFlags = CMS_DETACHED | CMS_BINARY | CMS_PARTIAL | CMS_NOSMIMECAP | CMS_CADES;

Result<void> checkSigner(const SigningKey& key, Timestamp at) {
    const Certificate& certificate = key.certificate();
    TM_CHECK(checkSigningKeyType(pkeyOf(key)));
    if (!certificate.maySignDocuments()) {
        return refused(
            "key-usage",
            "The certificate of " + certificate.commonName() + " is not made for signing documents.",
            "Use a certificate with the key usage digitalSignature or nonRepudiation.");
    }
    if (at.seconds() < certificate.notBefore().seconds() || at.seconds() > certificate.notAfter().seconds()) {
        return refused(
            "certificate-validity",
            "The certificate of " + certificate.commonName() + " is not valid at " + at.iso() + ".",
            "Check the clock, or use a certificate that is valid now.");
    }
    return {};
}

Result<void> addCrls(CMS_ContentInfo* cms, const std::vector<Bytes>& crls) {
    for (const Bytes& der : crls) {
        const auto crl = ownerFromDer<CrlHandle>(der, &d2i_X509_CRL);
        if (crl == nullptr)
            return withReasons(
                invalid("crl", "crl", "A revocation list is not in DER form.", "Bring a DER CRL."));
        require(CMS_add1_crl(cms, crl.get()) == 1);
    }
    return {};
}

Result<void> addAttributes(CMS_SignerInfo* signer, Commitment commitment, Timestamp at) {
    TM_TRY(const auto time, asnTimeOf(at));
    require(CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_signingTime, ASN1_STRING_type(time.get()),
                                        time.get(), -1) == 1);
    const Bytes value = commitmentValue(commitment);
    require(CMS_signed_add1_attr_by_NID(signer, NID_id_smime_aa_ets_commitmentType, V_ASN1_SEQUENCE,
                                        value.data(), static_cast<int>(value.size())) == 1);
    return {};
}

}  // namespace

Result<Bytes> signCades(const SigningKey& key, ByteView content, Commitment commitment, Timestamp at,
                        const std::vector<Bytes>& crls) {
    const ErrorScope scope;
    TM_CHECK(checkSigner(key, at));
    const CmsHandle cms(required(
        CMS_sign(nullptr, nullptr, nullptr, nullptr, CMS_DETACHED | CMS_BINARY | CMS_PARTIAL | CMS_STREAM)));
    CMS_SignerInfo* signer =
        CMS_add1_signer(cms.get(), x509Of(key.certificate()), pkeyOf(key), EVP_sha256(), signerFlags);
    if (signer == nullptr) return withReasons(internal("The signature could not be begun."));
    for (const Certificate& intermediate : key.intermediates()) {
        require(CMS_add1_cert(cms.get(), x509Of(intermediate)) == 1);
    }
    TM_CHECK(addCrls(cms.get(), crls));
    TM_CHECK(addAttributes(signer, commitment, at));
    const BioHandle source = readingBio(content);
    if (CMS_final(cms.get(), source.get(), nullptr, CMS_DETACHED | CMS_BINARY) != 1) {
        return withReasons(internal("The content could not be signed."));
    }
    Bytes der = derOf<CMS_ContentInfo>(cms.get(), &i2d_CMS_ContentInfo);
    // What we write must be what we accept.
    if (const auto fields = readCades(der); !fields) return internal(fields.error().message);
    return der;
}

}  // namespace tickmark::crypto

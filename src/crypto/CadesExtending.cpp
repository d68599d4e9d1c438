// What is put beside a signature after it was made: a timestamp (level T) and revocation data (level LT).
#include <algorithm>

#include "crypto/CadesProfile.h"
#include "crypto/CertificateState.h"
#include "crypto/CmsVerification.h"
#include "crypto/OpenSslError.h"
#include "crypto/Revocation.h"
#include "crypto/TimestampProfile.h"
#include "tickmark/crypto/Cms.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::crypto {

namespace {

Result<CmsHandle> parseCms(ByteView der) {
    auto cms = canonicalFromDer<CmsHandle>(der, &d2i_CMS_ContentInfo, &i2d_CMS_ContentInfo);
    if (cms == nullptr) return withReasons(derError("outer structure", "is damaged"));
    return cms;
}

// What we write must be what we accept, and what was signed must be as before.
Result<Bytes> written(const CMS_ContentInfo* cms, const CadesFields& before) {
    Bytes der = derOf<CMS_ContentInfo>(cms, &i2d_CMS_ContentInfo);
    TM_TRY(const CadesFields after, readCades(der));
    if (!sameBytes(after.signedAttributes, before.signedAttributes) ||
        !sameBytes(after.signatureValue, before.signatureValue)) {
        return internal("The signature would have been changed.");
    }
    return der;
}

bool isAmong(const std::vector<ByteView>& list, ByteView der) {
    return std::any_of(list.begin(), list.end(), [&](ByteView other) { return sameBytes(other, der); });
}

Result<void> addLists(CMS_ContentInfo* cms, std::vector<ByteView> present, const std::vector<Bytes>& crls) {
    for (const Bytes& der : crls) {
        TM_TRY(const CrlHandle list, parseCrl(der));
        if (isAmong(present, der)) continue;
        require(CMS_add1_crl(cms, list.get()) == 1);
        present.emplace_back(der);
    }
    return {};
}

void addCertificates(CMS_ContentInfo* cms, const std::vector<ByteView>& present,
                     const std::vector<Certificate>& certificates) {
    std::vector<Bytes> added;
    for (const Certificate& certificate : certificates) {
        const Bytes der = certificate.der();
        const bool already =
            isAmong(present, der) || std::find(added.begin(), added.end(), der) != added.end();
        if (already || isSelfIssued(certificate)) continue;
        require(CMS_add1_cert(cms, x509Of(certificate)) == 1);
        added.push_back(der);
    }
}

}  // namespace

Result<Digest> signatureImprint(ByteView cms) {
    const ErrorScope scope;
    TM_TRY(const CadesFields fields, readCades(cms));
    return Sha256::of(fields.signatureValue);
}

Result<Bytes> addSignatureTimestamp(ByteView cms, ByteView token) {
    const ErrorScope scope;
    TM_TRY(const CadesFields fields, readCades(cms));
    if (fields.timestampToken) {
        return refused("already-timestamped", "The signature has a timestamp already.",
                       "Protect it with an archive timestamp instead.");
    }
    TM_TRY(const TokenFields stamped, readToken(token));
    if (stamped.info.imprint != Sha256::of(fields.signatureValue)) {
        return refused("timestamp-mismatch", "The timestamp was made over another signature.",
                       "Ask for a timestamp over this one.");
    }
    TM_TRY(const CmsHandle parsed, parseCms(cms));
    CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(parsed.get()), 0);
    require(CMS_unsigned_add1_attr_by_NID(signer, NID_id_smime_aa_timeStampToken, V_ASN1_SEQUENCE,
                                          token.data(), static_cast<int>(token.size())) == 1);
    return written(parsed.get(), fields);
}

Result<Bytes> addRevocationData(ByteView cms, const std::vector<Bytes>& crls,
                                const std::vector<Certificate>& certificates) {
    const ErrorScope scope;
    TM_TRY(const CadesFields fields, readCades(cms));
    TM_TRY(const CmsHandle parsed, parseCms(cms));
    TM_CHECK(addLists(parsed.get(), fields.crls, crls));
    addCertificates(parsed.get(), fields.certificates, certificates);
    return written(parsed.get(), fields);
}

Result<CadesParts> partsOfCades(ByteView cms) {
    const ErrorScope scope;
    TM_TRY(const CadesFields fields, readCades(cms));
    CadesParts parts;
    TM_TRY(parts.certificates, parseCertificates(fields.certificates));
    std::stable_partition(parts.certificates.begin(), parts.certificates.end(),
                          [&](const Certificate& certificate) { return isNamedSigner(fields, certificate); });
    for (const ByteView der : fields.crls) parts.crls.emplace_back(der.begin(), der.end());
    if (fields.timestampToken)
        parts.timestampToken = Bytes(fields.timestampToken->begin(), fields.timestampToken->end());
    parts.signingTime = fields.signingTime;
    return parts;
}

}  // namespace tickmark::crypto

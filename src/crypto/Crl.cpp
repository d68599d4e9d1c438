#include "tickmark/crypto/Crl.h"

#include <openssl/pem.h>

#include "crypto/AsnTime.h"
#include "crypto/CertificateState.h"
#include "crypto/OpenSslError.h"
#include "crypto/Revocation.h"

namespace tickmark::crypto {

namespace {

Result<CrlHandle> readWithinCap(ByteView der) {
    if (der.size() > maximumCrlSize) {
        return Error{ErrorKind::TooLarge, "crl-size", "The revocation list has more than 1 MiB.", "crl"};
    }
    return parseCrl(der);
}

std::string hexOf(const ASN1_INTEGER* number) {
    const BigNumberHandle value(required(ASN1_INTEGER_to_BN(number, nullptr)));
    Bytes bytes(static_cast<std::size_t>(BN_num_bytes(value.get())));
    BN_bn2bin(value.get(), bytes.data());
    return bytes.empty() ? "00" : toHex(bytes);
}

std::string printed(const X509_NAME* name) {
    const BioHandle out(required(BIO_new(BIO_s_mem())));
    require(X509_NAME_print_ex(out.get(), name, 0,
                               XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB)) >= 0);
    return std::string(textOf(collected(out.get())));
}

std::optional<std::int64_t> numberOf(const X509_CRL* crl) {
    const IntegerHandle number(
        static_cast<ASN1_INTEGER*>(X509_CRL_get_ext_d2i(crl, NID_crl_number, nullptr, nullptr)));
    std::int64_t value = 0;
    if (number == nullptr || ASN1_INTEGER_get_int64(&value, number.get()) != 1 || value < 0)
        return std::nullopt;
    return value;
}

}  // namespace

Result<CrlFacts> readCrl(ByteView der) {
    const ErrorScope scope;
    TM_TRY(const CrlHandle crl, readWithinCap(der));
    CrlFacts facts;
    facts.issuer = printed(X509_CRL_get_issuer(crl.get()));
    facts.thisUpdate = timestampOf(X509_CRL_get0_lastUpdate(crl.get()));
    if (const ASN1_TIME* next = X509_CRL_get0_nextUpdate(crl.get()); next != nullptr)
        facts.nextUpdate = timestampOf(next);
    facts.number = numberOf(crl.get());
    facts.hasCriticalExtension = hasCriticalExtension(crl.get());
    STACK_OF(X509_REVOKED)* revoked = X509_CRL_get_REVOKED(crl.get());
    for (int i = 0; i < sk_X509_REVOKED_num(revoked); ++i) {
        const X509_REVOKED* entry = sk_X509_REVOKED_value(revoked, i);
        facts.revoked.push_back({hexOf(X509_REVOKED_get0_serialNumber(entry)),
                                 timestampOf(X509_REVOKED_get0_revocationDate(entry)), reasonOf(entry)});
    }
    return facts;
}

Result<Bytes> crlFromFile(ByteView bytes) {
    const ErrorScope scope;
    constexpr std::size_t pemOverhead = 2;  // base64 with headers and line breaks takes less than twice
    if (bytes.size() > maximumCrlSize * pemOverhead) {
        return Error{ErrorKind::TooLarge, "crl-size", "The revocation list has more than 1 MiB.", "crl"};
    }
    Bytes der(bytes.begin(), bytes.end());
    if (textOf(bytes).find("-----BEGIN X509 CRL-----") != std::string_view::npos) {
        const BioHandle bio = readingBio(bytes);
        const CrlHandle crl(PEM_read_bio_X509_CRL(bio.get(), nullptr, nullptr, nullptr));
        if (crl == nullptr) {
            return withReasons(
                invalid("crl", "crl", "The revocation list in this PEM text is damaged.", "Fetch it again."));
        }
        der = derOf<X509_CRL>(crl.get(), &i2d_X509_CRL);
    }
    TM_CHECK(readWithinCap(der));
    return der;
}

Result<void> checkCrl(ByteView der, const Certificate& issuer) {
    const ErrorScope scope;
    TM_TRY(const CrlHandle crl, readWithinCap(der));
    if (!namesAsIssuer(crl.get(), issuer)) {
        return refused("crl-issuer",
                       "The revocation list is by another issuer than " + issuer.commonName() + ".",
                       "Bring the list of that authority.");
    }
    if (!hasStrongDigest(crl.get()) || !isListBy(crl.get(), issuer)) {
        return refused("crl-signature", "The revocation list is not what " + issuer.commonName() + " signed.",
                       "Fetch it again from the authority.");
    }
    return {};
}

Result<void> checkCrlAt(ByteView der, const Certificate& issuer, Timestamp moment) {
    TM_CHECK(checkCrl(der, issuer));
    TM_TRY(const CrlFacts facts, readCrl(der));
    if (facts.thisUpdate <= moment && facts.nextUpdate && *facts.nextUpdate >= moment) return {};
    return refused("crl-outdated",
                   "The revocation list of " + issuer.commonName() + " is not valid at " + moment.iso() + ".",
                   "Fetch the current list, and check the clock.");
}

}  // namespace tickmark::crypto

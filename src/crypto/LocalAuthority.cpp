#include <algorithm>

#include "crypto/AsnTime.h"
#include "crypto/CertificateBuilder.h"
#include "crypto/CertificateState.h"
#include "crypto/OpenSslError.h"
#include "crypto/PrivateKey.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::crypto {

namespace {

constexpr std::int64_t secondsPerDay = 86'400;
constexpr std::int64_t rootDays = 3'652;  // ten years
constexpr int maximumDays = 3'652;
constexpr const char* documentSigning = "1.3.6.1.5.5.7.3.36";  // RFC 9336
// Beside it, because NSS and OpenSSL's default purpose know no documentSigning and would refuse the
// signature.
constexpr const char* emailProtection = "1.3.6.1.5.5.7.3.4";
constexpr const char* serverAuth = "1.3.6.1.5.5.7.3.1";
constexpr std::size_t maximumName = 64;  // RFC 5280 appendix A.1, ub-common-name

// The first characters of well-formed UTF-8 text, never half a character.
std::string firstCharacters(const std::string& text, std::size_t count) {
    std::size_t end = 0;
    for (std::size_t seen = 0; end < text.size(); ++end) {
        const bool starts = (static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U;
        if (starts && seen++ == count) break;
    }
    return text.substr(0, end);
}

std::string organisationOf(const Certificate& root) {
    const X509_NAME* name = X509_get_subject_name(x509Of(root));
    const int index = X509_NAME_get_index_by_NID(name, NID_organizationName, -1);
    if (index < 0) return {};
    const ASN1_STRING* text = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index));
    const ByteView bytes(ASN1_STRING_get0_data(text), static_cast<std::size_t>(ASN1_STRING_length(text)));
    return std::string(textOf(bytes));
}

void addUsage(CertificateBuilder& builder, CertificatePurpose purpose) {
    builder.addExtension(NID_basic_constraints, "critical,CA:FALSE");
    switch (purpose) {
        case CertificatePurpose::Seal:
        case CertificatePurpose::Signatory:
            builder.addExtension(NID_key_usage, "critical,digitalSignature,nonRepudiation");
            builder.addExtendedKeyUsage({documentSigning, emailProtection});
            return;
        case CertificatePurpose::TlsServer:
            builder.addExtension(NID_key_usage, "critical,digitalSignature");
            builder.addExtendedKeyUsage({serverAuth});
            return;
        case CertificatePurpose::TimeStamping:
            builder.addExtension(NID_key_usage, "critical,digitalSignature");
            builder.addExtension(NID_ext_key_usage, "critical,timeStamping");
            return;
    }
}

Result<void> checkIssue(CertificatePurpose purpose, int days, const std::vector<std::string>& hosts) {
    if (days < 1 || days > maximumDays) {
        return invalid("days", "days", "A certificate is valid for 1 to 3652 days.",
                       "Choose a number in that range.");
    }
    if (purpose == CertificatePurpose::TlsServer && hosts.empty()) {
        return invalid("host", "hosts", "A server certificate needs at least one host name or IP address.",
                       "Name one.");
    }
    if (purpose != CertificatePurpose::TlsServer && !hosts.empty()) {
        return invalid("host", "hosts", "Only a server certificate names hosts.", "Leave the hosts out.");
    }
    return {};
}

Result<void> addRevoked(X509_CRL* crl, const LocalAuthority::Revocation& revocation) {
    const auto bytes = fromHex(revocation.serialHex);
    if (!bytes || bytes->empty() || bytes->size() > 20) {
        return invalid("serial", "serial",
                       "A certificate's serial number is 1 to 20 bytes in lower-case hexadecimal.",
                       "Copy it from the certificate.");
    }
    const BigNumberHandle number(
        required(BN_bin2bn(bytes->data(), static_cast<int>(bytes->size()), nullptr)));
    const IntegerHandle serial(required(BN_to_ASN1_INTEGER(number.get(), nullptr)));
    TM_TRY(const auto at, asnTimeOf(revocation.at));
    RevokedHandle entry(required(X509_REVOKED_new()));
    require(X509_REVOKED_set_serialNumber(entry.get(), serial.get()) == 1);
    require(X509_REVOKED_set_revocationDate(entry.get(), at.get()) == 1);
    if (revocation.reason) {
        const EnumeratedHandle reason(required(ASN1_ENUMERATED_new()));
        require(ASN1_ENUMERATED_set(reason.get(), static_cast<long>(*revocation.reason)) == 1);
        require(X509_REVOKED_add1_ext_i2d(entry.get(), NID_crl_reason, reason.get(), 0, X509V3_ADD_DEFAULT) ==
                1);
    }
    require(X509_CRL_add0_revoked(crl, entry.get()) == 1);
    static_cast<void>(entry.release());  // now owned by the list
    return {};
}

void addCrlExtensions(X509_CRL* crl, X509* issuer, std::int64_t number) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, nullptr, nullptr, crl, 0);
    const Handle<X509_EXTENSION, X509_EXTENSION_free> authority(
        required(X509V3_EXT_conf_nid(nullptr, &context, NID_authority_key_identifier, "keyid:always")));
    require(X509_CRL_add_ext(crl, authority.get(), -1) == 1);
    const IntegerHandle value(required(ASN1_INTEGER_new()));
    require(ASN1_INTEGER_set_int64(value.get(), number) == 1);
    require(X509_CRL_add1_ext_i2d(crl, NID_crl_number, value.get(), 0, X509V3_ADD_DEFAULT) == 1);
}

}  // namespace

LocalAuthority::LocalAuthority(std::shared_ptr<State> state) : m_state(std::move(state)) {}
const Certificate& LocalAuthority::certificate() const { return m_state->certificate; }
std::string LocalAuthority::keyPem(const Secret& passphrase) const {
    return writePrivateKey(m_state->key.get(), passphrase);
}

Result<LocalAuthority> LocalAuthority::create(const std::string& organisation, Timestamp now) {
    const ErrorScope scope;
    TM_TRY(const std::string name, cleanText("organisation", organisation, {1, 200, false}));
    PkeyHandle key = makeP256Key();
    CertificateBuilder builder(key.get());
    TM_CHECK(builder.setValidity(now, now.plusSeconds(rootDays * secondsPerDay)));
    const std::string suffix = " evidence root";
    TM_CHECK(builder.setSubject(firstCharacters(name, maximumName),
                                firstCharacters(name, maximumName - suffix.size()) + suffix));
    builder.setIssuer(nullptr);
    builder.addExtension(NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    builder.addExtension(NID_key_usage, "critical,keyCertSign,cRLSign");
    Certificate root = builder.sign(key.get());
    return LocalAuthority(std::make_shared<State>(State{std::move(key), std::move(root)}));
}

Result<LocalAuthority> LocalAuthority::fromPem(std::string_view keyPem, std::string_view certificatePem,
                                               const Secret& passphrase) {
    const ErrorScope scope;
    TM_TRY(PkeyHandle key, readPrivateKey(keyPem, passphrase));
    TM_CHECK(checkSigningKeyType(key.get()));
    TM_TRY(Certificate root, Certificate::fromPem(certificatePem));
    if (!root.isAuthority()) {
        return invalid("certificate", "certificate", "This certificate does not belong to an authority.",
                       "Bring the root certificate.");
    }
    if (X509_check_private_key(x509Of(root), key.get()) != 1) {
        return refused("key-mismatch", "The root certificate does not belong to this private key.",
                       "Bring the certificate that was made with this key.");
    }
    return LocalAuthority(std::make_shared<State>(State{std::move(key), std::move(root)}));
}

Result<SigningKey> LocalAuthority::issue(CertificatePurpose purpose, const std::string& commonName,
                                         Timestamp now, int days,
                                         const std::vector<std::string>& hosts) const {
    const ErrorScope scope;
    TM_CHECK(checkIssue(purpose, days, hosts));
    TM_TRY(const std::string name, cleanText("name", commonName, {1, maximumName, false}));
    const Certificate& root = m_state->certificate;
    if (now < root.notBefore() || now >= root.notAfter()) {
        return refused("authority-expired",
                       "The local authority's root certificate is not valid at this time.",
                       "Check the clock, or make a new authority.");
    }
    PkeyHandle key = makeP256Key();
    CertificateBuilder builder(key.get());
    // A certificate that outlives its root would only fail later.
    TM_CHECK(builder.setValidity(now, std::min(now.plusSeconds(days * secondsPerDay), root.notAfter())));
    TM_CHECK(builder.setSubject(organisationOf(root), name));
    builder.setIssuer(x509Of(root));
    addUsage(builder, purpose);
    if (!hosts.empty()) TM_CHECK(builder.addHosts(hosts));
    Certificate certificate = builder.sign(m_state->key.get());
    return SigningKey(std::make_shared<SigningKey::State>(
        SigningKey::State{{}, std::move(key), std::move(certificate), {}}));
}

Result<Bytes> LocalAuthority::makeCrl(const std::vector<Revocation>& revoked, Timestamp now, int days,
                                      std::int64_t number) const {
    const ErrorScope scope;
    X509* root = x509Of(m_state->certificate);
    if (days < 1 || number < 0) {
        return invalid("crl", "days",
                       "A revocation list is valid for at least a day and has a number from 0.",
                       "Choose such values.");
    }
    TM_TRY(const auto from, asnTimeOf(now));
    TM_TRY(const auto until, asnTimeOf(now.plusSeconds(days * secondsPerDay)));
    const CrlHandle crl(required(X509_CRL_new()));
    require(X509_CRL_set_version(crl.get(), X509_CRL_VERSION_2) == 1);
    require(X509_CRL_set_issuer_name(crl.get(), X509_get_subject_name(root)) == 1);
    require(X509_CRL_set1_lastUpdate(crl.get(), from.get()) == 1);
    require(X509_CRL_set1_nextUpdate(crl.get(), until.get()) == 1);
    for (const Revocation& revocation : revoked) TM_CHECK(addRevoked(crl.get(), revocation));
    addCrlExtensions(crl.get(), root, number);
    require(X509_CRL_sort(crl.get()) == 1);
    require(X509_CRL_sign(crl.get(), m_state->key.get(), EVP_sha256()) > 0);
    return derOf<X509_CRL>(crl.get(), &i2d_X509_CRL);
}

}  // namespace tickmark::crypto

#include "crypto/CertificateBuilder.h"

#include <algorithm>

#include "crypto/AsnTime.h"
#include "crypto/CertificateState.h"
#include "crypto/OpenSslError.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::crypto {

namespace {

using Asn1StringHandle = Handle<ASN1_STRING, ASN1_STRING_free>;
using ExtensionHandle = Handle<X509_EXTENSION, X509_EXTENSION_free>;
using GeneralNameHandle = Handle<GENERAL_NAME, GENERAL_NAME_free>;

void setRandomSerial(X509* x509) {
    Bytes bytes = randomBytes(16);
    bytes[0] |= 0x40U;  // never short, never zero
    const BigNumberHandle number(required(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr)));
    const IntegerHandle serial(required(BN_to_ASN1_INTEGER(number.get(), nullptr)));
    require(X509_set_serialNumber(x509, serial.get()) == 1);
}

bool addName(X509_NAME* name, int nid, const std::string& text) {
    const ByteView bytes = viewOf(text);
    return X509_NAME_add_entry_by_NID(name, nid, MBSTRING_UTF8, bytes.data(), static_cast<int>(bytes.size()),
                                      -1, 0) == 1;
}

Error badHost(const std::string& host) {
    return invalid("host", "hosts", "\"" + host + "\" is neither a host name nor an IP address.",
                   "Write host names with letters, digits, dots and hyphens, or an IP address.");
}

bool isHostName(const std::string& host) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '.';
    };
    return !host.empty() && host.size() <= 253 && host.front() != '.' && host.front() != '-' &&
           std::all_of(host.begin(), host.end(), fits);
}

Result<GeneralNameHandle> generalNameOf(const std::string& host) {
    GeneralNameHandle name(required(GENERAL_NAME_new()));
    if (ASN1_OCTET_STRING* address = a2i_IPADDRESS(host.c_str()); address != nullptr) {
        GENERAL_NAME_set0_value(name.get(), GEN_IPADD, address);
        return name;
    }
    if (!isHostName(host)) return badHost(host);
    Asn1StringHandle text(required(ASN1_STRING_type_new(V_ASN1_IA5STRING)));
    require(ASN1_STRING_set(text.get(), host.data(), static_cast<int>(host.size())) == 1);
    GENERAL_NAME_set0_value(name.get(), GEN_DNS, text.release());
    return name;
}

}  // namespace

CertificateBuilder::CertificateBuilder(EVP_PKEY* subjectKey) : m_x509(required(X509_new())) {
    require(X509_set_version(m_x509.get(), X509_VERSION_3) == 1);
    setRandomSerial(m_x509.get());
    require(X509_set_pubkey(m_x509.get(), subjectKey) == 1);
}

Result<void> CertificateBuilder::setValidity(Timestamp notBefore, Timestamp notAfter) {
    TM_TRY(const auto from, asnTimeOf(notBefore));
    TM_TRY(const auto until, asnTimeOf(notAfter));
    require(X509_set1_notBefore(m_x509.get(), from.get()) == 1 &&
            X509_set1_notAfter(m_x509.get(), until.get()) == 1);
    return {};
}

Result<void> CertificateBuilder::setSubject(const std::string& organisation, const std::string& commonName) {
    X509_NAME* name = X509_get_subject_name(m_x509.get());
    const bool fits = (organisation.empty() || addName(name, NID_organizationName, organisation)) &&
                      addName(name, NID_commonName, commonName);
    if (fits) return {};
    return withReasons(
        invalid("name", "name", "A name in a certificate has 1 to 64 characters.", "Choose a shorter one."));
}

void CertificateBuilder::setIssuer(X509* issuer) {
    m_issuer = issuer == nullptr ? m_x509.get() : issuer;
    require(X509_set_issuer_name(m_x509.get(), X509_get_subject_name(m_issuer)) == 1);
    addExtension(NID_subject_key_identifier, "hash");
    if (issuer != nullptr) addExtension(NID_authority_key_identifier, "keyid:always");
}

void CertificateBuilder::addExtension(int nid, const char* value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, m_issuer, m_x509.get(), nullptr, nullptr, 0);
    const ExtensionHandle extension(required(X509V3_EXT_conf_nid(nullptr, &context, nid, value)));
    require(X509_add_ext(m_x509.get(), extension.get(), -1) == 1);
}

void CertificateBuilder::addExtendedKeyUsage(const std::vector<const char*>& oids) {
    const ExtendedUsageHandle usages(required(EXTENDED_KEY_USAGE_new()));
    for (const char* oid : oids) {
        ObjectHandle object(required(OBJ_txt2obj(oid, 1)));
        require(sk_ASN1_OBJECT_push(usages.get(), object.release()) > 0);
    }
    require(X509_add1_ext_i2d(m_x509.get(), NID_ext_key_usage, usages.get(), 0, X509V3_ADD_DEFAULT) == 1);
}

Result<void> CertificateBuilder::addHosts(const std::vector<std::string>& hosts) {
    const GeneralNamesHandle names(required(GENERAL_NAMES_new()));
    for (const std::string& host : hosts) {
        TM_TRY(GeneralNameHandle name, generalNameOf(host));
        require(sk_GENERAL_NAME_push(names.get(), name.release()) > 0);
    }
    require(X509_add1_ext_i2d(m_x509.get(), NID_subject_alt_name, names.get(), 0, X509V3_ADD_DEFAULT) == 1);
    return {};
}

Certificate CertificateBuilder::sign(EVP_PKEY* issuerKey) {
    require(X509_sign(m_x509.get(), issuerKey, EVP_sha256()) > 0);
    // Read back from its own DER, so that nothing half-built stays behind the certificate.
    const Bytes der = derOf<X509>(m_x509.get(), &i2d_X509);
    auto certificate = Certificate::fromDer(der);
    require(certificate.ok());
    return *std::move(certificate);
}

}  // namespace tickmark::crypto

#include "tickmark/crypto/Certificate.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>

#include "crypto/AsnTime.h"
#include "crypto/CertificateState.h"
#include "crypto/OpenSslError.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::crypto {

namespace {

Error notACertificate(std::string message) {
    return invalid("certificate", "certificate", std::move(message), "Bring an X.509 certificate.");
}

std::string printed(const X509_NAME* name) {
    const BioHandle out(required(BIO_new(BIO_s_mem())));
    // RFC 2253, but with UTF-8 letters as they are; control characters stay escaped.
    require(X509_NAME_print_ex(out.get(), name, 0,
                               XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB)) >= 0);
    return std::string(textOf(collected(out.get())));
}

// Extended key usages that go with signing a document: RFC 9336 documentSigning and emailProtection.
bool isDocumentUsage(const ASN1_OBJECT* usage) {
    std::array<char, 80> text{};
    const int length = OBJ_obj2txt(text.data(), static_cast<int>(text.size()), usage, 1);
    const std::string_view oid(text.data());
    return length > 0 && (oid == "1.3.6.1.5.5.7.3.36" || oid == "1.3.6.1.5.5.7.3.4");
}

bool extendedUsageFits(const X509* x509) {
    int found = 0;
    const ExtendedUsageHandle usages(
        static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(x509, NID_ext_key_usage, &found, nullptr)));
    if (usages == nullptr) return found == -1;  // -1: not there; anything else is damaged or doubled
    const int count = sk_ASN1_OBJECT_num(usages.get());
    for (int i = 0; i < count; ++i) {
        if (!isDocumentUsage(sk_ASN1_OBJECT_value(usages.get(), i))) return false;
    }
    return count > 0;
}

}  // namespace

Certificate::Certificate(std::shared_ptr<State> state) : m_state(std::move(state)) {}
void* Certificate::handle() const noexcept { return m_state->x509.get(); }

X509* x509Of(const Certificate& certificate) noexcept { return static_cast<X509*>(certificate.handle()); }

Certificate certificateOf(X509Handle x509) {
    X509_check_purpose(x509.get(), -1, 0);
    auto state = std::make_shared<Certificate::State>();
    state->x509 = std::move(x509);
    return Certificate(std::move(state));
}

Result<Certificate> Certificate::fromDer(ByteView der) {
    const ErrorScope scope;
    auto x509 = ownerFromDer<X509Handle>(der, &d2i_X509);
    if (x509 == nullptr) return withReasons(notACertificate("These bytes are not one DER certificate."));
    const Bytes again = derOf<X509>(x509.get(), &i2d_X509);
    if (!std::equal(again.begin(), again.end(), der.begin(), der.end())) {
        return notACertificate("The certificate is not in canonical DER.");
    }
    return certificateOf(std::move(x509));
}

Result<Certificate> Certificate::fromPem(std::string_view pem) {
    TM_TRY(auto all, allFromPem(pem));
    return all.front();
}

Result<std::vector<Certificate>> Certificate::allFromPem(std::string_view pem) {
    const ErrorScope scope;
    const BioHandle bio = readingBio(viewOf(pem));
    std::vector<Certificate> all;
    while (true) {
        X509Handle x509(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
        if (x509 == nullptr) break;
        all.push_back(certificateOf(std::move(x509)));
    }
    const bool atEnd = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    if (!atEnd) return withReasons(notACertificate("A certificate in this PEM text is damaged."));
    if (all.empty()) return notACertificate("There is no certificate in this PEM text.");
    return all;
}

Bytes Certificate::der() const { return derOf<X509>(x509Of(*this), &i2d_X509); }

std::string Certificate::pem() const {
    const BioHandle out(required(BIO_new(BIO_s_mem())));
    require(PEM_write_bio_X509(out.get(), x509Of(*this)) == 1);
    return std::string(textOf(collected(out.get())));
}

Digest Certificate::fingerprint() const { return Sha256::of(der()); }
std::string Certificate::subject() const { return printed(X509_get_subject_name(x509Of(*this))); }
std::string Certificate::issuer() const { return printed(X509_get_issuer_name(x509Of(*this))); }

std::string Certificate::commonName() const {
    const X509_NAME* name = X509_get_subject_name(x509Of(*this));
    int last = -1;
    for (int next = X509_NAME_get_index_by_NID(name, NID_commonName, -1); next >= 0;
         next = X509_NAME_get_index_by_NID(name, NID_commonName, next)) {
        last = next;
    }
    if (last < 0) return {};
    unsigned char* utf8 = nullptr;
    const int length = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, last)));
    if (length < 0) return {};
    const Bytes bytes(utf8, utf8 + length);
    OPENSSL_free(utf8);
    std::string text(textOf(bytes));
    // Names come from strangers and are shown in terminals and pages: a line break or escape code must not
    // pass.
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    std::replace_if(text.begin(), text.end(), isControl, '?');
    return isUtf8(text) ? text : std::string();
}

std::string Certificate::serialHex() const {
    const BigNumberHandle number(
        required(ASN1_INTEGER_to_BN(X509_get0_serialNumber(x509Of(*this)), nullptr)));
    Bytes bytes(static_cast<std::size_t>(BN_num_bytes(number.get())));
    BN_bn2bin(number.get(), bytes.data());
    return bytes.empty() ? "00" : toHex(bytes);
}

Timestamp Certificate::notBefore() const { return timestampOf(X509_get0_notBefore(x509Of(*this))); }
Timestamp Certificate::notAfter() const { return timestampOf(X509_get0_notAfter(x509Of(*this))); }
bool Certificate::isAuthority() const { return (X509_get_extension_flags(x509Of(*this)) & EXFLAG_CA) != 0; }

bool Certificate::maySignDocuments() const {
    const ErrorScope scope;
    X509* x509 = x509Of(*this);
    const std::uint32_t flags = X509_get_extension_flags(x509);
    if ((flags & (EXFLAG_INVALID | EXFLAG_CA)) != 0 || (flags & EXFLAG_KUSAGE) == 0) return false;
    if ((X509_get_key_usage(x509) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) == 0) return false;
    return extendedUsageFits(x509);
}

bool isSelfIssued(const Certificate& certificate) {
    const X509* x509 = x509Of(certificate);
    return X509_NAME_cmp(X509_get_subject_name(x509), X509_get_issuer_name(x509)) == 0;
}

bool isIssuedBy(const Certificate& certificate, const Certificate& issuer) {
    const ErrorScope scope;
    EVP_PKEY* key = X509_get0_pubkey(x509Of(issuer));
    return key != nullptr && X509_check_issued(x509Of(issuer), x509Of(certificate)) == X509_V_OK &&
           X509_verify(x509Of(certificate), key) == 1;
}

std::vector<Certificate> pathBelowRoot(const Certificate& leaf, const std::vector<Certificate>& candidates) {
    constexpr std::size_t longest = 8;
    std::vector<Certificate> path;
    Certificate current = leaf;
    while (path.size() < longest && !isSelfIssued(current)) {
        const auto issuer =
            std::find_if(candidates.begin(), candidates.end(), [&](const Certificate& candidate) {
                return !isSelfIssued(candidate) && isIssuedBy(current, candidate);
            });
        if (issuer == candidates.end()) break;
        path.push_back(*issuer);
        current = *issuer;
    }
    return path;
}

}  // namespace tickmark::crypto

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

std::string dotted(const ASN1_OBJECT* object) {
    std::array<char, 128> text{};
    return OBJ_obj2txt(text.data(), static_cast<int>(text.size()), object, 1) > 0 ? text.data() : "";
}

// Extended key usages that go with signing a document: RFC 9336 documentSigning and emailProtection.
bool isDocumentUsage(const ASN1_OBJECT* usage) {
    const std::string oid = dotted(usage);
    return (oid == "1.3.6.1.5.5.7.3.36" || oid == "1.3.6.1.5.5.7.3.4");
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

struct NamedUsage {
    std::uint32_t bit = 0;
    const char* words = "";
};
// RFC 5280 section 4.2.1.3.
constexpr std::array<NamedUsage, 9> namedUsages{{
    {KU_DIGITAL_SIGNATURE, "signs data"},
    {KU_NON_REPUDIATION, "signs documents for good"},
    {KU_KEY_ENCIPHERMENT, "encrypts keys"},
    {KU_DATA_ENCIPHERMENT, "encrypts data"},
    {KU_KEY_AGREEMENT, "agrees on keys"},
    {KU_KEY_CERT_SIGN, "signs certificates"},
    {KU_CRL_SIGN, "signs revocation lists"},
    {KU_ENCIPHER_ONLY, "encrypts only"},
    {KU_DECIPHER_ONLY, "decrypts only"},
}};

struct NamedPurpose {
    std::string_view oid;
    const char* words = "";
};
// RFC 5280 section 4.2.1.12 and RFC 9336.
constexpr std::array<NamedPurpose, 8> namedPurposes{{
    {"1.3.6.1.5.5.7.3.36", "document signing"},
    {"1.3.6.1.5.5.7.3.4", "e-mail"},
    {"1.3.6.1.5.5.7.3.8", "timestamps"},
    {"1.3.6.1.5.5.7.3.1", "web server"},
    {"1.3.6.1.5.5.7.3.2", "web client"},
    {"1.3.6.1.5.5.7.3.3", "code signing"},
    {"1.3.6.1.5.5.7.3.9", "answers about revocation"},
    {"2.5.29.37.0", "any purpose"},
}};

ExtendedUsageHandle extendedUsagesOf(const X509* x509) {
    return ExtendedUsageHandle(
        static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(x509, NID_ext_key_usage, nullptr, nullptr)));
}

std::string wordsOf(const ASN1_OBJECT* purpose) {
    const std::string oid = dotted(purpose);
    const auto known = std::find_if(namedPurposes.begin(), namedPurposes.end(),
                                    [&](const NamedPurpose& each) { return each.oid == oid; });
    return known == namedPurposes.end() ? oid : known->words;
}

void addUrls(const GENERAL_NAMES* names, std::vector<std::string>& urls) {
    for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
        int type = 0;
        const auto* value =
            static_cast<const ASN1_STRING*>(GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, i), &type));
        if (type != GEN_URI) continue;
        const std::string url(textOf(
            ByteView(ASN1_STRING_get0_data(value), static_cast<std::size_t>(ASN1_STRING_length(value)))));
        const bool isPlain = std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7f; });
        if (isPlain && (url.starts_with("http://") || url.starts_with("https://"))) urls.push_back(url);
    }
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

bool Certificate::mayMakeTimestamps() const {
    const ErrorScope scope;
    X509* x509 = x509Of(*this);
    const std::uint32_t flags = X509_get_extension_flags(x509);
    if ((flags & (EXFLAG_INVALID | EXFLAG_CA)) != 0) return false;
    constexpr std::uint32_t allowed = KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION;
    const std::uint32_t usage = X509_get_key_usage(x509);  // all ones when there is none
    if ((flags & EXFLAG_KUSAGE) != 0 && ((usage & ~allowed) != 0 || (usage & allowed) == 0)) return false;
    int critical = 0;
    const ExtendedUsageHandle usages(
        static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(x509, NID_ext_key_usage, &critical, nullptr)));
    return usages != nullptr && critical == 1 && sk_ASN1_OBJECT_num(usages.get()) == 1 &&
           OBJ_obj2nid(sk_ASN1_OBJECT_value(usages.get(), 0)) == NID_time_stamp;
}

std::vector<std::string> Certificate::usageWords() const {
    const ErrorScope scope;
    std::vector<std::string> words;
    X509* x509 = x509Of(*this);
    if ((X509_get_extension_flags(x509) & EXFLAG_KUSAGE) != 0) {
        const std::uint32_t usage = X509_get_key_usage(x509);
        for (const NamedUsage& named : namedUsages) {
            if ((usage & named.bit) != 0) words.emplace_back(named.words);
        }
    }
    const ExtendedUsageHandle purposes = extendedUsagesOf(x509);
    for (int i = 0; i < sk_ASN1_OBJECT_num(purposes.get()); ++i)
        words.push_back(wordsOf(sk_ASN1_OBJECT_value(purposes.get(), i)));
    return words;
}

std::vector<std::string> Certificate::crlUrls() const {
    const ErrorScope scope;
    std::vector<std::string> urls;
    const CrlPointsHandle points(static_cast<CRL_DIST_POINTS*>(
        X509_get_ext_d2i(x509Of(*this), NID_crl_distribution_points, nullptr, nullptr)));
    for (int i = 0; i < sk_DIST_POINT_num(points.get()); ++i) {
        const DIST_POINT_NAME* name = sk_DIST_POINT_value(points.get(), i)->distpoint;
        if (name != nullptr && name->type == 0) addUrls(name->name.fullname, urls);
    }
    return urls;
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

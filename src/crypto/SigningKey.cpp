#include <openssl/err.h>
#include <openssl/pkcs12err.h>

#include <algorithm>

#include "crypto/CertificateState.h"
#include "crypto/OpenSslError.h"
#include "crypto/PrivateKey.h"

namespace tickmark::crypto {

namespace {

// Far above any real key file with its chain.
constexpr std::size_t maximumPkcs12Size = std::size_t{1} << 20U;
constexpr long maximumMacRounds = 5'000'000;

Error unreadablePkcs12(std::string message) {
    return invalid("key", "key", std::move(message),
                   "Export the key again as PKCS#12 with AES-256, for example with openssl pkcs12 -export.");
}

Result<void> checkMacRounds(const PKCS12* file) {
    if (PKCS12_mac_present(file) != 1) return unreadablePkcs12("The PKCS#12 file has no integrity check.");
    const ASN1_INTEGER* rounds = nullptr;
    PKCS12_get0_mac(nullptr, nullptr, nullptr, &rounds, file);
    if (rounds != nullptr && (ASN1_INTEGER_get(rounds) < 1 || ASN1_INTEGER_get(rounds) > maximumMacRounds)) {
        return unreadablePkcs12("The PKCS#12 file asks for more than five million rounds of key derivation.");
    }
    return {};
}

// What a PKCS#12 file holds, as PKCS12_parse hands it out.
struct Pkcs12Content {
    PkeyHandle key{};
    X509Handle certificate{};
    CertificateStack others{};
};

Result<Pkcs12Content> openPkcs12(PKCS12* file, const Secret& passphrase) {
    EVP_PKEY* key = nullptr;
    X509* certificate = nullptr;
    STACK_OF(X509)* others = nullptr;
    const int opened = PKCS12_parse(file, passphrase.reveal().c_str(), &key, &certificate, &others);
    Pkcs12Content content{PkeyHandle(key), X509Handle(certificate), CertificateStack(others)};
    if (opened == 1) return content;
    const auto reason = ERR_peek_last_error();
    if (ERR_GET_LIB(reason) == ERR_LIB_PKCS12 && ERR_GET_REASON(reason) == PKCS12_R_MAC_VERIFY_FAILURE) {
        return withReasons(wrongPassphrase());
    }
    return withReasons(unreadablePkcs12("The PKCS#12 file cannot be read; it may use an outdated cipher."));
}

}  // namespace

Result<SigningKey> assembleKey(PkeyHandle key, const std::vector<Certificate>& certificates,
                               std::shared_ptr<void> token) {
    TM_CHECK(checkSigningKeyType(key.get()));
    const auto own =
        std::find_if(certificates.begin(), certificates.end(), [&](const Certificate& candidate) {
            return X509_check_private_key(x509Of(candidate), key.get()) == 1;
        });
    if (own == certificates.end()) {
        return refused("key-mismatch", "None of the certificates belongs to this private key.",
                       "Bring the certificate that was issued for this key.");
    }
    return SigningKey(std::make_shared<SigningKey::State>(
        SigningKey::State{std::move(token), std::move(key), *own, pathBelowRoot(*own, certificates)}));
}

SigningKey::SigningKey(std::shared_ptr<State> state) : m_state(std::move(state)) {}
void* SigningKey::handle() const noexcept { return m_state->key.get(); }
EVP_PKEY* pkeyOf(const SigningKey& key) noexcept { return static_cast<EVP_PKEY*>(key.handle()); }
const Certificate& SigningKey::certificate() const { return m_state->certificate; }
const std::vector<Certificate>& SigningKey::intermediates() const { return m_state->intermediates; }

Result<SigningKey> SigningKey::fromPem(std::string_view keyPem, std::string_view certificatesPem,
                                       const Secret& passphrase) {
    const ErrorScope scope;
    TM_TRY(PkeyHandle key, readPrivateKey(keyPem, passphrase));
    TM_TRY(const auto certificates, Certificate::allFromPem(certificatesPem));
    return assembleKey(std::move(key), certificates);
}

Result<SigningKey> SigningKey::fromPkcs12(ByteView bytes, const Secret& passphrase) {
    const ErrorScope scope;
    if (bytes.size() > maximumPkcs12Size) return unreadablePkcs12("A PKCS#12 file may have at most 1 MiB.");
    const auto file = ownerFromDer<Pkcs12Handle>(bytes, &d2i_PKCS12);
    if (file == nullptr) return withReasons(unreadablePkcs12("These bytes are not a PKCS#12 file."));
    TM_CHECK(checkMacRounds(file.get()));
    TM_TRY(Pkcs12Content content, openPkcs12(file.get(), passphrase));
    if (content.key == nullptr) return unreadablePkcs12("The PKCS#12 file holds no private key.");
    std::vector<Certificate> certificates;
    if (content.certificate != nullptr) certificates.push_back(certificateOf(std::move(content.certificate)));
    while (content.others != nullptr && sk_X509_num(content.others.get()) > 0) {
        certificates.push_back(certificateOf(X509Handle(sk_X509_shift(content.others.get()))));
    }
    return assembleKey(std::move(content.key), certificates);
}

std::string SigningKey::keyPem(const Secret& passphrase) const {
    if (m_state->token != nullptr) return {};
    return writePrivateKey(m_state->key.get(), passphrase);
}

Result<Bytes> SigningKey::writePkcs12(const Secret& passphrase, const std::string& friendlyName) const {
    const ErrorScope scope;
    if (m_state->token != nullptr) {
        return refused("key-in-token", "The private key lies in a token and cannot be taken out.",
                       "Sign with the token itself.");
    }
    if (passphrase.empty()) {
        return invalid("passphrase", "passphrase", "A PKCS#12 file needs a passphrase.", "Choose one.");
    }
    const BorrowedCertificateStack chain(required(sk_X509_new_null()));
    for (const Certificate& intermediate : m_state->intermediates) {
        require(sk_X509_push(chain.get(), x509Of(intermediate)) > 0);
    }
    const Pkcs12Handle file(PKCS12_create(
        passphrase.reveal().c_str(), friendlyName.c_str(), m_state->key.get(), x509Of(m_state->certificate),
        chain.get(), NID_aes_256_cbc, NID_aes_256_cbc, keyDerivationRounds, keyDerivationRounds, 0));
    if (file == nullptr) return withReasons(internal("The key could not be written as PKCS#12."));
    return derOf<PKCS12>(file.get(), &i2d_PKCS12);
}

}  // namespace tickmark::crypto

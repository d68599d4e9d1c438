#include "crypto/PrivateKey.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/pem.h>

#include <array>

#include "crypto/OpenSslError.h"

namespace tickmark::crypto {

namespace {

// A key file that asks for more rounds than this is not a key file but an attack on the processor.
constexpr long maximumRounds = 5'000'000;

Error notAKey(std::string message) {
    return invalid("key", "key", std::move(message), "Bring a PKCS#8 private key in PEM form.");
}

// The text, label and data of one PEM block, in OpenSSL's memory.
struct PemBlock {
    char* name = nullptr;
    char* header = nullptr;
    unsigned char* data = nullptr;
    long size = 0;
    PemBlock() = default;
    PemBlock(const PemBlock&) = delete;
    PemBlock& operator=(const PemBlock&) = delete;
    ~PemBlock() {
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_clear_free(data, static_cast<std::size_t>(size));
    }
    [[nodiscard]] ByteView bytes() const { return {data, static_cast<std::size_t>(size)}; }
};

// Rounds of PBKDF2 in a PBES2 algorithm; 0 when it is another scheme (scrypt bounds itself).
long roundsOf(const X509_ALGOR* scheme) {
    const ASN1_OBJECT* oid = nullptr;
    int type = V_ASN1_UNDEF;
    const void* parameter = nullptr;
    X509_ALGOR_get0(&oid, &type, &parameter, scheme);
    if (OBJ_obj2nid(oid) != NID_pbes2 || type != V_ASN1_SEQUENCE) return 0;
    const Handle<PBE2PARAM, PBE2PARAM_free> pbes2(
        static_cast<PBE2PARAM*>(ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBE2PARAM), scheme->parameter)));
    if (pbes2 == nullptr || OBJ_obj2nid(pbes2->keyfunc->algorithm) != NID_id_pbkdf2) return 0;
    const Handle<PBKDF2PARAM, PBKDF2PARAM_free> derivation(static_cast<PBKDF2PARAM*>(
        ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBKDF2PARAM), pbes2->keyfunc->parameter)));
    return derivation == nullptr ? 0 : ASN1_INTEGER_get(derivation->iter);
}

Result<Pkcs8Handle> openSealedKey(ByteView der, const Secret& passphrase) {
    const auto sealed = ownerFromDer<SealedKeyHandle>(der, &d2i_X509_SIG);
    if (sealed == nullptr) return withReasons(notAKey("The encrypted private key is damaged."));
    const X509_ALGOR* scheme = nullptr;
    X509_SIG_get0(sealed.get(), &scheme, nullptr);
    const long rounds = roundsOf(scheme);
    if (rounds < 0 || rounds > maximumRounds) {
        return notAKey("The encrypted private key asks for more than five million rounds of key derivation.");
    }
    const std::string& text = passphrase.reveal();
    Pkcs8Handle opened(PKCS8_decrypt(sealed.get(), text.c_str(), static_cast<int>(text.size())));
    if (opened == nullptr) return withReasons(wrongPassphrase());
    return opened;
}

Result<Pkcs8Handle> openBlock(const PemBlock& block, const Secret& passphrase) {
    const std::string_view label(block.name);
    if (label == PEM_STRING_PKCS8) return openSealedKey(block.bytes(), passphrase);
    auto plain = ownerFromDer<Pkcs8Handle>(block.bytes(), &d2i_PKCS8_PRIV_KEY_INFO);
    if (plain == nullptr) return withReasons(notAKey("The private key is damaged."));
    return plain;
}

}  // namespace

Error wrongPassphrase() {
    return refused("passphrase", "The passphrase does not open this key.", "Type the passphrase again.");
}

Result<PkeyHandle> readPrivateKey(std::string_view pem, const Secret& passphrase) {
    const ErrorScope scope;
    const BioHandle bio = readingBio(viewOf(pem));
    while (true) {
        PemBlock block;
        if (PEM_read_bio(bio.get(), &block.name, &block.header, &block.data, &block.size) != 1) {
            return notAKey("There is no PKCS#8 private key in this text.");
        }
        const std::string_view label(block.name);
        if (label != PEM_STRING_PKCS8 && label != PEM_STRING_PKCS8INF) continue;
        TM_TRY(const Pkcs8Handle info, openBlock(block, passphrase));
        PkeyHandle key(EVP_PKCS82PKEY(info.get()));
        if (key == nullptr) return withReasons(notAKey("The private key is of a kind that cannot be read."));
        return key;
    }
}

std::string writePrivateKey(const EVP_PKEY* key, const Secret& passphrase) {
    const ErrorScope scope;
    const Pkcs8Handle info(required(EVP_PKEY2PKCS8(key)));
    const BioHandle out(required(BIO_new(BIO_s_secmem())));
    if (passphrase.empty()) {
        require(PEM_write_bio_PKCS8_PRIV_KEY_INFO(out.get(), info.get()) == 1);
        return std::string(textOf(collected(out.get())));
    }
    AlgorithmHandle scheme(required(
        PKCS5_pbe2_set_iv(EVP_aes_256_cbc(), keyDerivationRounds, nullptr, 0, nullptr, NID_hmacWithSHA256)));
    const std::string& text = passphrase.reveal();
    const SealedKeyHandle sealed(
        required(PKCS8_set0_pbe(text.c_str(), static_cast<int>(text.size()), info.get(), scheme.get())));
    static_cast<void>(scheme.release());  // now owned by `sealed`
    require(PEM_write_bio_PKCS8(out.get(), sealed.get()) == 1);
    return std::string(textOf(collected(out.get())));
}

PkeyHandle makeP256Key() { return PkeyHandle(required(EVP_EC_gen("P-256"))); }

bool isSigningKeyType(const EVP_PKEY* key) {
    const int bits = EVP_PKEY_get_bits(key);
    if (EVP_PKEY_is_a(key, "RSA") == 1) return bits >= 3072 && bits <= 16384;
    if (EVP_PKEY_is_a(key, "EC") != 1) return false;
    int explicitParameters = 0;
    if (EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &explicitParameters) ==
            1 &&
        explicitParameters != 0) {
        return false;
    }
    std::array<char, 64> name{};
    std::size_t length = 0;
    if (EVP_PKEY_get_group_name(key, name.data(), name.size(), &length) != 1) return false;
    const std::string_view curve(name.data(), length);
    return curve == SN_X9_62_prime256v1 || curve == SN_secp384r1 || curve == "P-256" || curve == "P-384";
}

Result<void> checkSigningKeyType(const EVP_PKEY* key) {
    if (isSigningKeyType(key)) return {};
    return refused("key-type", "This kind of key cannot sign evidence.",
                   "Use an EC key on P-256 or P-384, or an RSA key of at least 3072 bits.");
}

}  // namespace tickmark::crypto

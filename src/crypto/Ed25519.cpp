#include "tickmark/crypto/Ed25519.h"

#include <sodium.h>

#include <stdexcept>

#include "crypto/OpenSslError.h"
#include "crypto/OpenSslHandle.h"
#include "crypto/PrivateKey.h"

namespace tickmark::crypto {

struct Ed25519Key::State {
    PkeyHandle key{};
};

Ed25519Key::Ed25519Key(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Ed25519Key::Ed25519Key(Ed25519Key&&) noexcept = default;
Ed25519Key& Ed25519Key::operator=(Ed25519Key&&) noexcept = default;
Ed25519Key::~Ed25519Key() = default;

Ed25519Key Ed25519Key::generate() {
    auto state = std::make_unique<State>();
    state->key.reset(required(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")));
    return Ed25519Key(std::move(state));
}

Result<Ed25519Key> Ed25519Key::fromPem(std::string_view pem, const Secret& passphrase) {
    auto state = std::make_unique<State>();
    TM_TRY(state->key, readPrivateKey(pem, passphrase));
    if (EVP_PKEY_is_a(state->key.get(), "ED25519") != 1) {
        return invalid("key", "key", "The private key is not an Ed25519 key.", "Bring the ledger's own key.");
    }
    return Ed25519Key(std::move(state));
}

std::string Ed25519Key::toPem(const Secret& passphrase) const {
    return writePrivateKey(m_state->key.get(), passphrase);
}

Ed25519PublicKey Ed25519Key::publicKey() const {
    Ed25519PublicKey bytes{};
    std::size_t length = bytes.size();
    require(EVP_PKEY_get_raw_public_key(m_state->key.get(), bytes.data(), &length) == 1 &&
            length == bytes.size());
    return bytes;
}

Ed25519Signature Ed25519Key::sign(ByteView message) const {
    const ErrorScope scope;
    const DigestContextHandle context(required(EVP_MD_CTX_new()));
    require(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, m_state->key.get()) == 1);
    Ed25519Signature signature{};
    std::size_t length = signature.size();
    require(EVP_DigestSign(context.get(), signature.data(), &length, message.data(), message.size()) == 1 &&
            length == signature.size());
    return signature;
}

// libsodium's check is stricter than RFC 8032 asks: it also refuses small-order and non-canonical keys, under
// which one signature could fit several messages.
bool ed25519Verifies(const Ed25519PublicKey& key, ByteView message, ByteView signature) {
    if (signature.size() != std::tuple_size_v<Ed25519Signature>) return false;
    if (sodium_init() < 0) throw std::runtime_error("the signature library could not start");
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(), key.data()) == 0;
}

}  // namespace tickmark::crypto

#include "tickmark/crypto/Sha256.h"

#include "crypto/OpenSslHandle.h"

namespace tickmark::crypto {

namespace {

// Fetched once: a fetch by name in every hash costs more than hashing a ledger leaf.
const EVP_MD* algorithm() {
    static const EVP_MD* const fetched = required(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    return fetched;
}

void start(EVP_MD_CTX* context) { require(EVP_DigestInit_ex2(context, algorithm(), nullptr) == 1); }

Digest finished(EVP_MD_CTX* context) {
    std::array<std::uint8_t, Digest::size> bytes{};
    unsigned int length = 0;
    require(EVP_DigestFinal_ex(context, bytes.data(), &length) == 1 && length == bytes.size());
    return Digest(bytes);
}

}  // namespace

struct Sha256::State {
    DigestContextHandle context{required(EVP_MD_CTX_new())};
};

Sha256::Sha256() : m_state(std::make_unique<State>()) { reset(); }
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(ByteView bytes) {
    require(EVP_DigestUpdate(m_state->context.get(), bytes.data(), bytes.size()) == 1);
}

Digest Sha256::finish() { return finished(m_state->context.get()); }

void Sha256::reset() { start(m_state->context.get()); }

Digest Sha256::of(ByteView bytes) {
    // One context a thread: the ledger hashes many short leaves.
    thread_local const DigestContextHandle context(required(EVP_MD_CTX_new()));
    start(context.get());
    require(EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1);
    return finished(context.get());
}

Digest Sha256::of(std::string_view text) { return of(viewOf(text)); }

}  // namespace tickmark::crypto

// Ed25519 (RFC 8032): the key that signs ledger checkpoints.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Secret.h"

namespace tickmark::crypto {

using Ed25519PublicKey = std::array<std::uint8_t, 32>;
using Ed25519Signature = std::array<std::uint8_t, 64>;

/// A private key in memory.
class Ed25519Key {
  public:
    [[nodiscard]] static Ed25519Key generate();
    /// PKCS#8 PEM, unencrypted or encrypted. Errors: Invalid "key", Refused "passphrase".
    [[nodiscard]] static Result<Ed25519Key> fromPem(std::string_view pem, const Secret& passphrase = {});
    [[nodiscard]] std::string toPem(const Secret& passphrase = {}) const;
    [[nodiscard]] Ed25519PublicKey publicKey() const;
    [[nodiscard]] Ed25519Signature sign(ByteView message) const;

    Ed25519Key(Ed25519Key&&) noexcept;
    Ed25519Key& operator=(Ed25519Key&&) noexcept;
    ~Ed25519Key();

  private:
    struct State;
    explicit Ed25519Key(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

[[nodiscard]] bool ed25519Verifies(const Ed25519PublicKey& key, ByteView message, ByteView signature);

}  // namespace tickmark::crypto

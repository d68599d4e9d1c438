// Streaming SHA-256 (FIPS 180-4) through OpenSSL's EVP, the algorithm fetched once.
#pragma once

#include <memory>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Digest.h"

namespace tickmark::crypto {

/// Hashes a stream. Not thread-safe; cheap to make. finish() may be called once, then reset() starts anew.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void update(ByteView bytes);
    [[nodiscard]] Digest finish();
    void reset();

    [[nodiscard]] static Digest of(ByteView bytes);
    [[nodiscard]] static Digest of(std::string_view text);

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Cryptographically secure random bytes.
[[nodiscard]] Bytes randomBytes(std::size_t count);
/// Compares in time that does not depend on the content.
[[nodiscard]] bool equalInConstantTime(ByteView a, ByteView b) noexcept;

}  // namespace tickmark::crypto

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include "crypto/OpenSslHandle.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::crypto {

Bytes randomBytes(std::size_t count) {
    Bytes bytes(count);
    require(RAND_bytes_ex(nullptr, bytes.data(), bytes.size(), 0) == 1);
    return bytes;
}

bool equalInConstantTime(ByteView a, ByteView b) noexcept {
    return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

}  // namespace tickmark::crypto

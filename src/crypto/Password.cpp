#include "tickmark/crypto/Password.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <semaphore>
#include <stdexcept>

#include "tickmark/crypto/Sha256.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::crypto {

namespace {

constexpr unsigned long long passes = 2;
constexpr std::size_t memoryBytes = std::size_t{19} * 1024 * 1024;
constexpr std::size_t minimumLength = 12;
constexpr std::size_t maximumLength = 200;

// A turn at hashing. Each needs 19 MiB, and a burst of sign-ins must not grow the server by all of them at
// once.
class Turn {
  public:
    Turn() {
        if (sodium_init() < 0) throw std::runtime_error("the password library could not start");
        places().acquire();
    }
    ~Turn() { places().release(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

  private:
    static std::counting_semaphore<2>& places() {
        static std::counting_semaphore<2> two(2);
        return two;
    }
};

Error passwordError(std::string_view field, std::string message) {
    return invalid("password", std::string(field), std::move(message),
                   "Choose 12 to 200 characters; a sentence or a few random words is good.");
}

}  // namespace

Result<std::string> hashPassword(const Secret& password) {
    const Turn turn;
    std::array<char, crypto_pwhash_STRBYTES> encoded{};
    const std::string& text = password.reveal();
    if (crypto_pwhash_str_alg(encoded.data(), text.data(), text.size(), passes, memoryBytes,
                              crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return environment("out-of-memory", "There is not enough memory to hash a password.",
                           "Free about 20 MiB of memory and try again.");
    }
    return std::string(encoded.data());
}

bool passwordMatches(const Secret& password, const std::string& encoded) {
    if (encoded.rfind("$argon2id$", 0) != 0 || encoded.size() >= crypto_pwhash_STRBYTES) return false;
    const Turn turn;
    // The library reads a fixed-size buffer that ends with NULs.
    std::array<char, crypto_pwhash_STRBYTES> buffer{};
    std::copy(encoded.begin(), encoded.end(), buffer.begin());
    const std::string& text = password.reveal();
    return crypto_pwhash_str_verify(buffer.data(), text.data(), text.size()) == 0;
}

void spendPasswordTime(const Secret& password) {
    const Turn turn;
    std::array<unsigned char, 32> nowhere{};
    const std::array<unsigned char, crypto_pwhash_SALTBYTES> salt{};
    const std::string& text = password.reveal();
    // Out of memory makes this quicker, as it would make the real check.
    if (crypto_pwhash(nowhere.data(), nowhere.size(), text.data(), text.size(), salt.data(), passes,
                      memoryBytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return;
    }
    sodium_memzero(nowhere.data(), nowhere.size());
}

Result<void> checkPasswordRule(std::string_view field, const Secret& password) {
    const std::string& text = password.reveal();
    if (!isUtf8(text)) return passwordError(field, "The password is not valid UTF-8 text.");
    const std::size_t length = codePoints(text);
    if (length < minimumLength) {
        return passwordError(
            field, "The password has " + std::to_string(length) + " characters; it needs at least 12.");
    }
    if (length > maximumLength) {
        return passwordError(
            field, "The password has " + std::to_string(length) + " characters; at most 200 are allowed.");
    }
    // One code point repeated: the text then has a period of that code point's size.
    const std::size_t period = text.size() / length;
    if (text.size() % length == 0 &&
        std::equal(text.begin() + static_cast<std::ptrdiff_t>(period), text.end(), text.begin())) {
        return passwordError(field, "The password is one character repeated.");
    }
    return {};
}

Secret inventPassword() {
    // 32 letters and digits without l, o, 0 and 1, so five bits each and 100 bits in all.
    constexpr std::string_view alphabet = "abcdefghijkmnpqrstuvwxyz23456789";
    static_assert(alphabet.size() == 32);
    constexpr std::size_t length = 20;
    constexpr std::size_t group = 4;
    const Bytes random = randomBytes(length);
    std::string text;
    text.reserve(length + length / group);
    for (std::size_t i = 0; i < length; ++i) {
        if (i != 0 && i % group == 0) text += '-';
        text += alphabet[random[i] % alphabet.size()];
    }
    return Secret(std::move(text));
}

}  // namespace tickmark::crypto

#include "tickmark/crypto/OneTimeCode.h"

#include <liboath/oath.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include "tickmark/crypto/Password.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::crypto {
namespace {

constexpr std::size_t secretBytes = 20;

struct Freed {
    void operator()(char* bytes) const noexcept { std::free(bytes); }  // NOLINT(cppcoreguidelines-no-malloc)
};
using OathText = std::unique_ptr<char, Freed>;

void mustStart() {
    static const int started = oath_init();
    if (started != OATH_OK) throw std::runtime_error("the library of one-time codes could not start");
}

/// The bytes that a base32 text stands for; empty when it stands for none.
Secret bytesOf(const Secret& base32) {
    mustStart();
    char* out = nullptr;
    std::size_t length = 0;
    const std::string& text = base32.reveal();
    if (oath_base32_decode(text.data(), text.size(), &out, &length) != OATH_OK) return {};
    const OathText owned(out);
    return Secret(std::string(out, length));
}

Secret codeFrom(const Secret& bytes, std::int64_t step) {
    std::array<char, codeDigits + 1> code{};
    const std::string& key = bytes.reveal();
    if (key.empty() || step < 0 ||
        oath_hotp_generate(key.data(), key.size(), static_cast<std::uint64_t>(step), codeDigits, false,
                           OATH_HOTP_DYNAMIC_TRUNCATION, code.data()) != OATH_OK) {
        return {};
    }
    return Secret(std::string(code.data(), codeDigits));
}

std::string percentEncoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '.' || c == '_' || c == '~';
        const auto byte = static_cast<unsigned char>(c);
        if (plain)
            out += c;
        else
            out += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return out;
}

}  // namespace

Secret inventCodeSecret() {
    mustStart();
    const Bytes random = randomBytes(secretBytes);
    const std::string raw(random.begin(), random.end());
    char* out = nullptr;
    std::size_t length = 0;
    if (oath_base32_encode(raw.data(), raw.size(), &out, &length) != OATH_OK)
        throw std::runtime_error("the library of one-time codes ran out of memory");
    const OathText owned(out);
    return Secret(std::string(out, length));
}

std::int64_t codeStepAt(Timestamp moment) noexcept { return moment.micros / 1'000'000 / codeSeconds; }

Secret codeOf(const Secret& secret, std::int64_t step) { return codeFrom(bytesOf(secret), step); }

std::optional<std::int64_t> matchCode(const Secret& secret, std::string_view code, Timestamp now,
                                      std::int64_t after) {
    const Secret bytes = bytesOf(secret);
    std::optional<std::int64_t> found;
    for (std::int64_t step = codeStepAt(now) - 1; step <= codeStepAt(now) + 1; ++step) {
        const Secret right = codeFrom(bytes, step);
        const bool same = equalInConstantTime(viewOf(right.reveal()), viewOf(code));
        if (same && !right.empty() && step > after) found = step;
    }
    return found;
}

Secret codeUri(const Secret& secret, std::string_view issuer, std::string_view account) {
    return Secret("otpauth://totp/" + percentEncoded(issuer) + ":" + percentEncoded(account) +
                  "?secret=" + secret.reveal() + "&issuer=" + percentEncoded(issuer));
}

Secret inventRecoveryCode() {
    // The five groups of an invented password and one more: 24 characters of five bits each.
    constexpr std::size_t group = 4;
    return Secret(inventPassword().reveal() + "-" + inventPassword().reveal().substr(0, group));
}

Digest recoveryDigest(std::string_view code) {
    std::string meant;
    for (const char c : lower(code)) {
        if (c != '-' && c != ' ') meant += c;
    }
    return Sha256::of(meant);
}

}  // namespace tickmark::crypto

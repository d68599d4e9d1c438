// One-time codes by time (RFC 6238) as authenticator apps make them, through liboath, and recovery codes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Secret.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::crypto {

/// Seconds for which one code stands, and its digits: what every authenticator app takes without being told.
inline constexpr std::int64_t codeSeconds = 30;
inline constexpr std::size_t codeDigits = 6;

/// 160 random bits (RFC 4226 section 4, R6) as base32 (RFC 4648 section 6) without padding: 32 characters.
[[nodiscard]] Secret inventCodeSecret();

/// The steps of 30 s that have passed since 1970: T of RFC 6238 section 4.2.
[[nodiscard]] std::int64_t codeStepAt(Timestamp moment) noexcept;

/// The code of one step: HMAC-SHA-1, six digits. Empty when the secret is no base32.
[[nodiscard]] Secret codeOf(const Secret& secret, std::int64_t step);

/// The step whose code this is, among the present one and one to either side (RFC 6238 section 5.2), and
/// later than `after`, the last one that was taken; nothing when there is none. Every comparison is made,
/// in constant time.
[[nodiscard]] std::optional<std::int64_t> matchCode(const Secret& secret, std::string_view code,
                                                    Timestamp now, std::int64_t after);

/// What an authenticator app reads from a QR code, `otpauth://totp/ISSUER:ACCOUNT?secret=…&issuer=…`; names
/// are percent-encoded.
[[nodiscard]] Secret codeUri(const Secret& secret, std::string_view issuer, std::string_view account);

/// 120 random bits in six groups of four, from letters and digits that are not mistaken for each other.
[[nodiscard]] Secret inventRecoveryCode();
/// SHA-256 of the code as it was meant: upper case, spaces and dashes do not matter. A fast digest is enough
/// from 112 random bits on (OWASP ASVS 5.0.0, 6.5.2).
[[nodiscard]] Digest recoveryDigest(std::string_view code);

}  // namespace tickmark::crypto

// How numbers are written (RFC 8785 section 3.2.2.3) and how large an integer may be (RFC 7493 section 2.2).
#pragma once

#include <cstdint>
#include <string>

namespace tickmark::codec {

/// 2^53 - 1: up to here every integer is exact in the double that other JSON readers keep it in.
inline constexpr double largestSafeInteger = 9007199254740991.0;

[[nodiscard]] constexpr bool isSafeInteger(std::int64_t value) noexcept {
    return value >= -9007199254740991 && value <= 9007199254740991;
}

/// Whether a number outside the safe integers would be written with plain digits, that is, look like an
/// integer.
[[nodiscard]] bool looksLikeUnsafeInteger(double value) noexcept;

/// Appends a finite number in the form of ECMAScript's Number::toString (ECMA-262 section 6.1.6.1.20).
void appendNumber(std::string& out, double value);

}  // namespace tickmark::codec

// The character classes of RFC 9110 and RFC 3986 that the server checks.
#pragma once

#include <algorithm>
#include <string_view>

namespace tickmark::http {

[[nodiscard]] constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool isAlpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// RFC 9110 section 5.6.2.
[[nodiscard]] constexpr bool isTokenCharacter(char c) {
    return isDigit(c) || isAlpha(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

[[nodiscard]] constexpr bool isToken(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

/// RFC 3986 section 2.3.
[[nodiscard]] constexpr bool isUnreserved(char c) {
    return isDigit(c) || isAlpha(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/// A byte that may stand in a field value: visible ASCII, space, tab, or a byte of UTF-8.
[[nodiscard]] constexpr bool isValueCharacter(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20U && byte != 0x7FU);
}

[[nodiscard]] constexpr bool isValue(std::string_view text) {
    return std::all_of(text.begin(), text.end(), isValueCharacter);
}

/// ASCII letters compared without case.
[[nodiscard]] constexpr bool sameName(std::string_view a, std::string_view b) {
    const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [small](char x, char y) { return small(x) == small(y); });
}

}  // namespace tickmark::http

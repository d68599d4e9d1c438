#include "codec/JsonNumber.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace tickmark::codec {
namespace {

/// A number as 0.DIGITS times ten to the power of `point`.
struct Decimal {
    std::string digits{};
    int point = 0;
};

Decimal shortestDecimal(double magnitude) {
    std::array<char, 40> buffer{};
    const auto written =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude, std::chars_format::scientific);
    const std::string_view text(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
    const std::size_t mark = text.find('e');
    Decimal decimal;
    decimal.digits = text[0];
    if (mark > 2) decimal.digits += text.substr(2, mark - 2);
    // from_chars takes a minus sign but no plus sign.
    const std::size_t start = text[mark + 1] == '+' ? mark + 2 : mark + 1;
    int exponent = 0;
    std::from_chars(text.data() + start, text.data() + text.size(), exponent);
    decimal.point = exponent + 1;
    return decimal;
}

void appendWithExponent(std::string& out, const Decimal& decimal) {
    out += decimal.digits[0];
    if (decimal.digits.size() > 1) {
        out += '.';
        out.append(decimal.digits, 1);
    }
    const int exponent = decimal.point - 1;
    out += exponent < 0 ? "e-" : "e+";
    out += std::to_string(std::abs(exponent));
}

void appendDecimal(std::string& out, const Decimal& decimal) {
    const auto count = static_cast<int>(decimal.digits.size());
    if (decimal.point > 21 || decimal.point <= -6) {
        appendWithExponent(out, decimal);
    } else if (decimal.point <= 0) {
        out += "0.";
        out.append(static_cast<std::size_t>(-decimal.point), '0');
        out += decimal.digits;
    } else if (decimal.point >= count) {
        out += decimal.digits;
        out.append(static_cast<std::size_t>(decimal.point - count), '0');
    } else {
        const auto whole = static_cast<std::size_t>(decimal.point);
        out.append(decimal.digits, 0, whole);
        out += '.';
        out.append(decimal.digits, whole);
    }
}

}  // namespace

bool looksLikeUnsafeInteger(double value) noexcept {
    // From 1e21 on ECMAScript writes an exponent; from 2^53 on every double is whole.
    return std::abs(value) > largestSafeInteger && std::abs(value) < 1e21;
}

void appendNumber(std::string& out, double value) {
    if (value == 0) {
        out += '0';
        return;
    }
    if (value < 0) out += '-';
    appendDecimal(out, shortestDecimal(std::abs(value)));
}

}  // namespace tickmark::codec

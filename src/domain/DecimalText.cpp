#include "domain/DecimalText.h"

#include <cstddef>

namespace tickmark::domain {
namespace {

constexpr std::size_t wholeDigits = 12;
constexpr std::size_t partDigits = 6;

/// The digits' number; nothing unless there are 1 to `most` of them and nothing else.
std::optional<std::int64_t> numberOf(std::string_view digits, std::size_t most) noexcept {
    if (digits.empty() || digits.size() > most) return std::nullopt;
    std::int64_t number = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9') return std::nullopt;
        number = number * 10 + (digit - '0');
    }
    return number;
}

}  // namespace

std::optional<std::int64_t> millionths(std::string_view text) noexcept {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    const auto whole = numberOf(text.substr(0, point), wholeDigits);
    if (!whole) return std::nullopt;
    std::int64_t value = *whole * 1'000'000;
    if (point != std::string_view::npos) {
        const std::string_view part = text.substr(point + 1);
        const auto digits = numberOf(part, partDigits);
        if (!digits) return std::nullopt;
        std::int64_t scaled = *digits;
        for (std::size_t i = part.size(); i < partDigits; ++i) scaled *= 10;
        value += scaled;
    }
    return negative ? -value : value;
}

}  // namespace tickmark::domain

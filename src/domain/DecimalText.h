// Decimals as people write them, exact.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tickmark::domain {

/// "-12.5" as millionths: -12500000. Nothing for anything but an optional minus, 1 to 12 digits and, after a
/// point, 1 to 6 more.
[[nodiscard]] std::optional<std::int64_t> millionths(std::string_view text) noexcept;

}  // namespace tickmark::domain

// Failed attempts by somebody unknown make the next one wait.
#pragma once

#include <cstdint>
#include <string>

#include "tickmark/app/Context.h"

namespace tickmark::app {

/// From so many failures on, an account's or an address's next attempt waits.
inline constexpr std::int64_t accountFailures = 5;
inline constexpr std::int64_t addressFailures = 20;
/// A run of failures whose last one is older is forgotten.
inline constexpr std::int64_t forgetAfterSeconds = 24 * 3600;

/// Seconds until the next attempt under this key is looked at: 0 below the limit, then 15, 30, 60 … after
/// every `limit` further failures, up to a quarter of an hour.
[[nodiscard]] Result<std::int64_t> throttledFor(Context& context, const std::string& key, std::int64_t limit);

}  // namespace tickmark::app

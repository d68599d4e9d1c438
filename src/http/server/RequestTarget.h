// The request target: form, path and query (RFC 9112 section 3.2).
#pragma once

#include <optional>

#include "http/server/RequestHead.h"

namespace tickmark::http {

/// Fills path and query from target; checks Host. Encoded slashes, backslashes, NUL, dot segments and targets
/// of another authority are refused.
[[nodiscard]] std::optional<Refusal> readTarget(Request& request);

}  // namespace tickmark::http

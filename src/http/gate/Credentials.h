// From a request to who is calling.
#pragma once

#include <optional>

#include "tickmark/http/WebApp.h"

namespace tickmark::http {

/// Nobody when the request brings neither a live session nor a token. Only /api and /metrics take tokens.
/// Errors: Unauthenticated "token" for a token that does not hold (a bad session is merely nobody);
/// Environment when the database cannot say.
[[nodiscard]] Result<std::optional<Caller>> whoCalls(app::Context& context, const Request& request);

/// Whether the address belongs to programs (/api, /healthz, /metrics) rather than to people with a browser.
[[nodiscard]] bool isForPrograms(std::string_view path) noexcept;

/// Compares without telling by time where the texts differ; an empty `expected` never matches.
[[nodiscard]] bool sameSecret(std::string_view expected, std::string_view given) noexcept;

}  // namespace tickmark::http

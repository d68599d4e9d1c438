// What the gate asks of a caller before a handler runs.
#pragma once

#include <optional>

#include "tickmark/http/WebApp.h"

namespace tickmark::http {

/// Refuses an unsafe method that a browser sent from another site: Sec-Fetch-Site other than same-origin and
/// none, or an Origin that is not this host. Errors: Forbidden "cross-site".
[[nodiscard]] Result<void> mustBeSameSite(const Request& request);

/// Refuses a token whose scopes do not reach this route. Errors: Forbidden "token-scope".
[[nodiscard]] Result<void> mustBeInScope(const Caller& caller, const Request& request, const Route& route);

/// Refuses whoever needs a second factor and has none, but where one is turned on and on the way out. Errors:
/// Forbidden "second-factor-needed".
[[nodiscard]] Result<void> mustHaveEnrolled(const Caller& caller, const Route& route);

/// Refuses a role that the route's row does not name. Errors: Forbidden "role".
[[nodiscard]] Result<void> mustHaveRole(const Caller& caller, const Route& route);

/// Refuses an unsafe method of a session without its secret in X-CSRF-Token; a route of forms may bring it in
/// the form instead. Errors: Forbidden "csrf".
[[nodiscard]] Result<void> mustProveSession(Caller& caller, const Request& request, const Route& route);

}  // namespace tickmark::http

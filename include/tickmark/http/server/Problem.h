// Problem documents: the one place where error kinds become HTTP status codes (RFC 9457).
#pragma once

#include <string_view>

#include "tickmark/foundation/Result.h"
#include "tickmark/http/server/Response.h"

namespace tickmark::http {

/// The status of an error: Invalid 400, Refused 422, Forbidden 403, Unauthenticated 401, NotFound 404,
/// Stale and Conflict 409, TooLarge 413, Throttled 429, Damaged and Internal 500, Undecided 422,
/// Environment 503 (type "disk-full": 507).
[[nodiscard]] int statusOf(const Error& error);

/// The registered reason phrase of a status ("Not Found"), or "Unknown".
[[nodiscard]] std::string_view reasonPhrase(int status);

/// Retry-After in seconds (RFC 9110, section 10.2.3), when the error knows how long to wait.
void sayWhenAgain(Response& response, const Error& error);

/// application/problem+json with type "/problems/<error.type>", title, status, detail, and where present
/// field, rule, fix, errors (one object for each of error.parts, nested alike) and request (the id). Internal
/// errors show no detail of their own. Carries Cache-Control: no-store, and Retry-After where it is known.
[[nodiscard]] Response problem(const Error& error, std::string_view requestId = {});
/// The same with a status that no error kind has (405, 411, 431 ...).
[[nodiscard]] Response problem(const Error& error, int status, std::string_view requestId = {});

}  // namespace tickmark::http

// What every handler stands on: the application, and who is calling.
#pragma once

#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/http/server/Router.h"
#include "tickmark/http/server/Server.h"

namespace tickmark::http {

/// Shared by all handlers; outlives the server.
struct WebApp {
    app::Context* context = nullptr;
};

/// Who is calling, found out by the gate before the handler runs.
struct Caller {
    domain::Actor actor{};
    std::string name{};  ///< what is shown
    std::string csrf{};  ///< of the session; empty for tokens
    bool byToken = false;
    std::vector<std::string> scopes{};  ///< of the token
};
/// The caller of a route that is not public. Asking on a public route without a session is a bug and throws.
[[nodiscard]] const Caller& callerOf(const Request& request);
/// The caller when somebody is signed in (public pages that look different then), or nullptr.
[[nodiscard]] const Caller* callerIf(const Request& request) noexcept;

/// Adds every row of the JSON API below /api, of /healthz and /metrics.
[[nodiscard]] Result<void> addApiRoutes(Router& router, WebApp& web);
/// Adds every page, form post and asset.
[[nodiscard]] Result<void> addPageRoutes(Router& router, WebApp& web);

/// The gate: session cookie or bearer token, roles, scopes, CSRF; security headers, metrics and access log
/// afterwards.
[[nodiscard]] ServerHooks gateOf(WebApp& web);

/// Serves a data directory until SIGINT or SIGTERM. Takes the serve lock. Errors: those of openContext and
/// Server::start; Refused "tls-needed" for an address that is not loopback without TLS files.
[[nodiscard]] Result<void> serve(const std::filesystem::path& data, const std::string& listen);

}  // namespace tickmark::http

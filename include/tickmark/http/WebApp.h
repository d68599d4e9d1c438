// What every handler stands on: the application, and who is calling.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/app/Preferences.h"
#include "tickmark/http/server/Router.h"
#include "tickmark/http/server/Server.h"

namespace tickmark::http {

struct Telemetry;  ///< figures and the access log; private to the gate
namespace api {
class ListCache;  ///< private to the API
}

/// Shared by all handlers; outlives the server.
struct WebApp {
    app::Context* context = nullptr;
    std::shared_ptr<Telemetry> telemetry{};   ///< made by gateOf
    std::shared_ptr<api::ListCache> lists{};  ///< made by addApiRoutes
    /// How a refusal looks to somebody with a browser; set by addPageRoutes. Nothing means the problem
    /// document. Asked only for addresses of pages, when the client prefers HTML.
    std::function<std::optional<Response>(Request&, const Error&, int status)> errorPage{};
};

/// Who is calling, found out by the gate before the handler runs.
struct Caller {
    domain::Actor actor{};
    std::string name{};              ///< what is shown
    std::string csrf{};              ///< of the session; empty for tokens
    app::Preferences preferences{};  ///< of the session; what everybody begins with for tokens
    bool byToken = false;
    std::vector<std::string> scopes{};  ///< of the token
    bool csrfProved = false;            ///< header or form field held the session's secret
    bool secondFactor = false;          ///< of the session's account: pages ask for its code
    bool mustEnrol = false;             ///< may do nothing but turn on a second factor
};
/// The caller of a route that is not public. Asking on a public route without a session is a bug and throws.
[[nodiscard]] const Caller& callerOf(const Request& request);
/// The caller when somebody is signed in (public pages that look different then), or nullptr.
[[nodiscard]] const Caller* callerIf(const Request& request) noexcept;

/// The session's cookie as a browser gets it at sign-in: HttpOnly, SameSite=Strict, Path=/; over TLS Secure
/// and named "__Host-tickmark", on a loopback address without TLS "tickmark". It has no Max-Age: the server
/// ends sessions.
[[nodiscard]] std::string sessionCookie(bool secure, const Secret& value);
/// The same with an end in the past, for signing out.
[[nodiscard]] std::string expiredSessionCookie(bool secure);
/// The value the browser sent, empty when none.
[[nodiscard]] Secret sentSessionCookie(const Request& request);

/// The same three for a sign-in that waits for its code, "__Host-tickmark-code" and "tickmark-code"; a
/// browser forgets it after five minutes.
[[nodiscard]] std::string pendingCookie(bool secure, const Secret& value);
[[nodiscard]] std::string expiredPendingCookie(bool secure);
[[nodiscard]] Secret sentPendingCookie(const Request& request);

/// Adds every row of the JSON API below /api, of /healthz and /metrics.
[[nodiscard]] Result<void> addApiRoutes(Router& router, WebApp& web);
/// Adds every page, form post and asset.
[[nodiscard]] Result<void> addPageRoutes(Router& router, WebApp& web);

/// The gate: session cookie or bearer token, roles, scopes, CSRF; security headers, metrics and access log
/// afterwards. Opens the access log in the data directory. Errors: Environment "log".
[[nodiscard]] Result<ServerHooks> gateOf(WebApp& web);

/// A running server with all routes behind the gate. `options` brings address, port, TLS and limits; its
/// hooks are replaced. `web` must outlive the server. Errors: those of gateOf, Router::add and Server::start.
[[nodiscard]] Result<std::unique_ptr<Server>> startWebServer(WebApp& web, ServerOptions options);

/// Serves a data directory until SIGINT or SIGTERM. Takes the serve lock. `listen` overrides the settings'
/// address when not empty. Errors: those of openContext and Server::start; Invalid "listen-address"; Refused
/// "tls-needed" for an address that is not loopback without TLS files.
[[nodiscard]] Result<void> serve(const std::filesystem::path& data, const std::string& listen);
/// Reads what serve would read, changes nothing, and says that it would begin; errors as serve.
[[nodiscard]] Result<void> checkConfiguration(const std::filesystem::path& data, const std::string& listen);

}  // namespace tickmark::http

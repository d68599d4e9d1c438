#include "http/gate/Permission.h"

#include <algorithm>

#include "http/gate/Credentials.h"
#include "tickmark/domain/Party.h"

namespace tickmark::http {
namespace {

bool isSafe(std::string_view method) noexcept {
    return method == "GET" || method == "HEAD" || method == "OPTIONS";
}

Error refusal(std::string type, std::string message, std::string fix) {
    Error error = forbidden(std::move(message));
    error.type = std::move(type);
    error.fix = std::move(fix);
    return error;
}

/// What a token must carry for a route. Handing over files has a scope of its own, so that a script on a
/// plant's machine can be given nothing else.
std::vector<std::string_view> scopesFor(const Request& request, const Route& route) {
    if (route.roles == "AD") return {"admin"};
    if (route.isUpload && route.name.starts_with("evidence.")) return {"write", "evidence"};
    if (route.name.starts_with("uploads.")) return {"write", "evidence"};
    if (route.name == "evidence.receipt") return {"read", "evidence"};
    if (route.name == "session.show") return {"read", "write", "evidence", "admin"};
    if (isSafe(request.method)) return {"read"};
    return {"write"};
}

/// Routes that only a person may use: what a leaked token could otherwise turn into a lasting one.
bool isForPeopleOnly(const Route& route) {
    return route.name.starts_with("tokens.") || route.name == "accounts.password" ||
           route.name == "session.end";
}

}  // namespace

Result<void> mustBeSameSite(const Request& request) {
    if (isSafe(request.method)) return {};
    const std::string_view site = request.header("sec-fetch-site");
    const bool sent = site.empty() || site == "same-origin" || site == "none";
    const std::string_view origin = request.header("origin");
    const std::string own =
        std::string(request.secure ? "https://" : "http://") + std::string(request.header("host"));
    if (sent && (origin.empty() || origin == own)) return {};
    return refusal("cross-site", "The request comes from another site, so nothing was changed.",
                   "Open Tickmark itself and do it there.");
}

Result<void> mustBeInScope(const Caller& caller, const Request& request, const Route& route) {
    if (!caller.byToken) return {};
    if (isForPeopleOnly(route)) {
        return refusal("token-scope", "A token cannot do this.", "Sign in with account and password.");
    }
    const auto wanted = scopesFor(request, route);
    const bool has = std::any_of(wanted.begin(), wanted.end(), [&](std::string_view scope) {
        return std::find(caller.scopes.begin(), caller.scopes.end(), scope) != caller.scopes.end();
    });
    if (has) return {};
    return refusal("token-scope", "The token does not reach this.",
                   "Use a token with the scope " + std::string(wanted.front()) + ".");
}

Result<void> mustHaveEnrolled(const Caller& caller, const Route& route) {
    const std::string_view name = route.name;
    const bool leadsThere = name == "page.second-factor" || name == "form.second-factor-begin" ||
                            name == "form.second-factor-confirm" || name == "form.logout" ||
                            name == "session.show" || name == "session.end";
    if (!caller.mustEnrol || leadsThere) return {};
    return refusal("second-factor-needed", "This account needs a second factor before it can do anything.",
                   "Turn it on at /me/second-factor in a browser.");
}

Result<void> mustHaveRole(const Caller& caller, const Route& route) {
    const std::string_view roles = route.roles;
    if (roles == "all" || roles.find(domain::roleCode(caller.actor.role)) != std::string_view::npos)
        return {};
    return refusal("role",
                   "The role " + std::string(domain::roleName(caller.actor.role)) + " cannot do this.",
                   "Ask somebody whose role it is.");
}

Result<void> mustProveSession(Caller& caller, const Request& request, const Route& route) {
    if (caller.byToken || isSafe(request.method)) return {};
    const std::string_view given = request.header("x-csrf-token");
    if (given.empty() && route.needsCsrf) return {};
    if (!sameSecret(caller.csrf, given)) {
        return refusal("csrf", "The request does not prove that it comes from your session.",
                       "Send the csrf_token of GET /api/v1/session in the header X-CSRF-Token.");
    }
    caller.csrfProved = true;
    return {};
}

}  // namespace tickmark::http

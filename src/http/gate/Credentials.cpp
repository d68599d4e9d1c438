#include "http/gate/Credentials.h"

#include <stdexcept>

#include "tickmark/app/Accounts.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::http {
namespace {

constexpr std::string_view secureCookie = "__Host-tickmark";
constexpr std::string_view plainCookie = "tickmark";
constexpr std::string_view securePending = "__Host-tickmark-code";
constexpr std::string_view plainPending = "tickmark-code";
constexpr std::string_view cookieRules = "; Path=/; HttpOnly; SameSite=Strict";

std::string cookieLine(std::string_view name, bool secure, std::string_view value) {
    std::string line(name);
    line.append("=").append(value).append(cookieRules);
    if (secure) line += "; Secure";
    return line;
}

/// The token of "Authorization: Bearer …" (RFC 6750 section 2.1), or nothing.
std::optional<std::string_view> bearerOf(const Request& request) {
    const std::string_view field = request.header("authorization");
    constexpr std::string_view scheme = "bearer ";
    if (field.size() <= scheme.size() || lower(field.substr(0, scheme.size())) != scheme) return std::nullopt;
    return trim(field.substr(scheme.size()));
}

Result<std::optional<Caller>> callerByToken(app::Context& context, std::string_view token) {
    TM_TRY(app::TokenSession session, app::resumeToken(context, Secret(std::string(token))));
    Caller caller;
    caller.name = session.actor.account;
    caller.actor = std::move(session.actor);
    caller.byToken = true;
    caller.scopes = std::move(session.scopes);
    return std::optional<Caller>(std::move(caller));
}

Result<std::optional<Caller>> callerBySession(app::Context& context, const Secret& cookie) {
    auto session = app::resumeSession(context, cookie);
    if (!session) {
        if (session.error().kind == ErrorKind::Unauthenticated) return std::optional<Caller>{};
        return std::move(session).error();
    }
    Caller caller;
    caller.actor = std::move(session->actor);
    caller.name = std::move(session->name);
    caller.csrf = std::move(session->csrf);
    caller.preferences = std::move(session->preferences);
    caller.secondFactor = session->secondFactor;
    caller.mustEnrol = session->mustEnrol;
    return std::optional<Caller>(std::move(caller));
}

}  // namespace

std::string sessionCookie(bool secure, const Secret& value) {
    return cookieLine(secure ? secureCookie : plainCookie, secure, value.reveal());
}

std::string expiredSessionCookie(bool secure) { return sessionCookie(secure, {}) + "; Max-Age=0"; }

Secret sentSessionCookie(const Request& request) {
    const auto value = request.cookie(request.secure ? secureCookie : plainCookie);
    return Secret(std::string(value.value_or(std::string_view{})));
}

std::string pendingCookie(bool secure, const Secret& value) {
    return cookieLine(secure ? securePending : plainPending, secure, value.reveal()) + "; Max-Age=300";
}

std::string expiredPendingCookie(bool secure) {
    return cookieLine(secure ? securePending : plainPending, secure, "") + "; Max-Age=0";
}

Secret sentPendingCookie(const Request& request) {
    const auto value = request.cookie(request.secure ? securePending : plainPending);
    return Secret(std::string(value.value_or(std::string_view{})));
}

bool isForPrograms(std::string_view path) noexcept {
    return path.starts_with("/api/") || path == "/healthz" || path == "/metrics";
}

bool sameSecret(std::string_view expected, std::string_view given) noexcept {
    if (expected.empty() || expected.size() != given.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        difference |= static_cast<unsigned>(static_cast<unsigned char>(expected[i]) ^
                                            static_cast<unsigned char>(given[i]));
    }
    return difference == 0;
}

Result<std::optional<Caller>> whoCalls(app::Context& context, const Request& request) {
    if (isForPrograms(request.path)) {
        if (const auto token = bearerOf(request)) return callerByToken(context, *token);
    }
    const Secret cookie = sentSessionCookie(request);
    if (cookie.empty()) return std::optional<Caller>{};
    return callerBySession(context, cookie);
}

const Caller* callerIf(const Request& request) noexcept { return std::any_cast<Caller>(&request.context); }

const Caller& callerOf(const Request& request) {
    if (const Caller* caller = callerIf(request)) return *caller;
    throw std::logic_error("a handler asked who is calling on a route that nobody has to be signed in for");
}

}  // namespace tickmark::http

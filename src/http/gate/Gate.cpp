// The hooks around every handler: who is calling, may they, and what is kept of the answer.
#include <algorithm>
#include <charconv>
#include <chrono>

#include "http/gate/Compression.h"
#include "http/gate/Credentials.h"
#include "http/gate/Permission.h"
#include "http/gate/SecurityHeaders.h"
#include "http/gate/Telemetry.h"
#include "tickmark/codec/Json.h"
#include "tickmark/http/WebApp.h"
#include "tickmark/http/server/Problem.h"

namespace tickmark::http {
namespace {

bool wantsPage(const Request& request) {
    return !isForPrograms(request.path) &&
           request.header("accept").find("text/html") != std::string_view::npos;
}

/// The target as the value of a query parameter.
std::string escaped(std::string_view target) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : target) {
        const auto byte = static_cast<unsigned char>(c);
        if (plain.find(c) != std::string_view::npos) {
            out += c;
        } else {
            out += {'%', digits[byte >> 4U], digits[byte & 15U]};
        }
    }
    return out;
}

Response refuse(WebApp& web, Request& request, const Error& error, int status) {
    if (web.errorPage && wantsPage(request)) {
        if (auto page = web.errorPage(request, error, status)) return *std::move(page);
    }
    return problem(error, status, request.id);
}

Response refuse(WebApp& web, Request& request, const Error& error) {
    return refuse(web, request, error, statusOf(error));
}

Response askToSignIn(WebApp& web, Request& request) {
    const bool page = wantsPage(request) && (request.method == "GET" || request.method == "HEAD");
    if (page) {
        const std::string next = request.target == "/" ? "" : "?next=" + escaped(request.target);
        return redirectResponse("/login" + next);
    }
    const Error error{ErrorKind::Unauthenticated,
                      "no-session",
                      "You are not signed in, or your session has ended.",
                      {},
                      {},
                      "Sign in, or send a token in the header Authorization."};
    Response response = refuse(web, request, error);
    response.set("WWW-Authenticate", "Bearer realm=\"tickmark\"");
    return response;
}

/// An address that does not exist still answers a known person in their own frame, language and theme.
void knowCaller(WebApp& web, Request& request) {
    if (request.context.has_value() || !wantsPage(request)) return;
    if (auto caller = whoCalls(*web.context, request); caller && *caller)
        request.context = **std::move(caller);
}

/// All questions to somebody who is known.
Result<void> admit(Caller& caller, const Request& request, const Route& route) {
    TM_CHECK(mustBeInScope(caller, request, route));
    TM_CHECK(mustHaveRole(caller, route));
    return mustProveSession(caller, request, route);
}

/// A page that is not for this role does not exist for it, so that addresses cannot be guessed.
Error asSeenBy(const Request& request, Error error) {
    const bool page = !isForPrograms(request.path) && error.type == "role" && request.method == "GET";
    if (!page) return error;
    return {ErrorKind::NotFound, "not-found", "There is no page at this address that you may see."};
}

std::optional<Response> before(WebApp& web, Request& request, const Route& route) {
    if (const auto same = mustBeSameSite(request); !same) return refuse(web, request, same.error());
    auto caller = whoCalls(*web.context, request);
    if (!caller) {
        Response response = refuse(web, request, caller.error());
        if (response.status == 401) response.set("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        return response;
    }
    if (*caller) request.context = **std::move(caller);
    if (route.isPublic) return std::nullopt;
    auto* known = std::any_cast<Caller>(&request.context);
    if (known == nullptr) return askToSignIn(web, request);
    if (const auto enrolled = mustHaveEnrolled(*known, route); !enrolled) {
        if (wantsPage(request) && request.method == "GET") return redirectResponse("/me/second-factor");
        return refuse(web, request, enrolled.error());
    }
    if (auto admitted = admit(*known, request, route); !admitted) {
        return refuse(web, request, asSeenBy(request, std::move(admitted).error()));
    }
    return std::nullopt;
}

void appendNumber(std::string& line, std::string_view name, std::uint64_t value) {
    char digits[24];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
    line.append(",\"").append(name).append("\":").append(digits, end);
}

void appendText(std::string& line, std::string_view name, std::string_view value) {
    line.append(",\"").append(name).append("\":");
    codec::appendJsonString(line, value);
}

void keepLine(WebApp& web, const Request& request, const Response& response,
              std::chrono::steady_clock::duration took) {
    const Caller* caller = callerIf(request);
    std::string line;
    line.reserve(320);
    line.append("{\"at\":\"").append(web.context->now().iso()).append("\"");
    appendText(line, "id", request.id);
    appendText(line, "from", request.remoteAddress);
    if (caller != nullptr) appendText(line, "account", caller->actor.account);
    if (caller != nullptr && caller->byToken) appendText(line, "via", caller->actor.via);
    appendText(line, "method", request.method);
    appendText(line, "path", request.path);
    appendText(line, "route", request.route == nullptr ? "none" : request.route->name);
    appendNumber(line, "status", static_cast<std::uint64_t>(response.status));
    appendNumber(
        line, "micros",
        static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(took).count()));
    appendNumber(line, "bytes", response.stream ? response.streamLength : response.body.size());
    line += '}';
    web.telemetry->log->write(line);
}

/// A form handler that changed something without asking for the form's secret is a bug; nobody gets an answer
/// from it, so that no test and no user can overlook it.
bool forgotTheSecret(const Request& request, const Response& response) {
    const Caller* caller = callerIf(request);
    const bool form = request.route != nullptr && request.route->needsCsrf && request.method != "GET";
    return form && caller != nullptr && !caller->byToken && !caller->csrfProved && response.status < 400;
}

void after(WebApp& web, Request& request, Response& response) {
    if (forgotTheSecret(request, response)) {
        response = problem(internal("the form's secret was not checked"), request.id);
    }
    addSecurityHeaders(request, response);
    compress(request, response);
    const auto took = std::chrono::steady_clock::now() - request.started;
    web.telemetry->metrics.count(request.route, response.status, took);
    keepLine(web, request, response, took);
}

/// The server's own complaints: the request's id and a text that may name internals.
void keepComplaint(WebApp& web, std::string_view requestId, std::string_view text) {
    std::string line = "{\"at\":\"" + web.context->now().iso() + "\"";
    appendText(line, "id", requestId);
    appendText(line, "error", text);
    web.telemetry->log->write(line + '}');
}

}  // namespace

Result<ServerHooks> gateOf(WebApp& web) {
    if (!web.telemetry) {
        auto telemetry = std::make_shared<Telemetry>();
        TM_TRY(telemetry->log, AccessLog::open(web.context->directory.log() / "access.log"));
        web.telemetry = std::move(telemetry);
    }
    ServerHooks hooks;
    hooks.before = [&web](Request& request, const Route& route) { return before(web, request, route); };
    hooks.after = [&web](Request& request, Response& response) { after(web, request, response); };
    hooks.failure = [&web](Request& request, const Error& error, int status) -> std::optional<Response> {
        knowCaller(web, request);
        return refuse(web, request, error, status);
    };
    hooks.log = [&web](std::string_view requestId, std::string_view text) {
        keepComplaint(web, requestId, text);
    };
    return hooks;
}

}  // namespace tickmark::http

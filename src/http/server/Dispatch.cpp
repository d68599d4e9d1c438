#include "http/server/Dispatch.h"

#include <Poco/Exception.h>

#include <algorithm>
#include <exception>

#include "http/server/Characters.h"
#include "http/server/Outgoing.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/http/server/Problem.h"

namespace tickmark::http {
namespace {

/// Text of the exception in flight, for the log.
std::string whatIsThrown() {
    try {
        throw;
    } catch (const Poco::Exception& e) {
        return e.displayText();
    } catch (const std::exception& e) {
        return e.what();
    } catch (...) {
        return "an exception of unknown type";
    }
}

Response fail(Core& core, Request& request, const Error& error, int status) {
    const auto& shape = core.options().hooks.failure;
    if (shape) {
        try {
            if (auto shaped = shape(request, error, status)) return *std::move(shaped);
        } catch (...) {
            core.log(request.id, "failure hook: " + whatIsThrown());
        }
    }
    return problem(error, status, request.id);
}

Response fail(Core& core, Request& request, const Error& error) {
    return fail(core, request, error, statusOf(error));
}

bool isOwnHost(const Core& core, std::string_view host) {
    const auto& names = core.options().hostNames;
    if (names.empty()) return true;
    const std::size_t colon = host.rfind(':');
    if (colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos) {
        host = host.substr(0, colon);
    }
    return std::any_of(names.begin(), names.end(), [host](const auto& name) { return sameName(name, host); });
}

Response refuseUnknown(Core& core, Request& request, const Router::Match& match) {
    if (match.allowed.empty()) {
        return fail(core, request,
                    {ErrorKind::NotFound, "not-found",
                     "There is no page or resource at this address that you may see."});
    }
    std::string allowed;
    for (const std::string& method : match.allowed) allowed += (allowed.empty() ? "" : ", ") + method;
    const Error error =
        invalid("method-not-allowed", "method", "This address does not answer " + request.method + ".",
                "Use one of: " + allowed + ".");
    Response response = fail(core, request, error, 405);
    response.set("Allow", allowed);
    return response;
}

Error overCap(const Route& route) {
    return {ErrorKind::TooLarge,
            "body-too-large",
            "The declared body is larger than this address takes.",
            "Content-Length",
            "At most " + std::to_string(route.bodyCap) + " bytes.",
            "Send less at once."};
}

Response run(Core& core, Request& request, const Router::Match& match) {
    const Route& route = *match.route;
    const auto& before = core.options().hooks.before;
    if (before) {
        if (auto answer = before(request, route)) return *std::move(answer);
    }
    return route.handler(request, match.parameters);
}

Response answer(Core& core, Request& request) {
    if (!isOwnHost(core, request.header("host"))) {
        const Error error = invalid("unknown-host", "Host", "This server does not answer for that host name.",
                                    "Use the address that the administrator gave you.");
        return fail(core, request, error, 421);
    }
    const Router::Match match = core.router().match(request.method, request.path);
    request.route = match.route;
    if (match.route == nullptr) return refuseUnknown(core, request, match);
    if (request.contentLength.value_or(0) > match.route->bodyCap) {
        return fail(core, request, overCap(*match.route));
    }
    try {
        return run(core, request, match);
    } catch (...) {
        core.log(request.id, request.method + " " + match.route->pattern + ": " + whatIsThrown());
        return fail(core, request, internal("exception"));
    }
}

/// Runs the after-hook, then holds the answer to what HTTP can carry.
Response finish(Core& core, Request& request, Response response) {
    const auto& after = core.options().hooks.after;
    try {
        if (after) after(request, response);
    } catch (...) {
        core.log(request.id, "after hook: " + whatIsThrown());
        response = problem(internal("exception"), request.id);
    }
    const bool known = response.status >= 200 && response.status <= 599;
    if (known && headersAreSound(response)) return response;
    core.log(request.id, "an answer with an impossible status or header field was held back");
    return problem(internal("header"), request.id);
}

}  // namespace

Response dispatch(Core& core, Request& request) { return finish(core, request, answer(core, request)); }

Response refuseHead(const Refusal& refusal, std::string_view requestId) {
    Response response = problem(refusal.error, refusal.status, requestId);
    response.set("X-Content-Type-Options", "nosniff").set("Content-Security-Policy", "default-src 'none'");
    response.close = true;
    return response;
}

Response refuseBusy(Core& core, Request& request) {
    const Error error{ErrorKind::Environment,
                      "busy",
                      "Too many uploads are running at this moment.",
                      {},
                      {},
                      "Try again in a few seconds.",
                      {},
                      5};
    return finish(core, request, fail(core, request, error));
}

}  // namespace tickmark::http

// Header fields that every answer carries.
#pragma once

#include <string>

#include "tickmark/http/server/Request.h"
#include "tickmark/http/server/Response.h"

namespace tickmark::http {

/// The policy of a page that shows a frame of this server: the usual one, and frames of our own.
[[nodiscard]] std::string policyWithFrames();

/// For the worker that computes digests: it may compile its WebAssembly and reach nothing. A page's own
/// policy never allows it.
[[nodiscard]] std::string policyOfWorker();

/// Adds what the handler has not set itself: Content-Security-Policy, X-Content-Type-Options,
/// Referrer-Policy, Cross-Origin-Opener-Policy, Cross-Origin-Resource-Policy, Cache-Control: no-store, and
/// over TLS Strict-Transport-Security.
void addSecurityHeaders(const Request& request, Response& response);

}  // namespace tickmark::http

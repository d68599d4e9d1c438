#include "http/gate/SecurityHeaders.h"

namespace tickmark::http {
namespace {

constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

struct Field {
    std::string_view name{};
    std::string_view value{};
};
constexpr Field fields[] = {
    {"Content-Security-Policy", policy},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},  // no-referrer would make our own forms send "Origin: null"
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
};

}  // namespace

std::string policyOfWorker() { return "default-src 'none'; script-src 'wasm-unsafe-eval'"; }

std::string policyWithFrames() { return std::string(policy) + "; frame-src 'self'"; }

void addSecurityHeaders(const Request& request, Response& response) {
    response.headers.reserve(response.headers.size() + std::size(fields) + 1);
    for (const Field& field : fields) {
        if (response.header(field.name).empty()) response.add(field.name, field.value);
    }
    if (request.secure) response.add("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

}  // namespace tickmark::http

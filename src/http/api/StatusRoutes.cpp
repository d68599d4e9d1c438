// /healthz and /metrics: for machines that watch this one.
#include <filesystem>

#include "http/api/Rows.h"
#include "http/gate/Telemetry.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::http::api {
namespace {

/// Whether the database answers and there is room for one more write.
bool isHealthy(app::Context& context) {
    const auto head =
        context.database->read([](storage::ReadSession& session) { return storage::ledgerHead(session); });
    if (!head) return false;
    std::error_code failed;
    const auto space = std::filesystem::space(context.directory.root, failed);
    return !failed && space.available >= context.settings.diskReserve;
}

Result<Response> showHealth(Call& call) {
    const bool healthy = isHealthy(call.context());
    Response response = textResponse(healthy ? "ok\n" : "failed\n", healthy ? 200 : 503);
    return response;
}

bool isFromThisMachine(const Request& request) {
    const std::string_view from = request.remoteAddress;
    return from.starts_with("127.") || from == "::1" || from.starts_with("::ffff:127.");
}

Result<Response> showMetrics(Call& call) {
    const Caller* caller = callerIf(call.request);
    const bool administrator = caller != nullptr && caller->actor.role == domain::Role::Administrator &&
                               (!caller->byToken || std::find(caller->scopes.begin(), caller->scopes.end(),
                                                              "admin") != caller->scopes.end());
    if (!administrator && !isFromThisMachine(call.request)) {
        Error error = forbidden("Figures are read from this machine, or with an administrator's token.");
        error.fix = "Send a token with the scope admin in the header Authorization.";
        return error;
    }
    Telemetry& telemetry = *call.web.telemetry;
    TM_TRY(std::string text, telemetry.metrics.text(call.context(), telemetry.server.load()));
    return textResponse(std::move(text)).set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
}

}  // namespace

std::vector<ApiRow> statusRows() {
    return {
        {"GET", "/healthz", "health.show", "public", "Whether the server works", showHealth},
        {"GET", "/metrics", "metrics.show", "public", "Figures in the Prometheus text format", showMetrics},
    };
}

}  // namespace tickmark::http::api

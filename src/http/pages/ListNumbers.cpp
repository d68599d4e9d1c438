// The number behind an address, counted with the filter of its list.
#include "http/pages/ListFilters.h"
#include "tickmark/app/Lists.h"
#include "tickmark/http/server/Form.h"

namespace tickmark::http::pages {
namespace {

Result<std::int64_t> countList(storage::ReadSession& session, const storage::Scope& scope,
                               const domain::Actor& actor, const Request& request) {
    if (request.path == "/findings") {
        TM_TRY(const auto filter, findingFilterOf(session, request));
        return storage::countFindings(session, scope, filter);
    }
    if (request.path == "/actions")
        return storage::countActions(session, scope, actionFilterOf(request, actor));
    if (request.path == "/requests") {
        TM_TRY(const auto filter, requestFilterOf(session, request, scope));
        return storage::countRequests(session, scope, filter);
    }
    if (request.path == "/audits") return storage::countAudits(session, scope, auditFilterOf(request));
    if (request.path == "/improvements") {
        TM_TRY(const auto filter, improvementFilterOf(session, request));
        return storage::countImprovements(session, scope, filter);
    }
    return internal("No list at " + request.path + " is counted.");
}

}  // namespace

Result<std::int64_t> numberBehind(WebApp& web, const domain::Actor& actor, const std::string& address) {
    Request request;
    const std::size_t mark = address.find('?');
    request.path = address.substr(0, mark);
    if (mark != std::string::npos) {
        TM_TRY(request.query, parseUrlEncoded(address.substr(mark + 1)));
    }
    const storage::Scope scope = app::scopeOf(*web.context, actor);
    return web.context->database->read(
        [&](storage::ReadSession& session) { return countList(session, scope, actor, request); });
}

}  // namespace tickmark::http::pages

// Criteria catalogs, and imports of findings, actions and audits from CSV.
#include "http/api/Answers.h"
#include "http/api/Describe.h"
#include "http/api/Rows.h"
#include "tickmark/app/Import.h"
#include "tickmark/storage/Catalogs.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

constexpr std::uint64_t importCap = 64U * 1024U * 1024U;

Result<std::string> readText(Request& request, std::initializer_list<std::string_view> types) {
    const std::string type = request.mediaType();
    if (std::find(types.begin(), types.end(), type) == types.end()) {
        std::string known;
        for (const std::string_view name : types) known.append(known.empty() ? "" : " or ").append(name);
        return invalid("media-type", "Content-Type", "This address does not read that kind of body.",
                       "Send Content-Type: " + known + ".");
    }
    return request.bodyText(importCap);
}

Result<bool> isDryRun(const Request& request) {
    QueryReader query(request);
    const bool dry = query.flag("dry_run");
    TM_CHECK(query.finish());
    return dry;
}

Response importAnswer(const app::ImportOutcome& outcome) {
    Json document = Json::object();
    document.set("created", outcome.created).set("refs", texts(outcome.refs)).set("dry_run", outcome.dryRun);
    Response response = documentAnswer(document);
    response.status = outcome.dryRun ? 200 : 201;
    return response;
}

Result<Response> importFindings(Call& call) {
    TM_TRY(const bool dry, isDryRun(call.request));
    TM_TRY(const std::string csv, readText(call.request, {"text/csv"}));
    TM_TRY(const auto outcome, app::importFindings(call.context(), call.actor(), call.path("ref"), csv, dry));
    return importAnswer(outcome);
}

Result<Response> importActions(Call& call) {
    TM_TRY(const bool dry, isDryRun(call.request));
    TM_TRY(const std::string csv, readText(call.request, {"text/csv"}));
    TM_TRY(const auto outcome, app::importActions(call.context(), call.actor(), call.path("ref"), csv, dry));
    return importAnswer(outcome);
}

Result<Response> importAudits(Call& call) {
    TM_TRY(const bool dry, isDryRun(call.request));
    TM_TRY(const std::string csv, readText(call.request, {"text/csv"}));
    TM_TRY(const auto outcome, app::importAudits(call.context(), call.actor(), csv, dry));
    return importAnswer(outcome);
}

Result<Response> importCatalog(Call& call) {
    TM_TRY(const bool dry, isDryRun(call.request));
    TM_TRY(const std::string file, readText(call.request, {"text/csv", "application/json"}));
    TM_TRY(const auto outcome,
           app::importCatalog(call.context(), call.actor(), std::string(call.request.queryValue("code")),
                              std::string(call.request.queryValue("title")), file, dry));
    return importAnswer(outcome);
}

Result<Response> listCatalogs(Call& call) {
    TM_TRY(const auto rows, call.context().database->read([](storage::ReadSession& session) {
        return storage::listCatalogs(session);
    }));
    Json items = Json::array();
    for (const storage::CatalogRow& row : rows) {
        Json item = Json::object();
        item.set("code", row.code)
            .set("title", row.title)
            .set("clause_count", row.clauses)
            .set("rev", row.rev);
        setText(item, "version", row.version);
        setText(item, "source", row.source);
        items.push(std::move(item));
    }
    Json document = Json::object();
    document.set("items", std::move(items));
    return documentAnswer(document);
}

Result<Response> showCatalog(Call& call) {
    TM_TRY(const domain::Catalog catalog, app::showCatalog(call.context(), call.actor(), call.path("code")));
    Json document = Json::object();
    document.set("code", catalog.code)
        .set("title", catalog.title)
        .set("clauses", describe(catalog.clauses))
        .set("rev", catalog.rev);
    setText(document, "version", catalog.version);
    setText(document, "source", catalog.source);
    return documentAnswer(document, catalog.rev);
}

ApiRow large(ApiRow row) {
    row.bodyCap = importCap;
    return row;
}

}  // namespace

std::vector<ApiRow> importRows() {
    const std::string audit = "/api/v1/audits/{ref}/imports";
    const std::string catalogs = "/api/v1/catalogs";
    return {
        large({"POST",
               audit + "/findings",
               "imports.findings",
               "LA AU",
               "Import findings from CSV",
               importFindings,
               {"dry_run"}}),
        large({"POST",
               audit + "/actions",
               "imports.actions",
               "LA AU",
               "Import actions from CSV",
               importActions,
               {"dry_run"}}),
        large({"POST",
               "/api/v1/imports/audits",
               "imports.audits",
               "LA",
               "Import audits from CSV",
               importAudits,
               {"dry_run"}}),
        {"GET", catalogs, "catalogs.list", "all", "Criteria catalogs", listCatalogs},
        large({"POST",
               catalogs,
               "catalogs.import",
               "LA AD",
               "Load a catalog from OSCAL JSON or CSV",
               importCatalog,
               {"code", "title", "dry_run"}}),
        {"GET", catalogs + "/{code}", "catalogs.show", "all", "One catalog with its clauses", showCatalog},
    };
}

}  // namespace tickmark::http::api

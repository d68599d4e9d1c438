// The audit report for print and as PDF.
#include "http/download/Report.h"
#include "http/pages/Page.h"
#include "tickmark/app/Lists.h"

namespace tickmark::http::pages {
namespace {

Result<app::Report> made(WebApp& web, const Request& request, const PathParameters& parameters) {
    const std::string ref(parameters.at("ref"));
    const std::string audit = "/audits/" + encoded(ref);
    return app::makeReport(*web.context, app::scopeOf(*web.context, callerOf(request).actor),
                           domain::AuditRef(ref), {audit, audit + "/report.pdf"});
}

Result<Response> showReport(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const app::Report report, made(web, request, parameters));
    return reportHtml(report);
}

/// Without the bar of links, so that it is the same document as from the command.
Result<Response> readPdf(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const app::Report report,
           app::makeReport(*web.context, app::scopeOf(*web.context, callerOf(request).actor),
                           domain::AuditRef(std::string(parameters.at("ref")))));
    return reportPdf(report);
}

}  // namespace

Result<void> addAuditReportPages(Router& router, WebApp& web) {
    const std::string readers = "LA AU PO IM TM XA";
    TM_CHECK(addPage(router, web, "/audits/{ref}/report", "page.audit-report", readers, showReport));
    return addPage(router, web, "/audits/{ref}/report.pdf", "page.audit-report-pdf", readers, readPdf);
}

}  // namespace tickmark::http::pages

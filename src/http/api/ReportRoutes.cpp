// The audit report: its data, the document, the PDF, as the client accepts.
#include "http/api/Rows.h"
#include "http/download/Report.h"
#include "tickmark/app/Lists.h"

namespace tickmark::http::api {
namespace {

enum class Form { Data, Html, Pdf };

/// The first media type that the client names and the report has; anything is the data.
Result<Form> formOf(const Request& request) {
    std::string_view accepted = request.header("accept");
    if (accepted.empty()) return Form::Data;
    while (!accepted.empty()) {
        const auto comma = accepted.find(',');
        std::string_view one = accepted.substr(0, comma);
        one = one.substr(0, one.find(';'));
        while (one.starts_with(' ')) one.remove_prefix(1);
        while (one.ends_with(' ')) one.remove_suffix(1);
        if (one == "application/json" || one == "*/*" || one == "application/*") return Form::Data;
        if (one == "text/html" || one == "text/*") return Form::Html;
        if (one == "application/pdf") return Form::Pdf;
        accepted = comma == std::string_view::npos ? std::string_view() : accepted.substr(comma + 1);
    }
    return invalid("not-acceptable", "Accept", "The report has none of the media types asked for.",
                   "Ask for application/json, text/html or application/pdf.");
}

Result<Response> showReport(Call& call) {
    TM_TRY(const Form form, formOf(call.request));
    TM_TRY(const app::Report report,
           app::makeReport(call.context(), app::scopeOf(call.context(), call.actor()),
                           call.ref<domain::AuditRef>()));
    switch (form) {
        case Form::Data:
            return reportData(report);
        case Form::Html:
            return reportHtml(report);
        case Form::Pdf:
            return reportPdf(report);
    }
    return reportData(report);
}

}  // namespace

std::vector<ApiRow> reportRows() {
    return {{"GET", "/api/v1/audits/{ref}/report", "audits.report", "LA AU PO IM TM XA",
             "The audit report as data, HTML or PDF", showReport}};
}

}  // namespace tickmark::http::api

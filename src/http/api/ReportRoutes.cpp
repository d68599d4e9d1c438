// The audit report: its data, the document, the PDF, as the client accepts.
#include <algorithm>
#include <optional>

#include "http/api/Rows.h"
#include "http/download/Report.h"
#include "tickmark/app/Lists.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::http::api {
namespace {

enum class Form { Data, Html, Pdf };

std::optional<Form> formNamed(std::string_view type) {
    if (type == "application/json" || type == "*/*" || type == "application/*") return Form::Data;
    if (type == "text/html" || type == "text/*") return Form::Html;
    if (type == "application/pdf") return Form::Pdf;
    return std::nullopt;
}

/// The first media type that the client names and the report has; without one the data.
Result<Form> formOf(const Request& request) {
    std::string_view accepted = request.header("accept");
    if (accepted.empty()) return Form::Data;
    while (!accepted.empty()) {
        const auto comma = std::min(accepted.find(','), accepted.size());
        const std::string_view one = accepted.substr(0, comma);
        if (const auto form = formNamed(trim(one.substr(0, one.find(';'))))) return *form;
        accepted.remove_prefix(std::min(comma + 1, accepted.size()));
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

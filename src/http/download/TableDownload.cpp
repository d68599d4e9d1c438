#include "http/download/TableDownload.h"

#include <utility>

#include "tickmark/http/Downloads.h"

namespace tickmark::http {

Result<app::TableFormat> tableFormat(std::string_view text) {
    if (text.empty() || text == "csv") return app::TableFormat::Csv;
    if (text == "xlsx") return app::TableFormat::Xlsx;
    return invalid("table-format", "format", "\"" + std::string(text) + "\" is no format of a table.",
                   "Use csv or xlsx.");
}

Response tableDownload(std::string bytes, const std::string& name, app::TableFormat format) {
    const bool isCsv = format == app::TableFormat::Csv;
    Response response;
    response.set("Content-Type", isCsv ? "text/csv; charset=utf-8"
                                       : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    response.set("Content-Disposition", contentDisposition("attachment", name + (isCsv ? ".csv" : ".xlsx")));
    response.set("X-Content-Type-Options", "nosniff");
    response.body = std::move(bytes);
    return response;
}

}  // namespace tickmark::http

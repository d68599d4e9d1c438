// The register as a file: what a browser saves and a program reads.
#pragma once

#include <string>
#include <string_view>

#include "tickmark/app/Improvements.h"
#include "tickmark/http/server/Response.h"

namespace tickmark::http {

/// "csv", "xlsx" or nothing, which is CSV. Errors: Invalid "table-format" naming the field.
[[nodiscard]] Result<app::TableFormat> tableFormat(std::string_view text);
/// An answer that is saved as NAME.csv or NAME.xlsx.
[[nodiscard]] Response tableDownload(std::string bytes, const std::string& name, app::TableFormat format);

}  // namespace tickmark::http

// CSV (RFC 4180), read strictly and written so that no spreadsheet runs it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/foundation/Result.h"

namespace tickmark::codec {

/// One record and the line of the file on which it begins (the header is on line 1).
struct CsvRow {
    std::size_t line = 0;
    std::vector<std::string> cells{};
};

/// A table with its header; cell lookup by column name.
struct CsvTable {
    std::vector<std::string> columns{};
    std::vector<CsvRow> rows{};
    /// The cell of a named column, or empty when there is no such column or the row is short.
    [[nodiscard]] std::string_view cell(const CsvRow& row, std::string_view column) const;
};

struct CsvLimits {
    std::size_t maximumBytes = 64 * 1024 * 1024;
    std::size_t maximumRows = 1'000'000;
    std::size_t maximumCell = 200'000;
};

/// Reads a whole CSV text. Strict quoting, UTF-8 (a byte order mark is skipped), every row as wide as the
/// header. `required` names the columns that must be there. Reports every bad row with its line, not only the
/// first. Errors: Invalid "csv" with one part per problem (missing column, unclosed quote, wrong encoding,
/// width).
[[nodiscard]] Result<CsvTable> parseCsv(std::string_view text, const std::vector<std::string>& required,
                                        const CsvLimits& limits = {});

/// One CSV line with CRLF. Cells that a spreadsheet would take for a formula (= + - @ tab, CR first) get a
/// leading apostrophe; cells with separators, quotes or line breaks are quoted.
[[nodiscard]] std::string csvLine(const std::vector<std::string>& cells);

}  // namespace tickmark::codec

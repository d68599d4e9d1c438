#include "tickmark/codec/Csv.h"

namespace tickmark::codec {
namespace {

/// Spreadsheets run a cell that begins with one of these as a formula, also after white space they strip.
bool looksLikeFormula(std::string_view cell) {
    constexpr std::string_view starters = "=+-@\t\r\n";
    return !cell.empty() && starters.find(cell.front()) != std::string_view::npos;
}

bool needsQuotes(std::string_view cell) {
    if (cell.empty()) return false;
    return cell.find_first_of(",\"\r\n") != std::string_view::npos || cell.front() == ' ' ||
           cell.back() == ' ';
}

void appendCell(std::string& line, std::string_view cell) {
    const bool guard = looksLikeFormula(cell);
    if (!needsQuotes(cell)) {
        if (guard) line += '\'';
        line += cell;
        return;
    }
    line += guard ? "\"'" : "\"";
    for (const char c : cell) {
        if (c == '"') line += '"';
        line += c;
    }
    line += '"';
}

}  // namespace

std::string csvLine(const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) line += ',';
        appendCell(line, cells[i]);
    }
    // A single empty cell would look like a blank line, which readers pass over.
    if (cells.size() == 1 && line.empty()) line = "\"\"";
    return line + "\r\n";
}

}  // namespace tickmark::codec

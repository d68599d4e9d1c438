#include "tickmark/codec/Csv.h"

#include <csv.h>

#include <algorithm>
#include <new>
#include <optional>

#include "tickmark/foundation/Text.h"

namespace tickmark::codec {
namespace {

constexpr std::size_t mostProblemsShown = 1000;

/// libcsv's parser with an owner. It reads by RFC 4180: spaces belong to the cell.
class Parser {
  public:
    Parser() { begin(); }
    ~Parser() { csv_free(&m_state); }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    void restart() {
        csv_free(&m_state);
        begin();
    }
    void beStrict() {
        csv_set_opts(&m_state, CSV_STRICT | CSV_STRICT_FINI);
        csv_set_space_func(&m_state, [](unsigned char) { return 0; });
    }
    /// Takes stray quotes for text and spaces around a quoted cell for nothing.
    void beLenient() {
        csv_set_opts(&m_state, CSV_STRICT_FINI);
        csv_set_space_func(&m_state, nullptr);
    }
    csv_parser* state() { return &m_state; }

  private:
    void begin() {
        csv_init(&m_state, 0);
        beStrict();
        constexpr std::size_t growth = 65536;
        csv_set_blk_size(&m_state, growth);
    }
    csv_parser m_state{};
};

std::string lineName(std::size_t line) { return "line " + std::to_string(line); }

/// Reads line by line, so that the place of every record and of every opening quote is known. After a record
/// with a quoting mistake it goes on with the next one, so that one run reports all.
class Scan {
  public:
    Scan(std::string_view text, const CsvLimits& limits) : m_text(text), m_limits(limits) {}

    void run() {
        while (!m_stopped && (m_at < m_text.size() || m_inRecord)) {
            if (m_at < m_text.size())
                nextLine();
            else
                finish();
        }
    }

    CsvTable& table() { return m_table; }
    std::vector<Error>& problems() { return m_problems; }
    [[nodiscard]] bool tooManyRows() const { return m_tooManyRows; }
    [[nodiscard]] std::size_t problemCount() const { return m_problemCount; }

  private:
    void nextLine() {
        const std::size_t end = std::min(m_text.find_first_of("\r\n", m_at), m_text.size());
        std::size_t next = std::min(end + 1, m_text.size());
        if (m_text.substr(end, 2) == "\r\n") next = end + 2;
        const std::string_view line = m_text.substr(m_at, next - m_at);
        const bool blank = end == m_at;
        if (!blank || m_inRecord) feedLine(line, next);
        if (m_restart) {
            restart();
            return;
        }
        m_at = next;
        ++m_line;
    }

    void feedLine(std::string_view line, std::size_t next) {
        const bool begins = !m_inRecord;
        if (begins) m_recordLine = m_line;
        m_inRecord = true;
        m_cellsOfLine = 0;
        if (begins) openHere(next);
        feed(line, next);
        // A record that goes on after the line break is inside a quoted cell; which one, the cells before it
        // tell.
        if (m_inRecord && m_cellsOfLine > 0 && !m_restart) openHere(next);
    }

    void openHere(std::size_t next) {
        m_quoteLine = m_line;
        m_afterQuoteLine = next;
    }

    void feed(std::string_view bytes, std::size_t next) {
        while (!bytes.empty() && !m_restart) {
            const std::size_t taken =
                csv_parse(m_parser.state(), bytes.data(), bytes.size(), onCell, onRecord, this);
            bytes.remove_prefix(taken);
            if (bytes.empty()) return;
            if (csv_error(m_parser.state()) != CSV_EPARSE) throw std::bad_alloc();
            if (m_cellsOfLine > 0) openHere(next);
            strayQuote(static_cast<std::size_t>(bytes.data() - m_text.data()));
        }
    }

    /// libcsv stopped before the byte at `at`, which makes the quote before it (or at it) a mistake.
    void strayQuote(std::size_t at) {
        if (m_parser.state()->quoted == 0) {
            complain(m_line, "A quote stands inside a cell that does not begin with one.",
                     "Put the whole cell in quotes and double every quote inside it.");
        } else if (m_quoteLine < m_line && startsCell(at - 1)) {
            neverClosed();
            return;
        } else {
            complain(m_line,
                     m_quoteLine == m_line
                         ? "A single quote stands inside a quoted cell."
                         : "A single quote stands inside the quoted cell that begins on line " +
                               std::to_string(m_quoteLine) + ".",
                     "Double every quote inside a quoted cell, or close the cell before.");
        }
        m_bad = true;
        // So the record still ends where it ends.
        m_parser.beLenient();
    }

    [[nodiscard]] bool startsCell(std::size_t quote) const {
        return quote == 0 || m_text[quote - 1] == ',' || m_text[quote - 1] == '\n' ||
               m_text[quote - 1] == '\r';
    }

    void neverClosed() {
        complain(m_quoteLine, "The quote opened on line " + std::to_string(m_quoteLine) + " is never closed.",
                 "Close the quoted cell with a quote.");
        m_restart = true;
    }

    /// Goes back to the line after the one with the open quote: what follows were records of their own.
    void restart() {
        m_parser.restart();
        m_at = m_afterQuoteLine;
        m_line = m_quoteLine + 1;
        m_restart = false;
        endRecord();
        if (m_table.columns.empty()) m_stopped = true;
    }

    void finish() {
        const bool strayBefore = m_bad;
        m_parser.beStrict();
        if (csv_fini(m_parser.state(), onCell, onRecord, this) == 0) {
            m_inRecord = false;
            return;
        }
        neverClosed();
        restart();
        // The cell with the stray quote ran to the end of the text: reading it again would only report it
        // again.
        if (strayBefore) m_stopped = true;
    }

    static void onCell(void* bytes, std::size_t size, void* self) {
        static_cast<Scan*>(self)->cell(std::string_view(static_cast<const char*>(bytes), size));
    }
    static void onRecord(int /*terminator*/, void* self) { static_cast<Scan*>(self)->record(); }

    void cell(std::string_view content) {
        ++m_cellsOfLine;
        if (content.size() <= m_limits.maximumCell) {
            m_cells.emplace_back(content);
            return;
        }
        complain(m_recordLine,
                 "Cell " + std::to_string(m_cells.size() + 1) + " is " + std::to_string(content.size()) +
                     " bytes long; " + std::to_string(m_limits.maximumCell) + " are allowed.",
                 "Shorten it.");
        m_cells.emplace_back();
        m_bad = true;
    }

    void record() {
        if (m_table.columns.empty()) {
            // Without its header nothing else in the file has a meaning.
            if (m_bad)
                m_stopped = true;
            else
                m_table.columns = std::move(m_cells);
        } else if (!m_bad) {
            keep();
        }
        m_parser.beStrict();
        endRecord();
    }

    void keep() {
        const std::size_t wide = m_table.columns.size();
        if (m_cells.size() != wide) {
            complain(m_recordLine,
                     "This row has " + std::to_string(m_cells.size()) +
                         (m_cells.size() == 1 ? " cell" : " cells") + "; the header has " +
                         std::to_string(wide) + ".",
                     "Give every row as many cells as the header; put cells that hold a comma in quotes.");
        } else if (m_table.rows.size() == m_limits.maximumRows) {
            m_tooManyRows = true;
            m_stopped = true;
        } else {
            m_table.rows.push_back({m_recordLine, std::move(m_cells)});
        }
    }

    void endRecord() {
        m_cells.clear();
        m_inRecord = false;
        m_bad = false;
    }

    void complain(std::size_t line, std::string message, std::string fix) {
        ++m_problemCount;
        if (m_problems.size() == mostProblemsShown) return;
        m_problems.push_back(invalid("csv", lineName(line), std::move(message), std::move(fix)));
    }

    std::string_view m_text;
    const CsvLimits& m_limits;
    Parser m_parser{};
    CsvTable m_table{};
    std::vector<Error> m_problems{};
    std::size_t m_problemCount = 0;
    std::vector<std::string> m_cells{};
    std::size_t m_at = 0;
    std::size_t m_line = 1;
    std::size_t m_recordLine = 1;
    std::size_t m_quoteLine = 1;       ///< where the cell begins that is open at the end of a line
    std::size_t m_afterQuoteLine = 0;  ///< offset of the line after it
    std::size_t m_cellsOfLine = 0;
    bool m_inRecord = false;
    bool m_bad = false;
    bool m_restart = false;
    bool m_stopped = false;
    bool m_tooManyRows = false;
};

Error refusal(std::vector<Error> problems, std::size_t count) {
    Error error = invalid("csv", "",
                          count == 1 ? "The CSV file has one problem."
                                     : "The CSV file has " + std::to_string(count) + " problems.",
                          "Correct them and hand the file over again.");
    if (count > problems.size()) {
        problems.push_back(invalid("csv", "", "And " + std::to_string(count - problems.size()) + " more."));
    }
    error.parts = std::move(problems);
    return error;
}

Error wrongEncoding(std::string field, std::string message) {
    Error part =
        invalid("csv", std::move(field), std::move(message), "Save the file as CSV with UTF-8 encoding.");
    part.rule = "UTF-8";
    return refusal({std::move(part)}, 1);
}

Result<void> checkEncoding(std::string_view text) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
        return wrongEncoding("line 1", "The file is in UTF-16, not in UTF-8.");
    }
    if (const auto zero = text.find('\0'); zero != std::string_view::npos) {
        const auto line = static_cast<std::size_t>(std::count(
                              text.begin(), text.begin() + static_cast<std::ptrdiff_t>(zero), '\n')) +
                          1;
        return wrongEncoding(lineName(line), "A zero byte stands in the file: it is in UTF-16, or no text.");
    }
    if (isUtf8(text)) return {};
    std::size_t line = 1;
    for (std::size_t at = 0; at < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (!isUtf8(text.substr(at, end - at))) break;
        at = end + 1;
    }
    return wrongEncoding(lineName(line),
                         "The text on this line is not UTF-8; it looks like Latin-1 or Windows-1252.");
}

Error tooLarge(std::string message) {
    return {ErrorKind::TooLarge, "csv-too-large", std::move(message), "", "", "Split the file.", {}};
}

std::vector<Error> headerProblems(const std::vector<std::string>& columns,
                                  const std::vector<std::string>& required) {
    std::vector<Error> problems;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto here = columns.begin() + static_cast<std::ptrdiff_t>(i);
        if (columns[i].empty()) {
            problems.push_back(invalid("csv", "line 1", "Column " + std::to_string(i + 1) + " has no name.",
                                       "Name it in the first line, or remove it."));
        } else if (std::find(columns.begin(), here, columns[i]) != here) {
            problems.push_back(
                invalid("csv", columns[i], "Two columns have this name.", "Rename or remove one."));
        }
    }
    std::string found;
    for (const std::string& column : columns) found += (found.empty() ? "" : ", ") + column;
    for (const std::string& name : required) {
        if (std::find(columns.begin(), columns.end(), name) != columns.end()) continue;
        const bool semicolons = columns.size() == 1 && found.find(';') != std::string::npos;
        problems.push_back(invalid("csv", name, "This column is missing. The first line has: " + found + ".",
                                   semicolons ? "Separate cells with commas, not with semicolons."
                                              : "Add the column; the first line names the columns."));
    }
    return problems;
}

}  // namespace

std::string_view CsvTable::cell(const CsvRow& row, std::string_view column) const {
    const auto found = std::find(columns.begin(), columns.end(), column);
    const auto index = static_cast<std::size_t>(found - columns.begin());
    return index < row.cells.size() ? std::string_view(row.cells[index]) : std::string_view{};
}

Result<CsvTable> parseCsv(std::string_view text, const std::vector<std::string>& required,
                          const CsvLimits& limits) {
    if (text.size() > limits.maximumBytes) {
        return tooLarge("The CSV file is " + std::to_string(text.size()) + " bytes long; " +
                        std::to_string(limits.maximumBytes) + " are allowed.");
    }
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    TM_CHECK(checkEncoding(text));
    Scan scan(text, limits);
    scan.run();
    if (scan.tooManyRows()) {
        return tooLarge("The CSV file has more than " + std::to_string(limits.maximumRows) + " rows.");
    }
    std::vector<Error> problems = headerProblems(scan.table().columns, required);
    if (scan.table().columns.empty()) problems.clear();  // its own problem is reported below
    if (scan.table().columns.empty() && scan.problemCount() == 0) {
        problems.push_back(
            invalid("csv", "line 1", "The file is empty.", "The first line names the columns."));
    }
    const std::size_t count = problems.size() + scan.problemCount();
    if (count == 0) return std::move(scan.table());
    std::move(scan.problems().begin(), scan.problems().end(), std::back_inserter(problems));
    return refusal(std::move(problems), count);
}

}  // namespace tickmark::codec

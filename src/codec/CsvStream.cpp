#include "tickmark/codec/CsvStream.h"

#include <csv.h>

#include <algorithm>
#include <new>
#include <optional>

#include "tickmark/foundation/Text.h"

namespace tickmark::codec {

struct CsvStream::State {
    State(OnHeader headerTaker, OnRow rowTaker, const CsvStreamLimits& given)
        : onHeader(std::move(headerTaker)), onRow(std::move(rowTaker)), limits(given) {
        csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
        csv_set_space_func(&parser, [](unsigned char) { return 0; });
        constexpr std::size_t growth = 4096;
        csv_set_blk_size(&parser, growth);
    }
    ~State() { csv_free(&parser); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    OnHeader onHeader;
    OnRow onRow;
    CsvStreamLimits limits;
    csv_parser parser{};
    std::string head{};  ///< the first bytes, until it is clear whether a byte order mark stands there
    bool begun = false;
    std::size_t line = 1;
    std::size_t rowLine = 1;
    bool inRow = false;
    bool afterReturn = false;  ///< the last byte was a carriage return
    std::size_t columns = 0;
    std::vector<std::string> cells{};
    std::optional<Error> problem{};

    void complain(std::size_t where, std::string message, std::string fix) {
        if (problem) return;
        problem = invalid("csv", "line " + std::to_string(where), std::move(message), std::move(fix));
    }

    static void onCell(void* bytes, std::size_t size, void* self) {
        static_cast<State*>(self)->cell({static_cast<const char*>(bytes), size});
    }
    static void onRecord(int /*terminator*/, void* self) { static_cast<State*>(self)->record(); }

    void cell(std::string_view content) {
        if (problem) return;
        if (!isUtf8(content) || content.find('\0') != std::string_view::npos) {
            complain(rowLine, "This row is not UTF-8 text.", "Save the file as CSV with UTF-8 encoding.");
        } else if (content.size() > limits.maximumCell) {
            tooLong();
        } else if (cells.size() == limits.maximumColumns) {
            complain(rowLine, "This row has more than " + std::to_string(limits.maximumColumns) + " cells.",
                     "Check that this is a CSV file.");
        } else {
            cells.emplace_back(content);
        }
    }

    void tooLong() {
        complain(rowLine,
                 "A cell of this row is longer than " + std::to_string(limits.maximumCell) +
                     " bytes; perhaps a quote is never closed.",
                 "Close the quote, or shorten the cell.");
    }

    void record() {
        inRow = false;
        if (!problem) {
            auto taken = columns == 0 ? header() : row();
            if (!taken) problem = std::move(taken).error();
        }
        cells.clear();
    }

    [[nodiscard]] Result<void> header() {
        columns = cells.size();
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (cells[i].empty())
                return invalid("csv", "line 1", "Column " + std::to_string(i + 1) + " has no name.",
                               "Name it in the first line, or remove it.");
            const auto here = cells.begin() + static_cast<std::ptrdiff_t>(i);
            if (std::find(cells.begin(), here, cells[i]) != here)
                return invalid("csv", cells[i], "Two columns have this name.", "Rename or remove one.");
        }
        return onHeader(cells);
    }

    [[nodiscard]] Result<void> row() const {
        if (cells.size() != columns) {
            return invalid(
                "csv", "line " + std::to_string(rowLine),
                "This row has " + std::to_string(cells.size()) + " cells; the header has " +
                    std::to_string(columns) + ".",
                "Give every row as many cells as the header; put cells that hold a comma in quotes.");
        }
        return onRow(rowLine, cells);
    }

    /// Up to and with the next line break, so that the line of every row is known.
    void piece(std::string_view bytes) {
        const bool onlyBreak = bytes == "\n" || bytes == "\r" || bytes == "\r\n";
        if (!inRow && !onlyBreak) {
            inRow = true;
            rowLine = line;
        }
        const std::size_t taken = csv_parse(&parser, bytes.data(), bytes.size(), onCell, onRecord, this);
        if (taken != bytes.size()) {
            if (csv_error(&parser) != CSV_EPARSE) throw std::bad_alloc();
            complain(line, "A quote stands where none may stand.",
                     "Put the whole cell in quotes and double every quote inside it.");
        }
        // What has been read of an open cell must not grow without end.
        if (parser.entry_pos > limits.maximumCell) tooLong();
    }

    void lines(std::string_view bytes) {
        while (!bytes.empty() && !problem) {
            // A CR LF that two reads cut apart ends one line, not two.
            if (afterReturn && bytes.front() == '\n') --line;
            afterReturn = false;
            const std::size_t at = bytes.find_first_of("\r\n");
            std::size_t size = at == std::string_view::npos ? bytes.size() : at + 1;
            if (at != std::string_view::npos && bytes.substr(at, 2) == "\r\n") ++size;
            piece(bytes.substr(0, size));
            if (at != std::string_view::npos) ++line;
            afterReturn = bytes[size - 1] == '\r';
            bytes.remove_prefix(size);
        }
    }

    [[nodiscard]] Result<void> outcome() {
        if (problem) return *problem;
        return {};
    }
};

CsvStream::CsvStream(OnHeader onHeader, OnRow onRow, const CsvStreamLimits& limits)
    : m_state(std::make_unique<State>(std::move(onHeader), std::move(onRow), limits)) {}
CsvStream::~CsvStream() = default;

Result<void> CsvStream::feed(std::string_view bytes) {
    State& state = *m_state;
    if (state.begun) {
        state.lines(bytes);
        return state.outcome();
    }
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    state.head += bytes;
    if (state.head.size() < mark.size()) return {};
    state.begun = true;
    const std::string head = std::move(state.head);
    state.lines(std::string_view(head).substr(head.starts_with(mark) ? mark.size() : 0));
    return state.outcome();
}

Result<void> CsvStream::finish() {
    State& state = *m_state;
    if (!state.begun) {
        state.begun = true;
        state.lines(state.head);
    }
    TM_CHECK(state.outcome());
    if (csv_fini(&state.parser, State::onCell, State::onRecord, &state) != 0) {
        state.complain(state.rowLine, "A quote that is opened in this row is never closed.",
                       "Close the quoted cell with a quote.");
    }
    TM_CHECK(state.outcome());
    if (state.columns == 0)
        return invalid("csv", "line 1", "The file is empty.", "The first line names the columns.");
    return {};
}

}  // namespace tickmark::codec

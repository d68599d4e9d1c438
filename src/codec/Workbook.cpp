#include "tickmark/codec/Workbook.h"

#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "tickmark/foundation/Text.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::codec {
namespace {

constexpr std::size_t mostRows = 1'048'575;
constexpr std::size_t mostLetters = 32'767;
constexpr std::size_t narrowest = 8;
constexpr std::size_t widest = 60;

Error tooLarge(std::string message, std::string fix) {
    return {ErrorKind::TooLarge, "sheet-too-large", std::move(message), {}, {}, std::move(fix), {}};
}

Result<void> mustFit(const std::vector<SheetColumn>& columns,
                     const std::vector<std::vector<std::string>>& rows) {
    if (rows.size() > mostRows) {
        return tooLarge("A sheet holds " + std::to_string(mostRows) + " rows; these are " +
                            std::to_string(rows.size()) + ".",
                        "Filter them, or take the CSV.");
    }
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t column = 0; column < rows[row].size(); ++column) {
            if (codePoints(rows[row][column]) <= mostLetters) continue;
            return tooLarge("The cell " + columns.at(column).name + " of row " + std::to_string(row + 2) +
                                " is longer than a sheet's cell may be.",
                            "Take the CSV.");
        }
    }
    return {};
}

/// A file in memory; the library wants a path.
class MemoryFile {
  public:
    MemoryFile() : m_descriptor(::memfd_create("workbook", MFD_CLOEXEC)) {}
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() {
        if (m_descriptor >= 0) ::close(m_descriptor);
    }
    [[nodiscard]] bool isOpen() const noexcept { return m_descriptor >= 0; }
    [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(m_descriptor); }
    [[nodiscard]] std::string content() const {
        std::string bytes(static_cast<std::size_t>(std::max<::off_t>(::lseek(m_descriptor, 0, SEEK_END), 0)),
                          '\0');
        std::size_t filled = 0;
        while (filled < bytes.size()) {
            const ::ssize_t count = ::pread(m_descriptor, bytes.data() + filled, bytes.size() - filled,
                                            static_cast<::off_t>(filled));
            if (count <= 0) break;
            filled += static_cast<std::size_t>(count);
        }
        bytes.resize(filled);
        return bytes;
    }

  private:
    int m_descriptor;
};

struct Formats {
    lxw_format* header = nullptr;
    lxw_format* day = nullptr;
    lxw_format* text = nullptr;
};

Formats formatsOf(lxw_workbook* book) {
    Formats formats{::workbook_add_format(book), ::workbook_add_format(book), ::workbook_add_format(book)};
    ::format_set_bold(formats.header);
    ::format_set_num_format(formats.day, "yyyy-mm-dd");
    ::format_set_text_wrap(formats.text);
    ::format_set_align(formats.text, LXW_ALIGN_VERTICAL_TOP);
    return formats;
}

std::optional<double> numberOf(const std::string& text) {
    double number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = code == std::errc() && end == text.data() + text.size();
    return whole ? std::optional<double>(number) : std::nullopt;
}

lxw_error writeDay(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, Date date, lxw_format* format) {
    const std::string iso = date.iso();
    lxw_datetime day{};
    day.year = std::stoi(iso.substr(0, 4));
    day.month = std::stoi(iso.substr(5, 2));
    day.day = std::stoi(iso.substr(8, 2));
    return ::worksheet_write_datetime(sheet, row, column, &day, format);
}

lxw_error writeCell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, CellKind kind,
                    const std::string& text, const Formats& formats) {
    if (text.empty()) return LXW_NO_ERROR;
    if (kind == CellKind::Number) {
        if (const auto number = numberOf(text))
            return ::worksheet_write_number(sheet, row, column, *number, nullptr);
    }
    if (kind == CellKind::Date) {
        if (const auto date = Date::parse(text)) return writeDay(sheet, row, column, *date, formats.day);
    }
    return ::worksheet_write_string(sheet, row, column, text.c_str(), formats.text);
}

std::size_t widthOf(const SheetColumn& column, std::size_t index,
                    const std::vector<std::vector<std::string>>& rows) {
    std::size_t width = std::max(column.name.size() + 3, narrowest);
    for (const auto& row : rows) width = std::max(width, codePoints(row.at(index)) + 1);
    return std::min(width, widest);
}

lxw_error writeSheet(lxw_workbook* book, const std::string& name, const std::vector<SheetColumn>& columns,
                     const std::vector<std::vector<std::string>>& rows) {
    lxw_worksheet* sheet = ::workbook_add_worksheet(book, name.c_str());
    if (sheet == nullptr) return LXW_ERROR_SHEETNAME_ALREADY_USED;
    const Formats formats = formatsOf(book);
    lxw_error outcome = LXW_NO_ERROR;
    const auto keep = [&outcome](lxw_error code) {
        if (outcome == LXW_NO_ERROR) outcome = code;
    };
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto column = static_cast<lxw_col_t>(i);
        keep(::worksheet_set_column(sheet, column, column, static_cast<double>(widthOf(columns[i], i, rows)),
                                    nullptr));
        keep(::worksheet_write_string(sheet, 0, column, columns[i].name.c_str(), formats.header));
        for (std::size_t row = 0; row < rows.size(); ++row) {
            keep(writeCell(sheet, static_cast<lxw_row_t>(row + 1), column, columns[i].kind, rows[row].at(i),
                           formats));
        }
    }
    ::worksheet_freeze_panes(sheet, 1, 0);
    keep(::worksheet_autofilter(sheet, 0, 0, static_cast<lxw_row_t>(rows.size()),
                                static_cast<lxw_col_t>(columns.size() - 1)));
    return outcome;
}

}  // namespace

Result<std::string> workbookOf(const std::string& sheet, const std::vector<SheetColumn>& columns,
                               const std::vector<std::vector<std::string>>& rows) {
    TM_CHECK(mustFit(columns, rows));
    const MemoryFile file;
    if (!file.isOpen()) return environment("sheet", "There is no memory for a workbook.");
    lxw_workbook* book = ::workbook_new(file.path().c_str());
    if (book == nullptr) return environment("sheet", "The workbook could not be begun.");
    const lxw_error written = writeSheet(book, sheet, columns, rows);
    const lxw_error closed = ::workbook_close(book);
    if (written != LXW_NO_ERROR || closed != LXW_NO_ERROR) {
        return environment("sheet",
                           std::string("The workbook could not be written: ") +
                               ::lxw_strerror(written != LXW_NO_ERROR ? written : closed) + ".",
                           "Take the CSV.");
    }
    return file.content();
}

}  // namespace tickmark::codec

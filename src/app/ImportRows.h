// Rows of an imported CSV, each judged, all or none kept.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/app/Import.h"
#include "tickmark/codec/Csv.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Database.h"

namespace tickmark::app {

/// One row while it is read: cells by column, problems with the line in front.
class RowReader {
  public:
    RowReader(const codec::CsvTable& table, const codec::CsvRow& row) : m_table(&table), m_row(&row) {}

    [[nodiscard]] std::string text(std::string_view column) const {
        return std::string(trim(m_table->cell(*m_row, column)));
    }
    [[nodiscard]] std::optional<Date> date(std::string_view column) {
        const std::string value = text(column);
        if (value.empty()) return std::nullopt;
        auto date = Date::parse(value);
        if (date) return *date;
        complain(invalid("date", std::string(column), "\"" + value + "\" is not a date.",
                         "Write it like 2022-11-18."));
        return std::nullopt;
    }
    [[nodiscard]] std::vector<std::string> words(std::string_view column) const {
        std::vector<std::string> out;
        const std::string value = text(column);
        for (std::size_t at = 0; at < value.size();) {
            const std::size_t end = std::min(value.find_first_of(" ,;", at), value.size());
            if (end > at) out.push_back(value.substr(at, end - at));
            at = end + 1;
        }
        return out;
    }
    void complain(const Error& error) {
        if (error.parts.empty()) m_problems.push_back(atLine(error));
        for (const Error& part : error.parts) m_problems.push_back(atLine(part));
    }
    [[nodiscard]] std::vector<Error> takeProblems() { return std::move(m_problems); }

  private:
    [[nodiscard]] Error atLine(Error error) const {
        error.message = "line " + std::to_string(m_row->line) + ": " + error.message;
        return error;
    }
    const codec::CsvTable* m_table;
    const codec::CsvRow* m_row;
    std::vector<Error> m_problems{};
};

/// Without the apostrophe that csvLine puts before what a spreadsheet would run.
[[nodiscard]] std::string unguarded(std::string text);

/// Makes one thing of a row, or says what is wrong with it.
using RowDeed = std::function<Result<std::string>(storage::WriteSession&, RowReader&)>;

/// "Nothing was imported: 2 problems were found.", with the problems as parts.
[[nodiscard]] Error importProblems(std::vector<Error> problems);

/// Runs every row in one transaction; any problem, or a dry run, undoes all.
[[nodiscard]] Result<ImportOutcome> importRows(
    Context& context, const codec::CsvTable& table, bool dryRun,
    const std::function<Result<void>(storage::WriteSession&)>& prepare, const RowDeed& deed);

}  // namespace tickmark::app

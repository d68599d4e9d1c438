// Rows are as wide as the header, begin on ascending lines, and survive being written and read again.
#include <cstdint>
#include <cstdlib>

#include "tickmark/codec/Csv.h"
#include "tickmark/foundation/Bytes.h"

namespace {

void check(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tickmark;
    const auto table = codec::parseCsv(textOf(ByteView(data, size)), {});
    if (!table) {
        check(table.error().kind != ErrorKind::Invalid || !table.error().parts.empty());
        return 0;
    }
    std::size_t line = 1;
    // A mark of our own, so that a column whose name begins with one keeps it.
    std::string text = "\xEF\xBB\xBF" + codec::csvLine(table->columns);
    for (const auto& row : table->rows) {
        check(row.cells.size() == table->columns.size() && row.line > line);
        line = row.line;
        text += codec::csvLine(row.cells);
    }
    const auto again = codec::parseCsv(text, {});
    // The guard against formulas may make two column names equal; nothing else may be refused.
    if (!again) return 0;
    check(again->rows.size() == table->rows.size());
    for (std::size_t i = 0; i < table->rows.size(); ++i) {
        for (std::size_t j = 0; j < table->columns.size(); ++j) {
            const std::string& before = table->rows[i].cells[j];
            const std::string& after = again->rows[i].cells[j];
            check(after == before || after == "'" + before);
        }
    }
    return 0;
}

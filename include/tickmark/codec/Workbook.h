// Office Open XML workbooks (ECMA-376 part 1), written for people who go on in a spreadsheet.
#pragma once

#include <string>
#include <vector>

#include "tickmark/foundation/Result.h"

namespace tickmark::codec {

enum class CellKind {
    Text,    ///< stays text whatever it begins with; never a formula, a link or a number
    Number,  ///< a decimal such as "61.5"
    Date     ///< an ISO day, shown as one and sorted as one
};

struct SheetColumn {
    std::string name{};
    CellKind kind = CellKind::Text;
};

/// One sheet with its header: frozen, filtered, as wide as its texts ask for. A cell that does not read as
/// its column's kind is written as text, so nothing is lost. Errors: TooLarge "sheet-too-large" (over
/// 1,048,575 rows, or a cell over 32,767 characters, naming row and column); Environment "sheet".
[[nodiscard]] Result<std::string> workbookOf(const std::string& sheet,
                                             const std::vector<SheetColumn>& columns,
                                             const std::vector<std::vector<std::string>>& rows);

}  // namespace tickmark::codec

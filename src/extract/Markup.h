// Which elements of an XML vocabulary hold text and which end a line.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "extract/Words.h"

namespace tickmark::extract {

/// Element names without their prefixes.
struct MarkupRule {
    std::string_view textElement{};            ///< only text in these; empty: in any
    std::vector<std::string_view> lineEnds{};  ///< empty: every element ends a line
    std::vector<std::string_view> blanks{};

    [[nodiscard]] bool endsLine(std::string_view name) const {
        return lineEnds.empty() || std::find(lineEnds.begin(), lineEnds.end(), name) != lineEnds.end();
    }
    [[nodiscard]] bool isBlank(std::string_view name) const {
        return std::find(blanks.begin(), blanks.end(), name) != blanks.end();
    }
};

[[nodiscard]] Result<void> readMarkup(std::string_view bytes, const MarkupRule& rule, Words& words);

}  // namespace tickmark::extract

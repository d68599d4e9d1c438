// Horizontal bars, each in parts: findings by age and class, items by source. Bars begin at zero.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/view/Page.h"

namespace tickmark::view {

struct BarPart {
    std::int64_t count = 0;
    std::string href{};  ///< the list behind the number; empty: none
};
struct StackedBar {
    std::string label{};
    std::vector<BarPart> parts{};  ///< one for each series, in their order
    std::string href{};            ///< the list behind the whole bar
};
struct StackedBars {
    std::string id{};  ///< unique on its page; letters, digits and hyphens
    std::string title{};
    std::vector<std::string> series{};  ///< at most four; with one there is no legend
    std::vector<StackedBar> bars{};
    std::string source{};   ///< what is counted and from when, in words; the caption
    std::string rowWord{};  ///< head of the table's first column: "Age"
};

/// Fills include `name` with the chart, its caption and the same numbers as a table; nothing without bars. A
/// part that is too small for its number leaves it to the table and to the description.
void putStackedBars(Model& model, std::string_view name, const StackedBars& chart);

}  // namespace tickmark::view

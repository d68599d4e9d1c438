// A Pareto chart: counts from the largest to the smallest, with the share that the bars so far hold together.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/view/Page.h"

namespace tickmark::view {

struct ParetoBar {
    std::string label{};
    std::int64_t count = 0;
    std::string href{};  ///< the list behind the number
};

enum class ParetoWidth { Wide, Narrow };

/// Fills the include {{>PARETO_CHART}}: at most `most` bars in the order given (which must not rise) and one
/// that holds the rest; nothing without bars or counts. Bars begin at zero; the line of shares runs from 0 to
/// 100 %, each point labelled with its share, so that it needs no axis of its own. A label too long for its
/// place is cut with an ellipsis; the description has all of it. Narrow is for half a page and short labels.
void putPareto(Model& model, std::string_view id, std::string_view title, const std::vector<ParetoBar>& bars,
               std::size_t most = 12, ParetoWidth width = ParetoWidth::Wide);

}  // namespace tickmark::view

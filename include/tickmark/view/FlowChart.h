// What came in and what went out over time, both added up: two lines and the gap between them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/view/Page.h"

namespace tickmark::view {

struct FlowPoint {
    std::string label{};  ///< "2022-11"
    std::int64_t in = 0;  ///< in this period alone
    std::int64_t out = 0;
    std::string inHref{};
    std::string outHref{};
};
struct FlowChart {
    std::string id{};
    std::string title{};
    std::string inWord{};             ///< "found"
    std::string outWord{};            ///< "closed"
    std::vector<FlowPoint> points{};  ///< in order of time, without gaps
    std::int64_t inBefore = 0;        ///< came in before the first point
    std::int64_t outBefore = 0;
    std::string source{};
};

/// Fills include `name` with the chart (lines of the sums since the beginning, in solid and out dashed), its
/// caption and a table of each period with links; nothing without points.
void putFlowChart(Model& model, std::string_view name, const FlowChart& chart);

}  // namespace tickmark::view

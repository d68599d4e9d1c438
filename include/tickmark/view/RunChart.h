// A run chart as SVG: points in order, joined, with what they are judged by.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/view/Page.h"

namespace tickmark::view {

struct RunPoint {
    std::string label{};  ///< "2016-02-29", "Group 3 of 18"
    double value = 0;
    std::string words{};  ///< the value with its unit and sample, for the point's own title
};

/// What parts/run-chart.html draws. Levels that are not there are not drawn. All points stand at equal
/// distances, whatever the time between them; the caption says what a point is.
struct RunChart {
    std::string id{};  ///< unique on its page; letters and digits
    std::string title{};
    std::string unit{};
    std::string caption{};
    std::vector<RunPoint> points{};  ///< at least one
    std::optional<double> baseline{};
    std::optional<double> target{};
    /// Where the change went live: that many points lie before it; a half lies within a point.
    std::optional<double> liveAfter{};
    std::string liveLabel{};  ///< "2016-03-02"
};

/// Fills include `name` with the chart: a figure with a picture that has title and description (all values,
/// the median and the levels in words), and its caption. No script, no style attribute.
void putRunChart(Model& model, std::string_view name, const RunChart& chart);

/// The middle of the values, the mean of the two middle ones when their number is even; the values' line in
/// the chart. `points` must not be empty.
[[nodiscard]] double medianOf(const std::vector<RunPoint>& points);

/// The label of a point in this thread's language. It is a date or what somebody wrote, which stays as it is;
/// only "Group 3 of 18" is the program's.
[[nodiscard]] std::string runLabel(const std::string& label);

}  // namespace tickmark::view

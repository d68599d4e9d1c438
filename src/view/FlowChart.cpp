#include "tickmark/view/FlowChart.h"

#include <algorithm>

#include "tickmark/view/Words.h"

namespace tickmark::view {
namespace {

constexpr std::int64_t left = 48;
constexpr std::int64_t right = 350;
constexpr std::int64_t top = 14;
constexpr std::int64_t bottom = 164;
constexpr std::size_t mostLabels = 6;

std::string px(std::int64_t value) { return std::to_string(value); }

/// The next of 1, 2, 5, 10, 20 … that four of reach the largest value.
std::int64_t stepFor(std::int64_t largest) {
    std::int64_t power = 1;
    constexpr std::int64_t lines = 4;
    while (true) {
        for (const std::int64_t factor : {1, 2, 5}) {
            if (factor * power * lines >= largest) return factor * power;
        }
        power *= 10;
    }
}

struct Sums {
    std::vector<std::int64_t> in{};
    std::vector<std::int64_t> out{};
    std::int64_t high = 1;  ///< upper end of the axis
    std::int64_t step = 1;
};

Sums sumsOf(const FlowChart& chart) {
    Sums sums;
    std::int64_t in = chart.inBefore;
    std::int64_t out = chart.outBefore;
    for (const FlowPoint& point : chart.points) {
        sums.in.push_back(in += point.in);
        sums.out.push_back(out += point.out);
    }
    const std::int64_t largest = std::max({std::int64_t{1}, in, out});
    sums.step = stepFor(largest);
    sums.high = (largest + sums.step - 1) / sums.step * sums.step;
    return sums;
}

std::int64_t xOf(std::size_t index, std::size_t count) {
    if (count < 2) return right;
    return left + (right - left) * static_cast<std::int64_t>(index) / static_cast<std::int64_t>(count - 1);
}
std::int64_t yOf(std::int64_t value, const Sums& sums) { return bottom - (bottom - top) * value / sums.high; }

std::string pathOf(const std::vector<std::int64_t>& values, const Sums& sums) {
    std::string path;
    // One point alone is drawn from the axis, so that it is a line.
    if (values.size() == 1) path = px(left) + "," + px(yOf(values[0], sums));
    for (std::size_t i = 0; i < values.size(); ++i)
        path += (path.empty() ? "" : " ") + px(xOf(i, values.size())) + "," + px(yOf(values[i], sums));
    return path;
}

void putAxes(Model& figure, const FlowChart& chart, const Sums& sums) {
    for (std::int64_t value = 0; value <= sums.high; value += sums.step) {
        figure.add("GRID")
            .set("Y", px(yOf(value, sums)))
            .set("TEXT_Y", px(yOf(value, sums) + 4))
            .set("VALUE", countText(value));
    }
    const std::size_t count = chart.points.size();
    const std::size_t every = (count + mostLabels - 1) / mostLabels;
    for (std::size_t i = 0; i < count; i += every)
        figure.add("TICK").set("X", px(xOf(i, count))).set("LABEL", chart.points[i].label);
}

/// The words at the ends of the lines keep apart.
void putEnds(Model& figure, const FlowChart& chart, const Sums& sums) {
    constexpr std::int64_t apart = 15;
    std::int64_t inY = yOf(sums.in.back(), sums) + 4;
    std::int64_t outY = yOf(sums.out.back(), sums) + 4;
    if (outY - inY < apart && outY >= inY) outY = inY + apart;
    if (inY - outY < apart && inY > outY) inY = outY + apart;
    figure.set("IN_Y", px(inY)).set("IN_END", countText(sums.in.back()) + " " + chart.inWord);
    figure.set("OUT_Y", px(outY)).set("OUT_END", countText(sums.out.back()) + " " + chart.outWord);
}

std::string wordsOf(const FlowChart& chart, const Sums& sums) {
    std::string words = said("Added up:") + " ";
    for (std::size_t i = 0; i < chart.points.size(); ++i) {
        words += chart.points[i].label + ": " + countText(sums.in[i]) + " " + chart.inWord + ", " +
                 countText(sums.out[i]) + " " + chart.outWord + ". ";
    }
    return words;
}

void putCell(Model& row, std::int64_t count, const std::string& href) {
    Model& cell = row.add("CELL");
    if (count > 0 && !href.empty())
        cell.add("LINKED").set("HREF", href).set("NUMBER", countText(count));
    else
        cell.add("PLAIN").set("NUMBER", countText(count));
}

}  // namespace

void putFlowChart(Model& model, std::string_view name, const FlowChart& chart) {
    if (chart.points.empty()) return;
    const Sums sums = sumsOf(chart);
    Model& figure = model.include(name, "parts/flow.html");
    figure.set("ID", chart.id).set("HEADLINE", chart.title).set("WORDS", wordsOf(chart, sums));
    figure.set("IN", pathOf(sums.in, sums)).set("OUT", pathOf(sums.out, sums));
    figure.set("IN_WORD", chart.inWord).set("OUT_WORD", chart.outWord).set("SOURCE", chart.source);
    putAxes(figure, chart, sums);
    putEnds(figure, chart, sums);
    for (const FlowPoint& point : chart.points) {
        Model& row = figure.add("ROW").set("LABEL", point.label);
        putCell(row, point.in, point.inHref);
        putCell(row, point.out, point.outHref);
    }
}

}  // namespace tickmark::view

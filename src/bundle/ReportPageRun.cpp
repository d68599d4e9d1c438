// The run chart of a KPI in the report.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "bundle/ReportPageParts.h"

namespace tickmark::bundle::page {
namespace {

constexpr double width = 640;
constexpr double height = 200;
constexpr double left = 60;
constexpr double right = 10;
constexpr double top = 12;
constexpr double bottom = 24;

std::string fixed(double value, int digits) {
    std::array<char, 64> text{};
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, digits);
    return end.ec == std::errc() ? std::string(text.data(), end.ptr) : std::string("0");
}

std::string at(std::string_view name, double value) {
    return " " + std::string(name) + "=\"" + fixed(value, 1) + "\"";
}

/// From values to places on the picture.
struct Scale {
    double lowest = 0;
    double highest = 1;
    std::size_t count = 1;

    [[nodiscard]] double y(double value) const {
        return top + (highest - value) / (highest - lowest) * (height - top - bottom);
    }
    [[nodiscard]] double x(std::size_t place) const {
        const double room = width - left - right;
        if (count < 2) return left + room / 2;
        return left + room * static_cast<double>(place) / static_cast<double>(count - 1);
    }
};

Scale scaleOf(const RunChart& chart) {
    Scale scale{chart.points.front().second, chart.points.front().second, chart.points.size()};
    const auto take = [&scale](double value) {
        scale.lowest = std::min(scale.lowest, value);
        scale.highest = std::max(scale.highest, value);
    };
    for (const auto& point : chart.points) take(point.second);
    if (chart.baseline) take(*chart.baseline);
    if (chart.target) take(*chart.target);
    if (!(scale.highest > scale.lowest)) {
        scale.lowest -= 1;
        scale.highest += 1;
    }
    return scale;
}

std::string inWords(const RunChart& chart) {
    std::string text;
    for (const auto& [label, value] : chart.points)
        text += (text.empty() ? "" : ", ") + label + ": " + numberText(value);
    if (chart.baseline) text += "; baseline " + numberText(*chart.baseline);
    if (chart.target) text += "; target " + numberText(*chart.target);
    return text + (chart.unit.empty() ? "." : ", in " + chart.unit + ".");
}

void level(Markup& out, const Scale& scale, std::string_view look, double value) {
    out.raw("<line class=\"" + std::string(look) + "\"" + at("x1", left) + at("x2", width - right) +
            at("y1", scale.y(value)) + at("y2", scale.y(value)) + "/>\n");
}

void scaleLabel(Markup& out, const Scale& scale, double value) {
    out.element("text", numberText(value),
                at("x", left - 8) + at("y", scale.y(value) + 4) + " text-anchor=\"end\"");
}

void line(Markup& out, const RunChart& chart, const Scale& scale) {
    std::string points;
    for (std::size_t place = 0; place < chart.points.size(); ++place) {
        points += (place == 0 ? "" : " ") + fixed(scale.x(place), 1) + "," +
                  fixed(scale.y(chart.points[place].second), 1);
    }
    out.raw("<polyline class=\"run\" points=\"" + points + "\"/>\n");
    for (std::size_t place = 0; place < chart.points.size(); ++place) {
        out.raw("<circle class=\"bar\" r=\"3\"" + at("cx", scale.x(place)) +
                at("cy", scale.y(chart.points[place].second)) + "/>\n");
    }
}

}  // namespace

std::string numberText(double value) {
    std::string text = fixed(value, 6);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text == "-0" ? "0" : text;
}

void runChart(Markup& out, const RunChart& chart) {
    const Scale scale = scaleOf(chart);
    const std::string id = "run-" + escaped(chart.name);
    std::string caption = chart.title;
    if (chart.baseline) caption += "; dotted: baseline " + numberText(*chart.baseline);
    if (chart.target) caption += "; dashed: target " + numberText(*chart.target);
    out.open("figure").element("figcaption", caption);
    out.open("svg",
             " xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 640 200\" "
             "aria-labelledby=\"" +
                 id + "-title " + id + "-desc\"");
    out.element("title", chart.title, " id=\"" + id + "-title\"");
    out.element("desc", inWords(chart), " id=\"" + id + "-desc\"");
    level(out, scale, "rule", scale.lowest);
    scaleLabel(out, scale, scale.lowest);
    scaleLabel(out, scale, scale.highest);
    if (chart.baseline) level(out, scale, "base", *chart.baseline);
    if (chart.target) level(out, scale, "aim", *chart.target);
    line(out, chart, scale);
    out.element("text", chart.points.front().first, at("x", left) + at("y", height - 6));
    if (chart.points.size() > 1) {
        out.element("text", chart.points.back().first,
                    at("x", width - right) + at("y", height - 6) + " text-anchor=\"end\"");
    }
    out.close("svg").close("figure");
}

}  // namespace tickmark::bundle::page

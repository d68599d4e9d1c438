#include "tickmark/view/RunChart.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace tickmark::view {
namespace {

// In the picture's own units; it is shown at that size and scrolls on small screens.
constexpr double width = 720;
constexpr double left = 64;
constexpr double right = 600;  ///< labels of the levels stand to the right of it
constexpr double top = 28;
constexpr double bottom = 214;
constexpr std::size_t mostLabels = 6;
constexpr double labelGap = 14;

std::string number(double value, int decimals) {
    constexpr std::size_t room = 400;
    std::array<char, room> text{};
    const auto end =
        std::to_chars(text.data(), text.data() + room, value, std::chars_format::fixed, decimals);
    std::string words(text.data(), end.ptr);
    if (words.find('.') != std::string::npos) {
        words.erase(words.find_last_not_of('0') + 1);
        if (words.back() == '.') words.pop_back();
    }
    return words == "-0" ? "0" : words;
}

std::string place(double value) { return number(value, 1); }

/// A step of 1, 2 or 5 times a power of ten that gives about four lines.
double stepFor(double span) {
    constexpr double wantedLines = 4;
    constexpr double two = 2;
    constexpr double five = 5;
    constexpr double ten = 10;
    const double rough = span / wantedLines;
    const double power = std::pow(ten, std::floor(std::log10(rough)));
    for (const double factor : {1.0, two, five}) {
        if (factor * power >= rough) return factor * power;
    }
    return ten * power;
}

/// From values to places in the picture.
class Scale {
  public:
    explicit Scale(const RunChart& chart) : m_count(chart.points.size()) {
        m_low = m_high = chart.points.front().value;
        for (const RunPoint& point : chart.points) take(point.value);
        if (chart.baseline) take(*chart.baseline);
        if (chart.target) take(*chart.target);
        // Figures that cannot be negative begin at zero, so that heights compare.
        if (m_low > 0) m_low = 0;
        constexpr double hundred = 100;
        if (chart.unit == "%" && m_low >= 0 && m_high > hundred / 2 && m_high <= hundred) m_high = hundred;
        if (!(m_high > m_low)) m_high = m_low + 1;
        m_step = stepFor(m_high - m_low);
        m_low = std::floor(m_low / m_step) * m_step;
        m_high = std::ceil(m_high / m_step) * m_step;
    }
    /// `index` counts points; halves lie between two.
    [[nodiscard]] double x(double index) const {
        if (m_count == 1) return (left + right) / 2;
        return left + (right - left) * index / (static_cast<double>(m_count) - 1);
    }
    [[nodiscard]] double y(double value) const {
        return bottom - (bottom - top) * (value - m_low) / (m_high - m_low);
    }
    [[nodiscard]] double low() const { return m_low; }
    [[nodiscard]] double high() const { return m_high; }
    [[nodiscard]] double step() const { return m_step; }

  private:
    void take(double value) {
        m_low = std::min(m_low, value);
        m_high = std::max(m_high, value);
    }
    std::size_t m_count;
    double m_low = 0;
    double m_high = 0;
    double m_step = 1;
};

struct Level {
    std::string kind{};  ///< of the CSS class
    std::string word{};
    double value = 0;
    double textY = 0;
};

/// Labels keep a distance from each other; the lines stay where they belong.
void spread(std::vector<Level>& levels, const Scale& scale) {
    for (Level& level : levels) level.textY = scale.y(level.value) + 4;
    std::sort(levels.begin(), levels.end(), [](const Level& a, const Level& b) { return a.textY < b.textY; });
    for (std::size_t i = 1; i < levels.size(); ++i)
        levels[i].textY = std::max(levels[i].textY, levels[i - 1].textY + labelGap);
}

std::vector<Level> levelsOf(const RunChart& chart, const Scale& scale) {
    std::vector<Level> levels{{"median", said("Median"), medianOf(chart.points), 0}};
    if (chart.baseline) levels.push_back({"baseline", said("Baseline"), *chart.baseline, 0});
    if (chart.target) levels.push_back({"target", said("Target"), *chart.target, 0});
    spread(levels, scale);
    return levels;
}

void putAxes(Model& model, const RunChart& chart, const Scale& scale) {
    const auto lines = static_cast<int>(std::lround((scale.high() - scale.low()) / scale.step()));
    for (int i = 0; i <= lines; ++i) {
        const double value = scale.low() + scale.step() * i;
        model.add("GRID")
            .set("Y", place(scale.y(value)))
            .set("TEXT_Y", place(scale.y(value) + 4))
            .set("VALUE", number(value, 6));
    }
    const std::size_t every = (chart.points.size() + mostLabels - 1) / mostLabels;
    for (std::size_t i = 0; i < chart.points.size(); i += every) {
        const std::string& label = chart.points[i].label;
        // "Group 3 of 18" is 3 here; the caption tells what the numbers count.
        const bool group = label.starts_with("Group ");
        constexpr std::size_t word = 6;
        model.add("TICK")
            .set("X", place(scale.x(static_cast<double>(i))))
            .set("LABEL", group ? label.substr(word, label.find(' ', word) - word) : label);
    }
}

void putMarks(Model& model, const RunChart& chart, const Scale& scale) {
    std::string path;
    for (std::size_t i = 0; i < chart.points.size(); ++i) {
        const RunPoint& point = chart.points[i];
        const std::string x = place(scale.x(static_cast<double>(i)));
        const std::string y = place(scale.y(point.value));
        path.append(i == 0 ? "" : " ").append(x).append(",").append(y);
        model.add("POINT").set("X", x).set("Y", y).set("WORDS", runLabel(point.label) + ": " + point.words);
    }
    model.set("PATH", path);
}

void putLive(Model& model, const RunChart& chart, const Scale& scale) {
    if (!chart.liveAfter) return;
    // Three points before it: between the third (2) and the fourth (3).
    const auto last = static_cast<double>(chart.points.size()) - 1;
    const double at = std::clamp(*chart.liveAfter - 0.5, 0.0, last);
    const double x = scale.x(at);
    Model& live = model.add("LIVE");
    live.set("X", place(x)).set("WIDTH", place(std::max(0.0, right - x))).set("DAY", chart.liveLabel);
    const bool nearEnd = x > (left + right) / 2;
    live.set("TEXT_X", place(nearEnd ? x - 6 : x + 6)).set("ANCHOR", nearEnd ? "end" : "start");
}

std::string description(const RunChart& chart, const std::vector<Level>& levels) {
    std::string text;
    for (const RunPoint& point : chart.points) text += runLabel(point.label) + ": " + point.words + "; ";
    for (const Level& level : levels) text += level.word + " " + number(level.value, 2) + "; ";
    if (chart.liveAfter) text += said("the change went live on {}", {chart.liveLabel}) + "; ";
    text.replace(text.size() - 2, 2, ".");
    return text;
}

}  // namespace

std::string runLabel(const std::string& label) { return label.starts_with("Group ") ? said(label) : label; }

double medianOf(const std::vector<RunPoint>& points) {
    std::vector<double> values;
    values.reserve(points.size());
    for (const RunPoint& point : points) values.push_back(point.value);
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

void putRunChart(Model& model, std::string_view name, const RunChart& chart) {
    Model& picture = model.include(name, "parts/run-chart.html");
    const Scale scale(chart);
    const std::vector<Level> levels = levelsOf(chart, scale);
    picture.set("CHART", chart.id).set("TITLE", chart.title).set("CAPTION", chart.caption);
    picture.set("UNIT", chart.unit).set("WIDTH", place(width));
    picture.set("DESCRIPTION", description(chart, levels));
    putAxes(picture, chart, scale);
    putLive(picture, chart, scale);
    for (const Level& level : levels) {
        picture.add("LEVEL")
            .set("KIND", level.kind)
            .set("WORD", level.word)
            .set("VALUE", number(level.value, 2))
            .set("Y", place(scale.y(level.value)))
            .set("TEXT_Y", place(level.textY));
    }
    putMarks(picture, chart, scale);
}

}  // namespace tickmark::view

#include "tickmark/view/ParetoChart.h"

#include <algorithm>

#include "tickmark/foundation/Text.h"
#include "tickmark/view/CauseDiagrams.h"
#include "tickmark/view/Words.h"

namespace tickmark::view {
namespace {

constexpr std::int64_t countWidth = 60;
constexpr std::int64_t rowHeight = 30;

struct Sizes {
    std::int64_t label = 220;
    std::int64_t plot = 380;
    std::size_t letters = 32;
};
constexpr Sizes wide{};
constexpr Sizes narrow{.label = 84, .plot = 250, .letters = 11};

std::string px(std::int64_t value) { return std::to_string(value); }

std::string fitted(const std::string& label, std::size_t letters) {
    if (codePoints(label) <= letters) return label;
    const auto lines = wrapped(label, letters - 1);
    return lines.empty() ? label : lines.front() + "\xE2\x80\xA6";
}

/// The bars that are drawn; what does not fit is one bar more, without a list of its own.
std::vector<ParetoBar> drawn(const std::vector<ParetoBar>& bars, std::size_t most) {
    std::vector<ParetoBar> shown(bars.begin(),
                                 bars.begin() + static_cast<std::ptrdiff_t>(std::min(most, bars.size())));
    if (shown.size() == bars.size()) return shown;
    ParetoBar rest;
    for (std::size_t i = most; i < bars.size(); ++i) rest.count += bars[i].count;
    rest.label = said("{} others", {countText(static_cast<std::int64_t>(bars.size() - most))});
    shown.push_back(std::move(rest));
    return shown;
}

/// Rounded to the nearest whole percent.
std::int64_t percent(std::int64_t part, std::int64_t all) { return (200 * part + all) / (2 * all); }

void putBar(Model& picture, const ParetoBar& bar, const Sizes& sizes, std::int64_t top, std::int64_t length) {
    Model& row = picture.add("BAR");
    row.set("X", px(sizes.label))
        .set("Y", px(top + 5))
        .set("WIDTH", px(length))
        .set("HEIGHT", px(rowHeight - 10));
    row.set("TEXT_Y", px(top + 19))
        .set("LABEL_X", px(sizes.label - 8))
        .set("LABEL", fitted(bar.label, sizes.letters));
    row.set("COUNT_X", px(sizes.label + length + 5)).set("COUNT", countText(bar.count));
    if (bar.href.empty())
        row.show("PLAIN");
    else
        row.add("LINK").set("HREF", bar.href);
}

}  // namespace

void putPareto(Model& model, std::string_view id, std::string_view title, const std::vector<ParetoBar>& bars,
               std::size_t most, ParetoWidth width) {
    const Sizes& sizes = width == ParetoWidth::Narrow ? narrow : wide;
    std::int64_t all = 0;
    std::int64_t largest = 0;
    for (const ParetoBar& bar : bars) all += bar.count;
    if (all == 0) return;
    const auto shown = drawn(bars, most);
    for (const ParetoBar& bar : shown) largest = std::max(largest, bar.count);
    Model& picture = model.include("PARETO_CHART", "parts/pareto.html");
    std::string points;
    std::string words;
    std::int64_t sum = 0;
    std::int64_t top = 0;
    for (const ParetoBar& bar : shown) {
        sum += bar.count;
        const std::int64_t share = percent(sum, all);
        putBar(picture, bar, sizes, top, bar.count * sizes.plot / largest);
        const std::int64_t x = sizes.label + share * sizes.plot / 100;
        const std::int64_t y = top + rowHeight / 2;
        points += (points.empty() ? "" : " ") + px(x) + "," + px(y);
        picture.add("POINT")
            .set("X", px(x))
            .set("Y", px(y))
            .set("TEXT_X", px(sizes.label + sizes.plot + countWidth))
            .set("TEXT_Y", px(top + 19))
            .set("SHARE", px(share) + " %");
        words += (words.empty() ? "" : ", ") +
                 said("{}: {} (together {} %)", {bar.label, countText(bar.count), px(share)});
        top += rowHeight;
    }
    picture.set("ID", std::string(id)).set("HEADLINE", std::string(title)).set("WORDS", words + ".");
    picture.set("WIDTH", px(sizes.label + sizes.plot + countWidth + 50)).set("HEIGHT", px(top));
    picture.set("POINTS", points).set("AXIS_X", px(sizes.label));
}

}  // namespace tickmark::view

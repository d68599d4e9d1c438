#include "tickmark/view/StackedBars.h"

#include <algorithm>
#include <array>

#include "tickmark/view/Words.h"

namespace tickmark::view {
namespace {

constexpr std::int64_t labelWidth = 138;
constexpr std::int64_t plotWidth = 190;
constexpr std::int64_t countWidth = 40;
constexpr std::int64_t rowHeight = 32;
constexpr std::int64_t legendHeight = 28;
constexpr std::int64_t letterWidth = 7;
constexpr std::array<const char*, 4> tones{"one", "three", "soft", "open"};

std::string px(std::int64_t value) { return std::to_string(value); }

std::int64_t sumOf(const StackedBar& bar) {
    std::int64_t sum = 0;
    for (const BarPart& part : bar.parts) sum += part.count;
    return sum;
}

std::int64_t largestOf(const StackedBars& chart) {
    std::int64_t largest = 0;
    for (const StackedBar& bar : chart.bars) largest = std::max(largest, sumOf(bar));
    return largest;
}

const char* toneOf(std::size_t series) { return tones.at(std::min(series, tones.size() - 1)); }

/// In as many rows as its words need; how high it is.
std::int64_t putLegend(Model& picture, const StackedBars& chart) {
    if (chart.series.size() < 2) return 0;
    constexpr std::int64_t rowStep = 18;
    std::int64_t x = 2;
    std::int64_t y = 2;
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
        std::int64_t sum = 0;
        for (const StackedBar& bar : chart.bars) sum += i < bar.parts.size() ? bar.parts[i].count : 0;
        const std::string word = chart.series[i] + " " + countText(sum);
        const std::int64_t needed = 26 + letterWidth * static_cast<std::int64_t>(word.size());
        if (x > 2 && x + needed > labelWidth + plotWidth + countWidth) {
            x = 2;
            y += rowStep;
        }
        picture.add("LEGEND")
            .set("TONE", toneOf(i))
            .set("X", px(x))
            .set("Y", px(y))
            .set("TEXT_X", px(x + 15))
            .set("TEXT_Y", px(y + 9))
            .set("WORD", word);
        x += needed;
    }
    return legendHeight + y - 2;
}

/// Where a part lies; at least a pixel wide, so that nothing that exists is invisible.
void putPart(Model& row, const BarPart& part, const std::string& words, const char* tone, std::int64_t x,
             std::int64_t width, std::int64_t top) {
    Model& mark = row.add("PART");
    mark.set("TONE", tone).set("X", px(x)).set("Y", px(top + 6)).set("WIDTH", px(width));
    if (!part.href.empty()) mark.add("LINK").set("HREF", part.href).set("WORDS", words);
    const std::string number = countText(part.count);
    if (width >= letterWidth * static_cast<std::int64_t>(number.size()) + 6)
        mark.add("NUMBER").set("TEXT_X", px(x + width / 2)).set("TEXT_Y", px(top + 20)).set("WORD", number);
}

void putBar(Model& picture, const StackedBars& chart, const StackedBar& bar, std::int64_t largest,
            std::int64_t top) {
    Model& row = picture.add("BAR");
    row.set("LABEL", bar.label).set("LABEL_X", px(labelWidth - 10)).set("TEXT_Y", px(top + 20));
    std::int64_t x = labelWidth;
    for (std::size_t i = 0; i < bar.parts.size(); ++i) {
        if (bar.parts[i].count == 0) continue;
        const std::int64_t width = std::max<std::int64_t>(1, bar.parts[i].count * plotWidth / largest);
        const std::string series = i < chart.series.size() ? ", " + chart.series[i] : std::string();
        putPart(row, bar.parts[i], bar.label + series + ": " + countText(bar.parts[i].count), toneOf(i), x,
                width, top);
        x += width;
    }
    row.set("SUM_X", px(x + 6)).set("SUM", countText(sumOf(bar)));
}

void putCell(Model& cell, std::int64_t count, const std::string& href) {
    const bool linked = count > 0 && !href.empty();
    cell.set("NUMBER", countText(count)).showIf(!linked, "PLAIN");
    if (linked) cell.add("LINKED").set("HREF", href).set("NUMBER", countText(count));
}

void putTable(Model& figure, const StackedBars& chart) {
    figure.set("ROW_WORD", chart.rowWord);
    const bool several = chart.series.size() > 1;
    if (several) {
        for (const std::string& word : chart.series) figure.add("COLUMN").set("WORD", word);
    }
    for (const StackedBar& bar : chart.bars) {
        Model& row = figure.add("ROW");
        row.set("LABEL", bar.label);
        if (several) {
            for (const BarPart& part : bar.parts) putCell(row.add("CELL"), part.count, part.href);
        }
        putCell(row.add("CELL"), sumOf(bar),
                bar.href.empty() && !several && !bar.parts.empty() ? bar.parts[0].href : bar.href);
    }
}

std::string wordsOf(const StackedBars& chart) {
    std::string words;
    for (const StackedBar& bar : chart.bars) {
        words += bar.label + ": " + countText(sumOf(bar));
        if (chart.series.size() > 1) {
            words += " (";
            for (std::size_t i = 0; i < bar.parts.size() && i < chart.series.size(); ++i)
                words += (i == 0 ? "" : ", ") + chart.series[i] + " " + countText(bar.parts[i].count);
            words += ")";
        }
        words += ". ";
    }
    return words;
}

}  // namespace

void putStackedBars(Model& model, std::string_view name, const StackedBars& chart) {
    if (chart.bars.empty()) return;
    const std::int64_t largest = std::max<std::int64_t>(1, largestOf(chart));
    Model& figure = model.include(name, "parts/stacked-bars.html");
    std::int64_t top = putLegend(figure, chart);
    for (const StackedBar& bar : chart.bars) {
        putBar(figure, chart, bar, largest, top);
        top += rowHeight;
    }
    figure.set("ID", chart.id).set("HEADLINE", chart.title).set("WORDS", wordsOf(chart));
    figure.set("WIDTH", px(labelWidth + plotWidth + countWidth)).set("HEIGHT", px(top + 4));
    figure.set("SOURCE", chart.source);
    putTable(figure, chart);
}

}  // namespace tickmark::view

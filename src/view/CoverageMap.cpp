#include "tickmark/view/CoverageMap.h"

#include <algorithm>

#include "tickmark/foundation/Text.h"
#include "tickmark/view/CauseDiagrams.h"
#include "tickmark/view/Words.h"

namespace tickmark::view {
namespace {

constexpr std::int64_t labelWidth = 250;
constexpr std::int64_t columnWidth = 92;
constexpr std::int64_t rowHeight = 26;
constexpr std::int64_t headHeight = 22;
constexpr std::int64_t side = 20;
constexpr std::size_t labelLetters = 36;

std::string px(std::int64_t value) { return std::to_string(value); }

std::string fitted(const std::string& text) {
    if (codePoints(text) <= labelLetters) return text;
    const auto lines = wrapped(text, labelLetters - 1);
    return lines.empty() ? text : lines.front() + "\xE2\x80\xA6";
}

std::string wordsOf(const CoverageMark& mark) {
    std::string words;
    if (mark.findings > 0) words = counted(mark.findings, "{} finding", "{} findings");
    if (mark.samples > 0) {
        words += (words.empty() ? "" : ", ") +
                 counted(mark.samples, "{} line of the checklist", "{} lines of the checklist");
    }
    return words;
}

void putMark(Model& row, const CoverageMark& mark, const std::string& where, std::int64_t x,
             std::int64_t top) {
    if (mark.findings + mark.samples == 0) return;
    Model& cell = row.add("MARK");
    cell.set("TONE", mark.findings > 0 ? "found" : "sampled").set("WORDS", where + ": " + wordsOf(mark));
    cell.set("X", px(x - side)).set("Y", px(top + 3));
    if (!mark.href.empty() && mark.findings > 0) cell.add("LINK").set("HREF", mark.href);
    if (mark.findings > 0)
        cell.add("NUMBER")
            .set("TEXT_X", px(x))
            .set("TEXT_Y", px(top + 17))
            .set("WORD", countText(mark.findings));
}

/// What each audit found or looked at in one clause.
std::string describeLine(const CoverageMap& map, const CoverageLine& line) {
    std::string row;
    for (std::size_t i = 0; i < line.marks.size() && i < map.audits.size(); ++i) {
        const std::string mark = wordsOf(line.marks[i]);
        if (!mark.empty()) row += (row.empty() ? "" : "; ") + map.audits[i] + ": " + mark;
    }
    return row;
}

std::string describe(const CoverageMap& map) {
    std::string words;
    std::string gaps;
    for (const CoverageLine& line : map.lines) {
        const std::string row = describeLine(map, line);
        if (!row.empty()) words += line.clause + ": " + row + ". ";
        if (line.gap) gaps += (gaps.empty() ? "" : ", ") + line.clause;
    }
    return words + (gaps.empty() ? said("No gaps.") : said("Gaps: {}.", {gaps}));
}

}  // namespace

void putCoverageMap(Model& model, std::string_view name, const CoverageMap& map) {
    if (map.audits.empty() || map.lines.empty()) return;
    Model& figure = model.include(name, "parts/coverage.html");
    const auto columns = static_cast<std::int64_t>(map.audits.size());
    const std::int64_t width = labelWidth + columns * columnWidth + 10;
    for (std::int64_t i = 0; i < columns; ++i) {
        figure.add("HEAD")
            .set("X", px(labelWidth + i * columnWidth + columnWidth / 2))
            .set("WORD", map.audits[static_cast<std::size_t>(i)]);
    }
    std::int64_t top = headHeight;
    for (const CoverageLine& line : map.lines) {
        Model& row = figure.add("LINE");
        row.set("LABEL", fitted(line.clause + " " + line.title)).set("TEXT_Y", px(top + 17));
        row.set("TONE", line.gap ? "gap" : "seen").set("Y", px(top + rowHeight)).set("END", px(width));
        if (line.gap)
            row.add("GAP")
                .set("X", px(labelWidth))
                .set("X2", px(width - 40))
                .set("Y", px(top + 13))
                .set("TEXT_X", px(width - 34))
                .set("TEXT_Y", px(top + 17));
        for (std::size_t i = 0; i < line.marks.size() && i < map.audits.size(); ++i) {
            putMark(row, line.marks[i], said("{} in {}", {line.clause, map.audits[i]}),
                    labelWidth + static_cast<std::int64_t>(i) * columnWidth + columnWidth / 2, top);
        }
        top += rowHeight;
    }
    figure.set("ID", map.id).set("HEADLINE", map.title).set("WORDS", describe(map));
    figure.set("WIDTH", px(width)).set("HEIGHT", px(top + 4)).set("SOURCE", map.source);
}

}  // namespace tickmark::view

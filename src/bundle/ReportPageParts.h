// The sections of data/report.html, each written by its own function into one markup.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bundle/ContentIndex.h"
#include "bundle/Markup.h"

namespace tickmark::bundle::page {

/// What every section needs. The content must outlive it.
struct Writing {
    explicit Writing(const Content& given) : content(given), index(given) {}
    const Content& content;
    ContentIndex index;
    Markup out{};
};

/// The page's style sheet, without the element around it.
[[nodiscard]] std::string_view styleSheet() noexcept;

/// Everything before the first heading, and everything after the last section.
void begin(Markup& out, const std::string& title);
void end(Markup& out, const Content& content);

/// Title, what the bundle covers, key figures, the audit's facts and its conclusion.
void summary(Writing& writing);
/// Bar charts: findings by class, by state, by age; actions by state.
void charts(Writing& writing);
/// One table of all findings, then each of them in full.
void findings(Writing& writing);
/// The improvement items of these findings, each with goals, result and lesson. Nothing without any.
void improvements(Writing& writing);
/// The KPIs with their run charts, series and rules. Nothing without any.
void measurements(Writing& writing);
void requests(Writing& writing);
/// Every file, then what is withheld and why.
void evidence(Writing& writing);
void howToVerify(Writing& writing);

/// One bar chart as inline SVG, with a title and a description in words. `name` makes its ids unique.
struct Bar {
    std::string label{};
    std::int64_t count = 0;
};
void barChart(Markup& out, std::string_view name, std::string_view title, const std::vector<Bar>& bars);

/// One run chart as inline SVG over the values, in order; a dashed line for the target when there is one.
struct RunChart {
    std::string name{};  ///< makes its ids unique
    std::string title{};
    std::string unit{};
    std::vector<std::pair<std::string, double>> points{};  ///< label and value
    std::optional<double> baseline{};
    std::optional<double> target{};
};
void runChart(Markup& out, const RunChart& chart);
/// "12.5": at most six digits after the point, no trailing zeros.
[[nodiscard]] std::string numberText(double value);

// ---- small things that several sections share
[[nodiscard]] std::string dayOf(const std::optional<Date>& day);
[[nodiscard]] std::string joined(const std::vector<std::string>& texts);
/// "2026-11-22 18:08:09 UTC".
[[nodiscard]] std::string momentOf(const Timestamp& moment);
/// "12,345".
[[nodiscard]] std::string grouped(std::uint64_t number);
/// Opens a table with its head; close it with closeTable(). The class becomes "stack" on small screens.
void openTable(Markup& out, const std::vector<std::string_view>& heads);
void closeTable(Markup& out);
/// A cell that names its column where the head is not shown. A narrow one is not broken into lines.
void narrowCell(Markup& out, std::string_view column, std::string_view text);
void cell(Markup& out, std::string_view column, std::string_view text);
/// The evidence table over these versions, in this order; absent ones say why.
void evidenceRows(Writing& writing, const std::vector<domain::EvidenceVersionId>& versions);
/// Where a finding stands on the page: its place in ascending order of reference.
[[nodiscard]] std::string anchorOf(std::size_t place);
/// The title of a class, or its code.
[[nodiscard]] std::string classTitle(std::string_view code);
[[nodiscard]] bool isOpen(domain::FindingState state) noexcept;

}  // namespace tickmark::bundle::page

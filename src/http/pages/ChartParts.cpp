#include "http/pages/ChartParts.h"

#include "tickmark/view/FlowChart.h"
#include "tickmark/view/ParetoChart.h"
#include "tickmark/view/StackedBars.h"

namespace tickmark::http::pages {
namespace {

const std::string counted = "/findings?counted=1";

std::string words(std::int64_t count, const char* one, const char* many) {
    return view::countText(count) + " " + view::said(count == 1 ? one : many);
}

/// Old is what was found more than half a year ago.
std::string ageingTitle(const app::FindingCharts& charts) {
    std::int64_t old = 0;
    for (const auto& row : charts.ageing) {
        if (row.bucket.label == "181 to 365 days" || row.bucket.label == "more than a year")
            old += row.bucket.count;
    }
    std::string title = words(charts.open, "finding is open", "findings are open");
    if (old > 0) title = view::said("{}, {} for more than 180 days", {title, view::countText(old)});
    return title;
}

}  // namespace

std::string auditedSpan(const std::optional<Date>& from, const std::optional<Date>& to, bool undated) {
    if (undated) return "&undated=1";
    std::string link;
    if (from) link += "&audited_from=" + from->iso();
    if (to) link += "&audited_to=" + to->iso();
    return link;
}

void putAgeing(view::Model& model, const app::FindingCharts& charts) {
    model.showIf(charts.ageing.empty(), "NO_AGEING");
    if (charts.ageing.empty()) return;
    view::StackedBars bars;
    bars.id = "ageing";
    bars.title = ageingTitle(charts);
    bars.rowWord = view::said("Age");
    bars.source =
        view::said("Open findings that count in trends, by the days since the last day of their audit.");
    for (const std::string& code : charts.classes)
        bars.series.push_back(view::said(view::statusOf("class", code).word));
    for (const auto& row : charts.ageing) {
        const std::string list =
            counted + "&open=1" + auditedSpan(row.bucket.from, row.bucket.to, row.bucket.undated);
        view::StackedBar bar{view::said(row.bucket.label), {}, list};
        for (std::size_t i = 0; i < row.byClass.size(); ++i)
            bar.parts.push_back({row.byClass[i], list + "&class=" + encoded(charts.classes[i])});
        bars.bars.push_back(std::move(bar));
    }
    view::Model& part = model.add("HAS_AGEING").set("AGEING_TITLE", bars.title);
    view::putStackedBars(part, "AGEING_CHART", bars);
}

void putFlow(view::Model& model, const app::FindingCharts& charts) {
    model.showIf(charts.months.empty(), "NO_FLOW");
    if (charts.months.empty()) return;
    view::FlowChart chart;
    chart.id = "flow";
    chart.inWord = view::said("found");
    chart.outWord = view::said("closed");
    chart.inBefore = charts.foundBefore;
    chart.outBefore = charts.closedBefore;
    std::int64_t found = charts.foundBefore;
    std::int64_t closed = charts.closedBefore;
    for (const auto& month : charts.months) {
        found += month.found;
        closed += month.closed;
        chart.points.push_back({month.label, month.found, month.closed,
                                counted + auditedSpan(month.from, month.to, false),
                                counted + "&closed_in=" + month.label});
    }
    chart.title = view::said(
        "{} of {}", {view::countText(closed), words(found, "finding is closed", "findings are closed")});
    chart.source =
        view::said("Found: by the last day of the audit. Closed: by the month of closing. Both added up.");
    if (charts.undated > 0)
        chart.source +=
            " " + view::said("{} in audits without a date are left out.", {view::countText(charts.undated)});
    view::Model& part = model.add("HAS_FLOW").set("FLOW_TITLE", chart.title);
    view::putFlowChart(part, "FLOW_CHART", chart);
}

void putClausePareto(view::Model& model, const app::FindingCharts& charts) {
    model.showIf(charts.clauses.empty(), "NO_PARETO");
    if (charts.clauses.empty()) return;
    constexpr std::size_t mostBars = 8;
    constexpr std::size_t mostRows = 40;
    std::vector<view::ParetoBar> bars;
    for (const auto& group : charts.clauses)
        bars.push_back({group.label, group.total, counted + "&clause=" + encoded(group.value)});
    const std::string title = view::said("Clause {} has most findings: {}",
                                         {bars.front().label, view::countText(bars.front().count)});
    view::Model& part = model.add("HAS_PARETO").set("PARETO_TITLE", title);
    view::putPareto(part, "pareto", title, bars, mostBars, view::ParetoWidth::Narrow);
    for (std::size_t i = 0; i < bars.size() && i < mostRows; ++i) {
        part.add("PARETO_ROW")
            .set("LABEL", bars[i].label)
            .set("HREF", bars[i].href)
            .set("NUMBER", view::countText(bars[i].count));
    }
}

}  // namespace tickmark::http::pages

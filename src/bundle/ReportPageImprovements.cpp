// What became of the findings: improvement items, and the measurements that prove them.
#include <algorithm>

#include "bundle/ReportPageParts.h"

namespace tickmark::bundle::page {
namespace {

std::string withUnit(const std::string& value, const std::string& unit) {
    return value.empty() || unit.empty() ? value : value + " " + unit;
}

void lesson(Markup& out, const domain::ImprovementLesson& lesson) {
    out.fact("Lesson", std::string(titleOf(lesson.kind)) + ": " + lesson.insight);
    out.fact("Learnt from", lesson.context).fact("Applies to", joined(lesson.appliesTo));
}

void itemCard(Writing& writing, const domain::ImprovementItem& item) {
    Markup& out = writing.out;
    out.open("section", " class=\"card\"").element("h3", item.ref.text() + " " + item.title);
    out.open("p").element("span", titleOf(item.state), " class=\"tag\"").close("p").open("dl");
    out.fact("Answers", writing.index.findingRef(item.finding));
    out.fact("From",
             std::string(titleOf(item.source)) + (item.sourceRef.empty() ? "" : " ") + item.sourceRef);
    out.fact("Owner", writing.index.personName(item.owner)).fact("Process", item.process);
    out.fact("Service", item.service).fact("Objective", item.objective).fact("Due", dayOf(item.due));
    out.fact("KPI", item.kpi).fact("Baseline", withUnit(item.baseline, item.unit));
    out.fact("Target", withUnit(item.target, item.unit)).fact("Result", withUnit(item.result, item.unit));
    if (const auto met = targetMet(item)) out.fact("Target met", *met ? "yes" : "no");
    out.fact("Analysis", item.analysis).fact("Plan", item.plan);
    if (item.approval) {
        out.fact("Plan approved",
                 writing.index.personName(item.approval->by) + ", " + momentOf(item.approval->at));
    }
    out.fact("Outcome", item.outcome);
    if (item.lesson) lesson(out, *item.lesson);
    std::vector<std::string> documents;
    for (const auto version : item.evidence) documents.push_back(writing.index.versionName(version));
    out.fact("Changed documents", joined(documents)).close("dl").close("section");
}

std::vector<const domain::KpiSeries*> seriesOf(const Content& content, domain::KpiId kpi) {
    std::vector<const domain::KpiSeries*> mine;
    for (const auto* series : inOrderOfReference(content.series)) {
        if (series->kpi == kpi) mine.push_back(series);
    }
    return mine;
}

void chartOf(Writing& writing, const domain::Kpi& kpi) {
    std::vector<domain::KpiSeries> mine;
    for (const auto* series : seriesOf(writing.content, kpi.id)) mine.push_back(*series);
    RunChart chart{kpi.ref.text(), kpi.ref.text() + " " + kpi.name, kpi.unit, {}, kpi.baseline, kpi.target};
    for (const auto& shown : domain::pointsShown(mine))
        chart.points.emplace_back(shown.point->label, shown.point->value);
    if (!chart.points.empty()) runChart(writing.out, chart);
}

void seriesTable(Writing& writing, const std::vector<const domain::KpiSeries*>& mine) {
    Markup& out = writing.out;
    openTable(out, {"Series", "Points", "Measured from", "By the rule", "Withdrawn"});
    for (const auto* series : mine) {
        out.open("tr");
        narrowCell(out, "Series", series->ref.text());
        narrowCell(out, "Points", std::to_string(series->points.size()));
        cell(out, "Measured from",
             writing.index.versionName(series->evidence) + ", SHA-256 " + series->digest.hex());
        cell(out, "By the rule", series->rule ? domain::inWords(*series->rule) : "Written down by hand.");
        cell(out, "Withdrawn", series->withdrawn);
        out.close("tr");
    }
    closeTable(out);
}

void kpiCard(Writing& writing, const domain::Kpi& kpi) {
    Markup& out = writing.out;
    const auto mine = seriesOf(writing.content, kpi.id);
    out.open("section", " class=\"card\"").element("h3", kpi.ref.text() + " " + kpi.name).open("dl");
    out.fact("Unit", kpi.unit)
        .fact("Direction", kpi.direction ? titleOf(*kpi.direction) : std::string_view());
    out.fact("Source", kpi.source).fact("Process", kpi.process).fact("Service", kpi.service);
    out.fact("Owner", writing.index.personName(kpi.owner));
    if (kpi.baseline) out.fact("Baseline", withUnit(numberText(*kpi.baseline), kpi.unit));
    if (kpi.target) out.fact("Target", withUnit(numberText(*kpi.target), kpi.unit));
    out.fact("Change went live", dayOf(kpi.liveOn)).close("dl");
    chartOf(writing, kpi);
    for (const auto* series : mine) {
        if (!series->comparison || !series->withdrawn.empty()) continue;
        out.element("p", series->ref.text() + ": " +
                             domain::statementOf(*series->comparison, kpi.unit, kpi.direction));
    }
    if (mine.empty()) {
        out.element("p", "Nothing was measured yet.");
    } else {
        seriesTable(writing, mine);
    }
    out.close("section");
}

}  // namespace

void improvements(Writing& writing) {
    const auto order = inOrderOfReference(writing.content.improvements);
    if (order.empty()) return;
    writing.out.element("h2", "Improvements (" + std::to_string(order.size()) + ")");
    for (const auto* item : order) itemCard(writing, *item);
}

void measurements(Writing& writing) {
    const auto order = inOrderOfReference(writing.content.kpis);
    if (order.empty()) return;
    writing.out.element("h2", "Measurements (" + std::to_string(order.size()) + ")");
    writing.out.element("p",
                        "The figures are in data/kpis.json. Whoever holds the files that they were measured "
                        "from can compute them again by the rules stated here.");
    for (const auto* kpi : order) kpiCard(writing, *kpi);
}

}  // namespace tickmark::bundle::page

// The trend review as a page.
#include <algorithm>
#include <array>

#include "http/pages/ChartParts.h"
#include "http/pages/Page.h"
#include "tickmark/app/Trends.h"
#include "tickmark/view/CoverageMap.h"
#include "tickmark/view/ParetoChart.h"

namespace tickmark::http::pages {
namespace {

constexpr std::size_t shownGroups = 40;
constexpr std::array<std::pair<const char*, const char*>, 5> keys{{{"clause", "Clause"},
                                                                   {"process", "Process"},
                                                                   {"cause", "Root cause"},
                                                                   {"branch", "Fishbone branch"},
                                                                   {"class", "Class"}}};

std::string wordOf(const std::string& by) {
    for (const auto& [code, word] : keys) {
        if (by == code) return word;
    }
    return by;
}

const std::string counted = "/findings?counted=1";

std::string linkOf(const std::string& by, const std::string& value) {
    return counted + "&" + by + "=" + encoded(value);
}

std::string spanOf(const app::TrendColumn& column) {
    if (!column.audit.empty()) return "&audit=" + encoded(column.audit);
    return auditedSpan(column.from, column.to, column.undated);
}

/// SOME with a link and a number, or NONE.
void putNumber(view::Model& model, std::int64_t number, const std::string& href) {
    if (number == 0)
        model.show("NONE");
    else
        model.add("SOME").set("HREF", href).set("NUMBER", view::countText(number));
}

void putGroups(view::Model& model, const app::TrendView& view) {
    model.showIf(view.groups.empty(), "EMPTY");
    if (view.groups.empty()) return;
    view::Model& part = model.add("HAS_GROUPS");
    const std::string by = view::said(wordOf(view.by));
    const auto labelOf = [&](const app::TrendGroup& group) {
        return view.by == "class" ? view::said(group.label) : group.label;
    };
    part.set("HEADLINE", view::said("Findings by {}", {by})).set("BY_WORD", by);
    std::vector<view::ParetoBar> bars;
    for (const auto& group : view.groups)
        bars.push_back({labelOf(group), group.total, linkOf(view.by, group.value)});
    view::putPareto(part, "pareto", view::said("Findings by {}, most first", {by}), bars);
    for (const auto& column : view.columns) part.add("COLUMN").say("LABEL", column.label);
    for (std::size_t i = 0; i < std::min(shownGroups, view.groups.size()); ++i) {
        const app::TrendGroup& group = view.groups[i];
        const std::string link = linkOf(view.by, group.value);
        view::Model& row = part.add("GROUP");
        row.set("LABEL", labelOf(group)).set("HREF", link).set("TOTAL", view::countText(group.total));
        for (std::size_t c = 0; c < group.cells.size(); ++c)
            putNumber(row.add("CELL"), group.cells[c], link + spanOf(view.columns[c]));
    }
    if (view.groups.size() > shownGroups) {
        const auto rest = static_cast<std::int64_t>(view.groups.size() - shownGroups);
        part.add("MORE_GROUPS").set("NUMBER", view::countText(rest));
    }
}

void putRate(view::Model& model, std::string_view name, std::int64_t good, std::int64_t all) {
    if (all == 0) return;
    const std::int64_t percent = (200 * good + all) / (2 * all);
    model.add(name).set("SHARE", std::to_string(percent) + " %").set("ALL", view::countText(all));
}

void putFigures(view::Model& model, const app::TrendView& view) {
    model.set("COUNTED", view::countText(view.counted)).set("OPEN", view::countText(view.open));
    putRate(model, "RATE_TIME", view.onTime, view.onTime + view.late);
    putRate(model, "RATE_EFFECT", view.worked, view.worked + view.failed);
    model.set("ON_TIME", view::countText(view.onTime)).set("LATE", view::countText(view.late));
    model.set("NO_DATE", view::countText(view.withoutDate));
    model.set("WORKED", view::countText(view.worked)).set("FAILED", view::countText(view.failed));
}

void putCoverageRow(view::Model& part, const app::Coverage& coverage, const app::CoverageRow& line) {
    view::Model& row = part.add("ROW");
    row.set("CLAUSE", line.clause).set("NAME", line.title).showIf(line.gap, "IS_GAP");
    for (std::size_t c = 0; c < line.cells.size(); ++c) {
        const std::string audit = encoded(coverage.audits[c]);
        view::Model& cell = row.add("CELL");
        if (line.cells[c].findings > 0)
            putNumber(cell, line.cells[c].findings, linkOf("clause", line.clause) + "&audit=" + audit);
        if (line.cells[c].samples > 0) {
            cell.add("SAMPLED")
                .set("AUDIT_HREF", "/audits/" + audit + "/checklist?clause=" + encoded(line.clause))
                .set("SAMPLES", view::countText(line.cells[c].samples));
        }
    }
}

void putCoverage(view::Model& model, const app::Coverage& coverage) {
    if (coverage.audits.empty()) return;
    view::Model& part = model.add("HAS_COVERAGE");
    part.say("CATALOG_TITLE", coverage.title);
    view::CoverageMap map;
    map.id = "coverage";
    map.title = view::said("Coverage of {}", {coverage.title});
    map.audits = coverage.audits;
    map.source =
        view::said(coverage.samplesShown
                       ? "Filled: findings, with their number. Open: looked at (rows of the checklist with a "
                         "result), nothing found. Dashed: a gap."
                       : "Filled: findings, with their number.");
    for (const app::CoverageRow& row : coverage.rows) {
        view::CoverageLine line{row.clause, row.title, {}, row.gap};
        for (std::size_t c = 0; c < row.cells.size(); ++c) {
            line.marks.push_back({row.cells[c].findings, row.cells[c].samples,
                                  linkOf("clause", row.clause) + "&audit=" + encoded(coverage.audits[c])});
        }
        map.lines.push_back(std::move(line));
    }
    view::putCoverageMap(part, "COVERAGE_CHART", map);
    if (coverage.samplesShown)
        part.add("GAPS_KNOWN").set("GAPS", view::countText(coverage.gaps));
    else
        part.show("GAPS_UNKNOWN");
    for (const std::string& audit : coverage.audits) part.add("AUDIT").set("REF", audit);
    for (const app::CoverageRow& line : coverage.rows) putCoverageRow(part, coverage, line);
}

Result<Response> showTrends(WebApp& web, Request& request, const PathParameters&) {
    app::TrendQuestion question;
    question.by = std::string(request.queryValue("by"));
    question.over = std::string(request.queryValue("over"));
    question.catalog = std::string(request.queryValue("catalog"));
    TM_TRY(const app::TrendView view, app::reviewTrends(*web.context, callerOf(request).actor, question));
    TM_TRY(const auto charts, app::findingCharts(*web.context, callerOf(request).actor));
    Frame frame;
    frame.title = view::said("Trends");
    frame.section = "/trends";
    return page(web, request, frame, "pages/trends.html", [&](view::Model& model) {
        for (const auto& [code, word] : keys)
            putOption(model, "BY", "CODE", code, view::said(word), view.by == code);
        for (const auto& [code, word] : {std::pair{"audit", "Audits"}, std::pair{"year", "Years"}})
            putOption(model, "OVER", "CODE", code, view::said(word), view.over == code);
        for (const std::string& code : view.catalogs)
            putOption(model, "CATALOG", "CODE", code, code, view.coverage.catalog == code);
        putFigures(model, view);
        putAgeing(model, charts);
        putFlow(model, charts);
        putGroups(model, view);
        putCoverage(model, view.coverage);
    });
}

}  // namespace

Result<void> addTrendPages(Router& router, WebApp& web) {
    return addPage(router, web, "/trends", "page.trends", "LA AU IM TM", showTrends);
}

}  // namespace tickmark::http::pages

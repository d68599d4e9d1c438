// KPIs: the list, and one with its chart, series, rule and comparison.
#include "http/pages/KpiPages.h"

#include <algorithm>

#include "http/pages/Listing.h"
#include "tickmark/app/Kpis.h"
#include "tickmark/view/RunChart.h"

namespace tickmark::http::pages {
namespace {

using domain::Grouping;

std::string withUnit(double value, const std::string& unit) { return domain::figureOf(value) + " " + unit; }

std::string withUnit(const std::optional<double>& value, const std::string& unit) {
    return value ? withUnit(*value, unit) : std::string();
}

// ---- the list
// ---------------------------------------------------------------------------------------------------

Result<Response> listKpis(WebApp& web, Request& request, const PathParameters&) {
    const domain::Actor& actor = callerOf(request).actor;
    storage::KpiFilter filter;
    filter.process = std::string(request.queryValue("process"));
    filter.service = std::string(request.queryValue("service"));
    const auto found =
        app::listKpis(*web.context, actor, filter, {50, std::string(request.queryValue("after"))});
    Frame frame;
    frame.title = view::said("KPIs");
    frame.section = "/kpis";
    if (!found) {
        frame.error = &found.error();
        frame.status = statusOf(found.error());
    }
    return page(web, request, frame, "pages/kpis.html", [&](view::Model& model) {
        const bool mayDefine = actor.role == domain::Role::ImprovementManager;
        model.showIf(mayDefine, "MAY_DEFINE");
        putAsked(model, request, {"process", "service"});
        if (!found || found->rows.empty()) {
            model.add("EMPTY").showIf(mayDefine, "MAY_DEFINE_HERE");
            return;
        }
        view::Model& rows = model.add("HAS_ROWS");
        for (const storage::KpiRow& one : found->rows) {
            const domain::Kpi& kpi = one.kpi;
            view::Model& row = rows.add("ROW");
            row.set("HREF", kpiAddress(kpi.ref.text())).set("REF", kpi.ref.text()).set("NAME", kpi.name);
            row.set("BASELINE", withUnit(kpi.baseline, kpi.unit))
                .set("TARGET", withUnit(kpi.target, kpi.unit));
            row.set("LIVE_ON", isoOf(kpi.liveOn)).set("ROW_PROCESS", kpi.process);
            row.set("ROW_SERVICE", kpi.service);
            row.set("OWNER_NAME", one.ownerName.empty() ? view::said("nobody") : one.ownerName);
        }
        if (found->next.empty()) return;
        model.add("HAS_NEXT_PAGE").set("NEXT_PAGE", nextAddress(request, "/kpis", found->next));
    });
}

// ---- one KPI
// ----------------------------------------------------------------------------------------------------

/// What stands at the computed series on show; nothing when all points are by hand.
const domain::KpiSeries* computedOf(const app::KpiView& view) {
    for (const domain::ShownPoint& point : view.shown) {
        if (point.series->rule) return point.series;
    }
    return nullptr;
}

const app::SeriesView* viewOf(const app::KpiView& view, const domain::KpiSeries* series) {
    for (const app::SeriesView& one : view.series) {
        if (&one.series == series) return &one;
    }
    return nullptr;
}

/// Why groups and not weeks, when all lies within a few of them.
std::string spanWords(const std::vector<domain::Measurement>& points) {
    if (points.empty() || !points.front().from || !points.back().to) return {};
    const Date first = Date::of(*points.front().from);
    const Date last = Date::of(*points.back().to);
    constexpr std::int32_t fewWeeks = 28;
    std::string text = ", from " + first.iso() + " to " + last.iso();
    if (last.days - first.days < fewWeeks) text += ", where weeks would mislead";
    return text;
}

std::string pointWords(const domain::KpiSeries* computed) {
    if (computed == nullptr) return "Each point is one measurement, in order of its day.";
    switch (computed->rule->grouping) {
        case Grouping::Whole:
            return "One point over all rows.";
        case Grouping::Day:
            return "Each point is one day; days without rows have none.";
        case Grouping::IsoWeek:
            return "Each point is one ISO week; weeks without rows have none.";
        case Grouping::Month:
            return "Each point is one month; months without rows have none.";
        case Grouping::EqualGroups:
            return "Each point is a group of rows, equal in size as far as can be, in order of \"" +
                   computed->rule->time + "\"" + spanWords(computed->points) +
                   ": points are not periods of equal length.";
    }
    return {};
}

std::string captionOf(const app::KpiView& view) {
    const domain::KpiSeries* computed = computedOf(view);
    std::string text = pointWords(computed);
    const app::SeriesView* proof = viewOf(view, computed);
    if (proof != nullptr && !proof->evidence.empty())
        text += " Computed from " + proof->evidence + " on " + Date::of(computed->createdAt).iso() + ".";
    return text;
}

/// How many points lie before the day of the change; a half when it falls within one.
std::optional<double> liveAfter(const app::KpiView& view) {
    if (!view.kpi.liveOn || view.shown.empty()) return std::nullopt;
    constexpr double half = 0.5;
    double before = 0;
    for (const domain::ShownPoint& shown : view.shown) {
        const domain::Measurement& point = *shown.point;
        if (!point.from) return std::nullopt;
        if (Date::of(*point.from) >= *view.kpi.liveOn) break;
        const bool within = point.to && Date::of(*point.to) >= *view.kpi.liveOn;
        before += within ? half : 1;
        if (within) break;
    }
    return before;
}

std::string sampleWords(const domain::Measurement& point) {
    if (point.hits)
        return view::said("{} of {}", {std::to_string(*point.hits), std::to_string(point.sample)});
    return point.sample > 0 ? std::to_string(point.sample) : std::string("not stated");
}

void putProof(view::Model& row, const app::SeriesView* series) {
    const bool seen = series != nullptr && !series->evidence.empty();
    row.showIf(!seen, "NO_PROOF");
    if (!seen) return;
    row.setIf("PROOF", series->evidence);
    // "E-0144/v2" stands on the page of "E-0144".
    row.set("PROOF_HREF", "/evidence/" + encoded(series->evidence.substr(0, series->evidence.find('/'))));
}

void putPoints(view::Model& model, const app::KpiView& view) {
    for (const domain::ShownPoint& shown : view.shown) {
        const domain::Measurement& point = *shown.point;
        view::Model& row = model.add("POINT_ROW");
        // Times are those of the file, without a zone.
        constexpr std::size_t minutes = 16;
        const auto moment = [](const std::optional<Timestamp>& at) {
            if (!at) return std::string();
            std::string text = at->iso().substr(0, minutes);
            text[10] = ' ';
            return text;
        };
        row.set("LABEL", view::runLabel(point.label)).set("VALUE", withUnit(point.value, view.kpi.unit));
        row.set("FROM", moment(point.from)).set("TO", moment(point.to)).say("SAMPLE", sampleWords(point));
        const auto met = domain::meetsTarget(view.kpi, point.value);
        row.say("MET", met ? (*met ? "met" : "missed") : "");
        putProof(row, viewOf(view, shown.series));
    }
}

void putSeries(view::Model& model, const app::KpiView& view) {
    model.showIf(view.series.empty(), "NO_SERIES");
    std::vector<const app::SeriesView*> newestFirst;
    newestFirst.reserve(view.series.size());
    for (const app::SeriesView& one : view.series) newestFirst.push_back(&one);
    std::reverse(newestFirst.begin(), newestFirst.end());
    for (const app::SeriesView* one : newestFirst) {
        const domain::KpiSeries& series = one->series;
        const std::string ref = series.ref.text();
        view::Model& row = model.add("SERIES");
        row.set("SERIES_REF", ref).set("SERIES_REV", std::to_string(series.rev));
        row.say("KIND", series.rule ? "Computed" : "Recorded by hand");
        const std::size_t count = series.points.size();
        row.say("COUNT", count == 1 ? "1 point" : std::to_string(count) + " points");
        row.set("BY", nameOf(view.parties, series.by)).setTime("AT", series.createdAt);
        row.set("DIGEST", series.digest.hex());
        if (series.rule) {
            row.sayIf("RULE", domain::inWords(*series.rule));
            row.say("ROWS", std::to_string(series.rowsRead) + " rows were read; " +
                                std::to_string(series.leftOut) +
                                " of the sample had no value and were left out.");
        }
        row.setIf("NOTE", series.note).setIf("WITHDRAWN", series.withdrawn);
        row.showIf(view.mayMeasure && series.withdrawn.empty(), "MAY_WITHDRAW");
        row.set("WITHDRAW_ACTION",
                kpiAddress(view.kpi.ref.text()) + "/series/" + encoded(ref) + "/withdrawal");
        putProof(row, one);
    }
}

void putFacts(view::Model& model, const app::KpiView& view) {
    const domain::Kpi& kpi = view.kpi;
    const std::string address = kpiAddress(kpi.ref.text());
    model.set("REF", kpi.ref.text()).set("NAME", kpi.name).set("UNIT", kpi.unit);
    model.say("DIRECTION",
              kpi.direction ? std::string(domain::titleOf(*kpi.direction)) : "No direction stated");
    model.setIf("BASELINE", withUnit(kpi.baseline, kpi.unit)).setIf("TARGET", withUnit(kpi.target, kpi.unit));
    model.setIf("LIVE_ON", isoOf(kpi.liveOn)).set("OWNER", nameOf(view.parties, kpi.owner));
    model.setIf("PROCESS", kpi.process).setIf("SERVICE", kpi.service).setIf("SOURCE", kpi.source);
    model.sayIf("SUGGESTED", kpi.rule ? domain::inWords(*kpi.rule) : std::string());
    model.set("REV", std::to_string(kpi.rev)).say("STATEMENT", view.statement);
    model.set("EDIT_HREF", address + "/edit").showIf(view.mayEdit, "MAY_EDIT");
    model.set("RULE_HREF", address + "/rule");
    model.set("COMPUTE_ACTION", address + "/series").set("MEASURE_ACTION", address + "/measurements");
    model.showIf(view.mayMeasure, "MAY_MEASURE").showIf(!view.shown.empty(), "HAS_POINTS");
}

Result<Response> showKpi(WebApp& web, Request& request, const PathParameters& parameters) {
    return kpiPage(web, request, domain::KpiRef{std::string(parameters.at("ref"))}, nullptr);
}

}  // namespace

void putKpiChart(view::Model& model, const app::KpiView& view) {
    if (view.shown.empty()) return;
    view::RunChart chart;
    chart.id = "run";
    chart.title = view.kpi.name;
    chart.unit = view.kpi.unit;
    chart.caption = view::said(captionOf(view));
    for (const domain::ShownPoint& shown : view.shown) {
        const domain::Measurement& point = *shown.point;
        std::string words = withUnit(point.value, view.kpi.unit);
        if (point.sample > 0)
            words += " (" + view::said(point.hits ? "{}" : "{} rows", {view::said(sampleWords(point))}) + ")";
        chart.points.push_back({point.label, point.value, std::move(words)});
    }
    chart.baseline = view.kpi.baseline;
    chart.target = view.kpi.target;
    chart.liveAfter = liveAfter(view);
    chart.liveLabel = isoOf(view.kpi.liveOn);
    view::putRunChart(model, "CHART", chart);
}

std::string kpiAddress(const std::string& ref) { return "/kpis/" + encoded(ref); }

Result<Response> kpiPage(WebApp& web, Request& request, const domain::KpiRef& ref, const Error* error) {
    const domain::Actor& actor = callerOf(request).actor;
    TM_TRY(const app::KpiView view, app::showKpi(*web.context, actor, ref));
    Frame frame;
    frame.title = ref.text() + " " + view.kpi.name;
    frame.section = "/kpis";
    frame.trail = {{"/kpis", "KPIs"}};
    frame.trailEnd = ref.text();
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/kpi.html", [&](view::Model& model) {
        putFacts(model, view);
        putKpiChart(model, view);
        putPoints(model, view);
        putSeries(model, view);
    });
}

Result<void> addKpiPages(Router& router, WebApp& web) {
    const std::string readers = "LA AU PO IM TM";
    TM_CHECK(addPage(router, web, "/kpis", "page.kpis", readers, listKpis));
    TM_CHECK(addPage(router, web, "/kpis/{ref}", "page.kpi", readers, showKpi));
    return addKpiForms(router, web);
}

}  // namespace tickmark::http::pages

#include "http/pages/ImprovementFigures.h"

#include "http/pages/KpiPages.h"
#include "tickmark/app/Kpis.h"

namespace tickmark::http::pages {
namespace {

std::string withUnit(const std::string& number, const std::string& unit) {
    return number.empty() || unit.empty() ? number : number + " " + unit;
}

struct Figure {
    std::string number{};
    const char* word = "";
    const char* tone = "";
    const char* glyph = "";
};

void putFigure(view::Model& part, const Figure& figure) {
    view::Model& row = part.add("FIGURE");
    row.set("NUMBER", figure.number).say("WORD", figure.word).set("TONE", figure.tone);
    row.setIf("GLYPH", figure.glyph);
}

void putGoal(view::Model& model, const domain::ImprovementItem& item) {
    if (item.baseline.empty() && item.target.empty()) return;
    view::Model& part = model.add("FIGURES");
    const std::string none = view::said("none yet");
    const auto shown = [&](const std::string& number) {
        return number.empty() ? none : withUnit(number, item.unit);
    };
    putFigure(part, {.number = shown(item.baseline), .word = "baseline"});
    putFigure(part, {.number = shown(item.target), .word = "target"});
    const auto met = domain::targetMet(item);
    Figure result{.number = shown(item.result), .word = "result"};
    if (met) {
        result.word = *met ? "result, the target is met" : "result, the target is missed";
        result.tone = *met ? "met" : "late";
        result.glyph = *met ? "i-tick" : "i-cross";
    }
    putFigure(part, result);
    const std::string change = domain::changeFromBaseline(item);
    if (!change.empty())
        putFigure(part, {.number = withUnit(change, item.unit), .word = "against the baseline"});
}

}  // namespace

void putItemFigures(WebApp& web, const Request& request, view::Model& model,
                    const domain::ImprovementItem& item) {
    putGoal(model, item);
    if (item.kpi.empty()) return;
    const auto kpi = app::showKpi(*web.context, callerOf(request).actor, domain::KpiRef{item.kpi});
    model.showIf(!kpi, "KPI_WORDS");
    model.set("KPI", item.kpi);
    if (!kpi) return;
    model.add("KPI_LINK").set("KPI_HREF", kpiAddress(item.kpi)).set("KPI_NAME", kpi->kpi.name);
    if (!kpi->shown.empty()) putKpiChart(model.add("SERIES"), *kpi);
}

}  // namespace tickmark::http::pages

// The trend review for programs.
#include "http/api/Answers.h"
#include "http/api/Rows.h"
#include "tickmark/app/Trends.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

Json describe(const app::TrendColumn& column) {
    Json item = Json::object();
    item.set("label", column.label);
    setText(item, "audit", column.audit);
    setDate(item, "audited_from", column.from);
    setDate(item, "audited_to", column.to);
    if (column.undated) item.set("undated", true);
    return item;
}

Json describe(const app::TrendGroup& group) {
    Json cells = Json::array();
    for (const std::int64_t number : group.cells) cells.push(number);
    Json item = Json::object();
    item.set("value", group.value)
        .set("label", group.label)
        .set("total", group.total)
        .set("counts", std::move(cells));
    return item;
}

Json describe(const app::AgeBucket& bucket) {
    Json item = Json::object();
    item.set("label", bucket.label).set("count", bucket.count);
    setDate(item, "audited_from", bucket.from);
    setDate(item, "audited_to", bucket.to);
    if (bucket.undated) item.set("undated", true);
    return item;
}

Json describe(const app::CoverageRow& row) {
    Json cells = Json::array();
    for (const app::CoverageCell& cell : row.cells) {
        Json item = Json::object();
        item.set("findings", cell.findings).set("samples", cell.samples);
        cells.push(std::move(item));
    }
    Json item = Json::object();
    item.set("clause", row.clause).set("title", row.title).set("gap", row.gap).set("cells", std::move(cells));
    return item;
}

template <class Item>
Json listOf(const std::vector<Item>& items) {
    Json list = Json::array();
    for (const Item& item : items) list.push(describe(item));
    return list;
}

Json describe(const app::Coverage& coverage) {
    Json audits = Json::array();
    for (const std::string& audit : coverage.audits) audits.push(audit);
    Json item = Json::object();
    item.set("catalog", coverage.catalog)
        .set("title", coverage.title)
        .set("audits", std::move(audits))
        .set("rows", listOf(coverage.rows))
        .set("gaps", coverage.gaps)
        .set("samples_shown", coverage.samplesShown);
    return item;
}

Result<Response> showTrends(Call& call) {
    QueryReader query(call.request);
    const app::TrendQuestion question{query.text("by"), query.text("over"), query.text("catalog")};
    TM_CHECK(query.finish());
    TM_TRY(const app::TrendView view, app::reviewTrends(call.context(), call.actor(), question));
    Json closures = Json::object();
    closures.set("on_time", view.onTime).set("late", view.late).set("no_date", view.withoutDate);
    Json effects = Json::object();
    effects.set("worked", view.worked).set("failed", view.failed);
    Json document = Json::object();
    document.set("by", view.by)
        .set("over", view.over)
        .set("counted", view.counted)
        .set("open", view.open)
        .set("columns", listOf(view.columns))
        .set("groups", listOf(view.groups))
        .set("ageing", listOf(view.ageing))
        .set("closures", std::move(closures))
        .set("effectiveness", std::move(effects))
        .set("coverage", describe(view.coverage));
    return documentAnswer(document);
}

}  // namespace

std::vector<ApiRow> trendRows() {
    return {
        {"GET",
         "/api/v1/trends",
         "trends.show",
         "LA AU IM TM",
         "What findings have in common over audits and time",
         showTrends,
         {"by", "over", "catalog"}},
    };
}

}  // namespace tickmark::http::api

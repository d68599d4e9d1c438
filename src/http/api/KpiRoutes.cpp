// KPIs: define, edit, measure by hand, compute from evidence, show with series and comparison.
#include "http/api/Answers.h"
#include "http/api/Describe.h"
#include "http/api/ListText.h"
#include "http/api/Numbers.h"
#include "http/api/References.h"
#include "http/api/Rows.h"
#include "tickmark/app/Kpis.h"
#include "tickmark/app/Lists.h"
#include "tickmark/ledger/Measuring.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

constexpr std::string_view base = "/api/v1/kpis";

/// A rule is read apart from its reader, because its refusal has parts of its own.
Result<std::optional<domain::MeasurementRule>> ruleIn(codec::JsonReader& reader) {
    const Json* member = reader.member("rule");
    if (member == nullptr || member->isNull()) return std::optional<domain::MeasurementRule>{};
    TM_TRY(domain::MeasurementRule rule, ledger::ruleFrom(*member, "rule"));
    return std::optional(std::move(rule));
}

Result<app::KpiDraft> readDraft(Request& request) {
    TM_TRY(const Json body, readJson(request));
    codec::JsonReader reader(body);
    app::KpiDraft draft;
    draft.name = reader.text("name");
    draft.unit = reader.text("unit");
    const std::string direction = reader.textOr("direction", "");
    draft.direction = domain::kpiDirectionFrom(direction);
    if (!direction.empty() && !draft.direction) {
        reader.complain(invalid("unknown-word", "direction", "\"" + direction + "\" is no direction.",
                                "Send higher_is_better or lower_is_better."));
    }
    draft.source = reader.textOr("source", "");
    draft.process = reader.textOr("process", "");
    draft.service = reader.textOr("service", "");
    draft.baseline = numberOf(reader, "baseline");
    draft.target = numberOf(reader, "target");
    draft.liveOn = dateOf(reader, "live_on");
    draft.owner = reader.textOr("owner", "");
    TM_TRY(draft.rule, ruleIn(reader));
    TM_CHECK(reader.finish());
    return draft;
}

Json describe(const domain::Kpi& kpi) {
    Json item = Json::object();
    item.set("ref", kpi.ref.text()).set("name", kpi.name).set("unit", kpi.unit);
    if (kpi.direction) item.set("direction", domain::toText(*kpi.direction));
    setText(item, "source", kpi.source);
    setText(item, "process", kpi.process);
    setText(item, "service", kpi.service);
    setNumber(item, "baseline", kpi.baseline);
    setNumber(item, "target", kpi.target);
    setDate(item, "live_on", kpi.liveOn);
    item.set("created_at", kpi.createdAt.iso()).set("rev", kpi.rev);
    return item;
}

Json describe(const app::SeriesView& view, const Names& names) {
    const domain::KpiSeries& series = view.series;
    Json item = Json::object();
    item.set("ref", series.ref.text()).set("computed", series.rule.has_value());
    setText(item, "evidence", view.evidence);
    item.set("sha256", series.digest.hex());
    Json points = Json::array();
    for (const domain::Measurement& point : series.points) points.push(ledger::jsonOf(point));
    item.set("points", std::move(points));
    if (series.rule) {
        item.set("rule", ledger::jsonOf(*series.rule)).set("rule_in_words", domain::inWords(*series.rule));
        item.set("rows_read", series.rowsRead).set("left_out", series.leftOut);
    }
    if (series.comparison) item.set("comparison", ledger::jsonOf(*series.comparison));
    setText(item, "note", series.note);
    setText(item, "withdrawn", series.withdrawn);
    item.set("by", names.person(series.by)).set("created_at", series.createdAt.iso()).set("rev", series.rev);
    return item;
}

Json shownPoints(const app::KpiView& view) {
    Json points = Json::array();
    for (const domain::ShownPoint& shown : view.shown) {
        Json point = ledger::jsonOf(*shown.point);
        point.set("series", shown.series->ref.text());
        if (const auto met = domain::meetsTarget(view.kpi, shown.point->value))
            point.set("meets_target", *met);
        points.push(std::move(point));
    }
    return points;
}

Result<Response> listKpis(Call& call) {
    QueryReader query(call.request);
    storage::KpiFilter filter;
    filter.process = query.text("process");
    filter.service = query.text("service");
    const storage::PageRequest page = query.page();
    TM_CHECK(query.finish());
    const std::string owner = query.text("owner");
    if (!owner.empty()) {
        TM_TRY(filter.owner, call.context().database->read([&](storage::ReadSession& session) {
            return partyNamed(session, "owner", owner);
        }));
    }
    TM_TRY(const auto found, app::listKpis(call.context(), call.actor(), filter, page));
    Json items = Json::array();
    for (const storage::KpiRow& row : found.rows) {
        Json item = describe(row.kpi);
        Json person;
        if (!row.ownerAccount.empty()) person.set("account", row.ownerAccount).set("name", row.ownerName);
        items.push(item.set("owner", std::move(person)));
    }
    Json document = Json::object();
    document.set("items", std::move(items));
    setText(document, "next", found.next);
    return documentAnswer(document);
}

Result<Response> defineKpi(Call& call) {
    TM_TRY(const app::KpiDraft draft, readDraft(call.request));
    TM_TRY(const domain::Kpi made, app::defineKpi(call.context(), call.actor(), draft));
    return creationAnswer(base, made.ref.text(), "defined", made.rev);
}

Result<Response> editKpi(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const app::KpiDraft draft, readDraft(call.request));
    TM_TRY(const domain::Kpi kpi,
           app::editKpi(call.context(), call.actor(), call.ref<domain::KpiRef>(), rev, draft));
    return changeAnswer(kpi.ref.text(), "defined", kpi.rev);
}

Result<Response> showKpi(Call& call) {
    TM_TRY(const app::KpiView view, app::showKpi(call.context(), call.actor(), call.ref<domain::KpiRef>()));
    Names names;
    names.add(view.parties);
    Json document = describe(view.kpi);
    Json series = Json::array();
    for (const app::SeriesView& one : view.series) series.push(describe(one, names));
    Json rights = Json::object();
    rights.set("edit", view.mayEdit).set("measure", view.mayMeasure);
    if (view.kpi.rule) {
        document.set("rule", ledger::jsonOf(*view.kpi.rule))
            .set("rule_in_words", domain::inWords(*view.kpi.rule));
    }
    document.set("owner", names.person(view.kpi.owner))
        .set("points", shownPoints(view))
        .set("series", std::move(series))
        .set("statement", view.statement)
        .set("rights", std::move(rights));
    if (view.comparison) document.set("comparison", ledger::jsonOf(*view.comparison));
    return documentAnswer(document, view.kpi.rev);
}

Result<Response> showSeries(Call& call) {
    TM_TRY(const app::KpiView view, app::showKpi(call.context(), call.actor(), call.ref<domain::KpiRef>()));
    Names names;
    names.add(view.parties);
    for (const app::SeriesView& one : view.series) {
        if (one.series.ref.text() == call.path("series"))
            return documentAnswer(describe(one, names), one.series.rev);
    }
    return notFound("series " + call.path("series"));
}

std::string seriesBase(const Call& call) { return std::string(base) + "/" + call.path("ref") + "/series"; }

Result<Response> measure(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    app::HandMeasurement input;
    input.on = dateOf(reader, "on");
    input.label = reader.textOr("label", "");
    const auto value = numberOf(reader, "value");
    if (!value) {
        reader.complain(invalid("required", "value", "The value is missing.", "Send a JSON number."));
    }
    input.value = value.value_or(0);
    input.sample = reader.integerOr("sample", 0);
    input.evidence = reader.text("evidence");
    input.note = reader.textOr("note", "");
    TM_CHECK(reader.finish());
    TM_TRY(const domain::KpiSeries made,
           app::recordMeasurement(call.context(), call.actor(), call.ref<domain::KpiRef>(), input));
    return creationAnswer(seriesBase(call), made.ref.text(), "recorded", made.rev);
}

Result<Response> compute(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const std::string evidence = reader.text("evidence");
    const std::string note = reader.textOr("note", "");
    TM_TRY(const auto rule, ruleIn(reader));
    TM_CHECK(reader.finish());
    TM_TRY(
        const domain::KpiSeries made,
        app::computeSeries(call.context(), call.actor(), call.ref<domain::KpiRef>(), evidence, rule, note));
    return creationAnswer(seriesBase(call), made.ref.text(), "computed", made.rev);
}

Result<Response> withdraw(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const std::string reason = reader.text("reason");
    TM_CHECK(reader.finish());
    TM_TRY(const domain::KpiSeries series,
           app::withdrawSeries(call.context(), call.actor(), domain::SeriesRef(call.path("series")), rev,
                               reason));
    return changeAnswer(series.ref.text(), "withdrawn", series.rev);
}

}  // namespace

std::vector<ApiRow> kpiRows() {
    const std::string all(base);
    const std::string one = all + "/{ref}";
    const std::string series = one + "/series";
    const std::string readers = "LA AU PO IM TM";
    return {
        {"GET",
         all,
         "kpis.list",
         readers,
         "KPIs, newest first",
         listKpis,
         {"process", "service", "owner", "limit", "after"}},
        {"POST", all, "kpis.define", "IM", "Define a KPI", defineKpi},
        {"GET", one, "kpis.show", readers, "One KPI with its series and the comparison before and after",
         showKpi},
        {"PUT", one, "kpis.edit", "IM", "Edit a KPI", editKpi},
        {"POST", one + "/measurements", "kpis.measure", "PO IM", "Record a measurement by hand", measure},
        {"POST", series, "kpis.compute", "PO IM", "Compute a series from a CSV evidence by a rule", compute},
        {"GET", series + "/{series}", "kpis.series", readers, "One series with its rule", showSeries},
        {"POST", series + "/{series}/withdrawal", "kpis.withdraw", "PO IM", "Take a series back", withdraw},
    };
}

}  // namespace tickmark::http::api

// tickmark kpi: list, compute from evidence, compute everything again and compare.
#include <algorithm>

#include "cli/Command.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Kpis.h"
#include "tickmark/ledger/Measuring.h"

namespace tickmark::cli {
namespace {

struct KpiOptions {
    std::string ref{};
    std::string evidence{};
    std::string account{};
    std::string note{};
    std::filesystem::path rule{};
};

std::string figure(const std::optional<double>& value) { return value ? domain::figureOf(*value) : "-"; }

Outcome list(Program& program, const KpiOptions&) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
    TM_TRY(auto rows, context->database->read([](storage::ReadSession& session) {
        return app::everyRow(
            [&](const storage::PageRequest& page) { return storage::listKpis(session, {}, page); });
    }));
    codec::Json json = codec::Json::array();
    std::string text;
    std::reverse(rows.begin(), rows.end());
    for (const storage::KpiRow& row : rows) {
        const domain::Kpi& kpi = row.kpi;
        codec::Json item;
        item.set("ref", kpi.ref.text()).set("name", kpi.name).set("unit", kpi.unit);
        if (kpi.baseline) item.set("baseline", *kpi.baseline);
        if (kpi.target) item.set("target", *kpi.target);
        if (kpi.liveOn) item.set("live_on", kpi.liveOn->iso());
        if (!row.ownerAccount.empty()) item.set("owner", row.ownerAccount);
        json.push(std::move(item));
        text += kpi.ref.text() + "  " + kpi.name + " (" + kpi.unit + ")  baseline " + figure(kpi.baseline) +
                "  target " + figure(kpi.target) + "  live " + (kpi.liveOn ? kpi.liveOn->iso() : "-") + "\n";
    }
    print(program, json, text.empty() ? "No KPI is defined.\n" : text);
    return 0;
}

Outcome compute(Program& program, const KpiOptions& options) {
    std::optional<domain::MeasurementRule> rule;
    if (!options.rule.empty()) {
        TM_TRY(const std::string text, readInput(options.rule));
        TM_TRY(const codec::Json json, codec::parseJson(text));
        TM_TRY(rule, ledger::ruleFrom(json, "rule"));
    }
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_TRY(const domain::Actor actor, app::actorForCommand(*context, options.account));
    TM_TRY(const domain::KpiSeries series, app::computeSeries(*context, actor, domain::KpiRef(options.ref),
                                                              options.evidence, rule, options.note));
    codec::Json points = codec::Json::array();
    std::string text = series.ref.text() + "  " + std::to_string(series.rowsRead) + " rows read, " +
                       std::to_string(series.leftOut) + " left out\n";
    for (const domain::Measurement& point : series.points) {
        points.push(ledger::jsonOf(point));
        text += point.label + "  " + domain::figureOf(point.value) + "  n = " + std::to_string(point.sample) +
                "\n";
    }
    codec::Json json;
    json.set("series", series.ref.text()).set("rows_read", series.rowsRead).set("left_out", series.leftOut);
    json.set("points", std::move(points));
    if (series.comparison) {
        json.set("comparison", ledger::jsonOf(*series.comparison));
        text += domain::statementOf(*series.comparison, "", {}) + "\n";
    }
    print(program, json, text);
    return 0;
}

Outcome recompute(Program& program, const KpiOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
    TM_TRY(const auto all, app::recomputeSeries(*context, options.ref));
    codec::Json list = codec::Json::array();
    std::string text;
    std::int64_t differing = 0;
    for (const app::Recomputed& one : all) {
        codec::Json differences = codec::Json::array();
        text += (one.differences.empty() ? "same     " : "DIFFERS  ") + one.kpi + "  " + one.series +
                "  from " + one.evidence + "  " + std::to_string(one.points) + " points\n";
        for (const std::string& difference : one.differences) {
            differences.push(difference);
            text += "         " + difference + "\n";
        }
        if (!one.differences.empty()) ++differing;
        codec::Json item;
        item.set("kpi", one.kpi).set("series", one.series).set("evidence", one.evidence);
        item.set("points", one.points).set("same", one.differences.empty());
        list.push(item.set("differences", std::move(differences)));
    }
    text += std::to_string(all.size()) + " computed series, " + std::to_string(differing) + " differ.\n";
    codec::Json json;
    json.set("ok", differing == 0).set("series", std::move(list));
    print(program, json, text);
    return differing == 0 ? 0 : 1;
}

}  // namespace

void addKpi(CLI::App& root, Program& program) {
    CLI::App* group = root.add_subcommand("kpi", "KPIs: list them, compute series from evidence, prove them");
    group->require_subcommand(1);
    addCommand(*group, program, "list", "Print every KPI", std::make_shared<KpiOptions>(), list);
    auto computed = std::make_shared<KpiOptions>();
    CLI::App* command =
        addCommand(*group, program, "compute", "Compute a series from a CSV evidence", computed, compute);
    command->add_option("kpi", computed->ref, "Reference of the KPI")->required();
    command->add_option("--evidence", computed->evidence, "Evidence version, like E-0117/v1")->required();
    command->add_option("--rule", computed->rule,
                        "JSON file with the rule (default: the KPI's; - for stdin)");
    command->add_option("--as", computed->account, "Account that computes it")->required();
    command->add_option("--note", computed->note, "What to note with it");
    auto again = std::make_shared<KpiOptions>();
    command =
        addCommand(*group, program, "recompute",
                   "Compute stored series again from the archive; exit 1 when one differs", again, recompute);
    command->add_option("kpi", again->ref, "Only this KPI");
}

}  // namespace tickmark::cli

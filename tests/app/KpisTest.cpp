#include "tickmark/app/Kpis.h"

#include <fstream>

#include "app/House.h"
#include "tickmark/app/Maintenance.h"
#include "tickmark/ledger/Measuring.h"

using namespace tickmark;
using test::House;
using test::must;
using test::refusal;
using test::refusedAs;

namespace {

const std::string log =
    "number,sla,opened,resolved\r\n"
    "I1,TRUE,29-02-2016 01:00,29-02-2016 03:00\r\n"
    "I1,FALSE,29-02-2016 01:00,29-02-2016 05:00\r\n"
    "I2,TRUE,01-03-2016 08:00,01-03-2016 10:00\r\n"
    "I3,TRUE,02-03-2016 08:00,?\r\n";

app::KpiDraft kpiDraft() {
    app::KpiDraft draft;
    draft.name = "Incidents within their service level";
    draft.unit = "%";
    draft.direction = domain::KpiDirection::HigherIsBetter;
    draft.target = 70;
    draft.owner = "po-01";
    domain::MeasurementRule rule;
    rule.rows = domain::RowChoice::Last;
    rule.key = "number";
    rule.aggregation = domain::Aggregation::Share;
    rule.hits = {{"sla", domain::FilterOperator::Equal, "TRUE"}};
    rule.grouping = domain::Grouping::Day;
    rule.time = "opened";
    rule.dateFormat = "DD-MM-YYYY hh:mm";
    draft.rule = rule;
    return draft;
}

struct KpiHouse : House {
    domain::Kpi kpi = must(app::defineKpi(context(), as("im-01"), kpiDraft()));
    std::string evidence = app::versionName(give("au-01", toAudit("incidents.csv"), log).version);
    domain::KpiSeries computed() {
        return must(app::computeSeries(context(), as("im-01"), kpi.ref, evidence, {}, ""));
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(kpis, KpiHouse)

BOOST_AUTO_TEST_CASE(the_improvement_manager_defines_a_kpi_under_the_next_reference) {
    BOOST_TEST(kpi.ref.text() == "K-0001");
    BOOST_TEST(must(app::defineKpi(context(), as("im-01"), kpiDraft())).ref.text() == "K-0002");
    BOOST_TEST(lastEvent().kind == "kpi.define");
    for (const char* account : {"la-01", "au-01", "po-01", "ao-01", "tm-01", "xa-01", "ad-01"}) {
        BOOST_TEST_CONTEXT(account)
        BOOST_TEST(
            refusedAs(app::defineKpi(context(), as(account), kpiDraft()), ErrorKind::Forbidden, "forbidden"));
    }
}

BOOST_AUTO_TEST_CASE(a_target_without_a_direction_and_an_owner_without_an_account_are_refused) {
    app::KpiDraft wrong = kpiDraft();
    wrong.direction.reset();
    BOOST_TEST(refusal(app::defineKpi(context(), as("im-01"), wrong)).parts.at(0).field == "direction");
    wrong = kpiDraft();
    wrong.owner = "nobody-99";
    BOOST_TEST(refusal(app::defineKpi(context(), as("im-01"), wrong)).field == "owner");
}

BOOST_AUTO_TEST_CASE(editing_needs_the_current_revision) {
    app::KpiDraft changed = kpiDraft();
    changed.target = 80;
    BOOST_TEST(must(app::editKpi(context(), as("im-01"), kpi.ref, kpi.rev, changed)).target.value() == 80.0);
    BOOST_TEST(refusedAs(app::editKpi(context(), as("im-01"), kpi.ref, kpi.rev, changed), ErrorKind::Stale,
                         "stale-revision"));
}

BOOST_AUTO_TEST_CASE(a_series_is_computed_from_the_archived_bytes_and_keeps_its_rule) {
    const domain::KpiSeries series = computed();
    BOOST_REQUIRE(series.points.size() == 3U);
    BOOST_TEST(series.points[0].label == "2016-02-29");
    BOOST_TEST(series.points[0].value == 0.0);
    BOOST_TEST(series.points[1].value == 100.0);
    BOOST_TEST(series.rowsRead == 4);
    BOOST_TEST((series.rule == kpi.rule));
    BOOST_TEST(lastEvent().kind == "kpi.compute");
    BOOST_TEST(std::string(lastEvent().facts.textAt("evidence")) == evidence);
    const auto view = must(app::showKpi(context(), as("tm-01"), kpi.ref));
    BOOST_TEST(view.shown.size() == 3U);
    BOOST_TEST(view.series.at(0).evidence == evidence);
    BOOST_TEST(!view.mayMeasure);
    BOOST_TEST(must(app::check(context(), true)).problems.empty());
}

BOOST_AUTO_TEST_CASE(the_day_of_the_change_gives_a_comparison_once_computed_again) {
    [[maybe_unused]] const auto first = computed();
    app::KpiDraft changed = kpiDraft();
    changed.liveOn = Date::of(2016, 3, 1);
    const auto edited = must(app::editKpi(context(), as("im-01"), kpi.ref, kpi.rev, changed));
    auto view = must(app::showKpi(context(), as("im-01"), kpi.ref));
    BOOST_TEST(!view.comparison.has_value());
    BOOST_TEST(view.statement.find("compute it again") != std::string::npos);
    [[maybe_unused]] const auto second = computed();
    view = must(app::showKpi(context(), as("im-01"), kpi.ref));
    BOOST_REQUIRE(view.comparison.has_value());
    BOOST_TEST(view.comparison->before.sample == 1);
    BOOST_TEST(view.comparison->after.sample == 2);
    BOOST_TEST(view.statement.find("Fisher") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_keeps_nothing) {
    domain::MeasurementRule rule = *kpi.rule;
    rule.key = "incident";
    const auto error = refusal(app::computeSeries(context(), as("im-01"), kpi.ref, evidence, rule, ""));
    BOOST_TEST(error.type == "rule-column");
    BOOST_TEST(must(app::showKpi(context(), as("im-01"), kpi.ref)).series.empty());
    BOOST_TEST(refusal(app::computeSeries(context(), as("im-01"), kpi.ref, "E-9999/v1", {}, "")).field ==
               "evidence");
    BOOST_TEST(refusedAs(app::computeSeries(context(), as("tm-01"), kpi.ref, evidence, {}, ""),
                         ErrorKind::Forbidden, "forbidden"));
}

BOOST_AUTO_TEST_CASE(a_process_owner_computes_only_from_evidence_it_may_see) {
    BOOST_TEST(refusal(app::computeSeries(context(), as("po-01"), kpi.ref, evidence, {}, "")).type ==
               "unknown-reference");
    [[maybe_unused]] const auto series = computed();
    BOOST_TEST(must(app::showKpi(context(), as("po-01"), kpi.ref)).series.at(0).evidence.empty());
}

BOOST_AUTO_TEST_CASE(a_measurement_by_hand_names_its_day_and_its_proof) {
    app::HandMeasurement input;
    input.on = Date::of(2016, 4, 1);
    input.value = 71.5;
    BOOST_TEST(refusal(app::recordMeasurement(context(), as("im-01"), kpi.ref, input)).field == "evidence");
    input.evidence = evidence;
    const auto series = must(app::recordMeasurement(context(), as("im-01"), kpi.ref, input));
    BOOST_TEST(series.points.at(0).label == "2016-04-01");
    BOOST_TEST(lastEvent().kind == "kpi.measure");
    input.on = context().today().plusDays(1);
    BOOST_TEST(refusal(app::recordMeasurement(context(), as("im-01"), kpi.ref, input)).field == "on");
    input.on.reset();
    BOOST_TEST(refusal(app::recordMeasurement(context(), as("im-01"), kpi.ref, input)).parts.at(0).field ==
               "label");
}

BOOST_AUTO_TEST_CASE(a_withdrawn_series_stays_with_its_reason_and_is_no_longer_shown) {
    const auto series = computed();
    BOOST_TEST(refusal(app::withdrawSeries(context(), as("im-01"), series.ref, series.rev, " ")).field ==
               "reason");
    must(app::withdrawSeries(context(), as("im-01"), series.ref, series.rev, "Wrong month."));
    const auto view = must(app::showKpi(context(), as("im-01"), kpi.ref));
    BOOST_TEST(view.shown.empty());
    BOOST_TEST(view.series.at(0).series.withdrawn == "Wrong month.");
    BOOST_TEST(refusedAs(app::withdrawSeries(context(), as("im-01"), series.ref, series.rev + 1, "Again."),
                         ErrorKind::Refused, "withdrawn"));
    BOOST_TEST(must(app::recomputeSeries(context(), "")).empty());
}

BOOST_AUTO_TEST_CASE(computing_again_agrees_until_the_bytes_are_changed) {
    const auto series = computed();
    auto again = must(app::recomputeSeries(context(), ""));
    BOOST_REQUIRE(again.size() == 1U);
    BOOST_TEST(again[0].differences.empty());
    BOOST_TEST(again[0].points == 3);
    const std::string hex = series.digest.hex();
    const auto object = root() / "archive" / "sha256" / hex.substr(0, 2) / hex;
    BOOST_REQUIRE(std::filesystem::exists(object));
    std::filesystem::permissions(object, std::filesystem::perms::owner_all);
    {
        std::fstream file(object, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(log.find("TRUE")));
        file << "true";
    }
    again = must(app::recomputeSeries(context(), kpi.ref.text()));
    BOOST_REQUIRE(again[0].differences.size() == 1U);
    BOOST_TEST(refusedAs(app::recomputeSeries(context(), "K-9999"), ErrorKind::NotFound, "not-found"));
}

BOOST_AUTO_TEST_CASE(roles_without_kpis_read_none) {
    for (const char* account : {"ao-01", "xa-01", "ad-01"}) {
        BOOST_TEST_CONTEXT(account) {
            BOOST_TEST(
                refusedAs(app::showKpi(context(), as(account), kpi.ref), ErrorKind::Forbidden, "forbidden"));
            BOOST_TEST(
                refusedAs(app::listKpis(context(), as(account), {}, {}), ErrorKind::Forbidden, "forbidden"));
        }
    }
    BOOST_TEST(must(app::listKpis(context(), as("la-01"), {}, {})).rows.at(0).ownerAccount == "po-01");
}

BOOST_AUTO_TEST_CASE(a_rule_that_somebody_sends_is_refused_by_member) {
    const auto from = [](const char* text) { return ledger::ruleFrom(must(codec::parseJson(text)), "rule"); };
    BOOST_TEST((must(from(codec::canonicalJson(ledger::jsonOf(*kpi.rule)).c_str())) == *kpi.rule));
    BOOST_TEST(refusal(from(R"({"aggregation":"count","grouping":"whole"})")).field == "rule.rows");
    const auto unknown = refusal(from(R"({"aggregation":"sum","grouping":"whole","rows":"every"})"));
    BOOST_TEST(unknown.field == "rule.aggregation");
    BOOST_TEST(unknown.message == "The member \"rule.aggregation\" is not a word that is known here.");
    BOOST_TEST(
        refusal(from(R"({"aggregation":"count","grouping":"whole","rows":"every","colour":1})")).field ==
        "rule.colour");
    BOOST_TEST(
        refusal(from(R"({"aggregation":"mean","grouping":"whole","rows":"every"})")).parts.at(0).field ==
        "rule.value");
}

BOOST_AUTO_TEST_SUITE_END()

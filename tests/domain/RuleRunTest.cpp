#include "tickmark/domain/RuleRun.h"

#include <boost/test/unit_test.hpp>

#include "tickmark/domain/DateFormat.h"

using namespace tickmark;
using namespace tickmark::domain;
namespace tt = boost::test_tools;

namespace {

using Cells = std::vector<std::string>;

const Cells header{"number", "state", "sla", "opened", "resolved", "cost"};

// Three incidents; the second one was opened first and is never resolved.
const std::vector<Cells> log{
    {"I1", "New", "TRUE", "29-02-2016 01:16", "?", "10"},
    {"I2", "New", "TRUE", "28-02-2016 23:00", "?", "?"},
    {"I1", "Closed", "TRUE", "29-02-2016 01:16", "29-02-2016 03:16", "20"},
    {"I3", "New", "TRUE", "07-03-2016 10:00", "07-03-2016 20:00", "4.5"},
    {"I2", "Closed", "FALSE", "28-02-2016 23:00", "?", "30"},
    {"I3", "Closed", "FALSE", "07-03-2016 10:00", "07-03-2016 20:00", "4.5"},
};

MeasurementRule share() {
    MeasurementRule rule;
    rule.rows = RowChoice::Last;
    rule.key = "number";
    rule.aggregation = Aggregation::Share;
    rule.hits = {{"sla", FilterOperator::Equal, "TRUE"}};
    return rule;
}

MeasurementRule duration() {
    MeasurementRule rule;
    rule.rows = RowChoice::Last;
    rule.key = "number";
    rule.aggregation = Aggregation::Median;
    rule.from = "opened";
    rule.to = "resolved";
    rule.unit = DurationUnit::Hours;
    rule.time = "opened";
    rule.dateFormat = "DD-MM-YYYY hh:mm";
    rule.missing = {"?"};
    return rule;
}

Result<RuleOutcome> run(const MeasurementRule& rule, const std::vector<Cells>& rows = log,
                        std::optional<Date> live = {}, const RuleLimits& limits = {}) {
    TM_TRY(RuleRun ongoing, RuleRun::begin(rule, header, limits));
    std::size_t line = 2;
    for (const Cells& row : rows) TM_CHECK(ongoing.row(line++, row));
    return ongoing.finish(live);
}

RuleOutcome outcomeOf(const MeasurementRule& rule, const std::vector<Cells>& rows = log) {
    auto outcome = run(rule, rows);
    BOOST_REQUIRE_MESSAGE(outcome.ok(), (outcome.ok() ? "" : describe(outcome.error())));
    return *std::move(outcome);
}

Error refusalOf(const MeasurementRule& rule, const std::vector<Cells>& rows = log) {
    auto outcome = run(rule, rows);
    BOOST_REQUIRE(!outcome.ok());
    return outcome.error();
}

bool namesField(const Error& error, std::string_view field) {
    for (const Error& part : error.parts) {
        if (part.field == field) return true;
    }
    return false;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(rule_run)

BOOST_AUTO_TEST_CASE(the_last_row_of_each_key_counts_when_the_rule_says_so) {
    const RuleOutcome outcome = outcomeOf(share());
    BOOST_REQUIRE(outcome.points.size() == 1U);
    BOOST_TEST(outcome.points[0].value == 100.0 / 3, tt::tolerance(1e-12));
    BOOST_TEST(outcome.points[0].hits.value() == 1);
    BOOST_TEST(outcome.points[0].sample == 3);
    BOOST_TEST(outcome.rowsRead == 6);
}

BOOST_AUTO_TEST_CASE(the_first_row_and_every_row_give_other_shares) {
    MeasurementRule rule = share();
    rule.rows = RowChoice::First;
    BOOST_TEST(outcomeOf(rule).points[0].value == 100.0);
    rule.rows = RowChoice::Every;
    rule.key.clear();
    BOOST_TEST(outcomeOf(rule).points[0].value == 400.0 / 6, tt::tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(distinct_refuses_rows_that_differ_and_names_both_lines) {
    MeasurementRule rule = share();
    rule.rows = RowChoice::Distinct;
    const Error error = refusalOf(rule);
    BOOST_TEST(error.type == "rule-cell");
    BOOST_REQUIRE(error.parts.size() == 2U);
    BOOST_TEST(error.parts[0].field == "sla");
    BOOST_TEST(error.parts[0].message ==
               "Line 6: \"FALSE\" differs from \"TRUE\" on line 3, a row of the same number.");
    rule.hits = {{"opened", FilterOperator::Equal, "07-03-2016 10:00"}};
    BOOST_TEST(outcomeOf(rule).points[0].hits.value() == 1);
}

BOOST_AUTO_TEST_CASE(filters_before_and_after_the_choice_of_rows_differ) {
    MeasurementRule rule = share();
    rule.only = {{"sla", FilterOperator::Equal, "TRUE"}};
    BOOST_TEST(outcomeOf(rule).points[0].sample == 3);
    BOOST_TEST(outcomeOf(rule).points[0].hits.value() == 3);
    rule.where = std::exchange(rule.only, {});
    BOOST_TEST(outcomeOf(rule).points[0].sample == 1);
}

BOOST_AUTO_TEST_CASE(durations_leave_out_what_has_no_end_and_count_it) {
    const RuleOutcome outcome = outcomeOf(duration());
    BOOST_TEST(outcome.points[0].value == 6.0);
    BOOST_TEST(outcome.sample == 2);
    BOOST_TEST(outcome.leftOut == 1);
    MeasurementRule rule = duration();
    rule.unit = DurationUnit::Minutes;
    rule.aggregation = Aggregation::Percentile;
    rule.percentile = 90;
    BOOST_TEST(outcomeOf(rule).points[0].value == 120 + 0.9 * 480, tt::tolerance(1e-12));
    rule.percentile.reset();
    rule.aggregation = Aggregation::Mean;
    rule.unit = DurationUnit::Days;
    BOOST_TEST(outcomeOf(rule).points[0].value == 0.25, tt::tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(days_weeks_and_months_group_by_the_time_column) {
    MeasurementRule rule = share();
    rule.time = "opened";
    rule.dateFormat = "DD-MM-YYYY hh:mm";
    rule.grouping = Grouping::Day;
    const auto labels = [&](Grouping grouping) {
        rule.grouping = grouping;
        std::string text;
        for (const auto& point : outcomeOf(rule).points) text += point.label + " ";
        return text;
    };
    BOOST_TEST(labels(Grouping::Day) == "2016-02-28 2016-02-29 2016-03-07 ");
    BOOST_TEST(labels(Grouping::IsoWeek) == "2016-W08 2016-W09 2016-W10 ");
    BOOST_TEST(labels(Grouping::Month) == "2016-02 2016-03 ");
}

BOOST_AUTO_TEST_CASE(equal_groups_stand_in_order_of_time_and_the_first_take_the_rest) {
    MeasurementRule rule = share();
    rule.time = "opened";
    rule.dateFormat = "DD-MM-YYYY hh:mm";
    rule.grouping = Grouping::EqualGroups;
    rule.groups = 2;
    const RuleOutcome outcome = outcomeOf(rule);
    BOOST_REQUIRE(outcome.points.size() == 2U);
    BOOST_TEST(outcome.points[0].label == "Group 1 of 2");
    BOOST_TEST(outcome.points[0].sample == 2);
    BOOST_TEST(outcome.points[0].value == 50.0);
    BOOST_TEST(outcome.points[0].from->iso() == "2016-02-28T23:00:00.000000Z");
    BOOST_TEST(outcome.points[0].to->iso() == "2016-02-29T01:16:00.000000Z");
    BOOST_TEST(outcome.points[1].value == 0.0);
    rule.groups = 4;
    const Error error = refusalOf(rule);
    BOOST_TEST(error.type == "rule-sample");
    BOOST_TEST(error.message == "Only 3 rows count; they do not make 4 groups.");
}

BOOST_AUTO_TEST_CASE(numbers_are_compared_as_numbers_and_a_text_among_them_names_its_line) {
    MeasurementRule rule;
    rule.aggregation = Aggregation::Mean;
    rule.value = "cost";
    rule.missing = {"?"};
    BOOST_TEST(outcomeOf(rule).points[0].value == 13.8, tt::tolerance(1e-12));
    BOOST_TEST(outcomeOf(rule).leftOut == 1);
    rule.only = {{"cost", FilterOperator::AtLeast, "9.5"}};
    BOOST_TEST(outcomeOf(rule).points[0].sample == 3);
    rule.only.clear();
    rule.missing.clear();
    const Error error = refusalOf(rule);
    BOOST_REQUIRE(error.parts.size() == 1U);
    BOOST_TEST(error.parts[0].field == "cost");
    BOOST_TEST(error.parts[0].message == "Line 3: \"?\" is no number.");
    BOOST_TEST(!error.parts[0].fix.empty());
}

BOOST_AUTO_TEST_CASE(a_date_that_does_not_exist_names_column_line_and_form) {
    MeasurementRule rule = duration();
    const Error error = refusalOf(rule, {{"I1", "New", "TRUE", "30-02-2016 01:16", "?", "1"},
                                         {"I2", "New", "TRUE", "2016-02-28 01:16", "?", "1"}});
    BOOST_REQUIRE(error.parts.size() == 2U);
    BOOST_TEST(error.parts[0].field == "opened");
    BOOST_TEST(error.parts[0].message ==
               "Line 2: \"30-02-2016 01:16\" is no date of the form DD-MM-YYYY hh:mm.");
    BOOST_TEST(error.parts[1].message.starts_with("Line 3:"));
}

BOOST_AUTO_TEST_CASE(a_duration_that_ends_before_it_begins_is_an_error) {
    const Error error =
        refusalOf(duration(), {{"I1", "New", "TRUE", "02-03-2016 01:00", "01-03-2016 01:00", "1"}});
    BOOST_REQUIRE(error.parts.size() == 1U);
    BOOST_TEST(error.parts[0].field == "resolved");
}

BOOST_AUTO_TEST_CASE(a_missing_column_is_named_with_those_that_are_there) {
    MeasurementRule rule = share();
    rule.key = "incident";
    rule.hits[0].column = "SLA";
    const Error error = refusalOf(rule);
    BOOST_TEST(error.type == "rule-column");
    BOOST_REQUIRE(error.parts.size() == 2U);
    BOOST_TEST(error.parts[0].message ==
               "There is no column \"incident\". The file has: number, state, sla, opened, resolved, cost.");
}

BOOST_AUTO_TEST_CASE(at_most_twenty_bad_cells_are_listed) {
    MeasurementRule rule;
    rule.aggregation = Aggregation::Mean;
    rule.value = "state";
    std::vector<Cells> rows;
    for (int i = 0; i < 100; ++i) rows.push_back(log[0]);
    BOOST_TEST(refusalOf(rule, rows).parts.size() == 20U);
}

BOOST_AUTO_TEST_CASE(no_row_that_counts_is_a_refusal_not_a_zero) {
    MeasurementRule rule = share();
    rule.where = {{"state", FilterOperator::Equal, "Reopened"}};
    BOOST_TEST(refusalOf(rule).type == "rule-sample");
}

BOOST_AUTO_TEST_CASE(a_run_keeps_no_more_than_its_limits) {
    RuleLimits limits;
    limits.maximumRows = 2;
    auto outcome = run(share(), log, {}, limits);
    BOOST_REQUIRE(!outcome.ok());
    BOOST_TEST(outcome.error().type == "rule-too-large");
    limits = {};
    limits.maximumBytes = 100;
    outcome = run(share(), log, {}, limits);
    BOOST_REQUIRE(!outcome.ok());
    BOOST_TEST((outcome.error().kind == ErrorKind::TooLarge));
}

BOOST_AUTO_TEST_CASE(a_broken_rule_names_every_field) {
    MeasurementRule rule = share();
    rule.key.clear();
    rule.hits.clear();
    rule.grouping = Grouping::EqualGroups;
    rule.only = {{"cost", FilterOperator::Less, "ten"}};
    const Error error = refusalOf(rule);
    for (const char* field : {"key", "hits", "time", "groups", "only[0].value"})
        BOOST_TEST(namesField(error, field), field);
    MeasurementRule other = duration();
    other.dateFormat = "DD-NN-YYYY";
    other.unit.reset();
    other.percentile = 5;
    const Error more = refusalOf(other);
    for (const char* field : {"date_format", "unit", "percentile"})
        BOOST_TEST(namesField(more, field), field);
}

BOOST_AUTO_TEST_CASE(before_and_after_are_split_at_the_day_and_tested) {
    MeasurementRule rule = share();
    rule.time = "opened";
    rule.dateFormat = "DD-MM-YYYY hh:mm";
    const auto outcome = run(rule, log, Date::of(2016, 2, 29));
    BOOST_REQUIRE(outcome.ok());
    BOOST_REQUIRE(outcome->comparison.has_value());
    BOOST_TEST(outcome->comparison->before.sample == 1);
    BOOST_TEST(outcome->comparison->after.sample == 2);
    BOOST_REQUIRE(outcome->comparison->test.has_value());
    BOOST_TEST((outcome->comparison->test->test == ChanceTest::FisherExact));
    const std::string words = statementOf(*outcome->comparison, "%", KpiDirection::HigherIsBetter);
    BOOST_TEST(words.find("Before 2016-02-29: 0 % (0 of 1); from that day on: 50 % (1 of 2).") == 0U, words);
    BOOST_TEST(words.find("went up by 50 percentage points, which is better") != std::string::npos, words);
    BOOST_TEST(words.find("Fisher's exact test (Fisher 1935): p = 1.0000") != std::string::npos, words);
    BOOST_TEST(words.find("could well be chance") != std::string::npos, words);
}

BOOST_AUTO_TEST_CASE(a_side_without_values_is_said_and_not_tested) {
    std::vector<TimedValue> values{{Timestamp::fromSeconds(0), 1}, {Timestamp::fromSeconds(1), 2}};
    const Comparison none = compareAt(Date::of(2000, 1, 1), values, ComparedAs::Median, 50);
    BOOST_TEST(!none.test.has_value());
    BOOST_TEST(statementOf(none, "h", {}).find("after the change yet") != std::string::npos);
    const Comparison count = compareAt(Date::of(1970, 1, 1), values, ComparedAs::Count, 50);
    BOOST_TEST(statementOf(count, "", {}).find("before the change") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(iso_weeks_belong_to_the_year_of_their_thursday) {
    BOOST_TEST(isoWeekOf(Date::of(2021, 1, 3)) == "2020-W53");
    BOOST_TEST(isoWeekOf(Date::of(2021, 1, 4)) == "2021-W01");
    BOOST_TEST(isoWeekOf(Date::of(2019, 12, 30)) == "2020-W01");
    BOOST_TEST(isoWeekOf(Date::of(1969, 12, 28)) == "1969-W52");
}

BOOST_AUTO_TEST_CASE(date_formats_are_strict) {
    const auto format = DateFormat::compile("YYYY-MM-DDThh:mm:ssZ");
    BOOST_REQUIRE(format.ok());
    BOOST_TEST(format->parse("2016-02-29T23:59:59Z")->iso() == "2016-02-29T23:59:59.000000Z");
    for (const char* bad : {"2015-02-29T00:00:00Z", "2016-02-29T24:00:00Z", "2016-02-29T00:60:00Z",
                            "2016-02-29 00:00:00Z", "2016-2-29T00:00:00Z", "2016-00-10T00:00:00Z", "",
                            "0999-01-01T00:00:00Z", "2016-02-29T00:00:00ZZ", "+016-02-29T00:00:00Z"})
        BOOST_TEST(!format->parse(bad).has_value(), bad);
    for (const char* bad : {"", "DD-MM", "DD-MM-YYYY DD", "D-M-YYYY", "DD.MM.YY", "DD-MM-YYYY 12:mm"})
        BOOST_TEST(!DateFormat::compile(bad).ok(), bad);
}

BOOST_AUTO_TEST_CASE(a_rule_reads_as_sentences) {
    MeasurementRule rule = duration();
    rule.grouping = Grouping::EqualGroups;
    rule.groups = 18;
    BOOST_TEST(
        inWords(rule) ==
        "The last row of each \"number\" counts. The value is the median of the time from \"opened\" to "
        "\"resolved\" in hours. The rows, in order of \"opened\", make 18 groups as equal in size as can "
        "be; a point is a group, not a period. Dates are read as DD-MM-YYYY hh:mm. A cell of \"?\" or an "
        "empty one is no value.");
}

BOOST_AUTO_TEST_SUITE_END()

// The charts: their values in words, in marks and in the table; escaping; one value; none.
#include <boost/test/unit_test.hpp>
#include <string>

#include "tickmark/view/CoverageMap.h"
#include "tickmark/view/FlowChart.h"
#include "tickmark/view/StackedBars.h"
#include "tickmark/view/ValueEffort.h"

using namespace tickmark;

namespace {

/// What the part makes of the model's include; empty when nothing was put.
template <class Put>
std::string drawn(std::string_view part, Put&& put) {
    view::Model model;
    put(model);
    if (model.children().empty()) return {};
    BOOST_REQUIRE(model.children().front().templateName == part);
    auto html = view::render(part, model.children().front().model.front());
    BOOST_REQUIRE(html.ok());
    return *html;
}

bool has(const std::string& html, std::string_view text) { return html.find(text) != std::string::npos; }

std::size_t countOf(const std::string& html, std::string_view text) {
    std::size_t count = 0;
    for (auto at = html.find(text); at != std::string::npos; at = html.find(text, at + 1)) ++count;
    return count;
}

std::string bars(const view::StackedBars& chart) {
    return drawn("parts/stacked-bars.html",
                 [&](view::Model& model) { view::putStackedBars(model, "X", chart); });
}
std::string flow(const view::FlowChart& chart) {
    return drawn("parts/flow.html", [&](view::Model& model) { view::putFlowChart(model, "X", chart); });
}
std::string coverage(const view::CoverageMap& map) {
    return drawn("parts/coverage.html", [&](view::Model& model) { view::putCoverageMap(model, "X", map); });
}
std::string field(const std::vector<view::ValueEffortItem>& items) {
    return drawn("parts/value-effort.html",
                 [&](view::Model& model) { view::putValueEffort(model, "X", "f", "Value", items); });
}

view::StackedBars ageing() {
    view::StackedBars chart{"a", "Four are open", {"Major", "Minor"}, {}, "Since the audit.", "Age"};
    chart.bars = {{"up to 30 days", {{1, "/one"}, {3, "/three"}}, "/all"}, {"older", {{0, ""}, {0, ""}}, ""}};
    return chart;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(charts)

BOOST_AUTO_TEST_CASE(bars_begin_at_zero_and_their_parts_lead_to_their_lists) {
    const std::string html = bars(ageing());
    BOOST_TEST(has(html, "up to 30 days: 4 (Major 1, Minor 3). older: 0 (Major 0, Minor 0)."));
    // One of four and three of four of the width, one behind the other.
    BOOST_TEST(has(html, R"(class="mark one" x="138" y="34" width="47")"));
    BOOST_TEST(has(html, R"(class="mark three" x="185" y="34" width="142")"));
    BOOST_TEST(countOf(html, "href=\"/three\"") == 2U);  // the mark and the table
    BOOST_TEST(has(html, "<td><a href=\"/all\">4</a></td>"));
    BOOST_TEST(has(html, "Show as a table"));
    BOOST_TEST(has(html, ">Major 1<"));
}

BOOST_AUTO_TEST_CASE(one_series_needs_no_legend_and_no_column_of_its_own) {
    view::StackedBars chart{"a", "T", {}, {{"Plan", {{2, "/plan"}}, ""}}, "S", "Step"};
    const std::string html = bars(chart);
    BOOST_TEST(!has(html, "y=\"11\""));
    BOOST_TEST(has(html, "<td>Plan</td><td><a href=\"/plan\">2</a></td></tr>"));
    BOOST_TEST(bars({}).empty());
}

BOOST_AUTO_TEST_CASE(the_flow_adds_up_and_lists_each_month) {
    view::FlowChart chart{"f", "T", "found", "closed", {}, 10, 4, "S"};
    chart.points = {{"2022-10", 3, 0, "/in10", "/out10"}, {"2022-11", 0, 9, "/in11", "/out11"}};
    const std::string html = flow(chart);
    BOOST_TEST(has(html, "2022-10: 13 found, 4 closed. 2022-11: 13 found, 13 closed."));
    BOOST_TEST(has(html, ">13 found<"));
    BOOST_TEST(has(html, "<a href=\"/in10\">3</a>"));
    BOOST_TEST(has(html, "<a href=\"/out11\">9</a>"));
    BOOST_TEST(!has(html, "/in11"));  // nothing came in: no list of nothing
    // From 0 to 15 in steps of 5.
    BOOST_TEST(has(html, ">15<"));
    BOOST_TEST(has(html, "class=\"in\" fill=\"none\" points=\"48,34 350,34\""));
}

BOOST_AUTO_TEST_CASE(a_flow_of_one_month_is_a_line_and_of_none_nothing) {
    view::FlowChart chart{"f", "T", "found", "closed", {{"2022-10", 1, 0, "/a", ""}}, 0, 0, "S"};
    BOOST_TEST(has(flow(chart), "class=\"in\" fill=\"none\" points=\"48,14 350,14\""));
    chart.points.clear();
    BOOST_TEST(flow(chart).empty());
}

BOOST_AUTO_TEST_CASE(the_map_marks_findings_samples_and_gaps_apart) {
    view::CoverageMap map{"c", "Coverage", {"IA-1", "IA-2"}, {}, "S"};
    map.lines = {{"8.6.1", "Incidents", {{2, 5, "/two"}, {0, 1, "/none"}}, false},
                 {"7.2", "Competence", {{}, {}}, true}};
    const std::string html = coverage(map);
    BOOST_TEST(
        has(html,
            "8.6.1: IA-1: 2 findings, 5 lines of the checklist; IA-2: 1 line of the checklist. Gaps: 7.2."));
    BOOST_TEST(countOf(html, "class=\"cell found\"") == 1U);
    BOOST_TEST(countOf(html, "class=\"cell sampled\"") == 1U);
    BOOST_TEST(countOf(html, "<line class=\"gap\"") == 1U);
    BOOST_TEST(has(html, "href=\"/two\""));
    BOOST_TEST(!has(html, "href=\"/none\""));
    map.audits.clear();
    BOOST_TEST(coverage(map).empty());
}

BOOST_AUTO_TEST_CASE(value_stands_against_effort_and_what_is_not_judged_is_said) {
    std::vector<view::ValueEffortItem> items{{"II-1", "First", "/i1", 5, 1}, {"II-2", "Second", "/i2", 0, 0}};
    const std::string html = field(items);
    BOOST_TEST(has(html, "II-1: value 5, effort 1."));
    BOOST_TEST(has(html, "1 not judged yet"));
    BOOST_TEST(!has(html, "/i2"));
    BOOST_TEST(has(html, R"(<circle class="point" cx="54" cy="18")"));
    for (int i = 3; i < 10; ++i) items.push_back({"II-" + std::to_string(i), "More", "/m", 5, 1});
    BOOST_TEST(has(field(items), ">5 more<"));
    BOOST_TEST(field({{"II-2", "Second", "/i2", 0, 0}}).empty());
}

BOOST_AUTO_TEST_CASE(hostile_words_stay_words) {
    view::StackedBars chart = ageing();
    chart.title = "<script>alert(1)</script>";
    chart.bars[0].label = "\"><img src=x>";
    chart.bars[0].parts[0].href = "javascript:alert(1)";
    const std::string html = bars(chart);
    BOOST_TEST(!has(html, "<script"));
    BOOST_TEST(!has(html, "<img"));
    BOOST_TEST(!has(html, "href=\"javascript"));
}

BOOST_AUTO_TEST_SUITE_END()

#include "tickmark/view/RunChart.h"

#include <boost/test/unit_test.hpp>
#include <regex>

using namespace tickmark;

namespace {

view::RunChart sample() {
    view::RunChart chart;
    chart.id = "run";
    chart.title = "Incidents within their service level";
    chart.unit = "%";
    chart.caption = "Each point is a group.";
    chart.points = {{"Group 1 of 4", 40, "40 % (20 of 50)"},
                    {"Group 2 of 4", 50, "50 % (25 of 50)"},
                    {"Group 3 of 4", 70, "70 % (35 of 50)"},
                    {"Group 4 of 4", 80, "80 % (40 of 50)"}};
    return chart;
}

std::string drawn(const view::RunChart& chart) {
    view::Model model;
    view::putRunChart(model, "CHART", chart);
    const view::Model::Child& child = model.children().front();
    auto html = view::render(child.templateName, child.model.front());
    BOOST_REQUIRE(html.ok());
    return *std::move(html);
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::size_t countOf(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(run_chart)

BOOST_AUTO_TEST_CASE(a_share_runs_from_zero_to_a_hundred_and_every_point_is_drawn) {
    const std::string svg = drawn(sample());
    BOOST_TEST(countOf(svg, "class=\"point\"") == 4U);
    BOOST_TEST(has(svg, ">0</text>"));
    BOOST_TEST(has(svg, ">100</text>"));
    // 40 % of the height between 214 and 28 above the bottom.
    BOOST_TEST(has(svg, "points=\"64,139.6 "), svg);
}

BOOST_AUTO_TEST_CASE(the_picture_has_a_title_and_a_description_with_every_value) {
    view::RunChart chart = sample();
    chart.target = 75;
    chart.baseline = 55.6;
    const std::string svg = drawn(chart);
    BOOST_TEST(has(svg, "role=\"img\""));
    BOOST_TEST(has(svg, "aria-labelledby=\"run-title run-words\""));
    BOOST_TEST(has(svg, "<title id=\"run-title\">Incidents within their service level</title>"));
    for (const char* part : {"Group 3 of 4: 70 % (35 of 50)", "Median 60", "Target 75", "Baseline 55.6"})
        BOOST_TEST(has(svg, part), part);
    BOOST_TEST(!has(svg, "<script"));
    BOOST_TEST(!has(svg, " style="));
}

BOOST_AUTO_TEST_CASE(what_is_not_stated_is_not_drawn) {
    const std::string svg = drawn(sample());
    BOOST_TEST(!has(svg, "level target"));
    BOOST_TEST(!has(svg, "level baseline"));
    BOOST_TEST(!has(svg, "class=\"live\""));
    BOOST_TEST(has(svg, "level median"));
}

BOOST_AUTO_TEST_CASE(the_change_stands_between_the_points_before_and_after_it) {
    view::RunChart chart = sample();
    chart.liveAfter = 2;
    chart.liveLabel = "2016-03-02";
    const std::string svg = drawn(chart);
    // Points stand at 64, 242.7, 421.3 and 600.
    BOOST_TEST(has(svg, "<line class=\"live\" x1=\"332\""), svg);
    BOOST_TEST(has(svg, "Live on 2016-03-02"));
    chart.liveAfter = 2.5;
    BOOST_TEST(has(drawn(chart), "<line class=\"live\" x1=\"421.3\""));
    chart.liveAfter = 0;
    BOOST_TEST(has(drawn(chart), "<line class=\"live\" x1=\"64\""));
    chart.liveAfter = 9;
    BOOST_TEST(has(drawn(chart), "<line class=\"live\" x1=\"600\""));
}

BOOST_AUTO_TEST_CASE(one_point_negative_values_and_equal_values_are_drawn_inside_the_picture) {
    for (const auto& values : std::vector<std::vector<double>>{
             {5}, {0}, {-3, -3}, {-10, 4, 2}, {1e12, 3}, {0.0001, 0.0002}, {1e-300, 0}, {7, 7, 7}}) {
        view::RunChart chart = sample();
        chart.unit = "hours";
        chart.points.clear();
        for (const double value : values) chart.points.push_back({"P", value, "x"});
        const std::string svg = drawn(chart);
        const std::regex place("c[xy]=\"([^\"]*)\"");
        std::size_t found = 0;
        for (std::sregex_iterator at(svg.begin(), svg.end(), place), end; at != end; ++at) {
            const double number = std::stod((*at)[1]);
            BOOST_TEST((number >= 28 && number <= 600), (*at)[0].str());
            ++found;
        }
        BOOST_TEST(found == 2 * values.size());
    }
}

BOOST_AUTO_TEST_CASE(labels_of_levels_that_lie_together_do_not_cover_each_other) {
    view::RunChart chart = sample();
    chart.baseline = 60;
    chart.target = 60.5;
    const std::string svg = drawn(chart);
    const std::regex place("level-word [a-z]*\" x=\"608\" y=\"([^\"]*)\"");
    std::vector<double> places;
    for (std::sregex_iterator at(svg.begin(), svg.end(), place), end; at != end; ++at)
        places.push_back(std::stod((*at)[1]));
    BOOST_REQUIRE(places.size() == 3U);
    BOOST_TEST(places[1] - places[0] >= 13.9);
    BOOST_TEST(places[2] - places[1] >= 13.9);
}

BOOST_AUTO_TEST_SUITE_END()

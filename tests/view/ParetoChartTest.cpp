#include "tickmark/view/ParetoChart.h"

#include <boost/test/unit_test.hpp>
#include <regex>
#include <string>

using namespace tickmark;

namespace {

std::string drawn(const std::vector<view::ParetoBar>& bars, std::size_t most = 12) {
    view::Model model;
    view::putPareto(model.add("HAS_GROUPS"), "p", "Findings by clause", bars, most);
    auto html = view::render("pages/trends.html", model);
    BOOST_REQUIRE(html.ok());
    return *html;
}

std::vector<std::string> all(const std::string& html, const std::string& pattern) {
    std::vector<std::string> found;
    const std::regex expression(pattern);
    for (std::sregex_iterator at(html.begin(), html.end(), expression), end; at != end; ++at)
        found.push_back((*at)[1]);
    return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pareto_chart)

BOOST_AUTO_TEST_CASE(bars_begin_at_zero_and_the_line_ends_at_the_whole) {
    const std::string html =
        drawn({{"8.6.1", 6, "/findings?clause=8.6.1"}, {"8.5.1", 3, "/x"}, {"7.5", 1, "/y"}});
    const std::vector<std::string> widths =
        all(html, "class=\"bar\" x=\"220\" y=\"[0-9]+\" width=\"([0-9]+)\"");
    BOOST_TEST(widths == (std::vector<std::string>{"380", "190", "63"}), boost::test_tools::per_element());
    const std::vector<std::string> shares = all(html, "class=\"share\" x=\"[0-9]+\" y=\"[0-9]+\">([^<]+)<");
    BOOST_TEST(shares == (std::vector<std::string>{"60 %", "90 %", "100 %"}),
               boost::test_tools::per_element());
    BOOST_TEST(all(html, "points=\"([^\"]+)\"").front() == "448,15 562,45 600,75");
    BOOST_TEST(html.find("8.6.1: 6 (together 60 %), 8.5.1: 3 (together 90 %), 7.5: 1 (together 100 %).") !=
               std::string::npos);
    BOOST_TEST(html.find("href=\"/findings?clause=8.6.1\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_one_bar_without_a_link) {
    std::vector<view::ParetoBar> bars;
    for (int i = 0; i < 20; ++i)
        bars.push_back({"c" + std::to_string(i), 20 - i, "/list" + std::to_string(i)});
    const std::string html = drawn(bars, 5);
    BOOST_TEST(all(html, "class=\"(bar)\"").size() == 6U);
    BOOST_TEST(html.find(">15 others<") != std::string::npos);
    BOOST_TEST(all(html, "<a href=\"(/list[0-9]+)\"").size() == 5U);
    BOOST_TEST(html.find(">100 %<") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_long_label_is_cut_and_its_description_is_not) {
    const std::string label(60, 'x');
    const std::string html = drawn({{label, 1, "/x"}});
    BOOST_TEST(html.find(label + ": 1") != std::string::npos);
    BOOST_TEST(html.find(std::string(31, 'x') + "\xE2\x80\xA6<") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(nothing_to_count_draws_nothing) {
    BOOST_TEST(drawn({}).find("<svg class=\"diagram") == std::string::npos);
    BOOST_TEST(drawn({{"a", 0, "/a"}}).find("<svg class=\"diagram") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

// The pictures of causes: every word is in them, whatever the texts' length and however many branches.
#include "tickmark/view/CauseDiagrams.h"

#include <boost/test/unit_test.hpp>
#include <regex>
#include <set>
#include <string>

#include "tickmark/foundation/Text.h"

using namespace tickmark;

namespace {

bool has(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

std::string drawn(const domain::Response& response, const std::string& problem = "Tickets close early") {
    view::Model model;
    for (const char* name : {"REF", "NAME"}) model.set(name, "x");
    view::Model& round = model.add("RESPONSE");
    view::putFiveWhys(round.add("HAS_WHYS"), "whys-1", problem, response);
    view::putFishbone(round.add("HAS_FISHBONE"), "fishbone-1", problem, response);
    auto html = view::render("pages/finding.html", model);
    BOOST_REQUIRE(html.ok());
    return *html;
}

domain::Response withBranches(std::size_t count, const std::string& cause = "no check") {
    domain::Response response;
    for (std::size_t i = 0; i < count; ++i)
        response.fishbone.push_back({"branch" + std::to_string(i), cause + std::to_string(i)});
    return response;
}

std::size_t countOf(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

/// What stands between <text …> and </text>, joined by blanks.
std::string texts(const std::string& html) {
    std::string all;
    const std::regex expression("<text[^>]*>([^<]*)</text>");
    for (std::sregex_iterator at(html.begin(), html.end(), expression), end; at != end; ++at)
        all += (*at)[1].str() + " ";
    return all;
}

struct Frame {
    double width = 0;
    double height = 0;
};
Frame frameOf(const std::string& html) {
    std::smatch found;
    BOOST_REQUIRE(std::regex_search(html, found, std::regex(R"(viewBox="0 0 ([0-9]+) ([0-9]+)\")")));
    return {std::stod(found[1]), std::stod(found[2])};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cause_diagrams)

BOOST_AUTO_TEST_CASE(lines_break_between_words_and_lose_none) {
    const auto lines = view::wrapped("one two  three\nfour", 9);
    const std::vector<std::string> expected{"one two", "three", "four"};
    BOOST_TEST(lines == expected, boost::test_tools::per_element());
    BOOST_TEST(view::wrapped(" \n ", 9).empty());
}

BOOST_AUTO_TEST_CASE(a_word_longer_than_a_line_is_broken_between_characters) {
    const auto lines = view::wrapped("a \xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F\xC3\xA9 b", 3);
    const std::vector<std::string> expected{"a", "\xC3\xA4\xC3\xB6\xC3\xBC", "\xC3\x9F\xC3\xA9", "b"};
    BOOST_CHECK_EQUAL_COLLECTIONS(lines.begin(), lines.end(), expected.begin(), expected.end());
    for (std::size_t width = 0; width < 12; ++width) {
        for (const std::string& line : view::wrapped("\xF0\x9F\x90\x9F\xF0\x9F\x90\x9Fx \xC3\xA4", width))
            BOOST_TEST(isUtf8(line));
    }
}

BOOST_AUTO_TEST_CASE(the_chain_goes_from_the_problem_over_each_why_to_the_root_causes) {
    domain::Response response;
    response.whys = {"Nobody asked the user", "The form lacks the field"};
    response.rootCauses = {{"RC-1", "No rule asks for it"}};
    const std::string html = drawn(response);
    const std::string words = texts(html);
    const auto problem = words.find("Tickets close early");
    const auto first = words.find("Nobody asked the user");
    const auto second = words.find("The form lacks the field");
    const auto root = words.find("No rule asks for it");
    BOOST_TEST((problem < first && first < second && second < root && root != std::string::npos));
    BOOST_TEST(countOf(html, "<rect") == 4U);
    BOOST_TEST(has(html, "role=\"img\""));
    BOOST_TEST(has(html, "aria-labelledby=\"whys-1-title whys-1-words\""));
    BOOST_TEST(has(html, "Why 2: The form lacks the field."));
    BOOST_TEST(!has(html, "fishbone-1"));
}

BOOST_AUTO_TEST_CASE(a_response_without_whys_and_fishbone_draws_nothing) {
    BOOST_TEST(!has(drawn({}), "<svg class=\"diagram\""));
}

BOOST_AUTO_TEST_CASE(any_number_of_branches_is_drawn_inside_the_frame) {
    for (const std::size_t count : {1U, 2U, 3U, 6U, 7U, 25U, 100U}) {
        const std::string html = drawn(withBranches(count, std::string(40, 'w')));
        const Frame frame = frameOf(html);
        BOOST_TEST_CONTEXT(count) {
            BOOST_TEST(countOf(html, "class=\"bone\"") == count);
            const std::regex place(R"re(<text[^>]* x="(-?[0-9]+)" y="(-?[0-9]+)")re");
            for (std::sregex_iterator at(html.begin(), html.end(), place), end; at != end; ++at) {
                BOOST_TEST((std::stod((*at)[1]) > 0 && std::stod((*at)[1]) < frame.width));
                BOOST_TEST((std::stod((*at)[2]) > 0 && std::stod((*at)[2]) < frame.height));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(no_two_lines_of_a_fishbone_stand_on_each_other) {
    domain::Response response = withBranches(5, "a cause that needs more than one line of its column ");
    for (int i = 0; i < 4; ++i)
        response.fishbone.push_back({"branch1", "one more cause of the second branch"});
    const std::string html = drawn(response);
    std::set<std::string> places;
    const std::regex place(R"re(<text[^>]* (x="-?[0-9]+" y="-?[0-9]+"))re");
    for (std::sregex_iterator at(html.begin(), html.end(), place), end; at != end; ++at)
        BOOST_TEST(places.insert((*at)[1]).second, (*at)[1]);
    BOOST_TEST(places.size() > 20U);
}

BOOST_AUTO_TEST_CASE(causes_of_a_branch_written_in_another_case_share_its_bone) {
    domain::Response response;
    response.fishbone = {{"People", "new staff"}, {"process", "no check"}, {"people ", "no training"}};
    const std::string html = drawn(response);
    BOOST_TEST(countOf(html, "class=\"bone\"") == 2U);
    BOOST_TEST(has(html, "People: new staff; no training. process: no check."));
}

BOOST_AUTO_TEST_CASE(long_texts_are_wrapped_and_complete) {
    std::string text;
    for (int i = 0; i < 300; ++i) text += "word" + std::to_string(i) + " ";
    domain::Response response = withBranches(1, text);
    response.whys = {text};
    const std::string words = texts(drawn(response));
    for (int i = 0; i < 300; ++i) BOOST_TEST(countOf(words, "word" + std::to_string(i) + " ") >= 2U, i);
}

BOOST_AUTO_TEST_CASE(texts_are_escaped_in_the_picture_and_in_its_words) {
    domain::Response response;
    response.whys = {"<script>1</script>"};
    response.fishbone = {{"<b>", "\"><svg onload=x>"}};
    const std::string html = drawn(response);
    BOOST_TEST(!has(html, "<script>1"));
    BOOST_TEST(!has(html, "<b>"));
    BOOST_TEST(!has(html, "<svg onload"));
}

BOOST_AUTO_TEST_SUITE_END()

// The measured contrast of the design's colours, in both themes, and styles that fetch nothing.
#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <map>
#include <regex>
#include <string>
#include <utility>

#include "tickmark/view/Page.h"

using namespace tickmark;

namespace {

using Values = std::map<std::string, std::string>;

Values declarations(const std::string& block) {
    Values values;
    const std::regex one(R"((--[a-z0-9-]+)\s*:\s*([^;]+);)");
    for (std::sregex_iterator at(block.begin(), block.end(), one), end; at != end; ++at) {
        values[(*at)[1]] = (*at)[2];
    }
    return values;
}

struct Themes {
    Values light{};
    Values dark{};
};

Themes themes() {
    const std::string css(view::asset("tokens.css").text);
    const auto dark = css.find("@media (prefers-color-scheme: dark)");
    BOOST_REQUIRE(dark != std::string::npos);
    const auto darkEnd = css.find('}', dark);
    Themes both{declarations(css.substr(0, dark)), {}};
    both.dark = both.light;
    for (const auto& [name, value] : declarations(css.substr(dark, darkEnd - dark))) both.dark[name] = value;
    return both;
}

std::string resolved(const Values& values, const std::string& name) {
    std::string value = values.at(name);
    while (value.starts_with("var(")) value = values.at(value.substr(4, value.find(')') - 4));
    return value;
}

/// WCAG 2.2, relative luminance.
double luminance(const std::string& colour) {
    BOOST_REQUIRE(colour.size() == 7U);
    constexpr std::array<double, 3> weights{0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        const double part = std::stoi(colour.substr(1 + 2 * i, 2), nullptr, 16) / 255.0;
        sum += weights[i] * (part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double contrast(const Values& values, const std::string& one, const std::string& other) {
    const double a = luminance(resolved(values, one));
    const double b = luminance(resolved(values, other));
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

void reaches(double needed, const std::string& front, const std::string& back) {
    const Themes both = themes();
    BOOST_TEST(contrast(both.light, front, back) >= needed,
               "light: " << front << " on " << back << " " << contrast(both.light, front, back));
    BOOST_TEST(contrast(both.dark, front, back) >= needed,
               "dark: " << front << " on " << back << " " << contrast(both.dark, front, back));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tokens)

BOOST_AUTO_TEST_CASE(text_reaches_the_contrast_of_level_aa_in_both_themes) {
    for (const char* text : {"--text", "--text-2", "--text-3", "--accent"}) {
        for (const char* ground : {"--bg", "--surface", "--surface-sunk", "--nav-bg"})
            reaches(4.5, text, ground);
    }
    reaches(4.5, "--on-accent", "--accent");
    reaches(4.5, "--on-accent", "--accent-hover");
    reaches(4.5, "--text", "--accent-soft");
    reaches(4.5, "--text", "--selection");
}

BOOST_AUTO_TEST_CASE(dark_by_choice_is_dark_by_the_system) {
    const std::string css(view::asset("tokens.css").text);
    const auto bySystem = css.find("@media (prefers-color-scheme: dark)");
    const auto byChoice = css.find(":root[data-theme=\"dark\"]");
    BOOST_REQUIRE(bySystem < byChoice);
    BOOST_REQUIRE(byChoice != std::string::npos);
    const Values one = declarations(css.substr(bySystem, css.find('}', bySystem) - bySystem));
    const Values other = declarations(css.substr(byChoice, css.find('}', byChoice) - byChoice));
    BOOST_TEST(one.size() > 30U);
    BOOST_TEST((one == other));
}

BOOST_AUTO_TEST_CASE(every_tone_reads_on_its_own_ground_and_on_a_panel) {
    for (const char* tone : {"neutral", "info", "good", "warn", "bad"}) {
        const std::string name = std::string("--") + tone;
        reaches(4.5, name + "-fg", name + "-bg");
        reaches(4.5, name + "-fg", "--surface");
        reaches(4.5, "--text", name + "-bg");
    }
}

BOOST_AUTO_TEST_CASE(borders_of_controls_and_the_focus_stand_out) {
    for (const char* ground : {"--bg", "--surface"}) {
        reaches(3.0, "--control-line", ground);
        reaches(3.0, "--focus", ground);
    }
}

BOOST_AUTO_TEST_CASE(styles_fetch_nothing_and_name_no_colour_of_their_own) {
    for (const char* name : {"tokens.css", "tickmark.css"}) {
        const std::string css(view::asset(name).text);
        BOOST_REQUIRE(!css.empty());
        for (const char* part : {"url(", "@import", "@font-face", "data:", "http:", "https:"}) {
            BOOST_TEST(css.find(part) == std::string::npos, name << " has " << part);
        }
    }
    // Paper is white whatever the theme, so the part for print may say so.
    std::string css(view::asset("tickmark.css").text);
    css.resize(std::min(css.size(), css.find("@media print")));
    std::smatch colour;
    const bool any = std::regex_search(css, colour, std::regex(R"([:\s]#[0-9a-fA-F]{3,8}\b)"));
    BOOST_TEST(!any, colour.str());
}

BOOST_AUTO_TEST_CASE(every_value_that_a_style_uses_is_a_token) {
    const Values known = themes().light;
    const std::string css(view::asset("tickmark.css").text);
    const Values own = declarations(css);
    const std::regex use(R"(var\((--[a-z0-9-]+))");
    for (std::sregex_iterator at(css.begin(), css.end(), use), end; at != end; ++at) {
        const std::string name = (*at)[1];
        BOOST_TEST((known.contains(name) || own.contains(name)), name);
    }
}

BOOST_AUTO_TEST_SUITE_END()

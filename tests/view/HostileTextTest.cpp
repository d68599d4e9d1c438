// Whatever a text says, the page keeps its shape: hostile texts in every place of every template.
#include <array>
#include <boost/test/unit_test.hpp>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tickmark/view/Page.h"

using namespace tickmark;

namespace {

constexpr const char* mark = "zq9";
constexpr std::array<const char*, 9> hostileTexts{
    "<script>alert(1)</script>zq9",
    "\"><img src=x onerror=alert(1)>zq9",
    "' onmouseover='alert(1)' zq9",
    "zq9</textarea></title></pre><svg onload=alert(1)>",
    "zq9\" autofocus onfocus=\"alert(1)",
    "-->zq9<!--",
    "zq9{{#ROW}}{{>BODY}}",
    "zq9\r\n\t<a href=/x>",
    "zq9 \xE2\x80\xAE &lt;b&gt; \xC2\xA0=`",
};

struct Names {
    std::set<std::string> texts{};
    std::set<std::string> sections{};
    std::set<std::string> includes{};
};

Names namesIn(std::string_view text) {
    Names names;
    const std::regex marker(R"(\{\{([#>/]?)([A-Z0-9_]+)(:[a-z]+)?\}\})");
    for (std::cregex_iterator at(text.data(), text.data() + text.size(), marker), end; at != end; ++at) {
        const std::string kind = (*at)[1];
        const std::string name = (*at)[2];
        if (kind == "#") names.sections.insert(name);
        if (kind == ">") names.includes.insert(name);
        if (kind.empty()) names.texts.insert(name);
    }
    return names;
}

std::string_view templateNamed(std::string_view name) {
    for (const auto& [known, text] : view::allTemplates()) {
        if (known == name) return text;
    }
    BOOST_FAIL("no template " << name);
    return {};
}

/// The template that a page's include stands for.
std::string_view templateOf(const std::string& include) {
    if (include == "SPRITE") return "parts/sprite.html";
    if (include == "STEPPER") return "parts/stepper.html";
    if (include == "STEPS") return "parts/steps.html";
    if (include == "EVIDENCE") return "parts/evidence-list.html";
    if (include == "PREVIEW") return "parts/preview.html";
    if (include == "UPLOAD") return "parts/upload.html";
    if (include == "CHART") return "parts/run-chart.html";
    if (include == "TOOLS") return "parts/list-tools.html";
    if (include == "BULK") return "parts/bulk.html";
    if (include == "RUNS") return "parts/runs.html";
    if (include == "LESSONS") return "parts/lessons.html";
    if (include == "API_FIELDS") return "parts/api-fields.html";
    if (include == "CONFLICT") return "parts/conflict.html";
    if (include == "BODY") return "pages/error.html";
    if (include == "AGEING_CHART" || include == "BARS_CHART") return "parts/stacked-bars.html";
    if (include == "FLOW_CHART") return "parts/flow.html";
    if (include == "FIELD_CHART") return "parts/value-effort.html";
    if (include == "COVERAGE_CHART") return "parts/coverage.html";
    if (include == "PARETO_CHART") return "parts/pareto.html";
    if (include.ends_with("_DIAGRAM")) return "parts/diagram.html";
    BOOST_TEST(include.ends_with("STATUS"), "teach this test what {{>" << include << "}} is");
    return "parts/status.html";
}

/// Every text is `value`, every section is shown once, every include is filled alike.
void fillAll(view::Model& model, std::string_view templateName, const std::string& value) {
    const Names names = namesIn(templateNamed(templateName));
    for (const std::string& name : names.texts) model.set(name, value);
    for (const std::string& name : names.sections) model.show(name);
    for (const std::string& name : names.includes) {
        const std::string_view part = templateOf(name);
        fillAll(model.include(name, part), part, value);
    }
}

std::string rendered(std::string_view templateName, const std::string& value) {
    view::Model model;
    fillAll(model, templateName, value);
    auto html = view::render(templateName, model);
    BOOST_REQUIRE(html.ok());
    return *std::move(html);
}

struct Shape {
    std::vector<std::string> tags{};       ///< each tag with the names of its attributes
    std::vector<std::string> addresses{};  ///< values of attributes that lead somewhere
};

bool isSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/// Reads one tag from just after its "<" and returns where it ended.
std::size_t readTag(const std::string& html, std::size_t at, Shape& shape) {
    std::string tag;
    while (at < html.size() && !isSpace(html[at]) && html[at] != '>') tag += html[at++];
    while (at < html.size() && html[at] != '>') {
        if (isSpace(html[at]) || html[at] == '/') {
            ++at;
            continue;
        }
        std::string name;
        while (at < html.size() && !isSpace(html[at]) && html[at] != '=' && html[at] != '>')
            name += html[at++];
        tag += " " + name;
        if (at >= html.size() || html[at] != '=') continue;
        BOOST_REQUIRE(html.at(++at) == '"');
        const auto end = html.find('"', ++at);
        BOOST_REQUIRE(end != std::string::npos);
        const bool leads = name == "href" || name == "src" || name == "action";
        if (leads) shape.addresses.push_back(html.substr(at, end - at));
        at = end + 1;
    }
    shape.tags.push_back(tag);
    return at;
}

Shape shapeOf(const std::string& html) {
    Shape shape;
    for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at)) {
        at = readTag(html, at + 1, shape);
    }
    return shape;
}

std::size_t countOf(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hostile_text)

BOOST_AUTO_TEST_CASE(no_text_changes_the_shape_of_any_page) {
    std::size_t places = 0;
    for (const auto& [name, text] : view::allTemplates()) {
        const std::string plain = rendered(name, mark);
        const Shape expected = shapeOf(plain);
        places += countOf(plain, mark);
        for (const char* hostile : hostileTexts) {
            BOOST_TEST_CONTEXT(name << " with " << hostile) {
                const std::string html = rendered(name, hostile);
                BOOST_TEST(shapeOf(html).tags == expected.tags, boost::test_tools::per_element());
                BOOST_TEST(countOf(html, mark) == countOf(plain, mark));
            }
        }
    }
    BOOST_TEST(places > 300U);
}

BOOST_AUTO_TEST_CASE(no_text_makes_an_address_that_runs_something) {
    std::size_t addresses = 0;
    for (const char* hostile : {"javascript:alert(1)", " JAVASCRIPT:alert(1)", "java\nscript:alert(1)",
                                "data:text/html,x", "vbscript:x"}) {
        for (const auto& [name, text] : view::allTemplates()) {
            for (const std::string& address : shapeOf(rendered(name, hostile)).addresses) {
                const bool fixed = address.starts_with("/") || address.starts_with("#");
                BOOST_TEST(fixed, name << " leads to " << address);
                ++addresses;
            }
        }
    }
    BOOST_TEST(addresses > 100U);
}

BOOST_AUTO_TEST_CASE(what_looks_escaped_already_is_escaped_again) {
    const std::string html = rendered("pages/error.html", "&lt;b&gt; & &amp;");
    BOOST_TEST(countOf(html, "&amp;lt;b&amp;gt; &amp; &amp;amp;") > 2U);
}

BOOST_AUTO_TEST_SUITE_END()

// Templates of the report: what is refused and where, what a hostile text can do, and the documented model.
#include "tickmark/view/ReportTemplates.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "tickmark/view/ReportFields.h"

using namespace tickmark;
using view::ReportTemplates;

namespace {

constexpr const char* pragma = "{{%AUTOESCAPE context=\"HTML\"}}";

ReportTemplates with(const std::string& body, const std::string& style = "p { margin: 0 }") {
    return {{"report.html", pragma + body}, {"report.css", style}};
}

/// "line field" of each mistake, joined by blanks.
std::string mistakesOf(const ReportTemplates& templates) {
    std::string all;
    for (const auto& mistake : view::checkReportTemplates(templates)) {
        BOOST_TEST(!mistake.message.empty());
        all += (all.empty() ? "" : ", ") + std::to_string(mistake.line) + " " + mistake.field;
    }
    return all;
}

std::string htmlOf(const ReportTemplates& templates, const codec::Json& data) {
    auto document = view::renderReport(templates, data, {});
    if (!document) BOOST_TEST_MESSAGE(describe(document.error()));
    BOOST_REQUIRE(document.ok());
    return document->html;
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

codec::Json hostile(const codec::Json& value, const std::string& text) {
    if (value.text() != nullptr) return text;
    if (value.items() != nullptr) {
        codec::Json list = codec::Json::array();
        for (const codec::Json& item : *value.items()) list.push(hostile(item, text));
        return list;
    }
    if (value.members() == nullptr) return value;
    codec::Json object = codec::Json::object();
    for (const auto& [name, member] : *value.members()) object.set(name, hostile(member, text));
    return object;
}

/// Every tag of a document, without its values.
std::string shapeOf(const std::string& html) {
    std::string shape;
    bool inTag = false;
    bool quoted = false;
    for (std::size_t at = html.find("<main id"); at < html.size(); ++at) {
        const char c = html[at];
        if (!inTag && c == '<') inTag = true;
        if (inTag && c == '"') quoted = !quoted;
        if (inTag && !quoted) shape += c;
        if (inTag && !quoted && c == '>') inTag = false;
    }
    return shape;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(report_templates)

BOOST_AUTO_TEST_CASE(the_templates_that_come_with_the_program_have_no_mistake) {
    const auto mistakes = view::checkReportTemplates(view::defaultReportTemplates());
    for (const auto& one : mistakes) {
        BOOST_TEST_ERROR(one.file << ":" << one.line << " " << one.field << ": " << one.message);
    }
    const std::string html = htmlOf(view::defaultReportTemplates(), view::sampleReport());
    for (const view::ReportField& field : view::reportFields()) {
        const bool isShort = field.path.ends_with("_short");
        if (field.kind != view::ReportFieldKind::Text || isShort || field.path.ends_with("count")) continue;
        if (field.path == "digest") continue;
        BOOST_TEST(holds(html, "Sample of " + std::string(field.path)), field.path << " is not shown");
    }
}

BOOST_AUTO_TEST_CASE(a_mistake_is_named_with_its_line_and_field) {
    BOOST_TEST(mistakesOf(with("<p>{{TITLE}}</p>")).empty());
    BOOST_TEST(mistakesOf(with("<p>\n{{COLOUR}}</p>")) == "2 COLOUR");
    BOOST_TEST(mistakesOf(with("\n\n{{REQUIREMENT}}")) == "3 REQUIREMENT");
    BOOST_TEST(mistakesOf(with("\n{{#FINDINGS}}\n<p>{{TITLE}}</p>")) == "2 FINDINGS");
    BOOST_TEST(mistakesOf(with("{{#FINDINGS}}\n{{/TEAM}}{{/FINDINGS}}")) == "2 TEAM");
    BOOST_TEST(mistakesOf(with("{{/TEAM}}")) == "1 TEAM");
    BOOST_TEST(mistakesOf(with("<p>\n{{TITLE:none}}</p>")) == "2 TITLE");
    BOOST_TEST(mistakesOf(with("<p>{{TITLE:p}}</p>")).empty());
    BOOST_TEST(mistakesOf(with("{{FINDINGS}}")) == "1 FINDINGS");
    BOOST_TEST(mistakesOf(with("{{#TITLE}}{{/TITLE}}")) == "1 TITLE");
    BOOST_TEST(mistakesOf(with("{{#FINDINGS}}{{#FINDINGS}}{{/FINDINGS}}{{/FINDINGS}}")) == "1 FINDINGS");
    BOOST_TEST(mistakesOf(with("\n{{TITLE")) == "2 {{TITLE");
    BOOST_TEST(mistakesOf(with("{{=<% %>=}}")) == "1 {{=");
    BOOST_TEST(mistakesOf(with("<p>\n{{>NOTHING}}")) == "2 NOTHING");
    BOOST_TEST(mistakesOf(with("{{>REPORT}}")) == "1 REPORT");
    BOOST_TEST(mistakesOf(with("{{>PARETO_CHART}}")) == "1 PARETO_CHART");
    BOOST_TEST(mistakesOf(with("<p>\n{{%AUTOESCAPE context=\"JAVASCRIPT\"}}")) == "2 AUTOESCAPE");
    BOOST_TEST(mistakesOf({{"report.html", "<p>{{TITLE}}"}, {"report.css", ""}}) == "1 AUTOESCAPE");
    BOOST_TEST(mistakesOf({{"report.css", ""}}) == "0 ");
    BOOST_TEST(mistakesOf({{"report.html", pragma}}) == "0 ");
}

BOOST_AUTO_TEST_CASE(scripts_and_references_outside_are_refused) {
    BOOST_TEST(mistakesOf(with("<p>\n<script>1</script>")) == "2 <script>");
    BOOST_TEST(mistakesOf(with("<ScRiPt/x>1</script>")) == "1 <script>");
    BOOST_TEST(mistakesOf(with("\n<img src=\"file:///etc/passwd\">")) == "2 src");
    BOOST_TEST(mistakesOf(with("<img/src=logo.png>")) == "1 src");
    BOOST_TEST(mistakesOf(with("<link rel=attachment href=x>")) == "1 <link>, 1 href");
    BOOST_TEST(mistakesOf(with("<p onclick=\"x\">")) == "1 onclick");
    BOOST_TEST(mistakesOf(with("<p style=\"color:red\">")) == "1 style");
    BOOST_TEST(mistakesOf(with("<a href=\"https://example.org\">x</a>")) == "1 href");
    BOOST_TEST(mistakesOf(with("<a href=\"#f\">x</a>")).empty());
    BOOST_TEST(mistakesOf(with("<svg><image xlink:href='data:x'/></svg>")) == "1 xlink:href");
    BOOST_TEST(mistakesOf(with("<style>p{}</style>")) == "1 <style>");
    BOOST_TEST(mistakesOf(with("", "p {}\np { background: url(x) }")) == "2 url(");
    BOOST_TEST(mistakesOf(with("", "p { background: u\\72 l(x) }")) == "1 url(");
    BOOST_TEST(mistakesOf(with("", "@IMPORT 'x';")) == "1 @import");
    BOOST_TEST(mistakesOf(with("", "</style><script>")) == "1 <, 1 <");
}

BOOST_AUTO_TEST_CASE(mistakes_in_a_part_carry_its_name) {
    ReportTemplates templates = with("{{#FINDINGS}}{{>ONE_FINDING}}{{/FINDINGS}}");
    templates["one-finding.html"] = std::string(pragma) + "\n{{REQUIREMENT}} {{NAME}}";
    const auto mistakes = view::checkReportTemplates(templates);
    BOOST_REQUIRE(mistakes.size() == 1U);
    BOOST_TEST(mistakes.front().file == "one-finding.html");
    BOOST_TEST(mistakes.front().line == 2U);
    BOOST_TEST(mistakes.front().field == "NAME");
    BOOST_TEST(holds(mistakes.front().message, "team.name"));
}

BOOST_AUTO_TEST_CASE(templates_with_mistakes_are_never_rendered) {
    const auto refused = view::renderReport(with("{{COLOUR}}"), view::sampleReport(), {});
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().type == "report-template");
    BOOST_REQUIRE(refused.error().parts.size() == 1U);
    BOOST_TEST(refused.error().parts.front().field == "report.html:1 COLOUR");
}

BOOST_AUTO_TEST_CASE(a_part_sees_the_fields_of_its_place_and_around_it) {
    ReportTemplates templates = with("{{#FINDINGS}}{{#ACTIONS}}{{>ROW}}{{/ACTIONS}}{{/FINDINGS}}");
    templates["row.html"] = std::string(pragma) + "<p>{{TITLE}} of {{REQUIREMENT}} in {{ORGANISATION}}</p>";
    const std::string html = htmlOf(templates, view::sampleReport());
    BOOST_TEST(holds(html,
                     "Sample of findings.actions.title 2 of Sample of findings.requirement 2 in Sample "
                     "of organisation"));
}

BOOST_AUTO_TEST_CASE(a_field_that_is_missing_inside_is_not_taken_from_around_it) {
    std::set<std::string> seen;
    for (const view::ReportField& field : view::reportFields()) {
        for (auto dot = field.path.rfind('.'); dot != std::string_view::npos && dot > 0;) {
            dot = field.path.rfind('.', dot - 1);
            const std::string_view around =
                dot == std::string_view::npos ? std::string_view() : field.path.substr(0, dot);
            const std::string path = (around.empty() ? std::string() : std::string(around) + ".") +
                                     std::string(field.path.substr(field.path.rfind('.') + 1));
            const view::ReportField* outer = view::reportField(path);
            if (outer == nullptr) continue;
            BOOST_TEST((field.when == "always" && outer->when == "always"),
                       field.path << " hides " << path << ", and one of them may be missing");
            BOOST_TEST((field.kind == outer->kind), field.path << " is of another kind than " << path);
        }
    }
}

BOOST_AUTO_TEST_CASE(hostile_texts_leave_the_shape_of_the_report_as_it_is) {
    const codec::Json sample = view::sampleReport();
    const std::string plain = shapeOf(htmlOf(view::defaultReportTemplates(), hostile(sample, "plain")));
    for (const char* text : {"<script>alert(1)</script>", "\"><img src=file:///etc/passwd>",
                             "' onmouseover='x", "</style><link rel=attachment href=file:///etc/passwd>",
                             "{{#FINDINGS}}{{TITLE}}", "]]>--><svg onload=x>"}) {
        BOOST_TEST_CONTEXT(text) {
            const std::string html = htmlOf(view::defaultReportTemplates(), hostile(sample, text));
            BOOST_TEST(shapeOf(html) == plain);
            BOOST_TEST(!holds(html, "<script"));
        }
    }
}

BOOST_AUTO_TEST_CASE(reference_and_digest_reach_every_page_as_a_css_string_that_cannot_end) {
    codec::Json data = view::sampleReport();
    data.set("reference", "IA-1\"}</style><p>");
    const auto document = view::renderReport(view::defaultReportTemplates(), data, {});
    BOOST_REQUIRE(document.ok());
    BOOST_TEST(holds(document->style, "IA-1\\22 \\7d \\3c \\2f style"));
    BOOST_TEST(!holds(document->style, "</style"));
    BOOST_TEST(holds(document->style, "counter(page)"));
    BOOST_TEST(holds(document->html, view::reportDigest(data)));
}

BOOST_AUTO_TEST_CASE(the_digest_is_of_the_data_alone) {
    const codec::Json data = view::sampleReport();
    codec::Json other = data;
    other.set("conclusion", "Another");
    BOOST_TEST(view::reportDigest(data) == view::reportDigest(view::sampleReport()));
    BOOST_TEST(view::reportDigest(data) != view::reportDigest(other));
    BOOST_TEST(htmlOf(view::defaultReportTemplates(), data) == htmlOf(view::defaultReportTemplates(), data));
}

BOOST_AUTO_TEST_CASE(the_documented_model_is_the_one_in_the_code) {
    std::ifstream file(std::filesystem::path(TICKMARK_SOURCE_DIR) / "docs/report-templates.md");
    BOOST_REQUIRE(file.good());
    std::set<std::string> documented;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("| `")) documented.insert(line);
    }
    std::set<std::string> coded;
    for (const view::ReportField& field : view::reportFields()) {
        coded.insert("| `" + std::string(field.path) + "` | `" + view::templateName(field.path) + "` | " +
                     std::string(view::wordOf(field.kind)) + " | " + std::string(field.when) + " | " +
                     std::string(field.meaning) + " |");
    }
    BOOST_TEST(documented == coded, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

// Rules that hold in every template, so that no single page can break the escaping or the content policy.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <regex>
#include <set>
#include <string>

#include "tickmark/view/Page.h"

using namespace tickmark;

namespace {

constexpr std::string_view pragma = R"({{%AUTOESCAPE context="HTML"}})";

std::string all() {
    std::string out;
    for (const auto& [name, text] : view::allTemplates()) out.append(text).append("\n");
    return out;
}

/// Every match of `pattern` in every template, each with the template's name in front.
std::vector<std::string> matches(const std::string& pattern, std::size_t group = 0) {
    const std::regex expression(pattern, std::regex::icase);
    std::vector<std::string> out;
    for (const auto& [name, text] : view::allTemplates()) {
        for (std::cregex_iterator at(text.data(), text.data() + text.size(), expression), end; at != end;
             ++at) {
            out.push_back(std::string(name) + ": " + (*at)[group].str());
        }
    }
    return out;
}

void nowhere(const std::string& pattern) {
    for (const std::string& found : matches(pattern)) BOOST_TEST_ERROR("not allowed: " << found);
}

/// The text between an opening tag that fits and its closing tag.
std::vector<std::string> formsThatPost() { return matches(R"(<form method="post"[\s\S]*?</form>)"); }

}  // namespace

BOOST_AUTO_TEST_SUITE(template_rules)

BOOST_AUTO_TEST_CASE(every_template_of_the_source_is_part_of_the_program) {
    std::set<std::string> embedded;
    for (const auto& [name, text] : view::allTemplates()) embedded.insert(std::string(name));
    const std::filesystem::path root = std::filesystem::path(TICKMARK_SOURCE_DIR) / "templates";
    std::set<std::string> onDisk;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
        const bool ofReport = entry.path().parent_path().filename() == "report";  // ReportTemplatesTest
        if (entry.path().extension() == ".html" && !ofReport) {
            onDisk.insert(std::filesystem::relative(entry.path(), root).string());
        }
    }
    BOOST_TEST(onDisk.size() > 20U);
    BOOST_TEST(embedded == onDisk, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_template_starts_with_the_pragma_that_escapes) {
    for (const auto& [name, text] : view::allTemplates()) {
        BOOST_TEST(text.starts_with(pragma), name);
        BOOST_TEST(text.find("{{%", pragma.size()) == std::string_view::npos,
                   name << " has a second pragma, which could change the first");
    }
}

BOOST_AUTO_TEST_CASE(no_template_chooses_a_modifier_but_the_one_that_keeps_line_breaks) {
    for (const std::string& found : matches(R"(\{\{[^}%]*:[^}]*\}\})")) {
        BOOST_TEST(found.ends_with(":p}}"), found);
    }
}

BOOST_AUTO_TEST_CASE(no_template_needs_more_than_the_content_policy_gives) {
    nowhere(R"(<style)");
    nowhere(R"(<[a-z][^>]*\sstyle\s*=)");
    nowhere(R"(<[a-z][^>]*\son[a-z]+\s*=)");
    nowhere(R"(javascript:)");
    nowhere(R"((src|href|action)\s*=\s*"?(data:|https?:|//))");
    nowhere(R"(<(object|embed|base|applet)\b)");
    nowhere(R"(<iframe(?![^>]* sandbox="")[^>]*>)");
    const auto scripts = matches(R"(<script[^>]*>[^<]*)");
    BOOST_TEST(!scripts.empty());
    for (const std::string& script : scripts) {
        BOOST_TEST(script.find(R"(src="/assets/)") != std::string::npos, script);
        BOOST_TEST(script.ends_with(">"), script << " holds a script of its own");
    }
}

BOOST_AUTO_TEST_CASE(every_form_that_posts_brings_the_secret_before_anything_else) {
    const auto forms = formsThatPost();
    BOOST_TEST(forms.size() > 10U);
    const std::regex firstControl(R"(<(input|select|textarea)\b[^>]*>)");
    for (const std::string& form : forms) {
        if (form.starts_with("pages/login.html")) continue;  // nobody is signed in yet
        std::smatch first;
        BOOST_REQUIRE(std::regex_search(form, first, firstControl));
        BOOST_TEST(first.str() == R"(<input type="hidden" name="csrf" value="{{CSRF}}">)",
                   form.substr(0, 160));
    }
}

BOOST_AUTO_TEST_CASE(a_file_stands_last_in_its_form) {
    const auto forms = matches(R"(<form[^>]*multipart/form-data[\s\S]*?</form>)");
    BOOST_TEST(!forms.empty());
    for (const std::string& form : forms) {
        const auto file = form.find(R"(type="file")");
        BOOST_REQUIRE(file != std::string::npos);
        BOOST_TEST(form.find("name=\"", form.find('>', file)) == std::string::npos, form.substr(0, 160));
    }
}

BOOST_AUTO_TEST_CASE(every_control_has_a_name_that_is_read_aloud) {
    const std::regex labelled(R"(<label[\s\S]*?</label>)");
    for (const auto& [name, text] : view::allTemplates()) {
        const std::string rest = std::regex_replace(std::string(text), labelled, "");
        const std::regex bare(
            R"rx(<(input|select|textarea)\b(?![^>]*(type="(hidden|submit)"|aria-label))[^>]*>)rx");
        std::smatch found;
        const bool any = std::regex_search(rest, found, bare);
        BOOST_TEST(!any, name << ": " << found.str());
    }
}

BOOST_AUTO_TEST_CASE(texts_of_several_lines_keep_their_lines) {
    for (const std::string& found : matches(R"(<textarea[^>]*>\{\{[A-Z_]+\}\}</textarea>)")) {
        BOOST_TEST_ERROR("line breaks would become spaces: " << found);
    }
    for (const std::string& found : matches(R"(class="prose">(<strong>)?\{\{[A-Z_]+\}\})")) {
        BOOST_TEST_ERROR("line breaks would become spaces: " << found);
    }
}

BOOST_AUTO_TEST_CASE(every_symbol_that_is_used_is_in_the_sprite_once) {
    std::set<std::string> known;
    const std::string sprite = all();
    const std::regex symbol(R"rx(<symbol id="([^"]+)")rx");
    for (std::sregex_iterator at(sprite.begin(), sprite.end(), symbol), end; at != end; ++at) {
        BOOST_TEST(known.insert((*at)[1].str()).second, (*at)[1].str());
    }
    const std::regex use(R"rx(<use href="#([^"{]+)")rx");
    for (std::sregex_iterator at(sprite.begin(), sprite.end(), use), end; at != end; ++at) {
        BOOST_TEST(known.contains((*at)[1].str()), (*at)[1].str());
    }
}

BOOST_AUTO_TEST_CASE(every_page_has_one_first_heading) {
    for (const auto& [name, text] : view::allTemplates()) {
        if (!name.starts_with("pages/") || name == "pages/layout.html") continue;
        std::size_t count = 0;
        for (std::size_t at = text.find("<h1"); at != std::string_view::npos; at = text.find("<h1", at + 1))
            ++count;
        BOOST_TEST(count == 1U, name << " has " << count);
    }
}

BOOST_AUTO_TEST_SUITE_END()

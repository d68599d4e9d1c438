// Rendering: escaping by context, sections, includes, many threads at once.
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <string>
#include <thread>
#include <vector>

#include "tickmark/view/Page.h"

using namespace tickmark;

namespace {

constexpr const char* hostile = "<script>alert('x')</script>\"&";

std::string rendered(std::string_view name, const view::Model& model) {
    auto html = view::render(name, model);
    BOOST_REQUIRE(html.ok());
    return *std::move(html);
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

view::Model layoutAround(const char* body) {
    view::Model model;
    model.include("SPRITE", "parts/sprite.html");
    model.include("BODY", body);
    return model;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(render)

BOOST_AUTO_TEST_CASE(every_template_renders_without_being_filled) {
    for (const auto& [name, text] : view::allTemplates()) {
        BOOST_TEST_CONTEXT(name) { BOOST_TEST(view::render(name, {}).ok()); }
    }
}

BOOST_AUTO_TEST_CASE(a_template_that_does_not_exist_is_an_error) {
    const auto none = view::render("pages/none-such.html", {});
    BOOST_REQUIRE(!none.ok());
    BOOST_TEST((none.error().kind == ErrorKind::Internal));
}

BOOST_AUTO_TEST_CASE(hostile_text_is_escaped_between_tags) {
    view::Model model = layoutAround("pages/error.html");
    model.set("TITLE", hostile).add("NOTICE").set("TEXT", hostile);
    const std::string html = rendered("pages/layout.html", model);
    BOOST_TEST(!has(html, "<script>alert"));
    BOOST_TEST(has(html, "<title>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp; "));
    BOOST_TEST(has(html, "</svg>&lt;script&gt;alert"));
}

BOOST_AUTO_TEST_CASE(hostile_text_cannot_leave_an_attribute) {
    view::Model model;
    model.set("ACCOUNT", "\" autofocus onfocus=\"alert(1)").set("NEXT", "\"><img>");
    const std::string html = rendered("pages/login.html", model);
    BOOST_TEST(has(html, "value=\"&quot; autofocus onfocus=&quot;alert(1)\""));
    BOOST_TEST(!has(html, "<img>"));
}

BOOST_AUTO_TEST_CASE(an_address_that_runs_a_script_does_not_become_a_link) {
    view::Model model = layoutAround("pages/error.html");
    view::Model& trail = model.add("HAS_TRAIL");
    for (const char* address : {"javascript:alert(1)", "JaVaScRiPt:alert(2)", "data:text/html,alert(3)"}) {
        trail.add("TRAIL").set("HREF", address).set("LABEL", "link");
    }
    trail.add("TRAIL").set("HREF", "/findings?q=a&b=c").set("LABEL", "good");
    const std::string html = rendered("pages/layout.html", model);
    BOOST_TEST(!has(html, "alert("));
    BOOST_TEST(has(html, "href=\"/findings?q=a&amp;b=c\""));
}

BOOST_AUTO_TEST_CASE(a_repeated_section_has_one_round_for_each_that_was_added) {
    view::Model model = layoutAround("pages/error.html");
    view::Model& trail = model.add("HAS_TRAIL");
    trail.add("TRAIL").set("HREF", "/a").set("LABEL", "first");
    trail.add("TRAIL").set("HREF", "/b").set("LABEL", "second");
    const std::string html = rendered("pages/layout.html", model);
    const auto first = html.find("<a href=\"/a\">first</a>");
    const auto second = html.find("<a href=\"/b\">second</a>");
    BOOST_REQUIRE(first != std::string::npos);
    BOOST_REQUIRE(second != std::string::npos);
    BOOST_TEST(first < second);
}

BOOST_AUTO_TEST_CASE(a_section_that_was_not_shown_is_left_out) {
    const std::string html = rendered("pages/layout.html", layoutAround("pages/error.html"));
    BOOST_TEST(!has(html, "aria-label=\"Trail\""));
    BOOST_TEST(!has(html, "Sign out"));
    BOOST_TEST(!has(html, "role=\"alert\""));
}

BOOST_AUTO_TEST_CASE(a_part_gets_the_texts_of_its_own_include) {
    view::Model model;
    model.include("CLASS_STATUS", "parts/status.html")
        .set("TONE", "warn")
        .set("GLYPH", "i-triangle")
        .set("WORD", "Minor");
    model.include("STATUS", "parts/status.html")
        .set("TONE", "good")
        .set("GLYPH", "i-tick")
        .set("WORD", "Verified");
    const std::string html = rendered("pages/finding.html", model);
    const auto first = html.find("Minor</span>");
    const auto second = html.find("Verified</span>");
    BOOST_TEST(has(html, "href=\"#i-triangle\""));
    BOOST_REQUIRE(first != std::string::npos);
    BOOST_REQUIRE(second != std::string::npos);
    BOOST_TEST(first < second);
}

BOOST_AUTO_TEST_CASE(an_empty_text_shows_no_section_of_its_own) {
    view::Model model;
    model.setIf("FULL", "text").setIf("VOID", "");
    BOOST_REQUIRE(model.children().size() == 1U);
    BOOST_TEST(model.children().front().name == "HAS_FULL");
    BOOST_TEST(model.texts().at("VOID").empty());
}

BOOST_AUTO_TEST_CASE(line_breaks_of_a_text_survive_the_page) {
    view::Model model;
    model.set("OBJECTIVE_EVIDENCE", "first line\nsecond <line>");
    BOOST_TEST(has(rendered("pages/finding-form.html", model), "first line\nsecond &lt;line&gt;"));
    BOOST_TEST(has(rendered("pages/finding.html", model), "first line\nsecond &lt;line&gt;"));
}

BOOST_AUTO_TEST_CASE(many_threads_render_the_same_page_alike) {
    view::Model model = layoutAround("pages/error.html");
    model.set("TITLE", "Same");
    const std::string expected = rendered("pages/layout.html", model);
    std::atomic<int> different{0};
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread) {
        threads.emplace_back([&] {
            for (int round = 0; round < 50; ++round) {
                const auto html = view::render("pages/layout.html", model);
                if (!html || *html != expected) ++different;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    BOOST_TEST(different.load() == 0);
}

BOOST_AUTO_TEST_CASE(an_asset_has_its_media_type_and_a_tag_of_its_content) {
    const view::Asset style = view::asset("tickmark.css");
    const view::Asset script = view::asset("app.js");
    BOOST_TEST(style.mediaType == "text/css; charset=utf-8");
    BOOST_TEST(script.mediaType == "text/javascript; charset=utf-8");
    BOOST_TEST(view::asset("mark.svg").mediaType == "image/svg+xml");
    BOOST_TEST(style.tag.size() == 16U);
    BOOST_TEST(style.tag != script.tag);
    BOOST_TEST(view::asset("none.css").text.empty());
    BOOST_TEST(view::asset("../tickmark.css").text.empty());
}

BOOST_AUTO_TEST_SUITE_END()

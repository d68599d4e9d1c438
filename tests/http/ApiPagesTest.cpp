// The pages about the interface for programs say everything that its description says.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <map>
#include <regex>
#include <set>
#include <string>

#include "http/ApiFixture.h"

namespace tickmark::http::test {
namespace {

bool says(const Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

std::string anchorOf(std::string_view operationId) {
    std::string anchor(operationId);
    std::replace(anchor.begin(), anchor.end(), '.', '-');
    return anchor;
}

codec::Json description(Site& site) { return must(200, site.nobody().get("/api/openapi.json")).json; }

}  // namespace

BOOST_AUTO_TEST_SUITE(api_pages)

BOOST_AUTO_TEST_CASE(every_operation_stands_on_the_page_of_its_group_and_in_the_index) {
    Site site;
    const codec::Json api = description(site);
    const Reply index = must(200, site.nobody().get("/help/api"));
    std::map<std::string, Reply> pages;
    std::size_t operations = 0;
    for (const auto& [path, methods] : *api.find("paths")->members()) {
        for (const auto& [method, operation] : *methods.members()) {
            const std::string group = *operation.find("tags")->items()->front().text();
            if (!pages.contains(group))
                pages.emplace(group, must(200, site.nobody().get("/help/api/" + group)));
            const std::string anchor = anchorOf(operation.textAt("operationId"));
            BOOST_TEST(says(index, "/help/api/" + group + "#" + anchor), anchor);
            BOOST_TEST(says(pages.at(group), "id=\"" + anchor + "\""), anchor);
            BOOST_TEST(says(pages.at(group), "<code>" + path + "</code>"), path);
            ++operations;
        }
    }
    BOOST_TEST(operations > 100U);
}

BOOST_AUTO_TEST_CASE(every_schema_that_a_page_leads_to_stands_on_the_page_of_schemas) {
    Site site;
    const codec::Json api = description(site);
    const Reply schemas = must(200, site.nobody().get("/help/api/schemas"));
    for (const auto& [name, schema] : *api.find("components")->find("schemas")->members())
        BOOST_TEST(says(schemas, "id=\"" + name + "\""), name);
    std::size_t links = 0;
    const std::regex link("/help/api/schemas#([A-Za-z]+)");
    for (const codec::Json& tag : *api.find("tags")->items()) {
        const Reply page = must(200, site.nobody().get("/help/api/" + std::string(tag.textAt("name"))));
        for (auto at = std::sregex_iterator(page.body.begin(), page.body.end(), link);
             at != std::sregex_iterator(); ++at, ++links)
            BOOST_TEST(says(schemas, "id=\"" + (*at)[1].str() + "\""), at->str());
    }
    BOOST_TEST(links > 200U);
}

BOOST_AUTO_TEST_CASE(an_operation_says_who_may_call_it_what_is_sent_and_how_it_is_refused) {
    Site site;
    const Reply page = must(200, site.nobody().get("/help/api/audits"));
    const std::size_t begin = page.body.find("id=\"audits-create\"");
    BOOST_REQUIRE(begin != std::string::npos);
    const std::string part = page.body.substr(begin, page.body.find("</section>", begin) - begin);
    BOOST_TEST(part.find("Who may call it: lead auditor") != std::string::npos, part);
    BOOST_TEST(part.find("/help/api/schemas#AuditInput\">AuditInput</a>") != std::string::npos, part);
    BOOST_TEST(part.find("<strong>201</strong>") != std::string::npos, part);
    BOOST_TEST(part.find("422</strong>") != std::string::npos, part);
}

BOOST_AUTO_TEST_CASE(a_schema_names_members_inside_its_members_their_limits_and_what_they_may_be) {
    Site site;
    const Reply page = must(200, site.nobody().get("/help/api/schemas"));
    for (const char* text :
         {"<code>withheld[].reason</code>", "minimum 2 · maximum 500", "<code>iso_week</code>",
          "array of <a href=\"/help/api/schemas#RuleFilter\">RuleFilter</a>"})
        BOOST_TEST(says(page, text), text);
}

BOOST_AUTO_TEST_CASE(the_beginning_shows_a_call_to_this_server_and_leads_to_making_a_token) {
    Site site;
    const Reply page = must(200, site.as("aud").get("/help/api"));
    BOOST_TEST(says(page, "/api/v1/home</code>"));
    BOOST_TEST(says(page, "http://127.0.0.1"));
    BOOST_TEST(says(page, "href=\"/me\">Make a token</a>"));
    BOOST_TEST(says(page, "href=\"/api/openapi.json\""));
    BOOST_TEST(says(must(200, site.as("aud").get("/me")), "href=\"/help/api\""));
    BOOST_TEST(says(must(200, site.nobody().get("/help")), "href=\"/help/api\""));
}

BOOST_AUTO_TEST_CASE(a_group_that_is_not_there_is_not_found) {
    Site site;
    must(404, site.nobody().get("/help/api/none-such"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

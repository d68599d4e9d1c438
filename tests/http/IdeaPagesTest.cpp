// The page of the idea bank.
#include <boost/test/unit_test.hpp>

#include "http/ApiFixture.h"

namespace tickmark::http::test {
namespace {

Reply fill(const Client& client, const std::string& target, const std::string& fields) {
    return client.send(
        {"POST", target, fields, "application/x-www-form-urlencoded", "Accept: text/html\r\n"});
}

bool says(const Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

constexpr const char* idea =
    "process=change&title=Ask+%3Cb%3Efirst&description=D&kpi=K&unit=%25&direction=lower_is_better&rule=R";

}  // namespace

BOOST_AUTO_TEST_SUITE(idea_pages)

BOOST_AUTO_TEST_CASE(ideas_are_filtered_added_and_withdrawn) {
    Site site;
    const Reply all = must(200, site.as("pia").get("/ideas"));
    BOOST_TEST(says(all, "INC-01"));
    BOOST_TEST(says(all, "REQ-01"));
    BOOST_TEST(says(must(200, site.as("pia").get("/")), "href=\"/ideas\""));
    BOOST_TEST(!says(must(200, site.as("admin").get("/")), "href=\"/ideas\""));
    const Reply changes = must(200, site.as("pia").get("/ideas?process=change&q=rehearsed"));
    BOOST_TEST(says(changes, "CHG-02"));
    BOOST_TEST(!says(changes, "CHG-01"));
    BOOST_TEST(says(must(200, site.as("pia").get("/ideas?q=zebra")), "No idea fits."));
    const Reply added = must(303, fill(site.as("pia"), "/ideas", idea));
    BOOST_TEST(added.header("Location") == "/ideas?process=change");
    const Reply page = must(200, site.as("pia").get("/ideas?process=change"));
    BOOST_TEST(says(page, "Ask &lt;b&gt;first"));
    BOOST_TEST(says(page, "action=\"/ideas/OI-0001/withdraw\""));
    BOOST_TEST(!says(must(200, site.as("otto").get("/ideas")), "/withdraw"));
    BOOST_TEST(fill(site.as("otto"), "/ideas/OI-0001/withdraw", "").status == 403);
    must(303, fill(site.as("pia"), "/ideas/OI-0001/withdraw", ""));
    BOOST_TEST(!says(must(200, site.as("pia").get("/ideas")), "OI-0001"));
}

BOOST_AUTO_TEST_CASE(what_was_typed_stays_when_a_field_is_missing) {
    Site site;
    const Reply refused = fill(site.as("pia"), "/ideas", "process=change&title=Kept+title&unit=hours");
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(says(refused, "value=\"Kept title\""));
    BOOST_TEST(says(refused, "value=\"hours\""));
    BOOST_TEST(must(400, site.as("pia").get("/ideas?process=cooking")).status == 400);
}

BOOST_AUTO_TEST_CASE(the_api_gives_the_kpi_with_its_rule) {
    Site site;
    const Reply list = must(200, site.as("ida").get("/api/v1/ideas?process=incident"));
    const codec::Json& first = list.json.find("items")->items()->front();
    BOOST_TEST(first.textAt("code") == "INC-01");
    BOOST_TEST(first.textAt("process_title") == "Incident management");
    BOOST_TEST(first.find("kpi")->textAt("direction") == "higher_is_better");
    BOOST_TEST(!first.find("kpi")->textAt("rule").empty());
    BOOST_TEST(site.as("ida").post("/api/v1/ideas", R"({"process":"incident"})").status == 400);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

// One step for many rows, kept filters and chips, on pages and in the API.
#include <boost/test/unit_test.hpp>
#include <string>

#include "http/ApiFixture.h"

namespace tickmark::http::test {
namespace {

Reply fill(const Client& client, const std::string& target, const std::string& fields) {
    return client.send(
        {"POST", target, fields, "application/x-www-form-urlencoded", "Accept: text/html\r\n"});
}

bool says(const Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

/// "F-0001:3" of a finding, as the list's rows name it.
std::string itemOf(Site& site, const std::string& ref) {
    const Reply one = must(200, site.as("lea").get("/api/v1/findings/" + ref));
    return ref + ":" + one.tag().substr(1, one.tag().size() - 2);
}

std::string stateOf(Site& site, const std::string& ref) {
    return must(200, site.as("lea").get("/api/v1/findings/" + ref)).text("state");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bulk_pages)

BOOST_AUTO_TEST_CASE(the_list_offers_the_steps_of_the_role_and_none_to_those_who_only_read) {
    Site site;
    const std::string ref = site.newFinding(site.newAudit());
    const Reply lead = must(200, site.as("lea").get("/findings"));
    BOOST_TEST(says(lead, "value=\"" + itemOf(site, ref) + "\""));
    BOOST_TEST(says(lead, "value=\"move:issue\""));
    BOOST_TEST(!says(lead, "value=\"move:respond\""));
    BOOST_TEST(says(lead, "All 1 finding that match"));
    const Reply reader = must(200, site.as("tom").get("/findings"));
    BOOST_TEST(!says(reader, "action=\"/bulk\""));
}

BOOST_AUTO_TEST_CASE(many_are_looked_at_first_and_changed_then) {
    Site site;
    const std::string audit = site.newAudit();
    const std::string draft = site.newFinding(audit);
    const std::string issued = site.newIssuedFinding(audit);
    const std::string items = "kind=finding&which=ticked&do=move%3Aissue&item=" + itemOf(site, draft) +
                              "&item=" + itemOf(site, issued);
    const Reply foretold = must(200, fill(site.as("lea"), "/bulk", items));
    BOOST_TEST(says(foretold, "It would change 1 finding of 2"));
    BOOST_TEST(says(foretold, "Would be refused"));
    BOOST_TEST(says(foretold, "Do it for 1 finding"));
    BOOST_TEST(says(foretold, "name=\"item\" value=\"" + draft));
    BOOST_TEST(!says(foretold, "name=\"item\" value=\"" + issued));
    BOOST_TEST(stateOf(site, draft) == "draft");
    const Reply done = must(200, fill(site.as("lea"), "/bulk", items + "&sure=1"));
    BOOST_TEST(says(done, "Changed 1 finding of 2"));
    BOOST_TEST(stateOf(site, draft) == "issued");
    // Sent once more, the seen revision is not the one that stands.
    const Reply again = must(200, fill(site.as("lea"), "/bulk", items + "&sure=1"));
    BOOST_TEST(says(again, "Changed 0 findings of 2"));
}

BOOST_AUTO_TEST_CASE(all_of_the_page_and_all_that_match_are_chosen_without_ticks) {
    Site site;
    const std::string audit = site.newAudit();
    const std::string first = site.newFinding(audit);
    const std::string second = site.newIssuedFinding(audit);
    const Reply page =
        must(200, fill(site.as("lea"), "/bulk",
                       "kind=finding&which=page&do=due&due=2099-01-01&shown=" + itemOf(site, first) +
                           "&shown=" + itemOf(site, second)));
    BOOST_TEST(says(page, "It would change 2 findings of 2"));
    const Reply matching =
        must(200, fill(site.as("lea"), "/bulk",
                       "kind=finding&which=matching&filter=state%3Ddraft&do=due&due=2099-01-01"));
    BOOST_TEST(says(matching, "It would change 1 finding of 1"));
    const Reply nothing =
        must(400, fill(site.as("lea"), "/bulk", "kind=finding&which=ticked&do=move%3Aissue"));
    BOOST_TEST(says(nothing, "Nothing is chosen."));
    BOOST_TEST(says(nothing, "Back to the list"));
    must(400, fill(site.as("lea"), "/bulk", "kind=finding&which=page&do="));
    must(400, fill(site.as("lea"), "/bulk", "kind=weather&do=due"));
}

BOOST_AUTO_TEST_CASE(the_api_judges_each_and_says_why) {
    Site site;
    const std::string audit = site.newAudit();
    const std::string draft = site.newFinding(audit);
    const auto order = [&](const std::string& dry) {
        return R"({"kind":"finding","deed":"move","event":"issue","items":[{"ref":")" + draft +
               R"(","rev":1},{"ref":"F-9999","rev":1}],"dry_run":)" + dry + "}";
    };
    const std::string item = itemOf(site, draft);
    BOOST_REQUIRE(item == draft + ":1");
    const Reply dry = must(200, site.as("lea").post("/api/v1/bulk", order("true")));
    BOOST_TEST(*dry.json.find("done")->integer() == 1);
    BOOST_TEST(stateOf(site, draft) == "draft");
    const Reply done = must(200, site.as("lea").post("/api/v1/bulk", order("false")));
    const auto& outcomes = *done.json.find("outcomes")->items();
    BOOST_REQUIRE(outcomes.size() == 2U);
    BOOST_TEST(outcomes[0].textAt("state") == "issued");
    BOOST_TEST(outcomes[1].find("refusal")->textAt("type") == "not-found");
    BOOST_TEST(*outcomes[1].find("refusal")->find("status")->integer() == 404);
    BOOST_TEST(
        must(400, site.as("lea").post("/api/v1/bulk", R"({"kind":"x","deed":"y","items":[]})")).problem() ==
        "body");
    BOOST_TEST(
        must(400, site.as("lea").post("/api/v1/bulk",
                                      R"({"kind":"finding","deed":"move","event":"issue","items":[]})"))
            .problem() == "nothing-chosen");
}

BOOST_AUTO_TEST_CASE(chips_name_the_filter_and_each_takes_one_away) {
    Site site;
    must(201, site.as("aud").post("/api/v1/findings",
                                  R"({"audit":")" + site.newAudit() + R"(","title":"T","owner":"pia"})"));
    const Reply page = must(200, site.as("lea").get("/findings?state=draft&open=1&q="));
    BOOST_TEST(says(page, "State: Draft"));
    BOOST_TEST(says(page, "href=\"/findings?open=1\""));
    BOOST_TEST(says(page, "href=\"/findings?state=draft\""));
    BOOST_TEST(says(page, "href=\"/findings?filter=none\""));
    BOOST_TEST(says(page, "1 finding<"));
    BOOST_TEST(!says(must(200, site.as("lea").get("/findings")), "class=\"chips\""));
}

BOOST_AUTO_TEST_CASE(a_filter_is_kept_opens_the_list_and_is_removed) {
    Site site;
    const Reply kept =
        must(303, fill(site.as("lea"), "/filters",
                       "list=findings&name=Open+%3Cb%3Eones&query=open%3D1&standard=1&shared=1"));
    BOOST_TEST(kept.header("Location") == "/findings?open=1");
    BOOST_TEST(must(303, site.as("lea").get("/findings")).header("Location") == "/findings?open=1");
    BOOST_TEST(says(must(200, site.as("lea").get("/findings?filter=none")), "Open &lt;b&gt;ones"));
    const Reply other = must(200, site.as("pia").get("/findings"));
    BOOST_TEST(says(other, "Open &lt;b&gt;ones"));
    BOOST_TEST(says(other, "href=\"/findings?open=1\""));
    const Reply list = must(200, site.as("lea").get("/api/v1/filters?list=findings"));
    const codec::Json& one = list.json.find("items")->items()->front();
    const std::string id = std::to_string(*one.find("id")->integer());
    BOOST_TEST(
        says(must(200, site.as("lea").get("/filters?list=findings")), "action=\"/filters/" + id + "\""));
    BOOST_TEST(
        !says(must(200, site.as("pia").get("/filters?list=findings")), "action=\"/filters/" + id + "\""));
    must(404, fill(site.as("pia"), "/filters/" + id + "/removal", "list=findings"));
    must(303, fill(site.as("lea"), "/filters/" + id, "list=findings&name=Renamed&query=open%3D1"));
    must(200, site.as("lea").get("/findings"));
    must(303, fill(site.as("lea"), "/filters/" + id + "/removal", "list=findings"));
    BOOST_TEST(!says(must(200, site.as("lea").get("/findings")), "Renamed"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

// My due list: what it shows, the feed's address, the digest's address.
#include <boost/test/unit_test.hpp>

#include "http/ApiFixture.h"

namespace tickmark::http::test {
namespace {

Reply fill(const Client& client, const std::string& target, const std::string& fields) {
    return client.send(
        {"POST", target, fields, "application/x-www-form-urlencoded", "Accept: text/html\r\n"});
}

bool says(const Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

/// A finding that pia has to answer by that day.
std::string dueFinding(Site& site, const std::string& day) {
    const std::string ref = site.newIssuedFinding(site.newAudit());
    const std::string at = "/api/v1/findings/" + ref;
    const Client& lea = site.as("lea");
    must(200, lea.post(at + "/assignment", R"({"response_due":")" + day + "\"}", lea.get(at).tag()));
    return ref;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(due_pages)

BOOST_AUTO_TEST_CASE(the_list_shows_what_is_past_its_date_and_the_api_says_the_same) {
    Site site;
    const std::string ref = dueFinding(site, "2020-01-31");
    const Reply page = must(200, site.as("pia").get("/due"));
    BOOST_TEST(says(page, "<strong>1</strong> past their date"));
    BOOST_TEST(says(page, "href=\"/findings/" + ref + "\""));
    BOOST_TEST(says(page, "2020-01-31"));
    BOOST_TEST(says(must(200, site.as("pia").get("/")), "href=\"/due\""));
    const Reply list = must(200, site.as("pia").get("/api/v1/due"));
    BOOST_TEST(list.json.integerAt("overdue") == 1);
    BOOST_TEST(list.json.find("counts")->find("finding")->integerAt("overdue") == 1);
    BOOST_TEST(list.json.find("items")->items()->front().textAt("page") == "/findings/" + ref);
    BOOST_TEST(says(must(200, site.as("tom").get("/due")), "Nothing with a date waits for you"));
}

BOOST_AUTO_TEST_CASE(the_address_of_a_feed_is_shown_once_and_leads_to_the_calendar) {
    Site site;
    const std::string ref = dueFinding(site, "2020-01-31");
    const Reply shown = must(200, fill(site.as("pia"), "/due/calendar", ""));
    BOOST_TEST(shown.header("Cache-Control") == "no-store");
    const auto begin = shown.body.find("/calendar/");
    BOOST_REQUIRE(begin != std::string::npos);
    const std::string path = shown.body.substr(begin, shown.body.find(".ics", begin) + 4 - begin);
    const Reply feed = must(200, site.nobody().get(path));
    BOOST_TEST(feed.header("Content-Type") == "text/calendar; charset=utf-8");
    BOOST_TEST(says(feed, ref));
    BOOST_TEST(!says(must(200, site.as("pia").get("/due")), path));
    BOOST_TEST(site.nobody().get(path.substr(0, path.size() - 4)).status == 404);
    must(303, fill(site.as("pia"), "/due/calendar/revoke", ""));
    BOOST_TEST(site.nobody().get(path).status == 404);
}

BOOST_AUTO_TEST_CASE(an_address_that_is_none_is_told_and_stays_in_the_field) {
    Site site;
    const Reply refused = fill(site.as("pia"), "/due/mail", "mail=%22%3Cb%3E");
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(says(refused, "This is not a mail address."));
    BOOST_TEST(says(refused, "value=\"&quot;&lt;b&gt;\""));
    must(303, fill(site.as("pia"), "/due/mail", "mail=pia%40example.org"));
    BOOST_TEST(says(must(200, site.as("pia").get("/due")), "value=\"pia@example.org\""));
    BOOST_TEST(must(200, site.as("pia").get("/api/v1/reminders")).text("mail") == "pia@example.org");
    BOOST_TEST(must(200, site.as("otto").get("/api/v1/reminders")).text("mail").empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

// Feedback and service reviews over the API and in pages.
#include <boost/test/unit_test.hpp>

#include "http/ApiFixture.h"

namespace tickmark::http::test {
namespace {

Reply fill(const Client& client, const std::string& target, const std::string& fields) {
    return client.send(
        {"POST", target, fields, "application/x-www-form-urlencoded", "Accept: text/html\r\n"});
}

bool says(const Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

constexpr const char* complaint =
    "from=employee&kind=complaint&severity=high&given_by=Pay+%3Cb%3Eroll&received_on=2022-11-01&text=Slow+"
    "portal";
constexpr const char* review =
    "service=Desk&side=customer&counterpart=Payroll&date=2022-11-01&attendees=Manager&levels=Resolved+%7C+%"
    "7C+65+%25+%7C+70+%25+%7C+no&points=Call+back+%7C+pia+%7C+2030-01-01%0AFaster+portal";

}  // namespace

BOOST_AUTO_TEST_SUITE(feedback_pages)

BOOST_AUTO_TEST_CASE(feedback_is_recorded_acknowledged_and_becomes_an_item_that_leads_back) {
    Site site;
    BOOST_TEST(must(303, fill(site.as("otto"), "/feedback", complaint)).header("Location") ==
               "/feedback/FB-0001");
    BOOST_TEST(says(must(200, site.as("otto").get("/feedback")), "Pay &lt;b&gt;roll"));
    must(303, fill(site.as("pia"), "/feedback/FB-0001/events", "rev=1&event=acknowledge"));
    must(303, fill(site.as("pia"), "/feedback/FB-0001/events", "rev=2&event=improve"));
    const Reply page = must(200, site.as("pia").get("/feedback/FB-0001"));
    BOOST_TEST(says(page, "Became an item"));
    BOOST_TEST(says(page, "href=\"/improvements/II-0001\""));
    BOOST_TEST(says(must(200, site.as("pia").get("/improvements/II-0001")), "href=\"/feedback/FB-0001\""));
    const Reply shown = must(200, site.as("ida").get("/api/v1/feedback/FB-0001"));
    BOOST_TEST(shown.text("improvement") == "II-0001");
    BOOST_TEST(shown.text("state") == "improving");
    const Reply kept = fill(site.as("otto"), "/feedback", "given_by=Kept&text=Words&received_on=2999-01-01");
    BOOST_TEST(kept.status == 400);
    BOOST_TEST(says(kept, "value=\"Kept\""));
    BOOST_TEST(says(kept, "is in the future"));
}

BOOST_AUTO_TEST_CASE(a_review_is_planned_held_decided_and_closed) {
    Site site;
    BOOST_TEST(must(303, fill(site.as("ida"), "/service-reviews", review)).header("Location") ==
               "/service-reviews/SR-0001");
    must(303, fill(site.as("ida"), "/service-reviews/SR-0001/events", "rev=1&event=hold"));
    BOOST_TEST(says(must(200, site.as("ida").get("/service-reviews/SR-0001")),
                    "these points are not decided: 1, 2"));
    must(303, fill(site.as("ida"), "/service-reviews/SR-0001/decisions", "rev=2&point=1&decision=item"));
    BOOST_TEST(
        says(must(200, site.as("ida").get("/improvements/II-0001")), "href=\"/service-reviews/SR-0001\""));
    must(303, fill(site.as("ida"), "/service-reviews/SR-0001/decisions",
                   "rev=3&point=2&decision=no_action&reason=Planned+anyway"));
    must(303, fill(site.as("ida"), "/service-reviews/SR-0001/events", "rev=4&event=close"));
    const Reply shown = must(200, site.as("tom").get("/api/v1/service-reviews/SR-0001"));
    BOOST_TEST(shown.text("state") == "closed");
    BOOST_TEST(says(must(200, site.as("tom").get("/service-reviews")), "SR-0001"));
    const Reply wrong = fill(site.as("ida"), "/service-reviews",
                             "service=Desk&counterpart=C&date=2022-11-01&levels=Resolved");
    BOOST_TEST(wrong.status == 400);
    BOOST_TEST(says(wrong, "does not end with yes or no"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

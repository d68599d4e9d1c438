// Lessons by page and by API.
#include <boost/test/unit_test.hpp>
#include <string>

#include "http/ApiFixture.h"
#include "http/MeasuredSite.h"

namespace tickmark::http::test {
namespace {

Reply fill(const Client& client, const std::string& target, const std::string& fields) {
    return client.send(
        {"POST", target, fields, "application/x-www-form-urlencoded", "Accept: text/html\r\n"});
}

bool says(const Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

const std::string usual =
    "kind=failure&title=Queues+need+people&happened=The+share+fell&advice=Look+at+staffing+%3Cfirst%3E"
    "&processes=Incident+management&tags=staffing%0Aqueues";

std::size_t count(const Reply& reply) { return reply.json.find("items")->items()->size(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(lesson_pages)

BOOST_AUTO_TEST_CASE(a_lesson_is_recorded_found_offered_and_retracted_with_forms) {
    MeasuredSite site;
    const Client& ida = site.as("ida");
    const Reply made = fill(ida, "/lessons", usual);
    BOOST_TEST(made.status == 303);
    BOOST_TEST(made.header("Location") == "/lessons/L-0001");
    const Reply page = must(200, ida.get("/lessons/L-0001"));
    BOOST_TEST(says(page, "Look at staffing &lt;first&gt;"));
    BOOST_TEST(says(page, "href=\"/lessons?tag=staffing\""));
    BOOST_TEST(says(must(200, ida.get("/lessons?tag=queues&kind=failure&q=people")), "Queues need people"));
    BOOST_TEST(says(must(200, ida.get("/lessons?kind=success")), "No lesson fits."));

    const Reply looked =
        must(200, fill(ida, "/improvements/new", "title=More+queues&process=Incident+management"));
    BOOST_TEST(says(looked, "Lessons that may help"));
    BOOST_TEST(says(looked, "href=\"/lessons/L-0001\""));
    BOOST_TEST(says(looked, "value=\"More queues\""));
    BOOST_TEST(!says(must(200, ida.get("/improvements/new")), "Lessons that may help"));

    BOOST_TEST(fill(ida, "/improvements", "title=More+queues&process=Incident+management").status == 303);
    BOOST_TEST(says(must(200, ida.get("/improvements/II-0001")), "Lessons that may help"));
    BOOST_TEST(says(must(200, ida.get("/lessons?like=II-0001")), "process Incident management"));

    BOOST_TEST(fill(ida, "/lessons/L-0001/retract", "rev=1&reason=Chance").status == 303);
    BOOST_TEST(says(must(200, ida.get("/lessons/L-0001")), "Chance"));
    BOOST_TEST(!says(must(200, ida.get("/improvements/II-0001")), "Lessons that may help"));
    BOOST_TEST(!says(must(200, ida.get("/lessons")), "Queues need people"));
    BOOST_TEST(says(must(200, ida.get("/lessons?retracted=1")), "Queues need people"));
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_named_and_what_was_typed_stays) {
    MeasuredSite site;
    const Reply refused =
        fill(site.as("ida"), "/lessons", "kind=failure&title=Queues&advice=&clauses=8.6+8.7");
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(says(refused, "value=\"Queues\""));
    BOOST_TEST(says(refused, "clauses[0]"));
    BOOST_TEST(says(refused, "advice"));
}

BOOST_AUTO_TEST_CASE(a_finding_and_its_new_action_show_what_was_learnt) {
    MeasuredSite site;
    const std::string finding = site.newIssuedFinding(site.newAudit());
    const Reply shown = must(200, site.as("aud").get("/api/v1/findings/" + finding));
    const std::string title(shown.json.textAt("title"));
    BOOST_TEST(
        fill(site.as("aud"), "/lessons", "kind=success&title=It+came+again&advice=Check&finding=" + finding)
            .status == 303);
    const Reply page = must(200, site.as("aud").get("/findings/" + finding));
    BOOST_TEST(says(page, "Taught the lesson"));
    BOOST_TEST(!says(page, "Lessons that may help"));
}

BOOST_AUTO_TEST_CASE(the_api_records_offers_by_thing_or_by_text_and_retracts) {
    MeasuredSite site;
    const Client& ida = site.as("ida");
    const std::string lesson =
        R"({"kind":"success","title":"Ask again","advice":"Ask when it is known","processes":["Incident management"],"tags":["forms"]})";
    const Reply made = must(201, ida.post("/api/v1/lessons", lesson));
    BOOST_TEST(made.header("Location") == "/api/v1/lessons/L-0001");
    must(201, ida.post("/api/v1/improvements", R"({"title":"Other","process":"Incident management"})"));
    const Reply like = must(200, ida.get("/api/v1/lessons?like=II-0001"));
    BOOST_TEST(count(like) == 1U);
    BOOST_TEST(like.json.find("items")->items()->front().integerAt("score") == 3);
    BOOST_TEST(count(must(200, ida.get("/api/v1/lessons?text=once+again&tags=forms"))) == 1U);
    BOOST_TEST(count(must(200, ida.get("/api/v1/lessons?tags=forms,%20Incident+management"))) == 1U);
    BOOST_TEST(count(must(200, ida.get("/api/v1/lessons?tags=forms"))) == 0U);
    BOOST_TEST(count(must(200, ida.get("/api/v1/lessons?tag=forms&kind=success"))) == 1U);
    BOOST_TEST(ida.get("/api/v1/lessons?like=II-9999").status == 404);
    BOOST_TEST(ida.get("/api/v1/lessons?like=X").status == 400);
    BOOST_TEST(ida.get("/api/v1/lessons?kind=neither").status == 400);
    BOOST_TEST(ida.post("/api/v1/lessons", R"({"kind":"neither","title":"T","advice":"A"})").status == 400);
    const Reply shown = must(200, ida.get("/api/v1/lessons/L-0001"));
    BOOST_REQUIRE(shown.json.find("retracted")->boolean() != nullptr);
    BOOST_TEST(!*shown.json.find("retracted")->boolean());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

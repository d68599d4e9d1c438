// A management review over the API and its pages, from the plan to the sealed minutes.
#include <boost/test/unit_test.hpp>

#include "http/ApiFixture.h"
#include "http/MeasuredSite.h"

namespace tickmark::http::test {
namespace {

const std::string base = "/api/v1/reviews";

const std::string review = R"({"title":"Half year","day":"2022-01-10","chair":"Management",
    "participants":["Service desk"],"notes":{"risks":"One supplier."},"conclusions":"It works.",
    "decisions":[{"text":"Staff the afternoons","owner":"pia","due":"2030-06-30"}]})";

Reply move(const Client& client, const std::string& at, const std::string& event) {
    return client.post(at + "/events", R"({"event":")" + event + R"("})", client.get(at).tag());
}

bool says(const Reply& page, const std::string& words) { return page.body.find(words) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(api_reviews)

BOOST_AUTO_TEST_CASE(a_review_goes_from_its_plan_to_sealed_minutes) {
    MeasuredSite site;
    const Client& ida = site.as("ida");
    const Client& tom = site.as("tom");
    const Reply made = must(201, ida.post(base, review));
    const std::string at = base + "/" + made.text("ref");
    BOOST_TEST(made.header("Location") == at);
    BOOST_TEST(must(200, ida.get(at)).json.find("inputs_frozen")->boolean() != nullptr);
    const Reply planned = must(200, ida.get("/reviews/" + made.text("ref")));
    BOOST_TEST(says(planned, "Nothing is there for these inputs."));
    const Reply later = must(201, ida.post(base, R"({"title":"Year","day":"2030-01-10"})"));
    BOOST_TEST(
        says(must(200, ida.get("/reviews/" + later.text("ref"))), "<a href=\"/kpis/K-0001\">K-0001</a>"));
    must(200, move(ida, at, "hold"));
    BOOST_TEST(
        !says(must(200, ida.get("/reviews/" + made.text("ref"))), "Nothing is there for these inputs."));
    must(200, move(ida, at, "submit"));
    BOOST_TEST(move(ida, at, "approve").status == 403);
    must(200, move(tom, at, "approve"));
    const Reply item = must(201, ida.post(at + "/decisions/1/improvement", "{}", ida.get(at).tag()));
    BOOST_TEST(must(200, ida.get(item.header("Location"))).text("source") == "management_review");
    BOOST_TEST(ida.get(at + "/bundle").status == 422);
    must(200, ida.post(at + "/bundle", "{}", ida.get(at).tag()));
    const Reply shown = must(200, ida.get(at));
    BOOST_TEST(shown.text("state") == "closed");
    BOOST_TEST(*shown.json.find("inputs_frozen")->boolean());
    const Reply file = must(200, site.as("lea").get(at + "/bundle"));
    BOOST_TEST(std::to_string(file.body.size()) == std::to_string(shown.json.integerAt("bundle_size")));
    const Reply page = must(200, ida.get("/reviews/" + made.text("ref")));
    BOOST_TEST(says(page, "Sealed minutes"));
    BOOST_TEST(says(page, "class=\"stepper"));
    BOOST_TEST(says(page, "Staff the afternoons"));
    BOOST_TEST(says(must(200, ida.get("/reviews/" + made.text("ref") + "/minutes")), "It works."));
    BOOST_TEST(says(must(200, ida.get("/reviews")), made.text("ref")));
}

BOOST_AUTO_TEST_CASE(a_review_without_a_date_or_with_an_unknown_owner_is_refused_by_field) {
    MeasuredSite site;
    const Client& ida = site.as("ida");
    const Reply undated = ida.post(base, R"({"title":"Half year"})");
    BOOST_TEST(undated.status == 400);
    BOOST_TEST(says(undated, "The review has no date."));
    const Reply unknown = ida.post(base, R"({"title":"T","day":"2022-01-10",
        "decisions":[{"text":"D","owner":"nobody-here","due":"2030-06-30"}]})");
    BOOST_TEST(unknown.status == 400);
    BOOST_TEST(says(unknown, "decisions[0].owner"));
    BOOST_TEST(ida.post(base, R"({"title":"T","day":"2022-01-10","notes":{"weather":"Fine"}})").status ==
               400);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

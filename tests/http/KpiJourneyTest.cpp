// A KPI through the API and on its page: define, hand over the log, compute, read the chart, withdraw.
#include <boost/test/unit_test.hpp>

#include "http/ApiFixture.h"

namespace tickmark::http::test {
namespace {

constexpr const char* log =
    "number,sla,opened\r\n"
    "I1,TRUE,29-02-2016 01:00\r\n"
    "I1,FALSE,29-02-2016 01:00\r\n"
    "I2,TRUE,01-03-2016 08:00\r\n"
    "I3,TRUE,02-03-2016 08:00\r\n";

constexpr const char* kpi =
    R"({"name":"Incidents within SLA","unit":"%","direction":"higher_is_better","target":70,
    "baseline":50,"live_on":"2016-03-01","owner":"pia","rule":{"rows":"last","key":"number","aggregation":"share",
    "hits":[{"column":"sla","op":"=","value":"TRUE"}],"grouping":"equal_groups","groups":3,"time":"opened",
    "date_format":"DD-MM-YYYY hh:mm"}})";

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(kpi_journey)

BOOST_AUTO_TEST_CASE(from_the_definition_to_the_chart_and_back) {
    Site site;
    const Client& ida = site.as("ida");
    const std::string version = site.newEvidence(site.newAudit(), log) + "/v1";
    const std::string address = "/api/v1/kpis/" + must(201, ida.post("/api/v1/kpis", kpi)).text("ref");
    const Reply made = must(201, ida.post(address + "/series", R"({"evidence":")" + version + R"("})"));
    BOOST_TEST(made.text("state") == "computed");
    const Reply shown = must(200, ida.get(address));
    const auto& points = *shown.json.find("points")->items();
    BOOST_REQUIRE(points.size() == 3U);
    BOOST_TEST(points[0].find("value")->number().value() == 0.0);
    BOOST_TEST(*points[1].find("meets_target")->boolean());
    BOOST_TEST(has(shown.text("statement"), "Before 2016-03-01: 0 % (0 of 1)"));
    BOOST_TEST(shown.json.find("comparison")->find("test")->textAt("test") == "fisher_exact");
    BOOST_TEST(must(200, ida.get(made.header("Location"))).json.find("rule")->textAt("key") == "number");

    const Reply page = must(200, ida.get("/kpis/K-0001"));
    for (const char* part :
         {"<svg role=\"img\"", "Live on 2016-03-01", "Target 70", "Group 2 of 3", "The last row of each",
          "points are not periods of equal length", "href=\"/evidence/E-0001\""})
        BOOST_TEST(has(page.body, part), part);
    BOOST_TEST(has(must(200, ida.get("/kpis")).body, "Incidents within SLA"));

    const std::string withdrawal = address + "/series/" + made.text("ref") + "/withdrawal";
    must(200, ida.post(withdrawal, R"({"reason":"Wrong extract."})", made.tag()));
    BOOST_TEST(must(200, ida.get(address)).json.find("points")->items()->empty());
    BOOST_TEST(has(must(200, ida.get("/kpis/K-0001")).body, "Wrong extract."));
}

BOOST_AUTO_TEST_CASE(bad_input_names_member_column_and_row_and_keeps_nothing) {
    Site site;
    const Client& ida = site.as("ida");
    const std::string version = site.newEvidence(site.newAudit(), log) + "/v1";
    const Reply undirected = ida.post("/api/v1/kpis", R"({"name":"N","unit":"%","target":5})");
    BOOST_TEST(undirected.status == 400);
    BOOST_TEST(has(undirected.body, "direction"));
    must(201, ida.post("/api/v1/kpis", R"({"name":"N","unit":"%"})"));
    const auto compute = [&](const std::string& rule) {
        return ida.post("/api/v1/kpis/K-0001/series",
                        R"({"evidence":")" + version + R"(","rule":)" + rule + "}");
    };
    const std::string mean = R"({"rows":"every","aggregation":"mean","grouping":"whole","value":)";
    Reply refused = compute(mean + R"("speed"})");
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(refused.problem() == "rule-column");
    BOOST_TEST(has(refused.body, "number, sla, opened"));
    refused = compute(mean + R"("sla"})");
    BOOST_TEST(refused.problem() == "rule-cell");
    BOOST_TEST(has(refused.body, "Line 2: \\\"TRUE\\\" is no number."), refused.body);
    refused = compute(R"({"rows":"every","aggregation":"count","grouping":"day","time":"opened",
        "date_format":"YYYY-MM-DD"})");
    BOOST_TEST(has(refused.body, "is no date of the form YYYY-MM-DD"), refused.body);
    refused = compute(R"({"rows":"sometimes","aggregation":"count","grouping":"whole"})");
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(has(refused.body, "rule.rows"));
    BOOST_TEST(ida.post("/api/v1/kpis/K-0001/series", R"({"evidence":")" + version + R"("})").status == 400);
    BOOST_TEST(must(200, ida.get("/api/v1/kpis/K-0001")).json.find("series")->items()->empty());
}

BOOST_AUTO_TEST_CASE(a_refused_form_is_shown_again_with_what_was_typed) {
    Site site;
    const Client& ida = site.as("ida");
    Ask ask{"POST", "/kpis", "csrf=" + ida.csrf + "&name=Within+SLA&unit=%25&target=70&rule=%7Bno+json",
            "application/x-www-form-urlencoded"};
    Reply again = ida.send(ask);
    BOOST_TEST(again.status == 400);
    BOOST_TEST(has(again.body, "value=\"Within SLA\""));
    ask.body = "csrf=" + ida.csrf + "&name=Within+SLA&unit=%25&target=70";
    again = ida.send(ask);
    BOOST_TEST(again.status == 400);
    BOOST_TEST(has(again.body, "A target without a direction cannot be judged."));
    ask.body += "&direction=higher_is_better";
    const Reply done = ida.send(ask);
    BOOST_TEST(done.status == 303);
    BOOST_TEST(done.header("Location") == "/kpis/K-0001");
    ask = {"POST", "/kpis/K-0001/series",
           "csrf=" + ida.csrf + "&evidence=E-0009%2Fv1&rule=", "application/x-www-form-urlencoded"};
    again = ida.send(ask);
    BOOST_TEST(again.status == 400);
    BOOST_TEST(has(again.body, "There is no evidence version"), again.body);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

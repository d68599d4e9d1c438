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

BOOST_AUTO_TEST_CASE(a_rule_is_built_from_the_columns_of_a_file_and_looked_at_before_it_is_kept) {
    Site site;
    const Client& ida = site.as("ida");
    const std::string version = site.newEvidence(site.newAudit(), log) + "/v1";
    must(201, ida.post("/api/v1/kpis", R"({"name":"Within SLA","unit":"%"})"));
    const Reply choice = must(200, ida.get("/kpis/K-0001/rule"));
    BOOST_TEST(has(choice.body, "<option value=\"" + version + "\">"));
    BOOST_TEST(!has(choice.body, "name=\"only_column\""));
    const Reply columns = must(200, ida.get("/kpis/K-0001/rule?evidence=E-0001%2Fv1"));
    for (const char* column : {"number", "sla", "opened"})
        BOOST_TEST(has(columns.body, "<option value=\"" + std::string(column) + "\">"), column);
    const auto send = [&](const std::string& fields) {
        return ida.send({"POST", "/kpis/K-0001/rule",
                         "csrf=" + ida.csrf + "&evidence=E-0001%2Fv1&expert=no&rule=" + fields,
                         "application/x-www-form-urlencoded"});
    };
    const std::string share =
        "&rows=last&key=number&aggregation=share&hits_column=sla&hits_op=%3D&hits_value=TRUE"
        "&grouping=day&time=opened&date_format=";
    const Reply wrong = send(share + "DD-MM-YY&what=preview");
    BOOST_TEST(wrong.status == 400);
    BOOST_TEST(has(wrong.body, "date_format"));
    BOOST_TEST(has(wrong.body, "value=\"DD-MM-YY\""));
    BOOST_TEST(has(wrong.body, "<option value=\"share\" selected>"));
    const Reply other = send(share + "YYYY-MM-DD&what=preview");
    BOOST_TEST(other.status == 400);
    BOOST_TEST(has(other.body, "opened"));
    BOOST_TEST(has(other.body, "29-02-2016 01:00"));
    const std::string good = share + "DD-MM-YYYY+hh%3Amm";
    const Reply seen = must(200, send(good + "&what=preview"));
    for (const char* part : {"<strong>4</strong> rows read", "<strong>3</strong> used", "2016-03-01",
                             "0 of 1", "1 of 1", "&quot;hits&quot;"})
        BOOST_TEST(has(seen.body, part), part);
    BOOST_TEST(must(200, ida.get("/api/v1/kpis/K-0001")).json.find("points")->items()->empty());
    BOOST_TEST(send(good + "&what=suggest").status == 303);
    BOOST_TEST(must(200, ida.get("/api/v1/kpis/K-0001")).json.find("rule")->textAt("key") == "number");
    BOOST_TEST(send(good + "&what=keep&note=By+day").status == 303);
    BOOST_TEST(must(200, ida.get("/api/v1/kpis/K-0001")).json.find("points")->items()->size() == 3U);
    BOOST_TEST(
        has(must(200, ida.get("/kpis/K-0001/rule?evidence=E-0001%2Fv1")).body, "value=\"DD-MM-YYYY hh:mm\""));
}

BOOST_AUTO_TEST_CASE(the_builder_takes_json_and_numbers_and_refuses_what_is_neither) {
    Site site;
    const Client& ida = site.as("ida");
    static_cast<void>(site.newEvidence(site.newAudit(), log));
    must(201, ida.post("/api/v1/kpis", R"({"name":"Rows","unit":"rows"})"));
    const auto send = [&](const std::string& fields) {
        return ida.send({"POST", "/kpis/K-0001/rule", "csrf=" + ida.csrf + "&what=preview&" + fields,
                         "application/x-www-form-urlencoded"});
    };
    const std::string file = "evidence=E-0001%2Fv1";
    BOOST_TEST(has(must(200, send(file + "&expert=yes&rule=%7B%22rows%22%3A%22every%22%2C%22aggregation%22%"
                                         "3A%22count%22%2C%22grouping%22%3A%22whole%22%7D"))
                       .body,
                   "<strong>4</strong> used"));
    BOOST_TEST(send(file + "&expert=yes&rule=").status == 400);
    BOOST_TEST(send(file + "&expert=yes&rule=%7B").status == 400);
    const Reply many = send(file + "&grouping=equal_groups&time=opened&groups=many");
    BOOST_TEST(many.status == 400);
    BOOST_TEST(has(many.body, "value=\"many\""));
    const Reply column = send(file + "&only_column=speed&only_op=%3D&only_value=fast");
    BOOST_TEST(column.status == 400);
    BOOST_TEST(has(column.body, "speed (not in this file)"));
    BOOST_TEST(send("evidence=E-0099%2Fv1").status == 400);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

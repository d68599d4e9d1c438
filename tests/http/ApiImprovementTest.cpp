// The improvement register over the API, as a program would use it.
#include <boost/test/unit_test.hpp>

#include "http/ApiFixture.h"
#include "http/MeasuredSite.h"

namespace tickmark::http::test {
namespace {

const std::string base = "/api/v1/improvements";

Reply move(const Client& client, const std::string& at, const std::string& event,
           const std::string& reason = {}) {
    return client.post(at + "/events", R"({"event":")" + event + R"(","reason":")" + reason + R"("})",
                       client.get(at).tag());
}

std::string item(const std::string& more = {}) {
    return R"({"title":"Confirm the priority at intake","source":"kpi","process":"Incident management",
        "owner":"pia","value":5,"effort":2,"due":"2030-06-30","kpi":"K-0001","unit":"%","baseline":"22",
        "target":"95","analysis":"The field can be skipped.","plan":"Make it mandatory.")" +
           more + "}";
}

std::vector<std::string> refsOf(const Reply& list) {
    std::vector<std::string> refs;
    for (const codec::Json& row : *list.json.find("items")->items()) refs.emplace_back(row.textAt("ref"));
    return refs;
}

Reply importAs(const Client& client, const std::string& csv, const std::string& query = {}) {
    return client.send({"POST", base + "/imports" + query, csv, "text/csv"});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_improvements)

BOOST_AUTO_TEST_CASE(an_improvement_goes_from_a_kpi_to_a_lesson) {
    MeasuredSite site;
    const Client& ida = site.as("ida");
    const Client& pia = site.as("pia");
    const std::string evidence = site.newEvidence(site.newAudit(), "the changed procedure");
    const Reply made = must(201, ida.post(base, item()));
    BOOST_TEST(made.header("Location") == base + "/II-0001");
    const std::string at = base + "/" + made.text("ref");
    must(200, move(pia, at, "set-goals"));
    must(200, move(pia, at, "analyse"));
    BOOST_TEST(move(pia, at, "approve-plan").status == 403);
    must(200, move(ida, at, "approve-plan"));
    must(200, move(pia, at, "start"));
    const Reply late = pia.put(at, item(), pia.get(at).tag());
    BOOST_TEST(late.status == 422);
    BOOST_TEST(late.problem() == "plan-approved");
    must(200, pia.put(at + "/report", R"({"progress":100,"result":"60"})", pia.get(at).tag()));
    must(200, move(pia, at, "evaluate"));
    const Reply missed = move(pia, at, "standardise");
    BOOST_TEST(missed.status == 422);
    BOOST_TEST(missed.problem() == "guard");
    must(200, move(pia, at, "return-to-planning", "Operators chose any value."));
    BOOST_TEST(pia.get(at).json.find("approved_by") == nullptr);
    must(200, move(ida, at, "approve-plan"));
    must(200, move(pia, at, "start"));
    must(200, pia.put(at + "/report", R"({"progress":100,"result":"96.5"})", pia.get(at).tag()));
    must(200, move(pia, at, "evaluate"));
    must(200, ida.post(at + "/evidence", R"({"versions":[")" + evidence + R"(/v1"]})", ida.get(at).tag()));
    must(200, move(pia, at, "standardise"));
    must(200, pia.put(at + "/report", R"({"progress":100,"result":"96.5","outcome":"Nearly all.",
        "lesson":{"kind":"success","insight":"A field without a default is filled with care.",
                  "applies_to":["intake"]}})",
                      pia.get(at).tag()));
    must(200, move(ida, at, "close"));
    const Reply closed = site.as("tom").get(at);
    BOOST_TEST(closed.text("state") == "closed");
    BOOST_TEST(closed.text("phase") == "act");
    BOOST_TEST(closed.text("priority") == "high");
    BOOST_TEST(closed.json.integerAt("score") == 250);
    BOOST_TEST(closed.json.integerAt("round") == 2);
    BOOST_TEST(closed.json.find("lesson")->textAt("kind") == "success");
    BOOST_TEST(closed.json.find("evidence")->items()->size() == 1U);
    BOOST_TEST(closed.json.find("history")->items()->size() == 16U);
    BOOST_TEST(closed.json.find("steps")->items()->empty());
}

BOOST_AUTO_TEST_CASE(steps_say_who_may_and_what_stands_against_them_before_anybody_tries) {
    MeasuredSite site;
    const std::string at =
        base + "/" + must(201, site.as("pia").post(base, R"({"title":"An idea"})")).text("ref");
    const Reply shown = must(200, site.as("pia").get(at));
    for (const codec::Json& step : *shown.json.find("steps")->items()) {
        const bool blocked = !step.find("blocked_by")->items()->empty();
        if (step.textAt("event") == "set-goals") {
            BOOST_TEST(step.find("blocked_by")->items()->size() == 4U);
            const Reply refused = move(site.as("pia"), at, "set-goals");
            BOOST_TEST(refused.status == 422);
            BOOST_TEST(refused.json.find("errors")->items()->size() == 4U);
        } else {
            BOOST_TEST(!blocked);
        }
        if (step.textAt("event") == "reject")
            BOOST_TEST(step.textAt("not_you") == "Only the improvement manager can reject this item.");
    }
}

BOOST_AUTO_TEST_CASE(a_finding_and_its_item_name_each_other) {
    MeasuredSite site;
    const std::string finding = site.newIssuedFinding(site.newAudit());
    const std::string at = "/api/v1/findings/" + finding;
    const Client& ida = site.as("ida");
    const std::string ref = must(201, ida.post(at + "/improvement", "{}", ida.get(at).tag())).text("ref");
    const Reply shown = site.as("lea").get(base + "/" + ref);
    BOOST_TEST(shown.text("finding") == finding);
    BOOST_TEST(shown.text("source") == "audit");
    BOOST_TEST(*site.as("lea").get(at).json.find("improvements")->items()->front().text() == ref);
    BOOST_TEST(refsOf(site.as("ida").get(base + "?finding=" + finding)).size() == 1U);
    BOOST_TEST(site.as("lou").get(base + "/" + ref).status == 404);
    BOOST_TEST(site.as("lou").get(base + "?finding=" + finding).status == 404);
}

BOOST_AUTO_TEST_CASE(the_list_is_filtered_paged_and_counted) {
    MeasuredSite site;
    const Client& ida = site.as("ida");
    must(201, ida.post(base, item()));
    must(201, ida.post(base, R"({"title":"Late","due":"2001-01-01","service":"E-mail"})"));
    must(201, ida.post(base, R"({"title":"Third","source":"risk"})"));
    using Refs = std::vector<std::string>;
    const auto list = [&](const std::string& query) { return refsOf(must(200, ida.get(base + query))); };
    BOOST_TEST((list("") == Refs{"II-0003", "II-0002", "II-0001"}));
    BOOST_TEST((list("?overdue=1") == Refs{"II-0002"}));
    BOOST_TEST((list("?source=risk") == Refs{"II-0003"}));
    BOOST_TEST((list("?owner=pia&process=Incident%20management&kpi=K-0001") == Refs{"II-0001"}));
    BOOST_TEST((list("?service=E-mail&open=1") == Refs{"II-0002"}));
    BOOST_TEST((list("?state=closed&state=rejected").empty()));
    const Reply first = ida.get(base + "?limit=2");
    BOOST_TEST((refsOf(ida.get(base + "?limit=2&after=" + first.text("next"))) == Refs{"II-0001"}));
    BOOST_TEST(ida.get(base + "?source=wish").status == 400);
    BOOST_TEST(ida.get(base + "?owner=nobody-here").status == 400);
    const Reply counts = must(200, ida.get(base + "/counts"));
    BOOST_TEST(counts.json.integerAt("overdue") == 1);
    BOOST_TEST(counts.json.find("by_state")->integerAt("identified") == 3);
}

BOOST_AUTO_TEST_CASE(bad_input_is_refused_with_every_field_named_and_nothing_is_made) {
    MeasuredSite site;
    const Client& ida = site.as("ida");
    const Reply refused =
        ida.post(base, R"({"title":"","value":7,"effort":-1,"kpi":"KPI","baseline":"a","target":"1e9"})");
    BOOST_TEST(refused.status == 400);
    for (const char* field : {"title", "value", "effort", "kpi", "baseline", "target"})
        BOOST_TEST(refused.body.find("\"" + std::string(field) + "\"") != std::string::npos, field);
    BOOST_TEST(ida.post(base, R"({"title":"T","owner":"tom"})").problem() == "owner-role");
    BOOST_TEST(ida.post(base, R"({"title":"T","score":500})").status == 400);
    BOOST_TEST(ida.post(base, R"({"title":"T","due":"31.12.2030"})").status == 400);
    BOOST_TEST(refsOf(ida.get(base)).empty());
    const std::string at = base + "/" + must(201, ida.post(base, R"({"title":"T"})")).text("ref");
    BOOST_TEST(ida.put(at, R"({"title":"U"})").status == 428);
    BOOST_TEST(ida.put(at, R"({"title":"U"})", "\"9\"").status == 409);
    BOOST_TEST(ida.put(at + "/report", R"({"lesson":"text"})", ida.get(at).tag()).status == 400);
    BOOST_TEST(
        ida.put(at + "/report", R"({"lesson":{"kind":"other","insight":"I"}})", ida.get(at).tag()).status ==
        400);
    BOOST_TEST(ida.put(at + "/report", R"({"progress":5})", ida.get(at).tag()).problem() == "not-approved");
}

BOOST_AUTO_TEST_CASE(what_is_exported_runs_nowhere_and_what_is_imported_is_all_or_nothing) {
    MeasuredSite site;
    const Client& ida = site.as("ida");
    must(201, ida.post(base, R"({"title":"=cmd|calc"})"));
    const Reply csv = must(200, ida.get(base + "/export"));
    BOOST_TEST(csv.header("Content-Type") == "text/csv; charset=utf-8");
    BOOST_TEST(csv.header("Content-Disposition").starts_with("attachment"));
    BOOST_TEST(csv.body.find("'=cmd|calc") != std::string::npos);
    BOOST_TEST(must(200, site.as("pia").get(base + "/export")).body.find("cmd") == std::string::npos);

    const std::string header = "source,title,description,process,service,owner,value,effort,due\n";
    const Reply tried = must(200, importAs(ida, header + "idea,One,,,,pia,3,1,2030-01-01\n", "?dry_run=1"));
    BOOST_TEST(tried.json.integerAt("created") == 1);
    BOOST_TEST(refsOf(ida.get(base)).size() == 1U);
    const Reply half =
        importAs(ida, header + "idea,One,,,,pia,3,1,2030-01-01\nidea,Two,,,,nobody,3,1,soon\n");
    BOOST_TEST(half.status == 400);
    BOOST_TEST(half.body.find("line 3: ") != std::string::npos);
    BOOST_TEST(half.body.find("line 2: ") == std::string::npos);
    BOOST_TEST(refsOf(ida.get(base)).size() == 1U);
    const Reply columns = importAs(ida, "source,title\nidea,One\n");
    BOOST_TEST(columns.status == 400);
    BOOST_TEST(columns.body.find("effort") != std::string::npos);
    must(201, importAs(ida, header + "idea,One,,,,pia,3,1,2030-01-01\n"));
    BOOST_TEST(refsOf(ida.get(base)).size() == 2U);
    BOOST_TEST(ida.send({"POST", base + "/imports", "{}"}).status == 415);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

// Bad JSON, stale revisions, forbidden steps: each a clear refusal that changes nothing.
#include <boost/test/unit_test.hpp>

#include "http/ApiFixture.h"

namespace tickmark::http::test {

BOOST_AUTO_TEST_SUITE(api_bad_input)

BOOST_AUTO_TEST_CASE(every_wrong_member_is_reported_at_once) {
    Site site;
    const Reply reply = site.as("lea").post(
        "/api/v1/findings",
        R"({"titel":"Typo","class":7,"clauses":["8.6.1",3],"close_due":"31.12.2026","audit":"x"})");
    BOOST_TEST(reply.status == 400);
    std::string fields;
    for (const codec::Json& error : *reply.json.find("errors")->items()) {
        fields += std::string(error.textAt("field")) + " ";
        BOOST_TEST(!error.textAt("detail").empty());
        BOOST_TEST(!error.textAt("fix").empty());
    }
    BOOST_TEST(fields == "class title clauses[1] close_due titel ");
}

BOOST_AUTO_TEST_CASE(text_that_is_no_json_is_refused_where_it_breaks) {
    Site site;
    const auto post = [&](const std::string& body) { return site.as("lea").post("/api/v1/findings", body); };
    BOOST_TEST(post("{\"title\":").problem() == "json");
    BOOST_TEST(post("").problem() == "json");
    BOOST_TEST(post("{} {}").problem() == "json");
    BOOST_TEST(post("{\"title\":\"a\",\"title\":\"b\"}").problem() == "json");
    BOOST_TEST(post("{\"title\":\"\xff\"}").problem() == "json");
    BOOST_TEST(post("[]").status == 400);
    BOOST_TEST(post(std::string(100'000, '[')).status == 400);
    BOOST_TEST(post(std::string(100'000, '[') + std::string(100'000, ']')).problem() == "json");
    BOOST_TEST(post("\"" + std::string(1'100'000, 'x') + "\"").status == 413);
    BOOST_TEST(site.as("lea").get("/healthz").status == 200);
}

BOOST_AUTO_TEST_CASE(a_body_of_another_kind_is_refused) {
    Site site;
    const Reply reply = site.as("lea").send({"POST", "/api/v1/findings", "{}", "text/plain"});
    BOOST_TEST(reply.status == 415);
    BOOST_TEST(reply.text("field") == "Content-Type");
    const std::string audit = site.newAudit();
    BOOST_TEST(site.as("lea").post("/api/v1/audits/" + audit + "/imports/findings", "{}").status == 415);
}

BOOST_AUTO_TEST_CASE(a_change_without_its_revision_is_asked_for_it) {
    Site site;
    const std::string at = "/api/v1/findings/" + site.newFinding(site.newAudit());
    const Reply missing = site.as("lea").post(at + "/events", R"({"event":"issue"})");
    BOOST_TEST(missing.status == 428);
    BOOST_TEST(missing.text("fix").find("If-Match") != std::string::npos);
    for (const char* tag : {"1", "*", "W/\"1\"", "\"x\"", "\"0\"", "\"-1\"", "\"1\", \"2\""}) {
        BOOST_TEST_CONTEXT(tag)
        BOOST_TEST(site.as("lea").post(at + "/events", R"({"event":"issue"})", tag).problem() == "if-match");
    }
    BOOST_TEST(site.as("lea").get(at).text("state") == "draft");
}

BOOST_AUTO_TEST_CASE(a_stale_revision_is_a_conflict_that_names_the_present_one) {
    Site site;
    const std::string at = "/api/v1/findings/" + site.newIssuedFinding(site.newAudit());
    const Reply reply =
        site.as("lea").post(at + "/events", R"({"event":"withdraw","reason":"Twice."})", "\"1\"");
    BOOST_TEST(reply.status == 409);
    BOOST_TEST(reply.problem() == "stale-revision");
    BOOST_TEST(reply.text("detail").find("it is at 2") != std::string::npos);
    BOOST_TEST(site.as("lea").get(at).text("state") == "issued");
}

BOOST_AUTO_TEST_CASE(a_step_that_is_not_possible_is_refused_in_words) {
    Site site;
    const std::string at = "/api/v1/findings/" + site.newIssuedFinding(site.newAudit());
    const Reply wrong = site.as("lea").post(at + "/events", R"({"event":"close"})", "\"2\"");
    BOOST_TEST(wrong.status == 422);
    BOOST_TEST(wrong.problem() == "forbidden-transition");
    const Reply unknown = site.as("lea").post(at + "/events", R"({"event":"explode"})", "\"2\"");
    BOOST_TEST(unknown.status == 400);
    const Reply reason = site.as("lea").post(at + "/events", R"({"event":"withdraw"})", "\"2\"");
    BOOST_TEST(reason.status == 400);
    BOOST_TEST(reason.body.find("reason") != std::string::npos);
    const Reply role = site.as("pia").post(at + "/events", R"({"event":"withdraw","reason":"No."})", "\"2\"");
    BOOST_TEST(role.status == 403);
    BOOST_TEST(role.text("detail").find("lead auditor") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(unknown_references_are_named) {
    Site site;
    const std::string audit = site.newAudit();
    const auto post = [&](const std::string& more) {
        return site.as("lea").post("/api/v1/findings",
                                   R"({"audit":")" + audit + R"(","title":"T")" + more + "}");
    };
    BOOST_TEST(post(R"(,"owner":"nobody-here")").text("field") == "owner");
    BOOST_TEST(post(R"(,"repeat_of":"F-9999")").text("field") == "repeat_of");
    BOOST_TEST(post(R"(,"clauses":["99.9"])").status == 400);
    BOOST_TEST(post(R"(,"evidence":["E-9999/v1"])").status == 400);
    BOOST_TEST(post(R"(,"evidence":["nonsense"])").status == 400);
    BOOST_TEST(site.as("lea").get("/api/v1/findings?owner=nobody-here").text("field") == "owner");
    BOOST_TEST(site.as("lea").get("/api/v1/findings").body == R"({"items":[]})");
}

BOOST_AUTO_TEST_CASE(addresses_that_are_not_there_and_methods_that_do_not_fit_are_said_so) {
    Site site;
    BOOST_TEST(site.as("lea").get("/api/v1/nothing").status == 404);
    const Reply method = site.as("lea").send({"DELETE", "/api/v1/findings"});
    BOOST_TEST(method.status == 405);
    BOOST_TEST(method.header("Allow").find("POST") != std::string::npos);
    for (const char* number : {"0", "-1", "x", "1x", "99999999999999999999", "2"}) {
        BOOST_TEST_CONTEXT(number)
        BOOST_TEST(
            site.as("lea").get(std::string("/api/v1/evidence/E-0001/v/") + number + "/content").status ==
            404);
    }
    BOOST_TEST(site.as("lea").get("/api/v1/ledger/proof/-1").status == 404);
    BOOST_TEST(site.as("lea").get("/api/v1/ledger/proof/999999").status >= 400);
}

BOOST_AUTO_TEST_CASE(a_field_that_breaks_a_rule_is_named_with_rule_and_fix) {
    Site site;
    const Reply reply = site.as("lea").post(
        "/api/v1/audits", R"({"title":"","auditee":"D","ref":"not a reference!","sites":["a\u0007b"]})");
    BOOST_TEST(reply.status == 400);
    BOOST_TEST(reply.json.find("errors")->items()->size() >= 3U);
    const Reply who = site.as("lea").post(
        "/api/v1/audits", R"({"title":"T","auditee":"D","team":[{"account":"nobody-here"},{"acount":"x"}]})");
    BOOST_TEST(who.body.find("team[0].account") != std::string::npos);
    BOOST_TEST(who.body.find("team[1].acount") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

// The improvement policy and objectives, in pages and over the API.
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

constexpr const char* policy = "/improvement-policy";
constexpr const char* one = "/improvement-policy/IP-0001";

const std::string written = "title=Improvement+policy&text=We+measure+%3Cb%3Ebefore%3C%2Fb%3E+and+after";
const std::string days = "&effective_on=2020-01-01&review_on=2999-01-01";

/// An approved objective, "O-0001", without a KPI.
void approveObjective(Site& site) {
    must(201, site.as("ida").post(
                  "/api/v1/objectives",
                  R"({"title":"In time","unit":"%","direction":"higher_is_better","baseline":60,"target":80,)"
                  R"("owner":"ida","target_on":"2999-01-01"})"));
    must(200, site.as("tom").post("/api/v1/objectives/O-0001/events", R"({"event":"approve"})", "\"1\""));
}

void recordItem(Site& site, const std::string& title, const std::string& objective) {
    must(201, site.as("ida").post("/api/v1/improvements", R"({"title":")" + title +
                                                              R"(","process":"Incident management",)" +
                                                              R"("objective":")" + objective + R"("})"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(policy_pages)

BOOST_AUTO_TEST_CASE(a_policy_is_written_rejected_corrected_and_approved_with_forms) {
    Site site;
    BOOST_TEST(says(must(200, site.as("otto").get(policy)), "No version is in force"));
    BOOST_TEST(must(303, fill(site.as("ida"), policy, written)).header("Location") == one);
    const Reply draft = must(200, site.as("ida").get(one));
    BOOST_TEST(says(draft, "We measure &lt;b&gt;before&lt;/b&gt; and after"));
    for (const char* why :
         {"Cannot be submitted yet", "no day is named from which it holds", "no day is named for its review"})
        BOOST_TEST(says(draft, why));
    BOOST_TEST(says(must(200, site.as("tom").get(one)), "improvement manager"));
    BOOST_TEST(fill(site.as("ida"), one + std::string("/events"), "rev=1&event=submit").status == 422);
    must(303, fill(site.as("ida"), one + std::string("/edit"), "rev=1&" + written + days));
    must(303, fill(site.as("ida"), one + std::string("/events"), "rev=2&event=submit"));
    BOOST_TEST(fill(site.as("tom"), one + std::string("/events"), "rev=3&event=reject").status == 400);
    must(303, fill(site.as("tom"), one + std::string("/events"), "rev=3&event=reject&reason=Too+short"));
    BOOST_TEST(says(must(200, site.as("ida").get(one)), "Rejected: Too short"));
    must(303, fill(site.as("ida"), one + std::string("/events"), "rev=4&event=submit"));
    must(303, fill(site.as("tom"), one + std::string("/events"), "rev=5&event=approve"));
    const Reply holds = must(200, site.as("otto").get(policy));
    BOOST_TEST(says(holds, "We measure &lt;b&gt;before&lt;/b&gt; and after"));
    BOOST_TEST(says(holds, "in force since 2020-01-01"));
    BOOST_TEST(fill(site.as("ida"), one + std::string("/edit"), "rev=6&title=T&text=Another+text").status ==
               422);
}

BOOST_AUTO_TEST_CASE(the_next_version_begins_with_the_words_of_the_one_before_and_both_stay) {
    Site site;
    const Client& ida = site.as("ida");
    const std::string api = "/api/v1/improvement-policy";
    const auto approve = [&](const std::string& ref, const std::string& text) {
        must(201, ida.post(api, R"({"title":"Policy","text":")" + text +
                                    R"(","effective_on":"2020-01-01","review_on":"2999-01-01"})"));
        must(200, ida.post(api + "/" + ref + "/events", R"({"event":"submit"})", "\"1\""));
        must(200, site.as("tom").post(api + "/" + ref + "/events", R"({"event":"approve"})", "\"2\""));
    };
    approve("IP-0001", "First words.");
    BOOST_TEST(says(must(200, ida.get("/improvement-policy/new")), "First words."));
    approve("IP-0002", "Second words.");
    const Reply all = must(200, site.as("pia").get(api));
    BOOST_TEST(all.json.find("versions")->items()->size() == 2U);
    BOOST_TEST(std::string(all.json.find("in_force")->textAt("text")) == "Second words.");
    const Reply first = must(200, site.as("pia").get(api + "/IP-0001"));
    BOOST_TEST(first.text("text") == "First words.");
    BOOST_TEST(first.text("state") == "superseded");
    BOOST_TEST(says(must(200, site.as("pia").get("/improvement-policy/IP-0001")), "First words."));
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_a_version_is_named_and_what_was_typed_stays) {
    Site site;
    const Reply refused =
        fill(site.as("ida"), policy, "title=Kept+title&text=&effective_on=2030-01-01&review_on=2029-01-01");
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(says(refused, "value=\"Kept title\""));
    BOOST_TEST(says(refused, "review_on"));
    must(303, fill(site.as("ida"), policy, written));
    BOOST_TEST(site.as("ida").post("/api/v1/improvement-policy", R"({"title":"T","text":"T"})").problem() ==
               "version-under-way");
}

BOOST_AUTO_TEST_CASE(the_register_is_filtered_by_objective_in_every_view) {
    Site site;
    approveObjective(site);
    recordItem(site, "Serves the aim", "O-0001");
    recordItem(site, "Serves nothing", "");
    const Client& ida = site.as("ida");
    for (const char* view : {"/improvements", "/improvements/board", "/improvements/calendar"}) {
        BOOST_TEST_CONTEXT(view) {
            const Reply serving = must(200, ida.get(std::string(view) + "?objective=O-0001"));
            BOOST_TEST(says(serving, "Serves the aim"));
            BOOST_TEST(!says(serving, "Serves nothing"));
            const Reply loose = must(200, ida.get(std::string(view) + "?serves_none=1"));
            BOOST_TEST(!says(loose, "Serves the aim"));
            BOOST_TEST(says(loose, "Serves nothing"));
        }
    }
    const Reply csv = must(200, ida.get("/improvements/export?format=csv&objective=O-0001"));
    BOOST_TEST(says(csv, "Serves the aim"));
    BOOST_TEST(!says(csv, "Serves nothing"));
    const Reply loose = must(200, ida.get("/api/v1/improvements?serves_none=true&open=true"));
    BOOST_REQUIRE(loose.json.find("items")->items()->size() == 1U);
    BOOST_TEST(says(loose, "Serves nothing"));
    BOOST_TEST(says(must(200, ida.get("/improvements/II-0001")), "href=\"/objectives/O-0001\""));
    BOOST_TEST(says(must(200, ida.get("/objectives")), "Serves nothing"));
}

BOOST_AUTO_TEST_CASE(a_value_is_entered_with_the_version_that_proves_it) {
    Site site;
    approveObjective(site);
    const std::string evidence = site.newEvidence(site.newAudit(), "39 of 40") + "/v1";
    const std::string value = "/objectives/O-0001/value";
    BOOST_TEST(fill(site.as("ida"), value, "rev=2&value=70&evidence=E-9999/v1").status == 400);
    must(303, fill(site.as("ida"), value, "rev=2&value=70&evidence=" + evidence));
    BOOST_TEST(says(must(200, site.as("ida").get("/objectives/O-0001")), evidence));
    const Reply shown = must(200, site.as("lea").get("/api/v1/objectives/O-0001"));
    BOOST_TEST(shown.text("evidence") == evidence);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

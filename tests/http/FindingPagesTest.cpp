// One finding as a page: where it stands, what may follow and why not, its class; and pages without an
// account.
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

/// The page's part from one mark to the next one.
std::string part(const Reply& reply, std::string_view from, std::string_view to) {
    const std::size_t begin = reply.body.find(from);
    if (begin == std::string::npos) throw std::runtime_error("the page lacks " + std::string(from));
    return reply.body.substr(begin, reply.body.find(to, begin) - begin);
}

/// The stepper's entry of that state.
std::string stepOf(const Reply& page, const std::string& state) {
    const std::string stepper = part(page, "class=\"stepper", "</ol>");
    const std::size_t word = stepper.find("<strong>" + state + "</strong>");
    if (word == std::string::npos) return {};
    const std::size_t begin = stepper.rfind("<li", word);
    return stepper.substr(begin, stepper.find("</li>", begin) - begin);
}

bool has(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

std::string bareDraft(Site& site) {
    return must(201, site.as("aud").post("/api/v1/findings", R"({"audit":")" + site.newAudit() +
                                                                 R"(","title":"Bare","owner":"pia"})"))
        .text("ref");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(finding_pages)

BOOST_AUTO_TEST_CASE(the_stepper_shows_what_is_done_where_it_stands_and_who_is_awaited) {
    Site site;
    const std::string ref = site.newIssuedFinding(site.newAudit());
    const Reply page = must(200, site.as("aud").get("/findings/" + ref));
    const std::string today = Date::of(SystemClock().now()).iso();
    BOOST_TEST(has(stepOf(page, "Draft"), "class=\"done\""));
    BOOST_TEST(has(stepOf(page, "Issued"), "aria-current=\"step\""));
    BOOST_TEST(has(stepOf(page, "Issued"), today));
    BOOST_TEST(has(stepOf(page, "Responded"), "class=\"later\""));
    BOOST_TEST(has(stepOf(page, "Responded"), "by the process owner"));
    BOOST_TEST(!has(stepOf(page, "Closed"), today));
    BOOST_TEST(!stepOf(page, "Verified").empty());
}

BOOST_AUTO_TEST_CASE(a_withdrawn_finding_stands_at_the_end_of_what_it_had_reached) {
    Site site;
    const std::string ref = site.newIssuedFinding(site.newAudit());
    must(200, site.as("lea").post("/api/v1/findings/" + ref + "/events",
                                  R"({"event":"withdraw","reason":"R"})", "\"2\""));
    const Reply page = must(200, site.as("lea").get("/findings/" + ref));
    BOOST_TEST(has(stepOf(page, "Withdrawn"), "aria-current=\"step\""));
    BOOST_TEST(has(stepOf(page, "Issued"), "class=\"done\""));
    BOOST_TEST(stepOf(page, "Responded").empty());
    BOOST_TEST(stepOf(page, "Closed").empty());
}

BOOST_AUTO_TEST_CASE(each_next_step_says_where_it_leads_and_what_stands_against_it_before_anybody_tries) {
    Site site;
    const std::string ref = bareDraft(site);
    const Reply other = must(200, site.as("aud").get("/findings/" + ref));
    const std::string next = part(other, "What happens next", "</section>");
    BOOST_TEST(has(next, "lead auditor</strong> can issue, which leads to <strong>Issued</strong>"));
    BOOST_TEST(has(next, "Cannot be issued yet: "));
    BOOST_TEST(has(next, "no evidence version is attached."));
    BOOST_TEST(has(next, "can discard, which leads to <strong>Discarded</strong>"));
    // Whose step it is reads the same at the place of the step, and not twice.
    const Reply own = must(200, site.as("lea").get("/findings/" + ref));
    BOOST_TEST(!has(part(own, "What happens next", "</section>"), "Cannot be issued yet"));
    BOOST_TEST(has(part(own, "Your next step", "</section>"), "Cannot be issued yet"));
    BOOST_TEST(has(part(own, "Your next step", "</section>"), "leads to Discarded"));
}

BOOST_AUTO_TEST_CASE(every_step_that_is_not_the_readers_says_why) {
    Site site;
    const std::string ref = site.newIssuedFinding(site.newAudit());
    for (const char* account : {"lea", "aud", "pia", "tom"}) {
        const Reply shown = must(200, site.as(account).get("/api/v1/findings/" + ref));
        BOOST_TEST(!shown.json.find("steps")->items()->empty());
        for (const codec::Json& step : *shown.json.find("steps")->items()) {
            const bool may = *step.find("permitted")->boolean();
            BOOST_TEST(may == step.textAt("not_you").empty(), account);
            BOOST_TEST((may || step.textAt("not_you").starts_with("Only ")), account);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_lead_changes_the_class_with_a_reason_and_nobody_else_is_offered_to) {
    Site site;
    const std::string ref = site.newIssuedFinding(site.newAudit());
    const std::string at = "/findings/" + ref;
    const Reply page = must(200, site.as("lea").get(at));
    const std::string form = part(page, "action=\"" + at + "/class\"", "</form>");
    BOOST_TEST(has(form, "value=\"major\""));
    BOOST_TEST(!has(form, "value=\"minor\""));
    for (const char* other : {"aud", "pia", "ida", "tom"})
        BOOST_TEST(!says(must(200, site.as(other).get(at)), "Change the class"), other);
    BOOST_TEST(fill(site.as("lea"), at + "/class", "rev=2&class=major&reason=").status == 400);
    must(303, fill(site.as("lea"), at + "/class", "rev=2&class=major&reason=The+control+is+missing"));
    const Reply after = must(200, site.as("aud").get(at));
    BOOST_TEST(says(after, "Major nonconformity"));
    BOOST_TEST(says(after, "The control is missing"));
    BOOST_TEST(!says(must(200, site.as("lea").get("/findings/" + bareDraft(site))), "Change the class"));
}

BOOST_AUTO_TEST_CASE(after_the_response_only_classes_of_the_same_kind_are_offered) {
    Site site;
    const std::string ref = site.newIssuedFinding(site.newAudit());
    static_cast<void>(site.newAction(ref));
    const Client& pia = site.as("pia");
    const std::string at = "/api/v1/findings/" + ref;
    must(200, pia.put(at + "/response",
                      R"({"correction":"C","extent":"E","root_causes":[{"code":"RC-1","text":"T"}]})",
                      pia.get(at).tag()));
    must(200, pia.post(at + "/events", R"({"event":"respond"})", pia.get(at).tag()));
    const Reply shown = must(200, site.as("lea").get(at));
    const auto& offered = *shown.json.find("rights")->find("reclassify")->items();
    BOOST_REQUIRE(offered.size() == 1U);
    BOOST_TEST(*offered.front().text() == "major");
}

BOOST_AUTO_TEST_CASE(whys_and_fishbone_are_written_in_the_form_and_drawn_on_the_findings_page) {
    Site site;
    const std::string at = "/findings/" + site.newIssuedFinding(site.newAudit());
    const Client& pia = site.as("pia");
    BOOST_TEST(has(must(200, pia.get(at + "/response")).body, "name=\"branch_cause\""));
    const std::string texts = "&correction=C&extent=E&why=Nobody+asked&why=&cause=No+rule";
    const Reply half =
        fill(pia, at + "/response", "rev=2" + texts + "&branch=people&branch_cause=&branch=&branch_cause=");
    BOOST_TEST(half.status == 400);
    BOOST_TEST(says(half, "fishbone[0].cause"));
    BOOST_TEST(says(half, "value=\"people\""));
    must(303, fill(pia, at + "/response",
                   "rev=2" + texts +
                       "&branch=people&branch_cause=New+staff&branch=&branch_cause="
                       "&branch=technology&branch_cause=The+form+lacks+it"));
    const Reply shown = must(200, site.as("aud").get(at));
    BOOST_TEST(says(shown, "Why 1: Nobody asked. Root cause RC-1: No rule."));
    BOOST_TEST(says(shown, "people: New staff. technology: The form lacks it."));
    const Reply sent = must(200, pia.get("/api/v1" + at));
    BOOST_TEST(sent.json.find("responses")->items()->front().find("fishbone")->items()->size() == 2U);
    BOOST_TEST(says(must(200, pia.get(at + "/response")), "value=\"technology\""));
}

BOOST_AUTO_TEST_CASE(where_else_it_was_looked_for_is_written_in_rows_and_shown_as_a_table) {
    Site site;
    const std::string ref = site.newIssuedFinding(site.newAudit());
    const std::string at = "/findings/" + ref;
    const Client& pia = site.as("pia");
    const std::string texts = "&correction=C&extent=E&cause=No+rule&place_kind=site&place=Lyon";
    const Reply half = fill(pia, at + "/response", "rev=2" + texts + "&looked_at=&place_sample=");
    BOOST_TEST(half.status == 400);
    BOOST_TEST(says(half, "extent_places[0].looked_at"));
    BOOST_TEST(says(half, "value=\"Lyon\""));
    const Reply wrong = fill(pia, at + "/response", "rev=2" + texts + "&looked_at=Log&place_sample=many");
    BOOST_TEST(wrong.status == 400);
    BOOST_TEST(says(wrong, "of place 1 is no whole number."));
    must(303, fill(pia, at + "/response",
                   "rev=2" + texts +
                       "&looked_at=The+log&place_sample=40&place_population=400&place_found=2"
                       "&place_kind=process&place=&looked_at=&place_sample="));
    const Reply shown = must(200, pia.get(at));
    BOOST_TEST(says(shown, "Site: Lyon"));
    BOOST_TEST(says(shown, "40 of 400"));
    BOOST_TEST(says(shown, "yes, in 2"));
    BOOST_TEST(has(shown.body, at + "/actions/new?title=Correct"));
    BOOST_TEST(says(must(200, pia.get(at + "/actions/new?title=Correct+it")), "value=\"Correct it\""));
    const Reply sent = must(200, pia.get("/api/v1" + at));
    const auto& places = *sent.json.find("responses")->items()->front().find("extent_places")->items();
    BOOST_REQUIRE(places.size() == 1U);
    BOOST_TEST(places.front().textAt("kind") == "site");
    BOOST_TEST(places.front().integerAt("population") == 400);
    const Reply refused =
        pia.put("/api/v1" + at + "/response",
                R"({"extent_places":[{"kind":"planet","place":"P","looked_at":"L"}]})", sent.tag());
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(has(refused.body, "extent_places[0].kind"));
}

BOOST_AUTO_TEST_CASE(a_root_cause_without_an_action_blocks_the_plan_before_anybody_tries) {
    Site site;
    const std::string ref = site.newIssuedFinding(site.newAudit());
    static_cast<void>(site.newAction(ref));
    const Client& pia = site.as("pia");
    const std::string at = "/api/v1/findings/" + ref;
    must(200, pia.put(at + "/response", R"({"correction":"C","extent":"E",
        "root_causes":[{"code":"RC-1","text":"No rule"},{"code":"RC-2","text":"No time"}]})",
                      pia.get(at).tag()));
    must(200, pia.post(at + "/events", R"({"event":"respond"})", pia.get(at).tag()));
    const Client& lea = site.as("lea");
    const Reply refused = lea.post(at + "/events", R"({"event":"accept-plan"})", lea.get(at).tag());
    BOOST_TEST(refused.status == 422);
    BOOST_TEST(has(refused.body, "root causes RC-1, RC-2 have no corrective action that answers them"));
    BOOST_TEST(says(must(200, lea.get("/findings/" + ref)),
                    "root causes RC-1, RC-2 have no corrective action that answers them"));
}

BOOST_AUTO_TEST_CASE(a_text_that_suggests_a_cause_warns_in_the_answer_and_on_the_pages_and_refuses_nothing) {
    Site site;
    const Client& aud = site.as("aud");
    const std::string audit = site.newAudit();
    const Reply made = must(
        201, aud.post("/api/v1/findings", R"({"audit":")" + audit +
                                              R"(","title":"T","nature":"Missing due to a lack of time"})"));
    const auto& warnings = *made.json.find("warnings")->items();
    BOOST_REQUIRE(warnings.size() == 2U);
    BOOST_TEST(warnings[0].textAt("phrase") == "due to");
    BOOST_TEST(warnings[0].textAt("reads_like") == "cause");
    const std::string at = "/findings/" + made.text("ref");
    const std::string heading = "Words that suggest a cause or a solution";
    BOOST_TEST(says(must(200, aud.get(at)), heading));
    BOOST_TEST(says(must(200, aud.get(at + "/edit")), heading));
    const Reply edited = must(
        200,
        aud.put("/api/v1" + at, R"({"audit":")" + audit + R"(","title":"T","nature":"Missing."})", "\"1\""));
    BOOST_TEST(edited.json.find("warnings") == nullptr);
    BOOST_TEST(!says(must(200, aud.get(at)), heading));
}

BOOST_AUTO_TEST_CASE(accepting_a_plan_offers_the_check_and_books_what_was_chosen) {
    Site site;
    const std::string ref = site.newIssuedFinding(site.newAudit());
    const Client& pia = site.as("pia");
    const Client& lea = site.as("lea");
    const std::string at = "/api/v1/findings/" + ref;
    must(201, pia.post("/api/v1/actions", R"({"finding":")" + ref +
                                              R"(","kind":"corrective","title":"Ask","owner":"otto",
        "root_cause":"RC-1","due":"2030-01-10"})"));
    must(201, pia.post("/api/v1/actions", R"({"finding":")" + ref +
                                              R"(","kind":"correction","title":"Repair","owner":"otto",
        "due":"2030-01-05"})"));
    must(200, pia.put(at + "/response",
                      R"({"correction":"C","extent":"E","root_causes":[{"code":"RC-1","text":"T"}]})",
                      pia.get(at).tag()));
    must(200, pia.post(at + "/events", R"({"event":"respond"})", pia.get(at).tag()));
    const Reply page = must(200, lea.get("/findings/" + ref));
    BOOST_TEST(says(page, "name=\"check_on\" value=\"2030-04-10\""));
    BOOST_TEST(says(page, "<h3>Corrections</h3>"));
    BOOST_TEST(says(page, "<h3>Corrective actions</h3>"));
    BOOST_TEST(!says(page, "<h3>Preventive actions</h3>"));
    const Reply early =
        lea.post(at + "/events", R"({"event":"accept-plan","check_on":"2030-01-09"})", lea.get(at).tag());
    BOOST_TEST(early.status == 400);
    BOOST_TEST(early.text("field") == "check_on");
    must(303, fill(lea, "/findings/" + ref + "/events",
                   "rev=" + lea.get(at).tag().substr(1, 1) +
                       "&event=accept-plan&criterion=None+in+40&check_on=2030-05-01"));
    const Reply shown = must(200, lea.get(at));
    const codec::Json& check = shown.json.find("effectiveness_checks")->items()->front();
    BOOST_TEST(check.textAt("criterion") == "None in 40");
    BOOST_TEST(check.textAt("planned_on") == "2030-05-01");
}

BOOST_AUTO_TEST_CASE(the_log_links_only_what_its_reader_may_open) {
    Site site;
    const std::string draft = bareDraft(site);
    const std::string issued = site.newIssuedFinding(site.newAudit());
    const auto linked = [&](const char* account, const std::string& ref) {
        const Reply log = must(200, site.as(account).get("/log"));
        BOOST_TEST(says(log, ref), account);
        const bool link = says(log, "href=\"/findings/" + ref + "\"");
        BOOST_TEST(link == (site.as(account).get("/findings/" + ref).status == 200), account);
        return link;
    };
    BOOST_TEST(linked("lea", draft));
    BOOST_TEST(!linked("tom", draft));
    BOOST_TEST(!linked("ida", draft));
    BOOST_TEST(linked("tom", issued));
    BOOST_TEST(!linked("lou", issued));
    BOOST_TEST(!linked("admin", issued));
}

BOOST_AUTO_TEST_CASE(pages_without_an_account_lead_to_signing_in) {
    Site site;
    const std::string link = "<a class=\"button\" href=\"/login\">Sign in</a>";
    for (const char* target : {"/verify", "/keys", "/help"}) {
        BOOST_TEST(says(must(200, site.nobody().get(target)), link), target);
        BOOST_TEST(!says(must(200, site.as("lea").get(target)), link), target);
    }
    BOOST_TEST(!says(must(200, site.nobody().get("/login")), link));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

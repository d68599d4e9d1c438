// Pages of audits: the list, one audit, the form with team and checklist, steps, sharing.
#include <boost/test/unit_test.hpp>
#include <string>

#include "http/ApiFixture.h"

namespace tickmark::http::test {
namespace {

/// A form as a browser posts it; the client brings the session's secret in its header.
Reply fill(const Client& client, const std::string& target, const std::string& fields) {
    return client.send(
        {"POST", target, fields, "application/x-www-form-urlencoded", "Accept: text/html\r\n"});
}

bool says(const Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

const std::string common =
    "type=internal&auditee=Change&from=2026-03-02&to=2026-03-04&catalog=iso20000-1&sites=North%0D%0ASouth";
const std::string team = "&member=lea&lead=lea&impartiality-lea=No+ties&member=aud&impartiality-aud=";

/// Makes an audit through the form; its address.
std::string made(Site& site, const std::string& more) {
    return must(303, fill(site.as("lea"), "/audits", common + team + "&title=Change+audit" + more))
        .header("Location");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(audit_pages)

BOOST_AUTO_TEST_CASE(an_audit_made_by_the_form_shows_all_that_was_written) {
    Site site;
    const std::string at = made(site, "&scope=One%0D%0ATwo");
    const Reply page = must(200, site.as("aud").get(at));
    for (const char* text : {"Change audit", "2026-03-02 to 2026-03-04", "North\nSouth", "One\nTwo",
                             "No ties", "No declaration of impartiality yet"}) {
        BOOST_TEST(says(page, text), text);
    }
    const Reply audit = must(200, site.as("lea").get("/api/v1" + at));
    BOOST_TEST(audit.json.find("team")->items()->size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_was_written_stays_in_the_form_when_something_is_wrong) {
    Site site;
    const Client& lea = site.as("lea");
    const Reply untitled = fill(lea, "/audits", common + team + "&title=&plan=Day+%3Cone%3E");
    BOOST_TEST(untitled.status == 400);
    BOOST_TEST(says(untitled, "Day &lt;one&gt;"));
    BOOST_TEST(says(untitled, "<code>title</code>"));
    BOOST_TEST(says(fill(lea, "/audits", common + "&title=T&member=nobody"), "no auditor"));
    BOOST_TEST(!says(must(200, lea.get("/audits")), "/audits/IA-"));
}

BOOST_AUTO_TEST_CASE(a_second_writer_sees_both_texts_and_keeps_theirs) {
    Site site;
    const Client& lea = site.as("lea");
    const std::string at = made(site, "");
    must(303, fill(lea, at + "/edit", common + team + "&title=First+writer&rev=1"));
    const Reply conflict = fill(lea, at + "/edit", common + team + "&title=Second+writer&rev=1");
    BOOST_TEST(conflict.status == 409);
    BOOST_TEST(says(conflict, "What stands now, beside yours"));
    BOOST_TEST(says(conflict, "First writer"));
    BOOST_TEST(says(conflict, "value=\"Second writer\""));
    BOOST_TEST(says(conflict, "name=\"rev\" value=\"2\""));
    must(303, fill(lea, at + "/edit", common + team + "&title=Second+writer&rev=2"));
    BOOST_TEST(says(must(200, lea.get(at)), "<h1>Second writer</h1>"));
}

BOOST_AUTO_TEST_CASE(only_the_lead_is_offered_and_may_open_the_form) {
    Site site;
    const std::string at = made(site, "");
    BOOST_TEST(says(must(200, site.as("lea").get(at)), at + "/edit"));
    BOOST_TEST(!says(must(200, site.as("aud").get(at)), at + "/edit"));
    BOOST_TEST(site.as("lou").get(at).status == 404);
    BOOST_TEST(site.as("lou").get(at + "/edit").status == 404);
    BOOST_TEST(fill(site.as("lou"), at + "/edit", common + "&title=Mine&rev=1").status == 404);
}

BOOST_AUTO_TEST_CASE(steps_and_sharing_work_from_the_page) {
    Site site;
    const Client& lea = site.as("lea");
    const std::string at = made(site, "");
    BOOST_TEST(site.as("xavi").get(at).status == 404);
    must(303, fill(lea, at + "/events", "rev=1&event=start-fieldwork"));
    BOOST_TEST(fill(lea, at + "/events", "rev=2&event=none-such").status == 400);
    BOOST_TEST(fill(lea, at + "/shares", "rev=2&deed=share&account=xavi&until=").status == 400);
    must(303, fill(lea, at + "/shares", "rev=2&deed=share&account=xavi&until=2099-01-01"));
    BOOST_TEST(says(must(200, site.as("xavi").get(at)), "Fieldwork"));
    BOOST_TEST(!says(must(200, site.as("xavi").get(at)), "Shared with"));
    BOOST_TEST(says(must(200, lea.get(at)), "2099-01-01"));
    must(303, fill(lea, at + "/shares", "rev=3&deed=end&account=xavi"));
    BOOST_TEST(site.as("xavi").get(at).status == 404);
}

BOOST_AUTO_TEST_CASE(every_figure_of_an_audit_is_a_link_to_the_list_that_it_counts) {
    Site site;
    const std::string audit = site.newAudit();
    static_cast<void>(site.newIssuedFinding(audit));
    static_cast<void>(site.newFinding(audit));
    const Reply page = must(200, site.as("lea").get("/audits/" + audit));
    BOOST_TEST(says(page, "<a href=\"/findings?audit=" + audit + "\"><strong>2</strong> findings</a>"));
    BOOST_TEST(
        says(page, "<a href=\"/evidence?audit=" + audit + "\"><strong>2</strong> evidence versions</a>"));
    const Reply read = must(200, site.as("tom").get("/audits/" + audit));
    BOOST_TEST(says(read, "<a href=\"/findings?audit=" + audit + "\"><strong>1</strong> finding</a>"));
    BOOST_TEST(says(must(200, site.as("lea").get("/audits")), ">2</a>"));
    BOOST_TEST(says(must(200, site.as("tom").get("/audits")), ">Findings</a></td>"));
}

BOOST_AUTO_TEST_CASE(the_page_of_a_large_audit_shows_the_latest_findings_and_links_the_others) {
    Site site;
    const std::string audit = site.newAudit();
    const std::string first = site.newIssuedFinding(audit);
    for (int i = 0; i < 20; ++i) static_cast<void>(site.newFinding(audit));
    const Reply page = must(200, site.as("lea").get("/audits/" + audit));
    BOOST_TEST(says(page, "<strong>21</strong> findings"));
    BOOST_TEST(!says(page, "/findings/" + first + "\""));
    BOOST_TEST(says(page, "All findings of this audit"));
}

BOOST_AUTO_TEST_CASE(the_list_goes_on_where_the_page_before_ended) {
    Site site;
    for (int i = 0; i < 51; ++i) static_cast<void>(made(site, "&ref=NN-" + std::to_string(100 + i)));
    const Reply first = must(200, site.as("lea").get("/audits?type=internal"));
    BOOST_TEST(says(first, "NN-150"));
    BOOST_TEST(!says(first, "NN-100"));
    const auto link = first.body.find("href=\"/audits?type=internal&amp;after=");
    BOOST_REQUIRE(link != std::string::npos);
    const auto begin = link + 6;
    std::string next = first.body.substr(begin, first.body.find('"', begin) - begin);
    next.replace(next.find("&amp;"), 5, "&");
    const Reply second = must(200, site.as("lea").get(next));
    BOOST_TEST(says(second, "NN-100"));
    BOOST_TEST(!says(second, "NN-101"));
    BOOST_TEST(!says(must(200, site.as("lea").get("/audits?type=supplier")), "NN-150"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

// Looking at evidence and reading the report over HTTP: policies, frames, media types.
#include <boost/test/unit_test.hpp>
#include <string>

#include "http/ApiFixture.h"

namespace tickmark::http::test {
namespace {

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

Reply page(const Client& client, const std::string& target) {
    return client.send({"GET", target, {}, {}, "Accept: text/html\r\n"});
}

Reply accepting(const Client& client, const std::string& target, const std::string& types) {
    return client.send({"GET", target, {}, {}, "Accept: " + types + "\r\n"});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(preview_pages)

BOOST_AUTO_TEST_CASE(what_a_frame_shows_has_no_origin_and_loads_nothing) {
    Site site;
    const std::string evidence = site.newEvidence(site.newAudit(), "<script>alert(1)</script>\n");
    const Reply frame = must(200, page(site.as("lea"), "/evidence/" + evidence + "/v/1/preview"));
    const std::string policy = frame.header("Content-Security-Policy");
    BOOST_TEST(policy.starts_with("sandbox; default-src 'none'"));
    BOOST_TEST(!holds(policy, "allow-"));
    BOOST_TEST(!holds(policy, "script-src"));
    BOOST_TEST(holds(policy, "frame-ancestors 'self'"));
    BOOST_TEST(frame.header("X-Content-Type-Options") == "nosniff");
    BOOST_TEST(frame.header("Cross-Origin-Resource-Policy") == "same-origin");
    BOOST_TEST(!holds(frame.body, "<script"));
    BOOST_TEST(holds(frame.body, "&lt;script&gt;alert(1)"));
}

BOOST_AUTO_TEST_CASE(only_the_page_that_shows_a_frame_may_have_one) {
    Site site;
    const std::string evidence = "/evidence/" + site.newEvidence(site.newAudit(), "the words\n");
    const Client& lea = site.as("lea");
    const Reply plain = must(200, page(lea, evidence));
    BOOST_TEST(!holds(plain.header("Content-Security-Policy"), "frame-src"));
    BOOST_TEST(holds(plain.body, evidence + "?preview=1#preview"));
    BOOST_TEST(!holds(plain.body, "<iframe"));
    const Reply shown = must(200, page(lea, evidence + "?preview=1"));
    BOOST_TEST(holds(shown.header("Content-Security-Policy"), "frame-src 'self'"));
    BOOST_TEST(holds(shown.header("Content-Security-Policy"), "script-src 'self'"));
    BOOST_TEST(holds(shown.body, "<iframe class=\"preview-frame\" sandbox=\"\" src=\"" + evidence));
}

BOOST_AUTO_TEST_CASE(a_file_without_a_preview_says_so_in_words) {
    Site site;
    const std::string audit = site.newAudit();
    const std::string bytes("\x00\x01\x02\x03\xFF\xFE\x00\x07", 8);
    const std::string evidence = "/evidence/" + site.newEvidence(audit, bytes);
    BOOST_TEST(!holds(must(200, page(site.as("lea"), evidence)).body, "Look at version"));
    must(422, page(site.as("lea"), evidence + "/v/1/preview"));
    must(404, page(site.as("lea"), evidence + "/v/9/preview"));
    must(404, page(site.as("lea"), evidence + "/v/x/preview"));
    must(404, page(site.as("lou"), evidence + "/v/1/preview"));
    const std::string image = "/evidence/" + site.newEvidence(audit, "\x89PNG\r\n\x1a\n broken");
    BOOST_TEST(holds(must(200, page(site.as("lea"), image + "?preview=1")).body, "Download the version"));
}

BOOST_AUTO_TEST_CASE(the_report_lets_its_own_style_apply_and_nothing_else) {
    Site site;
    const std::string audit = site.newAudit();
    const std::string finding = site.newIssuedFinding(audit);
    const Reply report = must(200, page(site.as("lea"), "/audits/" + audit + "/report"));
    const std::string policy = report.header("Content-Security-Policy");
    BOOST_TEST(policy.starts_with("default-src 'none'; style-src 'sha256-"));
    BOOST_TEST(!holds(policy, "script-src"));
    BOOST_TEST(holds(report.body, ">" + finding + "<"));
    BOOST_TEST(holds(report.body, "/audits/" + audit + "/report.pdf"));
    BOOST_TEST(
        holds(must(200, page(site.as("lea"), "/audits/" + audit)).body, "/audits/" + audit + "/report\""));
}

BOOST_AUTO_TEST_CASE(the_api_gives_the_report_as_the_client_accepts) {
    Site site;
    const std::string audit = site.newAudit();
    const std::string target = "/api/v1/audits/" + audit + "/report";
    const Client& lea = site.as("lea");
    BOOST_TEST(must(200, lea.get(target)).text("reference") == audit);
    BOOST_TEST(must(200, accepting(lea, target, "*/*")).header("Content-Type") == "application/json");
    BOOST_TEST(must(200, accepting(lea, target, "text/html;q=1, */*")).header("Content-Type") ==
               "text/html; charset=utf-8");
    const Reply pdf = must(200, accepting(lea, target, "application/pdf"));
    BOOST_TEST(pdf.header("Content-Type") == "application/pdf");
    BOOST_TEST(pdf.body.starts_with("%PDF-"));
    BOOST_TEST(must(400, accepting(lea, target, "image/png")).problem() == "not-acceptable");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

// Pages of evidence and requests: handing over by a plain form, receipts, custody, asking.
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "http/ApiFixture.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::http::test {
namespace {

/// A form as a browser posts it; the client brings the session's secret in its header.
Reply fill(const Client& client, const std::string& target, const std::string& fields) {
    return client.send(
        {"POST", target, fields, "application/x-www-form-urlencoded", "Accept: text/html\r\n"});
}

bool says(const Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

struct Part {
    std::string name{};
    std::string value{};
    std::string file{};
    bool isFile = false;
};

std::string written(const std::vector<Part>& parts, const std::string& end = "--XX--\r\n") {
    std::string body;
    for (const Part& part : parts) {
        body += "--XX\r\nContent-Disposition: form-data; name=\"" + part.name + "\"";
        if (part.isFile) body += "; filename=\"" + part.file + "\"";
        body += "\r\n\r\n" + part.value + "\r\n";
    }
    return body + end;
}

Reply send(const Client& client, const std::string& body) {
    return client.send(
        {"POST", "/evidence/hand-over", body, "multipart/form-data; boundary=XX", "Accept: text/html\r\n"});
}

/// Fields before the file as given, the session's secret first, the file last.
Reply handOver(const Client& client, std::vector<Part> fields, const std::string& name,
               const std::string& bytes) {
    fields.insert(fields.begin(), {"csrf", client.csrf});
    fields.push_back({"file", bytes, name, true});
    return send(client, written(fields));
}

std::size_t evidenceIn(Site& site, const std::string& audit) {
    const Reply list = must(200, site.as("lea").get("/api/v1/evidence?limit=200&audit=" + audit));
    return list.json.find("items")->items()->size();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(evidence_pages)

BOOST_AUTO_TEST_CASE(a_file_handed_over_by_a_form_ends_as_a_receipt_with_its_whole_digest) {
    Site site;
    const std::string audit = site.newAudit();
    const std::string bytes = "measured,kept\n1,2\n";
    const Reply done = must(303, handOver(site.as("aud"), {{"source", "Service desk tool"}, {"audit", audit}},
                                          "kept.csv", bytes));
    const std::string receipt = done.header("Location");
    BOOST_TEST(receipt.starts_with("/evidence/E-"));
    BOOST_TEST(receipt.ends_with("/v/1/receipt"));
    const Reply page = must(200, site.as("aud").get(receipt));
    BOOST_TEST(says(page, crypto::Sha256::of(bytes).hex()));
    BOOST_TEST(says(page, "18 bytes"));
    BOOST_TEST(says(page, "Service desk tool"));
    BOOST_TEST(says(page, "kept.csv"));
    const Reply same = must(303, handOver(site.as("lea"), {{"audit", audit}}, "again.csv", bytes));
    BOOST_TEST(says(must(200, site.as("lea").get(same.header("Location"))), "also received as"));
}

BOOST_AUTO_TEST_CASE(the_way_back_is_followed_only_within_the_program) {
    Site site;
    const std::string audit = site.newAudit();
    const auto backTo = [&](const std::string& back) {
        return must(303, handOver(site.as("lea"), {{"back", back}, {"audit", audit}}, "a.txt", "a"))
            .header("Location");
    };
    BOOST_TEST(backTo("/audits/" + audit) == "/audits/" + audit);
    for (const std::string elsewhere :
         {"//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example", "", "audits"}) {
        BOOST_TEST(backTo(elsewhere).ends_with("/receipt"), elsewhere);
    }
}

BOOST_AUTO_TEST_CASE(a_form_that_is_not_whole_keeps_nothing) {
    Site site;
    const std::string audit = site.newAudit();
    const Client& lea = site.as("lea");
    const std::vector<Part> start{{"csrf", lea.csrf}, {"audit", audit}};
    const auto with = [&](std::vector<Part> more) {
        std::vector<Part> all = start;
        all.insert(all.end(), more.begin(), more.end());
        return all;
    };
    const Part file{"file", "bytes", "f.txt", true};
    BOOST_TEST(send(lea, written(with({file, {"late", "field"}}))).status == 400);
    BOOST_TEST(send(lea, written(with({file}), "")).status == 400);
    BOOST_TEST(send(lea, written(with({file}), "--XX--\r\nmore")).status == 400);
    BOOST_TEST(send(lea, written(with({}))).status == 400);
    BOOST_TEST(send(lea, written(with({{"unknown", "1"}, file}))).status == 400);
    BOOST_TEST(send(lea, written(with({{"period_from", "soon"}, file}))).status == 400);
    BOOST_TEST(send(lea, written(with({{"confidentiality", "hidden"}, file}))).status == 400);
    BOOST_TEST(send(lea, written(with({{"file", "bytes", "", true}}))).status == 400);
    BOOST_TEST(send(lea, written(with({{"file", "bytes", "../f.txt", true}}))).status == 400);
    BOOST_TEST(send(lea, written(with({{"file", "bytes", "f.txt", true}, file}))).status == 400);
    BOOST_TEST(evidenceIn(site, audit) == 0U);
    const Reply refused = send(lea, written(with({{"back", "/audits/" + audit}, {"unknown", "1"}, file})));
    BOOST_TEST(says(refused, "The file was not taken"));
    BOOST_TEST(says(refused, "href=\"/audits/" + audit + "\""));
}

BOOST_AUTO_TEST_CASE(a_form_without_the_sessions_secret_is_refused) {
    Site site;
    const std::string audit = site.newAudit();
    Client lea = site.as("lea");
    lea.csrf.clear();
    const Part file{"file", "bytes", "f.txt", true};
    BOOST_TEST(send(lea, written({{"csrf", "wrong"}, {"audit", audit}, file})).status == 403);
    BOOST_TEST(send(lea, written({{"audit", audit}, file})).status == 403);
    BOOST_TEST(evidenceIn(site, audit) == 0U);
}

BOOST_AUTO_TEST_CASE(a_new_version_stands_beside_the_old_one_with_its_custody) {
    Site site;
    const std::string audit = site.newAudit();
    const std::string ref = site.newEvidence(audit, "first");
    const Client& lea = site.as("lea");
    must(303, handOver(lea,
                       {{"audit", audit},
                        {"evidence", ref},
                        {"confidentiality", "secret"},
                        {"period_from", "2026-01-01"},
                        {"period_to", "2026-01-31"}},
                       "second.txt", "second"));
    must(200, lea.get("/evidence/" + ref + "/v/1/content"));
    must(303, fill(lea, "/evidence/" + ref + "/v/2/events", "rev=1&event=reject&reason=Not+signed"));
    const Reply page = must(200, lea.get("/evidence/" + ref));
    BOOST_TEST(says(page, "2 versions"));
    BOOST_TEST(says(page, "2026-01-01 to 2026-01-31"));
    BOOST_TEST(says(page, "Read by lea"));
    BOOST_TEST(says(page, "Rejected by lea"));
    BOOST_TEST(says(page, "Not signed"));
    BOOST_TEST(page.body.find("Version 2") < page.body.find("Version 1"));
}

BOOST_AUTO_TEST_CASE(contents_leave_as_attachments_that_no_browser_runs) {
    Site site;
    const std::string ref = site.newEvidence(site.newAudit(), "<script>alert(1)</script>");
    const Reply content = must(200, site.as("lea").get("/evidence/" + ref + "/v/1/content"));
    BOOST_TEST(content.body == "<script>alert(1)</script>");
    BOOST_TEST(content.header("Content-Disposition").starts_with("attachment"));
    BOOST_TEST(content.header("X-Content-Type-Options") == "nosniff");
    BOOST_TEST(content.header("Content-Security-Policy") == "sandbox; default-src 'none'");
    for (const std::string number : {"0", "2", "x", "1x", "99999999999999999999"}) {
        BOOST_TEST(site.as("lea").get("/evidence/" + ref + "/v/" + number + "/content").status == 404,
                   number);
    }
}

BOOST_AUTO_TEST_CASE(the_list_shows_what_the_filters_ask_for_and_says_what_is_wrong_with_them) {
    Site site;
    const std::string audit = site.newAudit();
    const std::string ref = site.newEvidence(audit, "listed");
    const Client& lea = site.as("lea");
    const std::string link = "href=\"/evidence/" + ref + "\"";
    BOOST_TEST(says(must(200, lea.get("/evidence?audit=" + audit)), link));
    BOOST_TEST(says(
        must(200, lea.get("/evidence?state=received&sha256=" + crypto::Sha256::of("listed").hex())), link));
    BOOST_TEST(!says(must(200, lea.get("/evidence?state=accepted")), link));
    BOOST_TEST(says(lea.get("/evidence?sha256=12"), "not a whole SHA-256"));
    BOOST_TEST(lea.get("/evidence?audit=NONE-1").status == 404);
    BOOST_TEST(!says(must(200, site.as("lou").get("/evidence")), link));
}

BOOST_AUTO_TEST_CASE(a_request_is_asked_opened_answered_and_submitted_through_pages) {
    Site site;
    const std::string audit = site.newAudit();
    const Client& lea = site.as("lea");
    const Client& pia = site.as("pia");
    BOOST_TEST(says(must(200, lea.get("/requests/new?audit=" + audit)), "value=\"" + audit + "\" selected"));
    const std::string fields =
        "audit=" + audit + "&assignee=pia&items=First%0D%0A%0D%0ASecond&due=2030-01-02";
    const Reply again = fill(lea, "/requests", fields + "&text=");
    BOOST_TEST(again.status == 400);
    BOOST_TEST(says(again, "First\nSecond</textarea>"));
    const std::string at =
        must(303, fill(lea, "/requests", fields + "&text=The+procedure")).header("Location");
    BOOST_TEST(pia.get(at).status == 404);
    must(303, fill(lea, at + "/events", "rev=1&event=open"));
    BOOST_TEST(says(must(200, pia.get("/requests")), "The procedure"));
    must(303, handOver(pia, {{"request", at.substr(at.rfind('/') + 1)}, {"back", at}}, "procedure.txt",
                       "It says"));
    const Reply answered = must(200, pia.get(at));
    BOOST_TEST(says(answered, "procedure.txt"));
    BOOST_TEST(says(answered, "<li>Second</li>"));
    must(303, fill(pia, at + "/events", "rev=3&event=submit"));
    must(303, fill(lea, at + "/events", "rev=4&event=return&reason=Without+approval"));
    BOOST_TEST(says(must(200, pia.get(at)), "Without approval"));
    BOOST_TEST(fill(lea, at + "/events", "rev=4&event=accept").status == 409);
    BOOST_TEST(fill(lea, at + "/events", "rev=5&event=none-such").status == 400);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

// Pages with which things are proved: bundles, the log, verifying, keys; and accounts with their secrets.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string>

#include "http/ApiFixture.h"
#include "tickmark/ledger/Checkpoint.h"

namespace tickmark::http::test {
namespace {

/// A form as a browser posts it; the client brings the session's secret in its header.
Reply fill(const Client& client, const std::string& target, const std::string& fields) {
    return client.send(
        {"POST", target, fields, "application/x-www-form-urlencoded", "Accept: text/html\r\n"});
}

bool says(const Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

/// The text between two marks of the page.
std::string between(const std::string& text, std::string_view before, std::string_view after) {
    const auto at = text.find(before);
    if (at == std::string::npos) throw std::runtime_error("the page lacks " + std::string(before));
    const auto begin = at + before.size();
    return text.substr(begin, text.find(after, begin) - begin);
}

struct Sealed {
    std::string audit{};
    std::string ref{};
};

Sealed seal(Site& site, const std::string& more = {}) {
    Sealed sealed{site.newAudit(), {}};
    static_cast<void>(site.newIssuedFinding(sealed.audit));
    const Reply made =
        must(303, fill(site.as("lea"), "/bundles", "step=seal&title=Follow-up&audit=" + sealed.audit + more));
    sealed.ref = between(made.header("Location"), "/bundles/", "?");
    return sealed;
}

std::string contentOf(Site& site, const std::string& ref) {
    return must(200, site.as("lea").get("/bundles/" + ref + "/content")).body;
}

std::string part(const std::string& name, const std::string& value, const std::string& file = {}) {
    return "--XX\r\nContent-Disposition: form-data; name=\"" + name + "\"" +
           (file.empty() ? "" : "; filename=\"" + file + "\"") + "\r\n\r\n" + value + "\r\n";
}

Reply verify(const Client& client, const std::string& bundle, const std::string& trust = "own",
             const std::string& anchor = {}, const std::string& logKey = {}) {
    const std::string body = part("csrf", client.csrf) + part("trust", trust) + part("anchor", anchor) +
                             part("log_key", logKey) + part("bundle", bundle, "B.evidence.zip") +
                             "--XX--\r\n";
    return client.send(
        {"POST", "/verify", body, "multipart/form-data; boundary=XX", "Accept: text/html\r\n"});
}

std::size_t filesIn(const std::filesystem::path& folder) {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) ++count;
    return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(prove_pages)

BOOST_AUTO_TEST_CASE(the_preparation_shows_what_a_bundle_would_contain) {
    Site site;
    const std::string audit = site.newAudit();
    static_cast<void>(site.newIssuedFinding(audit));
    const Reply page = must(200, site.as("lea").get("/bundles/new?audit=" + audit));
    BOOST_TEST(says(page, "<strong>1</strong> finding<"));
    BOOST_TEST(says(page, "name=\"withhold\" value=\"E-0001/v1\""));
    BOOST_TEST(says(must(200, site.as("lea").get("/bundles/new")), "value=\"" + audit + "\""));
    BOOST_TEST(says(must(200, site.as("lou").get("/bundles/new")), "You lead no audit yet"));
    BOOST_TEST(site.as("lou").get("/bundles/new?audit=" + audit).status == 404);
}

BOOST_AUTO_TEST_CASE(a_file_is_withheld_only_with_a_reason_and_the_choice_is_kept) {
    Site site;
    const std::string audit = site.newAudit();
    static_cast<void>(site.newIssuedFinding(audit));
    const std::string form = "title=T%20%3Cb%3E&withhold=E-0001%2Fv1&audit=" + audit;
    const Reply refused = fill(site.as("lea"), "/bundles", form + "&step=seal&reason-E-0001%2Fv1=+");
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(says(refused, "Withholding E-0001/v1 needs a reason."));
    BOOST_TEST(says(refused, "value=\"E-0001/v1\" checked"));
    BOOST_TEST(says(refused, "value=\"T &lt;b&gt;\""));
    BOOST_TEST(says(must(200, site.as("lea").get("/bundles")), "No bundle fits."));
    const Reply sealed =
        must(303, fill(site.as("lea"), "/bundles", form + "&step=seal&reason-E-0001%2Fv1=Personal%20data"));
    const Reply page = must(200, site.as("lea").get(sealed.header("Location")));
    BOOST_TEST(says(page, "Sealed and read back"));
    BOOST_TEST(says(page, "Personal data"));
    BOOST_TEST(says(page, "T &lt;b&gt;"));
}

BOOST_AUTO_TEST_CASE(looking_again_seals_nothing) {
    Site site;
    const std::string audit = site.newAudit();
    static_cast<void>(site.newIssuedFinding(audit));
    const Reply page =
        must(200, fill(site.as("lea"), "/bundles",
                       "step=preview&title=T&withhold=E-0001%2Fv1&reason-E-0001%2Fv1=R&audit=" + audit));
    BOOST_TEST(says(page, "<strong>0</strong> evidence files<"));
    BOOST_TEST(says(page, "<strong>1</strong> withheld"));
    BOOST_TEST(says(must(200, site.as("lea").get("/bundles")), "No bundle fits."));
}

BOOST_AUTO_TEST_CASE(an_audit_without_issued_findings_is_not_sealed) {
    Site site;
    const std::string audit = site.newAudit();
    const Reply refused = fill(site.as("lea"), "/bundles", "step=seal&title=T&audit=" + audit);
    BOOST_TEST(refused.status == 422);
    BOOST_TEST(says(refused, "has no issued finding"));
}

BOOST_AUTO_TEST_CASE(a_bundle_is_handed_out_as_an_attachment_with_its_digest) {
    Site site;
    const Sealed sealed = seal(site);
    const Reply page = must(200, site.as("aud").get("/bundles/" + sealed.ref));
    const Reply file = must(200, site.as("aud").get("/bundles/" + sealed.ref + "/content"));
    BOOST_TEST(file.body.starts_with("PK"));
    BOOST_TEST(file.header("Content-Disposition").starts_with("attachment"));
    BOOST_TEST(file.header("Content-Security-Policy") == "sandbox; default-src 'none'");
    BOOST_TEST(file.header("Repr-Digest").starts_with("sha-256=:"));
    BOOST_TEST(says(page, "tickmark-verify --anchor tickmark-anchor.pem " + sealed.ref));
    BOOST_TEST(!says(page, "Revoke the bundle"));
    BOOST_TEST(says(must(200, site.as("aud").get("/bundles/" + sealed.ref + "/verification")),
                    "Passed: intact, authentic, complete, in the log"));
}

BOOST_AUTO_TEST_CASE(revoking_asks_for_a_reason_and_keeps_the_words_when_it_was_stale) {
    Site site;
    const Sealed sealed = seal(site);
    const std::string at = "/bundles/" + sealed.ref;
    const Reply stale = fill(site.as("lea"), at + "/revoke", "rev=77&reason=first%0Asecond");
    BOOST_TEST(stale.status == 409);
    BOOST_TEST(says(stale, "first\nsecond</textarea>"));
    const std::string rev = between(stale.body, "name=\"rev\" value=\"", "\"");
    BOOST_TEST(fill(site.as("lea"), at + "/revoke", "reason=&rev=" + rev).status == 400);
    must(303, fill(site.as("lea"), at + "/revoke", "reason=Wrong%20file&rev=" + rev));
    const Reply page = must(200, site.as("aud").get(at));
    BOOST_TEST(says(page, "This bundle was revoked. Do not rely on it."));
    BOOST_TEST(says(page, "Wrong file"));
}

BOOST_AUTO_TEST_CASE(a_later_bundle_takes_the_place_of_an_earlier_one) {
    Site site;
    const Sealed first = seal(site);
    must(303, fill(site.as("lea"), "/bundles",
                   "step=seal&title=Second&audit=" + first.audit + "&supersedes=" + first.ref));
    const Reply page = must(200, site.as("lea").get("/bundles/" + first.ref));
    BOOST_TEST(says(page, "A later bundle has taken the place of this one."));
    BOOST_TEST(says(page, "href=\"/bundles/B-0002\""));
    BOOST_TEST(says(must(200, site.as("lea").get("/bundles?state=superseded")), "/bundles/" + first.ref));
    BOOST_TEST(!says(must(200, site.as("lea").get("/bundles?state=revoked")), "/bundles/" + first.ref));
}

BOOST_AUTO_TEST_CASE(anybody_verifies_a_bundle_and_nothing_of_it_stays) {
    Site site;
    const Sealed sealed = seal(site);
    const std::string bytes = contentOf(site, sealed.ref);
    const std::size_t before = filesIn(site.context->directory.root);
    const Reply page = must(200, verify(site.nobody(), bytes));
    BOOST_TEST(says(page, "Passed: intact, authentic, complete, in the log"));
    BOOST_TEST(says(page, "The upload was deleted."));
    std::string changed = bytes;
    changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 1);
    const Reply failed = must(200, verify(site.nobody(), changed));
    BOOST_TEST(says(failed, "Failed: do not rely on this bundle"));
    BOOST_TEST(says(failed, "What to do"));
    BOOST_TEST(says(must(200, verify(site.nobody(), "no bundle")), "Failed: do not rely on this bundle"));
    BOOST_TEST(says(must(200, verify(site.as("pia"), bytes)), "Passed: intact"));
    BOOST_TEST(filesIn(site.context->directory.root) == before);
}

BOOST_AUTO_TEST_CASE(the_answer_holds_for_the_anchor_that_was_brought) {
    Site site;
    const Sealed sealed = seal(site);
    const std::string bytes = contentOf(site, sealed.ref);
    const std::string pem = must(200, site.nobody().get("/keys/anchor.pem")).body;
    const std::string digits = between(must(200, site.nobody().get("/keys")).body, "SHA256:", "<");
    BOOST_TEST(says(must(200, verify(site.nobody(), bytes, "given", pem)), "Passed: intact"));
    BOOST_TEST(says(must(200, verify(site.nobody(), bytes, "given", "SHA256:" + digits)), "Passed: intact"));
    const std::string foreign(64, 'a');
    BOOST_TEST(!says(must(200, verify(site.nobody(), bytes, "given", foreign)), "Passed: intact"));
    const Reply unclear = verify(site.nobody(), bytes, "given", "my <friend>");
    BOOST_TEST(unclear.status == 400);
    BOOST_TEST(says(unclear, "neither a certificate in PEM nor a fingerprint"));
    BOOST_TEST(says(unclear, "my &lt;friend&gt;</textarea>"));
    BOOST_TEST(verify(site.nobody(), bytes, "given", "-----BEGIN CERTIFICATE-----\nx").status == 400);
}

BOOST_AUTO_TEST_CASE(the_answer_holds_for_the_log_key_that_was_brought) {
    Site site;
    const Sealed sealed = seal(site);
    const std::string bytes = contentOf(site, sealed.ref);
    const std::string pem = must(200, site.nobody().get("/keys/anchor.pem")).body;
    const ledger::VerifierKey own = site.context->keys->ledgerPublic;
    const Reply good = must(200, verify(site.nobody(), bytes, "given", pem, " " + own.text() + "\n"));
    BOOST_TEST(says(good, "Passed: intact"));
    BOOST_TEST(says(good, "the certificate and the log key that you gave"));
    const std::string foreign = ledger::VerifierKey::of("another/log", own.key).text();
    const Reply bad = must(200, verify(site.nobody(), bytes, "given", pem, foreign));
    BOOST_TEST(!says(bad, "Passed: intact"));
    BOOST_TEST(says(bad, "E70"));
    const Reply unclear = verify(site.nobody(), bytes, "given", pem, "<key>");
    BOOST_TEST(unclear.status == 400);
    BOOST_TEST(says(unclear, "This is not the key of a log."));
    BOOST_TEST(says(unclear, "value=\"&lt;key&gt;\""));
}

BOOST_AUTO_TEST_CASE(a_form_without_a_file_asks_for_one) {
    Site site;
    const Reply reply = site.nobody().send({"POST", "/verify", part("trust", "own") + "--XX--\r\n",
                                            "multipart/form-data; boundary=XX", "Accept: text/html\r\n"});
    BOOST_TEST(reply.status == 400);
    BOOST_TEST(says(reply, "No bundle was chosen."));
}

BOOST_AUTO_TEST_CASE(the_log_goes_back_by_positions_and_shows_exact_entries_with_proofs) {
    Site site;
    const std::string audit = site.newAudit();
    static_cast<void>(site.newIssuedFinding(audit));
    const Client& lea = site.as("lea");
    const Reply newest = must(200, lea.get("/log"));
    BOOST_TEST(says(newest, "from Draft to Issued"));
    const std::string position = between(newest.body, "<a href=\"/log/", "\"");
    const Reply entry = must(200, lea.get("/log/" + position));
    BOOST_TEST(says(entry, "c2sp.org/tlog-proof@v1\nindex " + position + "\n"));
    BOOST_TEST(says(entry, "{&quot;actor&quot;:"));
    const Reply first = must(200, lea.get("/log?from=0"));
    BOOST_TEST(says(first, "<a href=\"/log/0\">0</a>"));
    BOOST_TEST(!says(first, "Older entries"));
    BOOST_TEST(says(must(200, lea.get("/log?from=100000")), "There is no entry from this position on."));
    BOOST_TEST(lea.get("/log?from=first").status == 400);
    BOOST_TEST(lea.get("/log/100000").status == 404);
    BOOST_TEST(lea.get("/log/first").status == 404);
}

BOOST_AUTO_TEST_CASE(a_new_account_signs_in_with_the_password_that_is_shown_once) {
    Site site;
    const Client& admin = site.as("admin");
    const Reply made = must(200, fill(admin, "/admin/accounts", "account=eva&name=Eva&role=AU&valid_until="));
    BOOST_TEST(made.header("Cache-Control") == "no-store");
    const std::string password = between(made.body, "class=\"secret\"><code>", "<");
    BOOST_TEST(!says(must(200, admin.get("/admin/accounts")), password));
    must(200, site.nobody().post("/api/v1/session", R"({"account":"eva","password":")" + password + R"("})"));
    const Reply twice = fill(admin, "/admin/accounts", "account=eva&name=Other&role=XA");
    BOOST_TEST(twice.status == 409);
    BOOST_TEST(says(twice, "There is an account of this sign-in name already."));
    BOOST_TEST(says(twice, "value=\"XA\" selected"));
}

BOOST_AUTO_TEST_CASE(a_disabled_account_is_out_until_it_is_enabled) {
    Site site;
    const Client& admin = site.as("admin");
    const Client pia = site.as("pia");
    must(200, pia.get("/me"));
    must(303, fill(admin, "/admin/accounts/pia/standing", "disabled=1&rev=1"));
    BOOST_TEST(pia.get("/me").status == 401);
    must(303, fill(admin, "/admin/accounts/pia/standing", "disabled=0&rev=2"));
    must(303, fill(admin, "/admin/accounts/pia/change", "name=Pia&valid_until=2099-01-01&rev=3"));
    BOOST_TEST(
        says(must(200, admin.get("/admin/accounts")), "may sign in until <strong>2099-01-01</strong>"));
    BOOST_TEST(fill(admin, "/admin/accounts/pia/change", "name=Pia&valid_until=soon&rev=4").status == 400);
    BOOST_TEST(fill(admin, "/admin/accounts/admin/standing", "disabled=1&rev=1").status == 422);
}

BOOST_AUTO_TEST_CASE(changing_ones_password_ends_the_session) {
    Site site;
    const Client pia = site.as("pia");
    const std::string old = "old_password=" + Site::passwordOf("pia");
    BOOST_TEST(
        fill(pia, "/me/password", "old_password=x&new_password=a-new-long-one&again=a-new-long-one").status ==
        400);
    BOOST_TEST(fill(pia, "/me/password", old + "&new_password=a-new-long-one&again=another-one-x").status ==
               400);
    BOOST_TEST(fill(pia, "/me/password", old + "&new_password=&again=").status == 400);
    must(200, pia.get("/me"));
    const Reply done =
        must(303, fill(pia, "/me/password", old + "&new_password=a-new-long-one&again=a-new-long-one"));
    BOOST_TEST(done.header("Location") == "/login");
    BOOST_TEST(pia.get("/me").status == 401);
    must(200, site.nobody().post("/api/v1/session", R"({"account":"pia","password":"a-new-long-one"})"));
}

BOOST_AUTO_TEST_CASE(a_token_is_shown_once_works_and_ends_when_it_is_revoked) {
    Site site;
    const Client& pia = site.as("pia");
    BOOST_TEST(fill(pia, "/me/tokens", "name=ci&expires=2099-01-01").status == 400);
    BOOST_TEST(fill(pia, "/me/tokens", "name=ci&scope=admin&expires=2099-01-01").status == 403);
    const std::string soon = site.context->today().plusDays(30).iso();
    const Reply made = must(200, fill(pia, "/me/tokens", "name=ci%20job&scope=read&expires=" + soon));
    BOOST_TEST(made.header("Cache-Control") == "no-store");
    Client program = site.nobody();
    program.token = between(made.body, "class=\"secret\"><code>", "<");
    must(200, program.get("/api/v1/session"));
    const Reply page = must(200, pia.get("/me"));
    BOOST_TEST(says(page, "ci job"));
    BOOST_TEST(!says(page, program.token));
    BOOST_TEST(fill(program, "/me/tokens", "name=more&scope=read&expires=" + soon).status != 200);
    BOOST_TEST(fill(site.as("lea"), "/me/tokens/revoke", "name=ci%20job").status == 404);
    must(303, fill(pia, "/me/tokens/revoke", "name=ci%20job"));
    BOOST_TEST(program.get("/api/v1/session").status == 401);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

// The administrator's pages: who may come in and until when, who is signed in, what was proved, backups.
#include <boost/test/unit_test.hpp>
#include <regex>

#include "http/ApiFixture.h"
#include "tickmark/app/Upkeep.h"

namespace tickmark::http::test {
namespace {

Reply send(const Client& client, const std::string& address, const std::string& fields) {
    return client.send(
        {"POST", address, fields, "application/x-www-form-urlencoded", "Accept: text/html\r\n"});
}

bool says(const Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

std::string firstMatch(const Reply& reply, const std::string& pattern) {
    std::smatch found;
    BOOST_REQUIRE_MESSAGE(std::regex_search(reply.body, found, std::regex(pattern)), pattern);
    return found[1];
}

void awaitWork(Site& site) {
    constexpr std::chrono::minutes patience{2};
    BOOST_REQUIRE(site.context->workDesk->awaitIdle(patience));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(admin_pages)

BOOST_AUTO_TEST_CASE(an_external_auditor_comes_in_only_between_the_first_and_the_last_day) {
    const auto clock = std::make_shared<SetClock>(*Timestamp::parse("2022-10-14T09:00:00Z"));
    Site site(clock);
    const Client& admin = site.as("admin");
    const Reply made = must(200, send(admin, "/admin/external-auditors",
                                      "account=xena&name=Certification+auditor&valid_from=2022-10-20&"
                                      "valid_until=2022-10-25&reason=Stage+2"));
    const std::string password = firstMatch(made, "class=\"secret\"><code>([^<]+)</code>");
    const std::string entry = "account=xena&password=" + password;
    BOOST_TEST(says(must(401, send(site.nobody(), "/login", entry)), "2022-10-20"));
    clock->set(*Timestamp::parse("2022-10-20T09:00:00Z"));
    must(303, send(site.nobody(), "/login", entry));
    clock->set(*Timestamp::parse("2022-10-26T00:00:01Z"));
    BOOST_TEST(says(must(401, send(site.nobody(), "/login", entry)), "2022-10-25"));
}

BOOST_AUTO_TEST_CASE(an_access_is_extended_and_ended_with_a_reason_and_a_wrong_form_keeps_what_was_typed) {
    Site site(std::make_shared<SetClock>(*Timestamp::parse("2022-10-14T09:00:00Z")));
    const Client& admin = site.as("admin");
    const Reply refused = must(400, send(admin, "/admin/external-auditors",
                                         "account=xena&name=Somebody+new&valid_from=2022-10-14&"
                                         "valid_until=2022-10-01&reason=Stage+2"));
    BOOST_TEST(says(refused, "value=\"Somebody new\""));
    BOOST_TEST(says(refused, "value=\"2022-10-01\""));
    must(200, send(admin, "/admin/external-auditors",
                   "account=xena&name=N&valid_from=2022-10-14&valid_until=2022-10-25&reason=Stage+2"));
    const std::string own = "/admin/external-auditors/xena";
    const auto revision = [&] {
        const Reply list = must(200, admin.get("/admin/external-auditors"));
        return firstMatch(list, own + "/extension\"[^>]*>.{0,120}?name=\"rev\" value=\"([0-9]+)\"");
    };
    must(400, send(admin, own + "/extension", "rev=" + revision() + "&valid_until=2022-11-30&reason="));
    must(303, send(admin, own + "/extension",
                   "rev=" + revision() + "&valid_until=2022-11-30&reason=A+second+visit"));
    BOOST_TEST(says(admin.get("/admin/external-auditors"), "2022-11-30"));
    must(303, send(admin, own + "/end", "rev=" + revision() + "&reason=The+visit+is+over"));
    const Reply over = must(200, admin.get("/admin/external-auditors"));
    BOOST_TEST(!says(over, own + "/end\""));
    BOOST_TEST(says(admin.get("/log"), "The visit is over"));
}

BOOST_AUTO_TEST_CASE(a_role_is_changed_and_the_sessions_of_the_old_one_end) {
    Site site;
    const Client& admin = site.as("admin");
    must(200, site.as("pia").get("/findings"));
    const Reply accounts = must(200, admin.get("/admin/accounts"));
    const std::string rev =
        firstMatch(accounts, "/admin/accounts/pia/role\"[^>]*>.{0,120}?name=\"rev\" value=\"([0-9]+)\"");
    must(303, send(admin, "/admin/accounts/pia/role", "rev=" + rev + "&role=TM"));
    BOOST_TEST(site.as("pia").send({"GET", "/findings", {}, {}, "Accept: text/html\r\n"}).status == 303);
    must(409, send(admin, "/admin/accounts/pia/role", "rev=" + rev + "&role=AU"));
}

BOOST_AUTO_TEST_CASE(a_session_is_ended_from_outside_but_not_ones_own) {
    Site site;
    const Client& admin = site.as("admin");
    must(200, site.as("pia").get("/"));
    const Reply list = must(200, admin.get("/admin/sessions"));
    BOOST_TEST(says(list, "this one"));
    const std::string id =
        firstMatch(list,
                   "name=\"id\" value=\"([0-9a-f]{16})\"><button>End<span class=\"unseen\"> this "
                   "session of pia<");
    must(303, send(admin, "/admin/sessions/end", "id=" + id));
    BOOST_TEST(site.as("pia").send({"GET", "/", {}, {}, "Accept: text/html\r\n"}).status == 303);
    must(404, send(admin, "/admin/sessions/end", "id=" + id));
    must(404, send(admin, "/admin/sessions/end", "account=nobody-of-this-name"));
}

BOOST_AUTO_TEST_CASE(every_file_is_proved_and_the_page_says_when) {
    Site site;
    const std::string audit = site.newAudit();
    BOOST_TEST(!site.newEvidence(audit, "a record").empty());
    const Client& admin = site.as("admin");
    BOOST_TEST(says(must(200, admin.get("/admin/integrity")), "not since it came"));
    must(303, send(admin, "/admin/integrity/scrub", ""));
    awaitWork(site);
    const Reply proved = must(200, admin.get("/admin/integrity"));
    BOOST_TEST(says(proved, "every one is intact."));
    BOOST_TEST(!says(proved, "not since it came"));
    const std::string run = firstMatch(proved, "href=\"(/admin/work/[0-9]+)\"");
    BOOST_TEST(says(must(200, admin.get(run)), "Proof of every file"));
    must(422, send(admin, "/admin/integrity/scrub", "deed=stop"));
}

BOOST_AUTO_TEST_CASE(the_log_is_checked_and_a_backup_needs_a_folder) {
    Site site;
    const Client& admin = site.as("admin");
    must(303, send(admin, "/admin/ledger/check", ""));
    awaitWork(site);
    BOOST_TEST(says(must(200, admin.get("/admin/ledger")), "Recomputed the tree"));
    BOOST_TEST(says(must(200, admin.get("/admin/backups")), "No folder for backups is configured"));
    must(422, send(admin, "/admin/backups", ""));
    const auto folder = site.context->directory.root / "backups-of-a-test";
    std::filesystem::create_directory(folder);
    site.context->settings.backupFolder = folder.string();
    must(303, send(admin, "/admin/backups", ""));
    awaitWork(site);
    const Reply taken = must(200, admin.get("/admin/backups"));
    BOOST_TEST(says(taken, "Not read again yet"));
    const std::string file = firstMatch(taken, "name=\"file\" value=\"([^\"]+)\"");
    must(303, send(admin, "/admin/backups/test", "file=" + file));
    awaitWork(site);
    BOOST_TEST(says(must(200, admin.get("/admin/backups")), "Read through and whole"));
    must(404, send(admin, "/admin/backups/test", "file=..%2Fcatalog.db"));
}

BOOST_AUTO_TEST_CASE(a_wrong_passphrase_revokes_nothing_and_the_pages_of_the_house_open) {
    Site site;
    const Client& admin = site.as("admin");
    const Reply keys = must(200, admin.get("/admin/keys"));
    const std::string serial = firstMatch(keys, "<option value=\"([0-9A-Fa-f]+)\">Seal,");
    must(422, send(admin, "/admin/keys/revocations", "serial=" + serial + "&reason=R&passphrase=wrong"));
    BOOST_TEST(says(must(200, admin.get("/admin/keys")), "<option value=\"" + serial + "\""));
    BOOST_TEST(says(must(200, admin.get("/admin/storage")), "Catalog and ledger"));
    BOOST_TEST(says(must(200, admin.get("/admin/server")), "backup_folder"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

// The journeys over the API, as a program would make them.
#include <boost/test/unit_test.hpp>

#include <chrono>

#include "http/ApiFixture.h"
#include "tickmark/app/Sealing.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/ledger/Tree.h"

namespace tickmark::http::test {
namespace {

/// Sends an event with the present revision.
Reply move(const Client& client, const std::string& at, const std::string& body) {
    return client.post(at + "/events", body, client.get(at).tag());
}

std::string stateOf(const Client& client, const std::string& at) { return client.get(at).text("state"); }

/// pia answers the finding, plans an action by otto, and lea accepts the plan. Returns the action's address.
std::string answerAndAccept(Site& site, const std::string& finding) {
    const std::string at = "/api/v1/findings/" + finding;
    const Client& pia = site.as("pia");
    must(200, pia.put(at + "/response", R"({"correction":"The three callers were asked.",
        "extent":"October was looked through; 5 more were found.","cause_method":"five whys","whys":["Nobody asks."],
        "fishbone":[{"branch":"process","cause":"No step for it"}],
        "root_causes":[{"code":"RC-1","text":"The tool closes after two days."}]})",
                      pia.get(at).tag()));
    const std::string action =
        must(201, pia.post("/api/v1/actions", R"({"finding":")" + finding + R"(","kind":"corrective",
        "title":"Switch automatic closing off","root_cause":"RC-1","owner":"otto","due":"2030-01-10"})"))
            .text("ref");
    must(200, move(pia, at, R"({"event":"respond"})"));
    must(200, move(site.as("lea"), at, R"({"event":"accept-plan"})"));
    return "/api/v1/actions/" + action;
}

/// otto carries the action out and proves it.
void carryOut(Site& site, const std::string& at) {
    const Client& otto = site.as("otto");
    must(200, move(site.as("lea"), at, R"({"event":"approve"})"));
    must(200, move(otto, at, R"({"event":"start"})"));
    const std::string ref = at.substr(at.rfind('/') + 1);
    must(201, otto.upload("action=" + ref + "&file_name=setting.png&title=Setting", "picture"));
    must(200, move(otto, at, R"({"event":"report-done"})"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_journeys)

BOOST_AUTO_TEST_CASE(a_nonconformity_goes_from_draft_to_closed) {
    Site site;
    const std::string finding = site.newIssuedFinding(site.newAudit());
    const std::string at = "/api/v1/findings/" + finding;
    const std::string action = answerAndAccept(site, finding);
    carryOut(site, action);
    must(200, move(site.as("pia"), at, R"({"event":"report-implemented"})"));
    must(200, move(site.as("aud"), action, R"({"event":"verify","reason":"Seen in the tool."})"));
    must(200,
         move(site.as("aud"), at, R"({"event":"verify","reason":"Seen in the tool, 20 of 20 confirmed."})"));
    const Reply early = move(site.as("lea"), at, R"({"event":"close"})");
    BOOST_TEST(early.status == 422);
    BOOST_TEST(early.problem() == "guard");
    must(200, site.as("aud").put(at + "/effectiveness", R"({"criterion":"20 of 20 are confirmed",
        "done_on":"2026-01-15","verdict":"effective","note":"Sample of 20"})",
                                 site.as("aud").get(at).tag()));
    must(200, move(site.as("lea"), at, R"({"event":"close"})"));
    const Reply closed = site.as("tom").get(at);
    BOOST_TEST(closed.text("state") == "closed");
    BOOST_TEST(closed.json.find("responses")->items()->size() == 1U);
    BOOST_TEST(closed.json.find("history")->items()->size() > 10U);
    BOOST_TEST(closed.json.find("actions")->items()->front().textAt("state") == "verified");
}

BOOST_AUTO_TEST_CASE(steps_say_who_may_and_what_stands_against_them) {
    Site site;
    const Reply made = must(201, site.as("lea").post("/api/v1/findings", R"({"audit":")" + site.newAudit() +
                                                                             R"(","title":"Only a title"})"));
    const Reply view = site.as("aud").get(made.header("Location"));
    bool found = false;
    for (const codec::Json& step : *view.json.find("steps")->items()) {
        if (step.textAt("event") != "issue") continue;
        found = true;
        BOOST_TEST(step.textAt("to") == "issued");
        BOOST_TEST(step.textAt("who") == "the lead auditor");
        BOOST_TEST(!*step.find("permitted")->boolean());
        BOOST_TEST(step.find("blocked_by")->items()->size() >= 3U);
    }
    BOOST_TEST(found);
    const Reply refused =
        site.as("lea").post(made.header("Location") + "/events", R"({"event":"issue"})", "\"1\"");
    BOOST_TEST(refused.status == 422);
    BOOST_TEST(refused.problem() == "guard");
    BOOST_TEST(stateOf(site.as("lea"), made.header("Location")) == "draft");
}

BOOST_AUTO_TEST_CASE(a_draft_is_edited_reassigned_and_reclassified) {
    Site site;
    const std::string audit = site.newAudit();
    const std::string at = "/api/v1/findings/" + site.newFinding(audit);
    const Client& lea = site.as("lea");
    const Reply edited =
        lea.put(at, R"({"audit":")" + audit + R"(","title":"A better title","clauses":["8.6.1"],
        "requirement":"R","objective_evidence":"O","nature":"N","owner":"pia"})",
                "\"1\"");
    BOOST_TEST(edited.status == 200);
    BOOST_TEST(edited.tag() == "\"2\"");
    must(200, lea.post(at + "/class", R"({"class":"major","reason":"It blocks the certificate."})", "\"2\""));
    must(200, lea.post(at + "/assignment", R"({"close_due":"2031-05-05","reason":"Agreed."})", "\"3\""));
    const Reply view = lea.get(at);
    BOOST_TEST(view.text("title") == "A better title");
    BOOST_TEST(view.text("class") == "major");
    BOOST_TEST(view.text("close_due") == "2031-05-05");
    BOOST_TEST(view.tag() == "\"4\"");
    const std::string more = site.newEvidence(audit, "a later log");
    must(200, lea.post(at + "/evidence", R"({"versions":[")" + more + R"(/v1"]})", "\"4\""));
}

BOOST_AUTO_TEST_CASE(a_due_date_moves_only_by_an_approved_extension) {
    Site site;
    const std::string action = answerAndAccept(site, site.newIssuedFinding(site.newAudit()));
    must(200, move(site.as("lea"), action, R"({"event":"approve"})"));
    const Client& otto = site.as("otto");
    must(200, otto.post(action + "/extension", R"({"due":"2030-02-20","reason":"The supplier is late."})",
                        otto.get(action).tag()));
    BOOST_TEST(otto.get(action).text("due") == "2030-01-10");
    const Client& lea = site.as("lea");
    must(200, lea.post(action + "/extension-decision", R"({"approve":true,"note":"Agreed."})",
                       lea.get(action).tag()));
    BOOST_TEST(otto.get(action).text("due") == "2030-02-20");
}

BOOST_AUTO_TEST_CASE(an_evidence_request_is_opened_answered_and_accepted) {
    Site site;
    const std::string ref = site.newRequest(site.newAudit());
    const std::string at = "/api/v1/requests/" + ref;
    must(200, move(site.as("lea"), at, R"({"event":"open"})"));
    must(201, site.as("pia").upload("request=" + ref + "&file_name=log.csv&title=Log", "a,b\n1,2\n"));
    must(200, move(site.as("pia"), at, R"({"event":"submit"})"));
    must(200, move(site.as("aud"), at, R"({"event":"accept"})"));
    BOOST_TEST(stateOf(site.as("pia"), at) == "accepted");
    BOOST_TEST(site.as("pia").get("/api/v1/requests").json.find("items")->items()->size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_bundle_is_previewed_sealed_verified_handed_out_and_revoked) {
    Site site;
    const std::string audit = site.newAudit();
    [[maybe_unused]] const std::string finding = site.newIssuedFinding(audit);
    const Client& lea = site.as("lea");
    const Reply preview = must(200, lea.post("/api/v1/bundles/preview", R"({"audit":")" + audit + R"("})"));
    BOOST_TEST(preview.json.integerAt("findings") == 1);
    BOOST_TEST(preview.json.find("missing")->items()->empty());
    const Reply sealed = must(201, lea.post("/api/v1/bundles", R"({"audit":")" + audit + R"("})"));
    const std::string at = sealed.header("Location");
    const Reply view = must(200, lea.get(at));
    BOOST_TEST(view.text("state") == "sealed");
    const Reply file = must(200, lea.get(at + "/content"));
    BOOST_TEST(crypto::Sha256::of(file.body).hex() == view.text("sha256"));
    BOOST_TEST(file.header("Content-Type") == "application/zip");
    BOOST_TEST(file.header("Content-Disposition").starts_with("attachment"));
    const Reply report = must(200, lea.get(at + "/verification"));
    BOOST_TEST(report.text("verdict") == "PASS");
    must(200, lea.post(at + "/revoke", R"({"reason":"A file was withdrawn."})", view.tag()));
    BOOST_TEST(stateOf(lea, at) == "revoked");
    BOOST_TEST(lea.get("/api/v1/bundles?state=revoked").json.find("items")->items()->size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_sealing_that_nobody_waits_for_is_watched_until_it_is_done) {
    Site site;
    const std::string audit = site.newAudit();
    [[maybe_unused]] const std::string finding = site.newIssuedFinding(audit);
    const Client& lea = site.as("lea");
    Ask ask{"POST", "/api/v1/bundles", R"({"audit":")" + audit + R"("})"};
    ask.headers = "Prefer: respond-async\r\n";
    const Reply begun = must(202, lea.send(ask));
    BOOST_TEST(begun.header("Preference-Applied") == "respond-async");
    const std::string at = begun.header("Location");
    const domain::BundleRef ref(begun.text("ref"));
    constexpr std::chrono::minutes forever{2};
    BOOST_REQUIRE(site.context->sealDesk->await(ref, forever).has_value());
    const Reply state = must(200, lea.get(at));
    BOOST_TEST(state.text("phase") == "done");
    BOOST_TEST(must(200, lea.get("/api/v1/bundles/" + ref.text() + "/verification")).text("verdict") ==
               "PASS");
    BOOST_TEST(lea.post(at + "/cancel", "{}").problem() == "sealing-over");
    must(303, lea.get("/bundles/" + ref.text() + "/sealing"));
}

BOOST_AUTO_TEST_CASE(findings_and_actions_are_imported_all_or_nothing) {
    Site site;
    const std::string at = "/api/v1/audits/" + site.newAudit() + "/imports/findings";
    const Client& lea = site.as("lea");
    const std::string head = "ref,class,title,requirement,objective_evidence,nature\r\n";
    const std::string good = head + "F-1001,minor,One,R,O,N\r\nF-1002,major,Two,R,O,N\r\n";
    const auto import = [&](const std::string& query, const std::string& csv) {
        return lea.send({"POST", at + query, csv, "text/csv"});
    };
    const Reply dry = import("?dry_run=1", good);
    BOOST_TEST(dry.status == 200);
    BOOST_TEST(lea.get("/api/v1/findings/F-1001").status == 404);
    const Reply bad = import("", good + "F-1003,nonsense,Three,R,O,N\r\nF-1004,also-wrong,Four,R,O,N\r\n");
    BOOST_TEST(bad.status == 400);
    BOOST_TEST(bad.json.find("errors")->items()->size() == 2U);
    BOOST_TEST(bad.body.find("line 4") != std::string::npos);
    BOOST_TEST(lea.get("/api/v1/findings/F-1001").status == 404);
    BOOST_TEST(import("", good).status == 201);
    BOOST_TEST(lea.get("/api/v1/findings/F-1002").text("class") == "major");
}

BOOST_AUTO_TEST_CASE(the_ledger_is_read_and_proved_over_the_api) {
    Site site;
    [[maybe_unused]] const std::string audit = site.newAudit();
    const Reply first = must(200, site.as("lea").get("/api/v1/ledger?limit=5"));
    BOOST_TEST(first.json.find("items")->items()->size() == 5U);
    BOOST_TEST(first.json.integerAt("next_from") == 5);
    const Reply note = must(200, site.nobody().get("/api/v1/ledger/checkpoint"));
    const ledger::VerifierKey& key = site.context->keys->ledgerPublic;
    const auto head = ledger::openCheckpoint(note.body, key);
    BOOST_REQUIRE(head.ok());
    const Reply proof = must(200, site.as("lea").get("/api/v1/ledger/proof/2"));
    const auto parsed = ledger::TlogProof::parse(proof.body);
    BOOST_REQUIRE(parsed.ok());
    const auto end = ledger::openCheckpoint(parsed->checkpoint, key);
    BOOST_REQUIRE(end.ok());
    const std::string leaf(first.json.find("items")->items()->at(2).textAt("leaf"));
    BOOST_TEST(ledger::inclusionHolds(2, end->size, ledger::leafHash(leaf), parsed->path, end->root));
    BOOST_TEST(site.nobody().get("/api/v1/ledger/consistency?first=3").json.integerAt("first") == 3);
    BOOST_TEST(site.nobody().get("/api/v1/keys").text("ledger_key") == key.text());
    BOOST_TEST(site.nobody().get("/api/v1/keys/anchor.pem").body.starts_with("-----BEGIN CERTIFICATE-----"));
}

BOOST_AUTO_TEST_CASE(the_administrator_keeps_accounts) {
    Site site;
    const Client& admin = site.as("admin");
    const Reply made =
        admin.post("/api/v1/accounts", R"({"account":"new.owner","name":"Owner","role":"PO"})");
    BOOST_TEST(made.status == 201);
    const std::string invented = made.text("password");
    BOOST_TEST(!invented.empty());
    const std::string in = R"({"account":"new.owner","password":")" + invented + R"("})";
    BOOST_TEST(site.nobody().post("/api/v1/session", in).status == 200);
    const Reply limited = admin.send({"PATCH",
                                      "/api/v1/accounts/new.owner",
                                      R"({"valid_until":"2099-01-01"})",
                                      "application/json",
                                      {},
                                      made.tag()});
    BOOST_TEST(limited.text("valid_until") == "2099-01-01");
    const Reply open = admin.send({"PATCH",
                                   "/api/v1/accounts/new.owner",
                                   R"({"valid_until":null})",
                                   "application/json",
                                   {},
                                   limited.tag()});
    BOOST_TEST(open.status == 200);
    BOOST_TEST(open.text("valid_until").empty());
    BOOST_TEST(site.as("pia")
                   .post("/api/v1/accounts/pia/password", R"({"old_password":")" + Site::passwordOf("pia") +
                                                              R"(","new_password":"another-good-phrase-77"})")
                   .status == 204);
    BOOST_TEST(site.nobody()
                   .post("/api/v1/session", R"({"account":"pia","password":"another-good-phrase-77"})")
                   .status == 200);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

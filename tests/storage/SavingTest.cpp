#include "RawDatabase.h"
#include "Sample.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/ledger/Record.h"

using namespace tickmark;
using namespace tickmark::storage;
using namespace tickmark::storage::sample;

BOOST_AUTO_TEST_SUITE(storage_saving)

namespace {

template <class Entity>
void comesBack(const Entity& saved, const Result<Entity>& loaded) {
    if (!loaded) BOOST_FAIL(describe(loaded.error()));
    BOOST_TEST(ledger::encode(*loaded) == ledger::encode(saved));
    BOOST_TEST((loaded->id == saved.id));
    BOOST_TEST(loaded->rev == saved.rev);
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_entity_comes_back_as_it_was_saved) {
    Catalogued c;
    Database& database = *c.database;
    domain::Catalog criteria{.code = "iso20000-1", .title = "ISO/IEC 20000-1:2018", .version = "2018"};
    criteria.clauses = {{"8", "", "Operation"}, {"8.6.1", "8.6", "Incident management"}};
    store(database, criteria);
    domain::Evidence evidence;
    evidence.ref = domain::EvidenceRef("E-0001");
    evidence.audit = c.main.id;
    evidence.title = "Ticket export";
    store(database, evidence);
    domain::EvidenceVersion version;
    version.evidence = evidence.id;
    version.ref = evidence.ref;
    version.audit = c.main.id;
    version.digest = crypto::Sha256::of(std::string_view("bytes"));
    version.size = 5;
    version.originalName = "tickets.csv";
    version.receivedBy = c.owner.id;
    const LedgerPosition receipt = store(database, version);
    BOOST_TEST(version.ledgerPosition == static_cast<std::int64_t>(receipt));
    domain::Finding finding = sample::finding("F-0001", c.main.id);
    finding.evidence = {version.id};
    finding.owner = c.owner.id;
    finding.closeDue = Date::of(2023, 1, 31);
    store(database, finding);
    domain::Action action = sample::action("AC-0001", finding.id);
    action.owner = c.owner.id;
    action.evidence = {version.id};
    store(database, action);
    domain::EvidenceRequest request;
    request.ref = domain::RequestRef("ER-0001");
    request.audit = c.main.id;
    request.text = "The export of March";
    request.assignee = c.owner.id;
    store(database, request);
    domain::Bundle bundle;
    bundle.ref = domain::BundleRef("B-0001");
    bundle.audit = c.main.id;
    bundle.title = "Follow-up";
    store(database, bundle);

    need(database.read([&](ReadSession& session) -> Result<void> {
        comesBack(c.lead, findParty(session, c.lead.id));
        comesBack(c.lead, findPartyByAccount(session, "anna"));
        comesBack(criteria, findCatalog(session, criteria.id));
        comesBack(criteria, findCatalogByCode(session, "iso20000-1"));
        comesBack(c.main, findAudit(session, c.main.ref));
        comesBack(evidence, findEvidence(session, evidence.ref));
        comesBack(version, findEvidenceVersion(session, evidence.ref, 1));
        comesBack(version, findEvidenceVersion(session, evidence.ref, 0));
        comesBack(finding, findFinding(session, finding.ref));
        comesBack(action, findAction(session, action.ref));
        comesBack(request, findRequest(session, request.ref));
        comesBack(bundle, findBundle(session, bundle.ref));
        BOOST_TEST(need(findClause(session, "iso20000-1", "8.6.1")).title == "Incident management");
        BOOST_TEST(need(versionsOf(session, finding.id)).size() == 1U);
        BOOST_TEST(need(versionsOf(session, action.id)).size() == 1U);
        BOOST_TEST(need(findingsCiting(session, version.id)).size() == 1U);
        BOOST_TEST(need(actionsOf(session, c.main.id)).size() == 1U);
        BOOST_TEST(need(ownsActionOf(session, finding.id, c.owner.id)));
        BOOST_TEST(!need(ownsActionOf(session, finding.id, c.lead.id)));
        BOOST_TEST(need(recordOf(session, "finding", "F-0001")) == ledger::encode(finding));
        BOOST_TEST((findFinding(session, domain::FindingRef("F-9999")).error().kind == ErrorKind::NotFound));
        return {};
    }));
    BOOST_TEST(c.check().ok());
}

BOOST_AUTO_TEST_CASE(the_event_states_revision_and_digest_of_the_record) {
    Catalogued c;
    domain::Finding finding = c.add("F-0001");
    finding.title = "Changed";
    const LedgerPosition position = store(*c.database, finding, "finding.edit");
    BOOST_TEST(finding.rev == 2);
    const std::string leaf = c.read([&](ReadSession& s) { return leafAt(s, position); });
    const auto event = need(ledger::Event::parse(leaf));
    BOOST_TEST(event.kind == "finding.edit");
    BOOST_TEST(event.subject == "finding");
    BOOST_TEST(event.ref == "F-0001");
    BOOST_TEST(event.rev == 2);
    BOOST_TEST((event.record == crypto::Sha256::of(ledger::encode(finding))));
    BOOST_TEST(c.read([](ReadSession& s) { return eventsOf(s, "finding", "F-0001"); }).size() == 2U);
    BOOST_TEST(c.read([](ReadSession& s) {
                    return eventOf(s, "finding", "F-0001", "finding.edit");
                }).position == position);
}

BOOST_AUTO_TEST_CASE(a_stale_revision_changes_nothing) {
    Catalogued c;
    domain::Finding mine = c.add("F-0001");
    domain::Finding theirs = mine;
    theirs.title = "Theirs";
    store(*c.database, theirs);
    mine.title = "Mine";
    const auto answer =
        c.database->write([&](WriteSession& s) { return save(s, mine, event("finding.edit")); });
    BOOST_REQUIRE(!answer);
    BOOST_TEST((answer.error().kind == ErrorKind::Stale));
    BOOST_TEST(answer.error().type == "stale-revision");
    BOOST_TEST(mine.rev == 1);
    BOOST_TEST(c.read([&](ReadSession& s) { return findFinding(s, mine.id); }).title == "Theirs");
    BOOST_TEST(c.check().ok());
}

BOOST_AUTO_TEST_CASE(a_second_thing_of_the_same_reference_is_a_conflict) {
    Catalogued c;
    c.add("F-0001");
    domain::Finding twin = finding("F-0001", c.main.id);
    const auto answer =
        c.database->write([&](WriteSession& s) { return save(s, twin, event("finding.draft")); });
    BOOST_REQUIRE(!answer);
    BOOST_TEST((answer.error().kind == ErrorKind::Conflict));
    BOOST_TEST(answer.error().type == "duplicate");
    BOOST_TEST(answer.error().field == "ref");
    BOOST_TEST(!twin.id.stored());
}

BOOST_AUTO_TEST_CASE(a_reference_to_nothing_is_refused) {
    Catalogued c;
    domain::Finding lost = finding("F-0001", domain::AuditId{4711});
    const auto answer =
        c.database->write([&](WriteSession& s) { return save(s, lost, event("finding.draft")); });
    BOOST_REQUIRE(!answer);
    BOOST_TEST(answer.error().type == "unknown-reference");
}

BOOST_AUTO_TEST_CASE(half_a_save_undoes_the_closure_even_when_it_goes_on) {
    Catalogued c;
    domain::Finding broken = finding("F-0001", c.main.id);
    broken.evidence = {domain::EvidenceVersionId{4711}};  // the row is fine, its side row is not
    const auto answer = c.database->write([&](WriteSession& s) -> Result<int> {
        const auto ignored = save(s, broken, event("finding.draft"));
        BOOST_TEST(!ignored.ok());
        return 7;
    });
    BOOST_REQUIRE(!answer);
    BOOST_TEST(answer.error().type == "unknown-reference");
    RawDatabase raw(c.folder.database());
    BOOST_TEST(raw.text("SELECT count(*) FROM finding") == "0");
    BOOST_TEST(c.check().ok());
}

BOOST_AUTO_TEST_CASE(an_event_that_cannot_be_written_undoes_the_row) {
    Catalogued c;
    {
        RawDatabase raw(c.folder.database());
        raw.execute("CREATE TRIGGER no_more BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'full'); END");
    }
    domain::Finding made = finding("F-0001", c.main.id);
    BOOST_TEST(
        !c.database->write([&](WriteSession& s) { return save(s, made, event("finding.draft")); }).ok());
    BOOST_TEST(!made.id.stored());
    RawDatabase raw(c.folder.database());
    BOOST_TEST(raw.text("SELECT count(*) FROM finding") == "0");
}

BOOST_AUTO_TEST_CASE(an_error_or_an_exception_undoes_everything_of_its_closure) {
    Catalogued c;
    const auto before = c.read([](ReadSession& s) { return ledgerHead(s); });
    domain::Finding made = finding("F-0001", c.main.id);
    const auto refusedAnswer = c.database->write([&](WriteSession& s) -> Result<void> {
        TM_CHECK(save(s, made, event("finding.draft")));
        return refused("guard", "No.");
    });
    BOOST_TEST(refusedAnswer.error().type == "guard");
    domain::Finding thrown = finding("F-0002", c.main.id);
    const auto thrownAnswer = c.database->write([&](WriteSession& s) -> Result<void> {
        TM_CHECK(save(s, thrown, event("finding.draft")));
        throw std::runtime_error("a bug");
    });
    BOOST_TEST((thrownAnswer.error().kind == ErrorKind::Internal));
    const auto after = c.read([](ReadSession& s) { return ledgerHead(s); });
    BOOST_TEST(after.size == before.size);
    BOOST_TEST((after.root == before.root));
    // The edge in memory came back too: the next events continue the old tree.
    c.add("F-0003");
    BOOST_TEST(c.check().ok());
}

BOOST_AUTO_TEST_CASE(references_count_up_and_pass_over_given_ones) {
    Catalogued c;
    c.add("F-0002");
    const auto take = [&] {
        return need(c.database->write([](WriteSession& s) { return nextRef(s, RefSeries::Finding); }));
    };
    BOOST_TEST(take() == "F-0001");
    BOOST_TEST(take() == "F-0003");
    BOOST_TEST(need(c.database->write([](WriteSession& s) { return nextRef(s, RefSeries::Request); })) ==
               "ER-0001");
    // Undone with its closure.
    (void)c.database->write([](WriteSession& s) -> Result<void> {
        TM_CHECK(nextRef(s, RefSeries::Finding));
        return refused("guard", "No.");
    });
    BOOST_TEST(take() == "F-0004");
}

BOOST_AUTO_TEST_CASE(events_cannot_be_changed_or_removed) {
    Catalogued c;
    RawDatabase raw(c.folder.database());
    BOOST_TEST(raw.refusalOf("UPDATE event SET actor = 'x'").find("never changed") != std::string::npos);
    BOOST_TEST(raw.refusalOf("DELETE FROM event").find("never removed") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(sessions_tokens_passwords_and_throttles_are_kept) {
    Catalogued c;
    const Digest token = crypto::Sha256::of(std::string_view("token"));
    const Digest next = crypto::Sha256::of(std::string_view("next"));
    Database& database = *c.database;
    const SessionRow row{.token = token,
                         .party = c.lead.id,
                         .created = {1},
                         .lastSeen = {2},
                         .absoluteEnd = {100},
                         .csrf = "secret"};
    need(database.write([&](WriteSession& s) { return openSession(s, row, event("party.sign-in")); }));
    need(database.write([&](WriteSession& s) { return touchSession(s, token, {50}); }));
    need(database.write([&](WriteSession& s) { return rotateSession(s, token, next); }));
    BOOST_TEST(c.read([&](ReadSession& s) { return findSession(s, next); }).lastSeen.micros == 50);
    BOOST_TEST(!database.read([&](ReadSession& s) { return findSession(s, token); }).ok());
    need(database.write([&](WriteSession& s) {
        return savePasswordHash(s, c.lead.id, "$argon2id$x", event("party.password"));
    }));
    BOOST_TEST(c.read([&](ReadSession& s) { return passwordHashOf(s, c.lead.id); }) == "$argon2id$x");
    BOOST_TEST(!database.read([&](ReadSession& s) { return findSession(s, next); }).ok());
    const TokenRow api{
        .name = "ci", .token = token, .party = c.lead.id, .scopes = "read", .created = {1}, .expires = {9}};
    need(database.write([&](WriteSession& s) { return saveToken(s, api, event("token.create")); }));
    TokenRow again = api;
    again.token = next;
    const auto twice =
        database.write([&](WriteSession& s) { return saveToken(s, again, event("token.create")); });
    BOOST_TEST(twice.error().field == "name");
    need(database.write([&](WriteSession& s) { return touchToken(s, token, {5}); }));
    need(database.write([&](WriteSession& s) { return revokeToken(s, "ci", {7}, event("token.revoke")); }));
    need(database.write([&](WriteSession& s) { return revokeToken(s, "ci", {8}, event("token.revoke")); }));
    const auto found = c.read([&](ReadSession& s) { return findToken(s, token); });
    BOOST_TEST(found.revoked->micros == 7);
    BOOST_TEST(found.lastUsed->micros == 5);
    BOOST_TEST(c.read([](ReadSession& s) { return listTokens(s); }).size() == 1U);
    const auto fail = [&](std::int64_t at, std::int64_t forget) {
        return need(
            database.write([&](WriteSession& s) { return countFailure(s, "account:anna", {at}, {forget}); }));
    };
    BOOST_TEST(fail(10, 0).failures == 1);
    BOOST_TEST(fail(20, 0).failures == 2);
    BOOST_TEST(fail(90, 50).failures == 1);
    need(database.write([](WriteSession& s) { return clearThrottle(s, "account:anna"); }));
    BOOST_TEST(c.read([](ReadSession& s) { return throttleOf(s, "account:anna"); }).failures == 0);
    BOOST_TEST(c.check().ok());
}

BOOST_AUTO_TEST_SUITE_END()

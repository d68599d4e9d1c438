#include <set>

#include "RawDatabase.h"
#include "Sample.h"

using namespace tickmark;
using namespace tickmark::storage;
using namespace tickmark::storage::sample;

BOOST_AUTO_TEST_SUITE(storage_tampering)

namespace {

// A catalog with a few findings, changed behind the program's back by somebody who may drop triggers.
struct Tampered : Catalogued {
    Tampered() {
        for (int number = 1; number <= 5; ++number) add("F-000" + std::to_string(number));
    }
    std::set<std::string> codesAfter(const std::string& sql) {
        {
            RawDatabase raw(folder.database());
            raw.execute(
                "DROP TRIGGER event_stays; DROP TRIGGER event_remains; DROP TRIGGER tree_node_stays; "
                "DROP TRIGGER tree_node_remains;");
            raw.execute(sql);
        }
        std::set<std::string> codes;
        for (const auto& problem : check().problems) {
            if (problem.code != "schema") codes.insert(problem.code);  // the four triggers
        }
        return codes;
    }
    // Subjects of what is wrong with tables, indexes, views and triggers.
    std::set<std::string> partsAfter(const std::string& sql) {
        RawDatabase(folder.database()).execute(sql);
        std::set<std::string> parts;
        for (const auto& problem : check().problems) {
            BOOST_TEST(problem.code == "schema");
            parts.insert(problem.subject);
        }
        return parts;
    }
};

using Codes = std::set<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_CASE(an_untouched_catalog_has_no_problem, Tampered) {
    std::uint64_t done = 0;
    std::uint64_t all = 0;
    const auto report = need(checkCatalog(*database, verifier(), [&](std::uint64_t now, std::uint64_t total) {
        done = now;
        all = total;
    }));
    BOOST_TEST(report.ok());
    BOOST_TEST(report.rows == 8U);
    BOOST_TEST(report.events == 8U);
    BOOST_TEST(done == 16U);
    BOOST_TEST(all == 16U);
}

BOOST_FIXTURE_TEST_CASE(a_part_of_the_schema_that_is_gone_new_or_changed_is_named, Tampered) {
    BOOST_TEST((partsAfter("DROP TRIGGER event_stays") == Codes{"trigger event_stays"}));
    BOOST_TEST((partsAfter("CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT 1; END") ==
                Codes{"trigger event_stays"}));
    BOOST_TEST((partsAfter("CREATE VIEW other AS SELECT 1") == Codes{"trigger event_stays", "view other"}));
}

BOOST_FIXTURE_TEST_CASE(a_changed_column_is_found, Tampered) {
    BOOST_TEST((codesAfter("UPDATE finding SET class = 'observation' WHERE ref = 'F-0002'") ==
                Codes{"columns", "tally"}));
}

BOOST_FIXTURE_TEST_CASE(a_changed_counter_of_the_trends_is_found, Tampered) {
    BOOST_TEST(
        (codesAfter("UPDATE trend_tally SET count = count + 1 WHERE facet = 'clause'") == Codes{"tally"}));
}

BOOST_FIXTURE_TEST_CASE(a_changed_side_row_is_found, Tampered) {
    BOOST_TEST((codesAfter("UPDATE finding_clause SET clause = '9.9' WHERE finding = 2") ==
                Codes{"columns", "tally"}));
}

BOOST_FIXTURE_TEST_CASE(a_removed_team_member_is_found, Tampered) {
    BOOST_TEST((codesAfter("DELETE FROM audit_team") == Codes{"columns"}));
}

BOOST_FIXTURE_TEST_CASE(a_changed_record_is_found, Tampered) {
    const auto codes =
        codesAfter("UPDATE finding SET record = replace(record, '12 of 40', '2 of 40') WHERE ref = 'F-0003'");
    BOOST_TEST((codes == Codes{"record-digest"}));
}

BOOST_FIXTURE_TEST_CASE(a_broken_record_is_found, Tampered) {
    const auto codes = codesAfter("UPDATE finding SET record = '{\"v\":1' WHERE ref = 'F-0003'");
    BOOST_TEST((codes == Codes{"record-digest", "record-form"}));
}

BOOST_FIXTURE_TEST_CASE(a_record_and_its_event_changed_together_are_found, Tampered) {
    // Somebody who recomputes the leaf's hash as well still cannot mend the signed root.
    const auto codes = codesAfter("UPDATE event SET leaf = replace(leaf, 'anna', 'paul') WHERE position = 4");
    BOOST_TEST(codes.count("event-leaf") == 1U);
    BOOST_TEST(codes.count("event-columns") == 1U);
    BOOST_TEST(codes.count("checkpoint-root") == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_changed_event_column_is_found, Tampered) {
    BOOST_TEST((codesAfter("UPDATE event SET actor = 'paul' WHERE position = 4") == Codes{"event-columns"}));
}

BOOST_FIXTURE_TEST_CASE(a_changed_node_is_found, Tampered) {
    BOOST_TEST((codesAfter("UPDATE tree_node SET hash = zeroblob(32) WHERE level = 1 AND idx = 1") ==
                Codes{"tree-node"}));
}

BOOST_FIXTURE_TEST_CASE(a_truncated_tail_is_found_and_stops_writing, Tampered) {
    const auto codes = codesAfter("DELETE FROM event WHERE position = 7");
    BOOST_TEST(codes.count("checkpoint-size") == 1U);
    BOOST_TEST(codes.count("no-event") == 1U);
    BOOST_TEST(codes.count("tree-node") == 1U);
    const auto answer = database->write([](WriteSession& s) { return append(s, event("test.more")); });
    BOOST_REQUIRE(!answer);
    BOOST_TEST((answer.error().kind == ErrorKind::Damaged));
}

BOOST_FIXTURE_TEST_CASE(an_event_missing_in_the_middle_is_found, Tampered) {
    const auto codes = codesAfter("DELETE FROM event WHERE position = 3");
    BOOST_TEST(codes.count("event-gap") == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_row_without_event_and_an_event_without_row_are_found, Tampered) {
    const auto codes = codesAfter(
        "PRAGMA foreign_keys = OFF; DELETE FROM finding_clause WHERE finding = 5; DELETE FROM finding "
        "WHERE id = 5;");
    BOOST_TEST(codes.count("missing-row") == 1U);
    BOOST_TEST(codes.count("tally") == 1U);
    const auto more = [&] {
        RawDatabase raw(folder.database());
        raw.execute(
            "INSERT INTO party (id, ref, name, role, disabled, rev, record) SELECT 99, 'ghost', name, role, "
            "disabled, rev, record FROM party WHERE id = 1");
        std::set<std::string> found;
        for (const auto& problem : check().problems) found.insert(problem.code + " " + problem.subject);
        return found;
    }();
    BOOST_TEST(more.count("no-event party ghost") == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_head_signed_by_another_key_is_found, Tampered) {
    const auto head = read([](ReadSession& s) { return ledgerHead(s); });
    const auto forged = ledger::signCheckpoint(
        {.origin = "tickmark.test", .size = head.size, .root = head.root}, crypto::Ed25519Key::generate());
    BOOST_TEST(
        (codesAfter("UPDATE checkpoint SET note = '" + forged + "'") == Codes{"checkpoint-signature"}));
}

BOOST_FIXTURE_TEST_CASE(a_missing_head_is_found, Tampered) {
    BOOST_TEST((codesAfter("DELETE FROM checkpoint") == Codes{"checkpoint-missing"}));
}

BOOST_FIXTURE_TEST_CASE(a_kept_head_stays_and_is_checked, Tampered) {
    const auto head = read([](ReadSession& s) { return ledgerHead(s); });
    need(database->write([&](WriteSession& s) { return keepCheckpoint(s, head); }));
    add("F-0006");
    add("F-0007");
    const auto kept = read([](ReadSession& s) { return keptCheckpoints(s); });
    BOOST_REQUIRE_EQUAL(kept.size(), 1U);
    BOOST_TEST(kept.front().note == head.note);
    BOOST_TEST(need(ledger::openCheckpoint(kept.front().note, verifier())).size == 8U);
    RawDatabase raw(folder.database());
    BOOST_TEST(raw.text("SELECT count(*) FROM checkpoint") == "2");
    BOOST_TEST(check().ok());
    raw.execute("UPDATE checkpoint SET root = zeroblob(32) WHERE kept = 1");
    BOOST_TEST(check().problems.front().code == "checkpoint-root");
}

BOOST_FIXTURE_TEST_CASE(proofs_from_the_stored_nodes_hold, Tampered) {
    const auto head = read([](ReadSession& s) { return ledgerHead(s); });
    need(database->read([&](ReadSession& s) -> Result<void> {
        for (std::uint64_t position = 0; position < head.size; ++position) {
            const auto proof = need(ledger::inclusionProof(position, head.size, nodeReader(s)));
            const Digest leaf = ledger::leafHash(need(leafAt(s, position)));
            BOOST_TEST(ledger::inclusionHolds(position, head.size, leaf, proof, head.root));
        }
        return {};
    }));
}

BOOST_FIXTURE_TEST_CASE(a_copy_made_while_others_write_is_whole, Tampered) {
    const auto target = folder.path() / "copy" / "tickmark.db";
    std::filesystem::create_directory(target.parent_path());
    const auto head = need(backupDatabase(*database, target));
    add("F-0009");
    BOOST_TEST(backupDatabase(*database, target).error().type == "exists");
    BOOST_TEST(!std::filesystem::exists(target.string() + "-wal"));
    BOOST_TEST(!std::filesystem::exists(target.string() + ".part"));
    const auto copy = need(Database::open(optionsFor(target.parent_path())));
    const auto report = need(checkCatalog(*copy, verifier()));
    BOOST_TEST(report.ok());
    BOOST_TEST(report.events == head.size);
    BOOST_TEST(head.size == 8U);
}

BOOST_AUTO_TEST_SUITE_END()

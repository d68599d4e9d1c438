#include <fcntl.h>

#include <chrono>
#include <fstream>
#include <optional>
#include <thread>

#include "RawDatabase.h"
#include "Sample.h"
#include "storage/Connection.h"

using namespace tickmark;
using namespace tickmark::storage;
using namespace tickmark::storage::sample;

BOOST_AUTO_TEST_SUITE(storage_opening)

namespace {

std::string typeOf(const Result<std::unique_ptr<Database>>& opened) {
    return opened ? "opened" : opened.error().type;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_fresh_database_has_the_newest_version_and_wal) {
    const Folder folder;
    const auto database = openIn(folder);
    RawDatabase raw(folder.database());
    BOOST_TEST(raw.text("PRAGMA user_version") == std::to_string(Database::programVersion()));
    BOOST_TEST(raw.text("PRAGMA journal_mode") == "wal");
    BOOST_TEST(Database::programVersion() >= 4);
    const auto mode = std::filesystem::status(folder.database()).permissions();
    BOOST_TEST(((mode & std::filesystem::perms::others_all) == std::filesystem::perms::none));
}

BOOST_AUTO_TEST_CASE(a_missing_database_is_not_made_unasked) {
    const Folder folder;
    DatabaseOptions options = optionsFor(folder.path());
    options.create = false;
    const auto opened = Database::open(options);
    BOOST_REQUIRE(!opened);
    BOOST_TEST((opened.error().kind == ErrorKind::NotFound));
    BOOST_TEST(!std::filesystem::exists(folder.database()));
}

BOOST_AUTO_TEST_CASE(every_connection_has_its_pragmas) {
    const Folder folder;
    const auto database = openIn(folder);
    for (const auto use : {ConnectionUse::Read, ConnectionUse::Write}) {
        Connection connection(folder.database(), use, 100);
        BOOST_TEST(connection.integer("PRAGMA foreign_keys") == 1);
        BOOST_TEST(connection.integer("PRAGMA synchronous") == 2);
        BOOST_TEST(connection.integer("PRAGMA query_only") == (use == ConnectionUse::Read ? 1 : 0));
        BOOST_TEST(std::string(connection.prepare("PRAGMA journal_mode").step() ? "row" : "") == "row");
    }
    // The ones that the database itself uses, seen from inside.
    const auto inRead = need(database->read([](ReadSession& session) -> Result<std::int64_t> {
        return session.connection().integer("PRAGMA foreign_keys") * 10 +
               session.connection().integer("PRAGMA synchronous");
    }));
    BOOST_TEST(inRead == 12);
    const auto inWrite = need(database->write([](WriteSession& session) -> Result<std::int64_t> {
        return session.connection().integer("PRAGMA foreign_keys") * 10 +
               session.connection().integer("PRAGMA synchronous");
    }));
    BOOST_TEST(inWrite == 12);
}

BOOST_AUTO_TEST_CASE(a_read_session_cannot_write) {
    const Folder folder;
    const auto database = openIn(folder);
    const auto answer = database->read([](ReadSession& session) -> Result<void> {
        session.connection().prepare("DELETE FROM throttle").run();
        return {};
    });
    BOOST_REQUIRE(!answer);
}

BOOST_AUTO_TEST_CASE(without_a_signer_nothing_is_written) {
    const Folder folder;
    { const auto made = openIn(folder); }
    DatabaseOptions options = optionsFor(folder.path());
    options.signer = nullptr;
    const auto database = need(Database::open(options));
    const auto answer =
        database->write([](WriteSession& session) { return append(session, event("test.nothing")); });
    BOOST_REQUIRE(!answer);
    BOOST_TEST(answer.error().type == "read-only");
}

BOOST_AUTO_TEST_CASE(a_newer_database_is_refused_and_left_alone) {
    const Folder folder;
    { const auto made = openIn(folder); }
    {
        RawDatabase raw(folder.database());
        raw.execute("PRAGMA user_version = 9000");
    }
    const auto opened = Database::open(optionsFor(folder.path()));
    BOOST_TEST(typeOf(opened) == "database-newer");
    BOOST_TEST(opened.error().message.find("9000") != std::string::npos);
    RawDatabase raw(folder.database());
    BOOST_TEST(raw.text("PRAGMA user_version") == "9000");
}

BOOST_AUTO_TEST_CASE(an_older_database_is_copied_and_then_migrated) {
    const Folder folder;
    {
        const auto made = openIn(folder);
        auto someone = party("anna", domain::Role::LeadAuditor);
        store(*made, someone);
    }
    {
        // Version 3 is what is there without the later migrations.
        RawDatabase raw(folder.database());
        raw.execute("DROP TABLE audit_check; DROP INDEX audit_days");
        raw.execute("DROP TABLE passkey_challenge; DROP TABLE passkey");
        raw.execute("DROP TABLE finding_owner_tally; DROP INDEX finding_owner_newest");
        raw.execute("DROP TABLE malware_scan; DROP TABLE malware_release");
        raw.execute("DROP TABLE pending_sign_in; DROP TABLE recovery_code; DROP TABLE second_factor");
        raw.execute("DROP INDEX action_extension; ALTER TABLE action DROP COLUMN extension_asked");
        raw.execute("DROP TABLE lesson_tag; DROP TABLE lesson");
        raw.execute("DROP TABLE improvement_evidence; DROP TABLE improvement_item");
        raw.execute("DROP TABLE management_review; DROP TABLE saved_filter; DROP TABLE preference");
        raw.execute("DROP TABLE policy_version");
        raw.execute("DROP TABLE work_problem; DROP TABLE work_run; DROP TABLE object_proof");
        raw.execute("DROP TABLE storage_sample; ALTER TABLE session DROP COLUMN address");
        raw.execute("ALTER TABLE session DROP COLUMN agent");
        raw.execute(
            "DROP TABLE finding_search; DROP VIEW finding_text; DROP TABLE finding_tally; DROP TABLE "
            "bundle_head; DROP TABLE finding_facet; DROP TABLE cosigned; DROP TABLE witness; "
            "DROP TABLE kpi_series; DROP TABLE kpi; DROP TABLE idea; DROP TABLE digest; DROP TABLE "
            "mail_address; DROP TABLE calendar_feed; DROP TABLE search_index; DROP TABLE search_text; DROP "
            "TABLE "
            "search_position; DROP TABLE upload; DROP TABLE evidence_words; DROP TABLE objective; DROP TABLE "
            "feedback; DROP "
            "TABLE service_review; "
            "DROP TABLE trend_tally; DROP INDEX finding_state_due; DROP INDEX finding_audit_state; "
            "PRAGMA user_version = 3");
    }
    DatabaseOptions options = optionsFor(folder.path());
    options.migrate = false;
    BOOST_TEST(typeOf(Database::open(options)) == "database-older");
    options.migrate = true;
    {
        const auto database = need(Database::open(options));
        const auto check = need(checkCatalog(*database, verifier()));
        BOOST_TEST(check.ok());
        BOOST_TEST(check.rows == 1U);
    }
    const std::string version = std::to_string(Database::programVersion());
    const std::filesystem::path copy =
        folder.path() / ("tickmark.db.before-" + std::string(4 - version.size(), '0') + version);
    BOOST_REQUIRE(std::filesystem::exists(copy));
    RawDatabase raw(copy);
    BOOST_TEST(raw.text("PRAGMA user_version") == "3");
    BOOST_TEST(raw.text("SELECT ref FROM party") == "anna");
    RawDatabase now(folder.database());
    BOOST_TEST(now.text("PRAGMA user_version") == std::to_string(Database::programVersion()));
}

BOOST_AUTO_TEST_CASE(an_older_database_in_use_is_not_migrated) {
    const Folder folder;
    const auto first = openIn(folder);
    {
        RawDatabase raw(folder.database());
        raw.execute("PRAGMA user_version = 3");
    }
    BOOST_TEST(typeOf(Database::open(optionsFor(folder.path()))) == "data-locked");
}

BOOST_AUTO_TEST_CASE(a_foreign_database_is_refused_without_a_trace) {
    const Folder folder;
    {
        RawDatabase raw(folder.database());
        raw.execute("CREATE TABLE songs (name TEXT)");
    }
    BOOST_TEST(typeOf(Database::open(optionsFor(folder.path()))) == "not-tickmark");
    BOOST_TEST(!std::filesystem::exists(folder.path() / "tickmark.db-wal"));
    std::ofstream(folder.database(), std::ios::trunc) << "these are notes";
    BOOST_TEST(typeOf(Database::open(optionsFor(folder.path()))) == "not-tickmark");
}

BOOST_AUTO_TEST_CASE(a_damaged_database_is_named_as_damaged) {
    const Folder folder;
    { const auto made = openIn(folder); }
    const auto overwrite = [&](std::streamoff at, std::size_t count) {
        std::fstream file(folder.database(), std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(at);
        for (std::size_t index = 0; index < count; ++index) file.put('\x5a');
    };
    overwrite(100, 4000);  // the schema's page, behind the header
    BOOST_TEST(typeOf(Database::open(optionsFor(folder.path()))) == "database-damaged");
    overwrite(0, 16);
    BOOST_TEST(typeOf(Database::open(optionsFor(folder.path()))) == "database-damaged");
}

BOOST_AUTO_TEST_CASE(a_lock_that_is_let_go_a_moment_later_is_waited_for) {
    const Folder folder;
    auto held = std::make_optional(need(DataLock::serving(folder.path())));
    std::thread letsGo([&held] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        held.reset();
    });
    const auto second = DataLock::serving(folder.path());
    letsGo.join();
    BOOST_TEST(static_cast<bool>(second));
}

BOOST_AUTO_TEST_CASE(a_second_server_is_refused_and_a_restore_waits_for_nobody) {
    const Folder folder;
    auto serving = need(DataLock::serving(folder.path()));
    const auto second = DataLock::serving(folder.path());
    BOOST_REQUIRE(!second);
    BOOST_TEST(second.error().type == "already-served");
    auto one = need(DataLock::shared(folder.path()));
    auto two = need(DataLock::shared(folder.path()));
    BOOST_TEST(DataLock::exclusive(folder.path()).error().type == "data-locked");
    { const DataLock gone = std::move(one); }
    { const DataLock gone = std::move(two); }
    auto alone = need(DataLock::exclusive(folder.path()));
    BOOST_TEST(DataLock::shared(folder.path()).error().type == "data-locked");
    need(alone.downgrade());
    BOOST_TEST(DataLock::shared(folder.path()).ok());
}

BOOST_AUTO_TEST_SUITE_END()

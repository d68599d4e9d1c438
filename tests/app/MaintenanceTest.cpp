#include <atomic>
#include <fstream>
#include <set>
#include <thread>

#include "app/House.h"
#include "storage/RawDatabase.h"
#include "tickmark/app/Demo.h"
#include "tickmark/app/Initialise.h"
#include "tickmark/app/Maintenance.h"
#include "tickmark/crypto/Sha256.h"

using namespace tickmark;
using test::House;
using test::must;
using test::refusedAs;
namespace fs = std::filesystem;

namespace {

std::set<std::string> codesOf(const app::CheckOutcome& outcome) {
    std::set<std::string> codes;
    for (const auto& problem : outcome.problems) codes.insert(problem.code);
    return codes;
}

fs::path objectOf(const House& house, std::string_view bytes) {
    const std::string hex = crypto::Sha256::of(bytes).hex();
    return house.root() / "archive" / "sha256" / hex.substr(0, 2) / hex;
}

void overwrite(const fs::path& file, const std::string& text) {
    fs::permissions(file, fs::perms::owner_all);
    std::ofstream(file, std::ios::binary) << text;
}

bool clean(House& house) { return must(app::check(house.context(), true)).problems.empty(); }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(checking, House)

BOOST_AUTO_TEST_CASE(a_sound_house_is_found_sound_and_nothing_is_changed_by_looking) {
    closed();
    must(app::sealBundle(context(), as("la-01"), {"IA-1", "B", {}, {}}));
    const auto before = entries();
    const auto outcome = must(app::check(context(), true));
    for (const auto& problem : outcome.problems) BOOST_ERROR(problem.code + " " + problem.subject);
    BOOST_CHECK(outcome.unreferenced.empty());
    BOOST_CHECK_EQUAL(outcome.objects, 2);
    BOOST_CHECK(outcome.bytesRead > 0);
    BOOST_CHECK_EQUAL(entries(), before);
}

BOOST_AUTO_TEST_CASE(a_row_without_its_object_is_found) {
    const auto receipt = give("au-01", toAudit("log.txt"), "the log");
    fs::remove(objectOf(*this, "the log"));
    const auto outcome = must(app::check(context(), false));
    BOOST_CHECK(codesOf(outcome) == std::set<std::string>({"row-without-object"}));
    BOOST_CHECK_EQUAL(outcome.problems.front().subject, app::versionName(receipt.version));
}

BOOST_AUTO_TEST_CASE(a_damaged_object_is_found_by_reading_it) {
    give("au-01", toAudit("log.txt"), "the log");
    overwrite(objectOf(*this, "the log"), "THE LOG");
    BOOST_CHECK(must(app::check(context(), false)).problems.empty());
    BOOST_CHECK(codesOf(must(app::check(context(), true))) == std::set<std::string>({"object-damaged"}));
    overwrite(objectOf(*this, "the log"), "longer than before");
    BOOST_CHECK(codesOf(must(app::check(context(), false))) == std::set<std::string>({"object-damaged"}));
}

BOOST_AUTO_TEST_CASE(a_row_changed_behind_the_ledger_is_found) {
    const auto shown = issued();
    storage::sample::RawDatabase(root() / "tickmark.db")
        .execute("UPDATE finding SET class = 'observation' WHERE ref = '" + shown.ref.text() + "'");
    const auto outcome = must(app::check(context(), false));
    BOOST_REQUIRE(!outcome.problems.empty());
    BOOST_CHECK(test::holds(outcome.problems.front().subject, shown.ref.text()));
}

BOOST_AUTO_TEST_CASE(a_ledger_that_lost_its_end_is_found) {
    issued();
    storage::sample::RawDatabase raw(root() / "tickmark.db");
    raw.execute("DROP TRIGGER event_remains");
    raw.execute("DELETE FROM event WHERE position = (SELECT MAX(position) FROM event)");
    BOOST_CHECK(!must(app::check(context(), false)).problems.empty());
}

BOOST_AUTO_TEST_CASE(a_foreign_file_in_the_archive_is_named_and_an_unreferenced_object_listed) {
    std::ofstream(root() / "archive" / "sha256" / "notes.txt") << "mine";
    const auto foreign = must(app::check(context(), false));
    BOOST_CHECK(codesOf(foreign) == std::set<std::string>({"foreign-file"}));
    MemorySource source(viewOf("nobody refers to this"));
    const auto object = must(context().archive->put(source, {}));
    const auto outcome = must(app::check(context(), false));
    BOOST_REQUIRE_EQUAL(outcome.unreferenced.size(), 1U);
    BOOST_CHECK_EQUAL(outcome.unreferenced.front(), object.digest.hex());
    BOOST_CHECK(codesOf(must(app::check(context(), true))) == std::set<std::string>({"foreign-file"}));
    const fs::path file = objectOf(*this, "nobody refers to this");
    fs::permissions(file, fs::perms::owner_all);
    std::ofstream(file, std::ios::binary) << "nobody refers to that";
    BOOST_CHECK(codesOf(must(app::check(context(), true))) ==
                std::set<std::string>({"foreign-file", "object-damaged"}));
}

BOOST_AUTO_TEST_CASE(a_full_text_that_is_not_that_of_the_findings_is_found) {
    issued();
    BOOST_CHECK(must(app::check(context(), true)).problems.empty());
    storage::sample::RawDatabase(root() / "tickmark.db")
        .execute("INSERT INTO finding_search (rowid, title) VALUES (1, 'unheard')");
    const auto outcome = must(app::check(context(), true));
    BOOST_CHECK(codesOf(outcome) == std::set<std::string>({"search-index"}));
    BOOST_CHECK_EQUAL(outcome.problems.front().subject, "search in findings");
}

BOOST_AUTO_TEST_CASE(a_damaged_or_missing_bundle_is_found) {
    issued();
    const auto sealed = must(app::sealBundle(context(), as("la-01"), {"IA-1", "B", {}, {}}));
    const fs::path file = context().directory.bundles() / sealed.fileName;
    fs::permissions(file, fs::perms::owner_all);
    {
        std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
        stream.seekp(100);
        stream.put('\x7f');
    }
    BOOST_CHECK(codesOf(must(app::check(context(), true))) == std::set<std::string>({"bundle-damaged"}));
    fs::remove(file);
    BOOST_CHECK(codesOf(must(app::check(context(), false))) == std::set<std::string>({"bundle-missing"}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(backups, House)

BOOST_AUTO_TEST_CASE(a_backup_taken_while_others_write_restores_to_a_sound_house) {
    std::atomic<bool> stop{false};
    std::atomic<int> given{0};
    std::thread writer([&]() {
        for (int i = 0; !stop && i < 2000; ++i) {
            give("au-01", toAudit("f.txt"), "file " + std::to_string(i));
            ++given;
        }
    });
    while (given < 20) std::this_thread::yield();
    const fs::path file = root().parent_path() / "b.tar";
    const auto made = must(app::backup(context(), file));
    stop = true;
    writer.join();
    BOOST_CHECK(made.objects >= 20);
    const fs::path target = root().parent_path() / "restored";
    const auto outcome = must(app::restore(file, {}, target, sharedClock()));
    BOOST_CHECK(outcome.problems.empty());
    const auto again = must(app::openContext(target, app::OpenMode::ReadWrite, sharedClock()));
    BOOST_CHECK(must(app::check(*again, true)).problems.empty());
    MemorySource source(viewOf("life goes on"));
    BOOST_CHECK(app::recordEvidence(*again, as("au-01"), toAudit("next.txt"), source).ok());
}

BOOST_AUTO_TEST_CASE(a_backup_can_be_taken_by_a_reader) {
    issued();
    close();
    open(app::OpenMode::ReadOnly);
    const fs::path file = root().parent_path() / "b.tar";
    must(app::backup(context(), file));
    BOOST_CHECK(
        must(app::restore(file, {}, root().parent_path() / "restored", sharedClock())).problems.empty());
    BOOST_CHECK(refusedAs(app::backup(context(), file), ErrorKind::Conflict, "exists"));
}

BOOST_AUTO_TEST_CASE(keys_of_a_restored_house_are_its_owners_alone) {
    const fs::path file = root().parent_path() / "b.tar";
    must(app::backup(context(), file));
    BOOST_CHECK((fs::status(file).permissions() & fs::perms::all) ==
                (fs::perms::owner_read | fs::perms::owner_write));
    const fs::path target = root().parent_path() / "restored/";
    must(app::restore(file, {}, target, sharedClock()));
    BOOST_CHECK((fs::status(target / "keys").permissions() & fs::perms::all) == fs::perms::owner_all);
    BOOST_CHECK((fs::status(target / "keys" / "seal.key.pem").permissions() & fs::perms::all) ==
                (fs::perms::owner_read | fs::perms::owner_write));
}

BOOST_AUTO_TEST_CASE(a_folder_that_holds_anything_is_not_restored_into) {
    const fs::path file = root().parent_path() / "b.tar";
    must(app::backup(context(), file));
    const fs::path target = root().parent_path() / "other";
    fs::create_directories(target);
    std::ofstream(target / "mine.txt") << "mine";
    BOOST_CHECK(refusedAs(app::restore(file, {}, target, sharedClock()), ErrorKind::Conflict, "not-empty"));
    BOOST_CHECK(fs::exists(target / "mine.txt"));
    fs::remove(target / "mine.txt");
    BOOST_CHECK(app::restore(file, {}, target, sharedClock()).ok());
}

BOOST_AUTO_TEST_CASE(a_backup_that_is_cut_off_anywhere_or_altered_restores_nothing) {
    give("au-01", toAudit("log.txt"), "the log");
    const fs::path file = root().parent_path() / "b.tar";
    must(app::backup(context(), file));
    const std::string whole = must(archive::readSmallFile(file, 64U << 20U));
    const fs::path bad = root().parent_path() / "bad.tar";
    const fs::path target = root().parent_path() / "restored";
    const auto refused = [&](const std::string& text) {
        std::ofstream(bad, std::ios::binary | std::ios::trunc) << text;
        const auto outcome = app::restore(bad, {}, target, sharedClock());
        return !outcome.ok() && outcome.error().kind == ErrorKind::Damaged && !fs::exists(target) &&
               !fs::exists(target.string() + ".partial");
    };
    for (std::size_t part = 0; part < 10; ++part) {
        BOOST_TEST_CONTEXT(part) BOOST_CHECK(refused(whole.substr(0, whole.size() * part / 10)));
    }
    const std::size_t content = whole.find("the log");
    BOOST_REQUIRE(content != std::string::npos);
    std::string altered = whole;
    altered[content] = 'T';
    BOOST_CHECK(refused(altered));
    altered = whole;
    altered[600] = static_cast<char>(altered[600] ^ 1);  // within the database
    BOOST_CHECK(refused(altered));
    BOOST_CHECK(refused("no tar at all"));
    BOOST_CHECK(
        refusedAs(app::restore(root() / "no-such", {}, target, sharedClock()), ErrorKind::NotFound, "file"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(data_directories, House)

BOOST_AUTO_TEST_CASE(a_second_process_can_write_beside_the_server) {
    const auto second = must(app::openContext(root(), app::OpenMode::ReadWrite, sharedClock()));
    std::thread other([&]() {
        for (int i = 0; i < 50; ++i) {
            MemorySource source(viewOf("from the other"));
            must(app::recordEvidence(*second, as("au-01"), toAudit("other.txt"), source));
        }
    });
    for (int i = 0; i < 50; ++i) give("au-01", toAudit("own.txt"), "own " + std::to_string(i));
    other.join();
    BOOST_CHECK_EQUAL(objects().size(), 51U);
    BOOST_CHECK(clean(*this));
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_no_data_directory_is_refused_with_the_command_that_makes_one) {
    const auto refused =
        test::refusal(app::openContext(root() / "bundles", app::OpenMode::ReadWrite, sharedClock()));
    BOOST_CHECK_EQUAL(refused.type, "data-directory");
    BOOST_CHECK(test::holds(refused.fix, "tickmark init"));
}

BOOST_AUTO_TEST_CASE(init_refuses_a_folder_that_holds_anything_and_leaves_nothing_of_a_refused_try) {
    const fs::path parent = root().parent_path();
    app::InitialiseInput input{root(), "Again", {}, {}, "admin"};
    BOOST_CHECK(refusedAs(app::initialise(input, clock()), ErrorKind::Conflict, "not-empty"));
    input.root = parent / "new";
    input.organisation = "";
    BOOST_CHECK_EQUAL(test::refusal(app::initialise(input, clock())).field, "--organisation");
    input.organisation = "New";
    input.adminAccount = "Not An Account";
    BOOST_CHECK(!app::initialise(input, clock()).ok());
    BOOST_CHECK(!fs::exists(parent / "new"));
    BOOST_CHECK(!fs::exists(parent / "new.partial"));
}

BOOST_AUTO_TEST_CASE(the_authoritys_key_can_be_kept_offline_and_never_overwrites_a_file) {
    const fs::path parent = root().parent_path();
    app::InitialiseInput input{parent / "new", "New", Secret("ca-passphrase-long"), parent / "ca.pem",
                               "admin"};
    std::ofstream(parent / "ca.pem") << "something else";
    BOOST_CHECK(refusedAs(app::initialise(input, clock()), ErrorKind::Conflict, "exists"));
    fs::remove(parent / "ca.pem");
    must(app::initialise(input, clock()));
    BOOST_CHECK(fs::exists(parent / "ca.pem"));
    BOOST_CHECK(!fs::exists(parent / "new" / "keys" / "root.key.pem"));
}

BOOST_AUTO_TEST_CASE(a_data_directory_can_be_renamed_and_its_settings_survive_odd_names) {
    const fs::path parent = root().parent_path();
    const std::string odd = "A \\new \"Org\" = x : y # z";
    must(app::initialise({parent / "new/", odd, {}, {}, "admin"}, clock()));
    fs::rename(parent / "new", parent / "moved");
    const auto moved = must(app::openContext(parent / "moved", app::OpenMode::ReadWrite, sharedClock()));
    BOOST_CHECK_EQUAL(moved->settings.organisation, odd);
}

BOOST_AUTO_TEST_CASE(bad_settings_are_named_all_at_once) {
    const auto withLine = [&](const std::string& line) {
        std::ofstream(root() / "tickmark.conf", std::ios::app) << "\n" << line << "\n";
        return test::refusal(app::Settings::read(root() / "tickmark.conf"));
    };
    const auto unknown = withLine("colour = blue");
    BOOST_CHECK(test::holds(describe(unknown), "colour"));
    const auto both = withLine("upload_cap = many");
    BOOST_CHECK(test::holds(describe(both), "colour") && test::holds(describe(both), "upload_cap"));
    const auto factor = withLine("second_factor = off");
    BOOST_CHECK(test::holds(describe(factor), "optional, required-for-leads or required"));
    const auto origin = withLine("log_origin = two words");
    BOOST_CHECK(test::holds(describe(origin), "log_origin"));
}

BOOST_AUTO_TEST_SUITE_END()

#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include "app/House.h"
#include "tickmark/app/Maintenance.h"
#include "tickmark/app/Upkeep.h"

using namespace tickmark;
using test::House;
using test::must;
using test::refusedAs;
namespace fs = std::filesystem;

namespace {

struct Cellar : House {
    Cellar() {
        give("la-01", toAudit("a.txt"), "first");
        give("la-01", toAudit("b.txt"), "second");
        give("la-01", toAudit("c.txt"), "first");
    }
    storage::WorkRun finished(const storage::WorkRun& begun) {
        BOOST_REQUIRE(context().workDesk->awaitIdle(std::chrono::minutes(5)));
        return must(app::showRun(context(), as("ad-01"), begun.id)).run;
    }
    storage::WorkRun scrub() { return finished(must(app::beginScrub(context(), as("ad-01")))); }
    void damage(const std::string& bytes, bool remove) {
        for (const auto& entry : fs::recursive_directory_iterator(root() / "archive" / "sha256")) {
            if (!entry.is_regular_file() || entry.file_size() != bytes.size()) continue;
            fs::permissions(entry.path(), fs::perms::owner_all);
            if (remove)
                fs::remove(entry.path());
            else
                std::ofstream(entry.path(), std::ios::binary) << std::string(bytes.size(), 'x');
        }
    }
    app::IntegrityView integrity() { return must(app::showIntegrity(context(), as("ad-01"))); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(upkeep, Cellar)

BOOST_AUTO_TEST_CASE(a_scrub_proves_every_object_and_the_counts_follow_the_clock) {
    const auto before = integrity();
    BOOST_CHECK_EQUAL(before.all, 2);
    BOOST_CHECK_EQUAL(before.never, 2);
    const auto run = scrub();
    BOOST_CHECK_EQUAL(run.outcome, "good");
    BOOST_CHECK_EQUAL(run.done, run.total);
    BOOST_CHECK_EQUAL(run.total, 11U);
    BOOST_CHECK_EQUAL(lastEvent().kind, "scrub.end");
    const auto after = integrity();
    BOOST_CHECK_EQUAL(after.recent, 2);
    BOOST_CHECK_EQUAL(after.never, 0);
    clock().set(start().plusSeconds((app::recentDays + 1) * 86'400));
    BOOST_CHECK_EQUAL(integrity().older, 2);
    BOOST_CHECK_EQUAL(integrity().recent, 0);
    BOOST_CHECK_EQUAL(must(app::countObjects(context(), as("ad-01"), storage::ObjectChoice::Older)), 2);
}

BOOST_AUTO_TEST_CASE(what_is_damaged_is_quarantined_with_every_version_that_rests_on_it) {
    must(app::beginScrub(context(), as("ad-01")));
    BOOST_REQUIRE(context().workDesk->awaitIdle(std::chrono::minutes(5)));
    damage("first", false);
    clock().set(start().plusSeconds(60));
    const auto run = scrub();
    BOOST_CHECK_EQUAL(run.outcome, "problems");
    const auto view = must(app::showRun(context(), as("ad-01"), run.id));
    BOOST_REQUIRE_EQUAL(view.problems.size(), 1U);
    BOOST_CHECK_EQUAL(view.problems[0].code, "object-damaged");
    BOOST_CHECK_EQUAL(integrity().bad, 1);
    BOOST_CHECK_EQUAL(integrity().quarantined, 1);
    const auto bad = must(app::listObjects(context(), as("ad-01"), storage::ObjectChoice::Bad, {}));
    BOOST_REQUIRE_EQUAL(bad.rows.size(), 1U);
    BOOST_CHECK_EQUAL(bad.rows[0].versions, 2);
    BOOST_CHECK_EQUAL(bad.rows[0].quarantined, 2);
    BOOST_CHECK(bad.rows[0].proved == start());
    BOOST_CHECK(bad.rows[0].tried == start().plusSeconds(60));
    const auto checked = must(app::check(context(), false));
    BOOST_CHECK(checked.problems.empty());
}

BOOST_AUTO_TEST_CASE(an_object_that_is_gone_is_named_as_missing_and_the_next_scrub_counts_it_again) {
    damage("second", true);
    BOOST_CHECK_EQUAL(scrub().outcome, "problems");
    const auto bad = must(app::listObjects(context(), as("ad-01"), storage::ObjectChoice::Bad, {}));
    BOOST_REQUIRE_EQUAL(bad.rows.size(), 1U);
    BOOST_CHECK_EQUAL(bad.rows[0].outcome, "missing");
    BOOST_CHECK(!bad.rows[0].proved);
    BOOST_CHECK_EQUAL(scrub().outcome, "problems");
    BOOST_CHECK_EQUAL(integrity().quarantined, 1);
}

BOOST_AUTO_TEST_CASE(objects_are_listed_in_pages_that_join_without_a_gap) {
    const auto first = must(app::listObjects(context(), as("ad-01"), storage::ObjectChoice::All, {1, {}}));
    BOOST_REQUIRE_EQUAL(first.rows.size(), 1U);
    const auto second =
        must(app::listObjects(context(), as("ad-01"), storage::ObjectChoice::All, {1, first.next}));
    BOOST_REQUIRE_EQUAL(second.rows.size(), 1U);
    BOOST_CHECK(second.next.empty());
    BOOST_CHECK(first.rows[0].digest < second.rows[0].digest);
}

BOOST_AUTO_TEST_CASE(one_piece_of_work_of_a_kind_at_a_time) {
    std::promise<void> gate;
    auto opened = gate.get_future().share();
    const auto wait = [opened](const app::WorkProgress&) -> Result<app::WorkResult> {
        opened.wait();
        return app::WorkResult{"Waited.", "{}", {}};
    };
    must(context().workDesk->begin(as("ad-01"), "scrub", {}, wait));
    BOOST_CHECK(refusedAs(app::beginScrub(context(), as("ad-01")), ErrorKind::Refused, "work-under-way"));
    const auto check = must(app::beginLedgerCheck(context(), as("ad-01")));
    BOOST_CHECK_EQUAL(must(app::showRun(context(), as("ad-01"), check.id)).run.outcome, "running");
    gate.set_value();
    BOOST_CHECK_EQUAL(finished(check).outcome, "good");
    BOOST_CHECK_EQUAL(scrub().outcome, "good");
}

BOOST_AUTO_TEST_CASE(a_stopped_scrub_says_so_and_other_work_cannot_be_stopped) {
    std::promise<void> begun;
    const auto endless = [&begun](const app::WorkProgress& progress) -> Result<app::WorkResult> {
        begun.set_value();
        while (progress(1, 2)) std::this_thread::yield();
        return refused("stopped", "It was stopped.");
    };
    const auto run = must(context().workDesk->begin(as("ad-01"), "scrub", {}, endless));
    begun.get_future().wait();
    BOOST_CHECK(
        refusedAs(app::stopWork(context(), as("ad-01"), "backup"), ErrorKind::Refused, "cannot-stop"));
    must(app::stopWork(context(), as("ad-01"), "scrub"));
    const auto over = finished(run);
    BOOST_CHECK_EQUAL(over.outcome, "stopped");
    BOOST_CHECK_EQUAL(over.done, 1U);
    BOOST_CHECK(refusedAs(app::stopWork(context(), as("ad-01"), "scrub"), ErrorKind::Refused, "no-work"));
}

BOOST_AUTO_TEST_CASE(work_that_the_end_of_the_program_cut_off_is_shown_as_interrupted) {
    storage::WorkRun lost;
    lost.kind = "scrub";
    lost.actor = "ad-01";
    lost.outcome = "running";
    lost.facts = "{}";
    lost.began = start();
    must(context().database->write(
        [&](storage::WriteSession& session) { return storage::addWorkRun(session, lost); }));
    BOOST_CHECK_EQUAL(must(app::showRun(context(), as("ad-01"), lost.id)).run.outcome, "interrupted");
    scrub();
    const auto view = must(app::showRun(context(), as("ad-01"), lost.id));
    BOOST_CHECK_EQUAL(view.run.outcome, "interrupted");
    BOOST_CHECK(view.run.ended.has_value());
}

BOOST_AUTO_TEST_CASE(the_check_of_the_ledger_keeps_its_result_with_the_time) {
    const auto run = finished(must(app::beginLedgerCheck(context(), as("ad-01"))));
    BOOST_CHECK_EQUAL(run.outcome, "good");
    BOOST_CHECK(run.summary.find("Recomputed the tree") != std::string::npos);
    BOOST_CHECK(run.ended == start());
    BOOST_CHECK_EQUAL(lastEvent().kind, "ledger-check.end");
    BOOST_CHECK_EQUAL(must(app::listRuns(context(), as("ad-01"), "ledger-check", 5)).size(), 1U);
}

BOOST_AUTO_TEST_CASE(a_backup_is_taken_listed_tested_and_found_damaged_when_it_is) {
    BOOST_CHECK(refusedAs(app::beginBackup(context(), as("ad-01")), ErrorKind::Refused, "no-backup-folder"));
    const fs::path folder = root().parent_path() / "backups";
    fs::create_directories(folder);
    context().settings.backupFolder = folder.string();
    const auto made = finished(must(app::beginBackup(context(), as("ad-01"))));
    BOOST_CHECK_EQUAL(made.outcome, "good");
    auto view = must(app::showBackups(context(), as("ad-01")));
    BOOST_REQUIRE_EQUAL(view.files.size(), 1U);
    BOOST_CHECK_EQUAL(view.files[0].name, made.subject);
    BOOST_CHECK(view.files[0].made.has_value());
    BOOST_CHECK(!view.files[0].tested.has_value());
    BOOST_CHECK_EQUAL(finished(must(app::beginBackupTest(context(), as("ad-01"), made.subject))).outcome,
                      "good");
    BOOST_CHECK(refusedAs(app::beginBackupTest(context(), as("ad-01"), "../tickmark.db"), ErrorKind::NotFound,
                          "not-found"));
    {
        std::fstream file(folder / made.subject, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(fs::file_size(folder / made.subject) / 2));
        file.write("damaged", 7);
    }
    BOOST_CHECK_EQUAL(finished(must(app::beginBackupTest(context(), as("ad-01"), made.subject))).outcome,
                      "failed");
    view = must(app::showBackups(context(), as("ad-01")));
    BOOST_REQUIRE(view.files[0].tested.has_value());
    BOOST_CHECK_EQUAL(view.files[0].tested->outcome, "failed");
    fs::remove_all(folder);
}

BOOST_AUTO_TEST_CASE(the_room_counts_stored_content_once_and_is_sampled_by_day) {
    must(app::sampleStorage(context()));
    clock().set(start().plusSeconds(86'400));
    must(app::sampleStorage(context()));
    must(app::sampleStorage(context()));
    const auto view = must(app::showStorage(context(), as("ad-01")));
    BOOST_CHECK_EQUAL(view.archive.versionBytes, 16U);
    BOOST_CHECK_EQUAL(view.archive.objectBytes, 11U);
    BOOST_CHECK_EQUAL(view.archive.objects, 2);
    BOOST_CHECK_GT(view.databaseBytes, 0U);
    BOOST_CHECK_GT(view.freeBytes, 0U);
    BOOST_REQUIRE_EQUAL(view.samples.size(), 2U);
    BOOST_CHECK(view.samples[1].day < view.samples[0].day);
    BOOST_CHECK_EQUAL(view.samples[0].archiveBytes, 11U);
}

BOOST_AUTO_TEST_CASE(the_board_keeps_the_last_result_and_the_last_error_of_each_pass) {
    app::JobBoard board;
    board.begin("digests", start());
    BOOST_CHECK(board.all().at(0).running);
    board.end("digests", start().plusSeconds(1), 300, "Sent 3 digests.");
    board.begin("digests", start().plusSeconds(300));
    board.fail("digests", start().plusSeconds(301), 300, "The mail server refused.");
    board.end("digests", start().plusSeconds(601), 300);
    const auto job = board.all().at(0);
    BOOST_CHECK(!job.running);
    BOOST_CHECK_EQUAL(job.passes, 3);
    BOOST_CHECK_EQUAL(job.result, "Sent 3 digests.");
    BOOST_CHECK_EQUAL(job.error, "The mail server refused.");
    BOOST_CHECK(job.errorAt == start().plusSeconds(301));
    BOOST_CHECK(job.next == start().plusSeconds(901));
}

BOOST_AUTO_TEST_CASE(nobody_but_the_administrator_begins_or_sees_upkeep) {
    const std::int64_t before = entries();
    for (const char* account : {"la-01", "au-01", "po-01", "ao-01", "im-01", "tm-01", "xa-01"}) {
        const domain::Actor actor = as(account);
        BOOST_CHECK(!app::beginScrub(context(), actor).ok());
        BOOST_CHECK(!app::beginLedgerCheck(context(), actor).ok());
        BOOST_CHECK(!app::beginBackup(context(), actor).ok());
        BOOST_CHECK(!app::beginBackupTest(context(), actor, "x.tar").ok());
        BOOST_CHECK(!app::stopWork(context(), actor, "scrub").ok());
        BOOST_CHECK(!app::listRuns(context(), actor, "", 5).ok());
        BOOST_CHECK(!app::showRun(context(), actor, 1).ok());
        BOOST_CHECK(!app::showIntegrity(context(), actor).ok());
        BOOST_CHECK(!app::listObjects(context(), actor, storage::ObjectChoice::All, {}).ok());
        BOOST_CHECK(!app::countObjects(context(), actor, storage::ObjectChoice::All).ok());
        BOOST_CHECK(!app::showBackups(context(), actor).ok());
        BOOST_CHECK(!app::showStorage(context(), actor).ok());
        BOOST_CHECK(!app::listJobs(context(), actor).ok());
    }
    BOOST_CHECK_EQUAL(entries(), before);
}

BOOST_AUTO_TEST_CASE(a_scrub_begins_by_itself_when_its_days_are_over) {
    const auto runs = [&]() { return must(app::listRuns(context(), as("ad-01"), "scrub", 10)); };
    must(app::beginDueUpkeep(context()));
    BOOST_CHECK(runs().empty());
    clock().set(start().plusSeconds(31 * 86'400));
    must(app::beginDueUpkeep(context()));
    BOOST_REQUIRE(context().workDesk->awaitIdle(std::chrono::minutes(5)));
    BOOST_REQUIRE_EQUAL(runs().size(), 1U);
    BOOST_CHECK_EQUAL(runs().front().actor, "system");
    BOOST_CHECK_EQUAL(runs().front().outcome, "good");
    BOOST_CHECK_EQUAL(integrity().recent, 2);
    must(app::beginDueUpkeep(context()));
    BOOST_CHECK_EQUAL(runs().size(), 1U);
    context().settings.scrubEveryDays = 0;
    clock().set(start().plusSeconds(400 * 86'400));
    must(app::beginDueUpkeep(context()));
    BOOST_CHECK_EQUAL(runs().size(), 1U);
}

BOOST_AUTO_TEST_CASE(backups_are_taken_by_themselves_kept_and_proved_by_restoring_them) {
    const auto runs = [&]() { return must(app::listRuns(context(), as("ad-01"), "backup-series", 10)); };
    const auto pass = [&](std::int64_t hours) {
        clock().set(start().plusSeconds(hours * 3600));
        must(app::beginDueUpkeep(context()));
        BOOST_REQUIRE(context().workDesk->awaitIdle(std::chrono::minutes(5)));
    };
    context().settings.backupEveryHours = 6;
    context().settings.backupKeep = 2;
    pass(1);
    BOOST_CHECK(runs().empty());  // no folder is named
    context().settings.backupFolder = (root().parent_path() / "backups").string();
    fs::create_directories(context().settings.backupFolder);
    for (const std::int64_t hours : {2, 7, 8, 14, 20}) pass(hours);
    BOOST_REQUIRE_EQUAL(runs().size(), 4U);
    for (const auto& run : runs()) BOOST_CHECK_EQUAL(run.outcome, "good");
    BOOST_CHECK_EQUAL(must(app::showBackups(context(), as("ad-01"))).moments.size(), 2U);
    const fs::path series = app::seriesFolder(context().settings);
    for (const auto& entry : fs::recursive_directory_iterator(series / "sha256")) {
        if (!entry.is_regular_file() || entry.file_size() != 5) continue;
        fs::permissions(entry.path(), fs::perms::owner_all);
        std::ofstream(entry.path()) << "other";
    }
    pass(26);
    BOOST_CHECK_EQUAL(runs().front().outcome, "failed");
    pass(26);
    BOOST_CHECK_EQUAL(runs().size(), 5U);
    pass(28);  // a failure is tried again before six hours are over
    BOOST_CHECK_EQUAL(runs().size(), 6U);
}

BOOST_AUTO_TEST_SUITE_END()

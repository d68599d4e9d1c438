#include <algorithm>
#include <fstream>

#include "app/House.h"
#include "tickmark/app/Initialise.h"
#include "tickmark/app/Maintenance.h"
#include "tickmark/crypto/Sha256.h"

using namespace tickmark;
using test::must;
using test::refusedAs;
namespace fs = std::filesystem;

namespace {

struct SeriesHouse : test::House {
    fs::path folder = root().parent_path() / "series";
    fs::path target = root().parent_path() / "restored";

    SeriesHouse() { give("au-01", toAudit("log.txt"), std::string(200'000, 'a')); }

    app::BackupOutcome take(std::size_t keep = 0) {
        clock().set(clock().now().plusSeconds(60));
        return must(app::backupInto(context(), folder, keep));
    }
    [[nodiscard]] fs::path fileOf(const std::string& content) const {
        const std::string hex = crypto::Sha256::of(content).hex();
        return folder / "sha256" / hex.substr(0, 2) / hex;
    }
    [[nodiscard]] auto restored(const std::string& moment = {}) {
        return app::restore(folder, moment, target, sharedClock());
    }
};

void overwrite(const fs::path& file, const std::string& text) {
    fs::permissions(file, fs::perms::owner_all);
    std::ofstream(file, std::ios::binary) << text;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(backup_series, SeriesHouse)

BOOST_AUTO_TEST_CASE(a_second_backup_writes_only_what_is_new) {
    const auto first = take();
    BOOST_TEST(first.written == first.bytes);
    give("au-01", toAudit("next.txt"), std::string(100'000, 'b'));
    const auto second = take();
    BOOST_TEST(second.bytes > first.bytes);
    BOOST_TEST(second.written + 200'000U <= second.bytes);
    BOOST_TEST(fs::exists(fileOf(std::string(100'000, 'b'))));
    const auto moments = must(app::backupMoments(folder));
    BOOST_REQUIRE(moments.size() == 2U);
    BOOST_TEST(moments.front().name == second.moment);
    BOOST_TEST(must(restored()).problems.empty());
    const auto again = must(app::openContext(target, app::OpenMode::ReadWrite, sharedClock()));
    BOOST_TEST(must(app::check(*again, true)).problems.empty());
}

BOOST_AUTO_TEST_CASE(a_backup_that_stopped_before_its_list_goes_on) {
    const auto first = take();
    fs::remove(folder / "moments" / (first.moment + ".json"));
    BOOST_TEST(refusedAs(restored(), ErrorKind::Damaged, "backup-damaged"));
    const auto second = take();
    BOOST_TEST(second.written + 200'000U <= second.bytes);
    BOOST_TEST(must(restored()).problems.empty());
}

BOOST_AUTO_TEST_CASE(an_older_moment_is_restored_by_its_name) {
    const auto first = take();
    give("au-01", toAudit("next.txt"), "later");
    take();
    BOOST_TEST(must(restored(first.moment)).objects == 1);
    const auto unknown =
        app::restore(folder, "2001-01-01T00-00-00Z", root().parent_path() / "no", sharedClock());
    BOOST_TEST(refusedAs(unknown, ErrorKind::NotFound, "not-found"));
    BOOST_TEST(unknown.error().field == "--moment");
    const fs::path tar = root().parent_path() / "b.tar";
    must(app::backup(context(), tar));
    BOOST_TEST(refusedAs(app::restore(tar, first.moment, root().parent_path() / "no", sharedClock()),
                         ErrorKind::Invalid, "moment"));
    BOOST_TEST(!fs::exists(root().parent_path() / "no"));
}

BOOST_AUTO_TEST_CASE(what_no_moment_has_any_more_goes_with_its_moment) {
    take();
    const auto snapshots = [&]() {
        return std::count_if(fs::recursive_directory_iterator(folder / "sha256"),
                             fs::recursive_directory_iterator(),
                             [](const auto& entry) { return entry.is_regular_file(); });
    };
    const auto files = snapshots();
    give("au-01", toAudit("next.txt"), "later");
    const auto second = take(1);
    BOOST_TEST(must(app::backupMoments(folder)).size() == 1U);
    BOOST_TEST(snapshots() == files + 1);  // one database for another, and the new object
    BOOST_TEST(must(restored(second.moment)).problems.empty());
}

BOOST_AUTO_TEST_CASE(damage_is_found_by_the_test_and_restores_nothing) {
    take();
    BOOST_TEST(must(app::testBackup(folder)).objects > 5);
    BOOST_TEST(!fs::exists(folder / "restore-proof.partial"));
    const fs::path object = fileOf(std::string(200'000, 'a'));
    overwrite(object, std::string(199'999, 'a') + "b");
    BOOST_TEST(refusedAs(app::testBackup(folder), ErrorKind::Damaged, "backup-damaged"));
    BOOST_TEST(refusedAs(restored(), ErrorKind::Damaged, "backup-damaged"));
    fs::remove(object);
    BOOST_TEST(refusedAs(app::testBackup(folder), ErrorKind::Damaged, "backup-damaged"));
    BOOST_TEST(refusedAs(restored(), ErrorKind::Damaged, "backup-damaged"));
    BOOST_TEST(!fs::exists(target));
    take();  // what is missing is copied again
    BOOST_TEST(must(restored()).problems.empty());
}

BOOST_AUTO_TEST_CASE(a_list_that_points_out_of_the_folder_is_refused) {
    const auto made = take();
    const fs::path list = folder / "moments" / (made.moment + ".json");
    std::string text = must(archive::readSmallFile(list, 1U << 20U));
    const std::string honest = "\"tickmark.conf\"";
    text.replace(text.find(honest), honest.size(), "\"../../loot.conf\"");
    overwrite(list, text);
    BOOST_TEST(refusedAs(restored(), ErrorKind::Damaged, "backup-damaged"));
    BOOST_TEST(!fs::exists(root().parent_path() / "loot.conf"));
}

BOOST_AUTO_TEST_CASE(a_folder_of_something_else_or_of_another_house_is_left_alone) {
    fs::create_directories(folder);
    std::ofstream(folder / "mine.txt") << "mine";
    BOOST_TEST(refusedAs(app::backupInto(context(), folder), ErrorKind::Conflict, "not-a-series"));
    BOOST_TEST(refusedAs(restored(), ErrorKind::NotFound, "not-found"));
    fs::remove(folder / "mine.txt");
    take();
    overwrite(folder / "series.json", R"({"format":1,"log_origin":"another.example"})");
    BOOST_TEST(refusedAs(app::backupInto(context(), folder), ErrorKind::Conflict, "other-series"));
}

BOOST_AUTO_TEST_SUITE_END()

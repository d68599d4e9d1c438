// What the disk and the system can do to a put: whatever it is, either the object is there whole or nothing
// is.
#include <sys/mount.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "archive/ChildProcess.h"
#include "archive/TemporaryFolder.h"
#include "support/FailingStream.h"
#include "tickmark/archive/Archive.h"

namespace {

using namespace tickmark::test;
using tickmark::ByteSource;
using tickmark::ErrorKind;
using tickmark::Result;
namespace archive = tickmark::archive;

constexpr std::uint64_t mib = std::uint64_t{1} << 20;

/// A small filesystem in memory; mounted() is false where that is not permitted.
class SmallDisk {
  public:
    SmallDisk() : m_mounted(::mount("tmpfs", m_folder.path().c_str(), "tmpfs", 0, "size=2m") == 0) {}
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        if (m_mounted) ::umount(m_folder.path().c_str());
    }
    [[nodiscard]] bool mounted() const noexcept { return m_mounted; }
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return m_folder.path(); }

  private:
    TemporaryFolder m_folder{};
    bool m_mounted;
};

/// True when strace can be used here; says so when not.
bool straceWorks() {
    TemporaryFolder folder;
    const ChildReport report = runChild({folder.path() / "store",
                                         "put",
                                         10,
                                         0,
                                         {"strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync"}});
    if (report.outcome == "ok") return true;
    BOOST_TEST_MESSAGE("skipped: strace is missing or may not trace here");
    return false;
}

std::vector<std::string> injecting(const std::string& call, const std::string& fault, int when,
                                   const std::string& log = "/dev/null") {
    return {"strace",
            "-f",
            "-qq",
            "-o",
            log,
            "-e",
            "trace=" + call,
            "-e",
            "inject=" + call + ":" + fault + ":when=" + std::to_string(when)};
}

std::vector<archive::Store::BatchItem> batch(std::size_t count, std::uint64_t size) {
    std::vector<archive::Store::BatchItem> items;
    for (std::size_t i = 0; i < count; ++i) {
        items.push_back({[i, size]() -> Result<std::unique_ptr<ByteSource>> {
                             return std::unique_ptr<ByteSource>(std::make_unique<PatternSource>(size, i));
                         },
                         {}});
    }
    return items;
}

/// Opens the store anew, as after a crash: no temporary file remains and every object is whole. Returns how
/// many.
std::size_t objectsAfterReopening(const std::filesystem::path& root) {
    const auto store = archive::FolderStore::openAt(root).value();
    std::size_t count = 0;
    const auto listed = store->list(
        [&](const archive::ListedObject& object) {
            ++count;
            BOOST_TEST(store->prove(object.digest).ok());
        },
        [](const std::string& name) { BOOST_TEST_ERROR("left behind: " << name); });
    BOOST_TEST(listed.ok());
    BOOST_TEST(filesBelow(root).size() == count);
    return count;
}

/// Injects the fault at the first, second, ... such call (of each thread, as strace counts) until a run no
/// longer meets it. Returns how many runs did.
int sweep(const std::string& work, const std::string& call, const std::string& fault) {
    constexpr int most = 200;
    for (int when = 1; when < most; ++when) {
        BOOST_TEST_CONTEXT(work << " " << call << " " << fault << " number " << when) {
            TemporaryFolder folder;
            const auto root = folder.path() / "store";
            const auto log = folder.path() / "log";
            const ChildReport report =
                runChild({root, work, 200'000, 0, injecting(call, fault, when, log.string())});
            std::stringstream calls;
            calls << std::ifstream(log).rdbuf();
            const bool met = calls.str().find("INJECTED") != std::string::npos ||
                             calls.str().find("SIGKILL") != std::string::npos;
            if (!met) {
                BOOST_TEST(report.outcome == "ok");
                return when - 1;
            }
            const std::size_t whole = work == "put" ? 1 : 12;
            if (report.outcome == "ok") {
                BOOST_TEST(objectsAfterReopening(root) == whole);
            } else if (!report.outcome.empty()) {
                BOOST_TEST(filesBelow(root).empty());  // it could say so, so it had to clean up
            } else {
                static_cast<void>(objectsAfterReopening(root));
            }
        }
    }
    return most;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(folder_store_faults)

BOOST_AUTO_TEST_CASE(a_full_disk_refuses_the_file_and_leaves_nothing_behind) {
    const SmallDisk disk;
    if (!disk.mounted()) {
        BOOST_TEST_MESSAGE("skipped: mounting a tmpfs is not permitted here");
        return;
    }
    const auto store = archive::FolderStore::openAt(disk.path()).value();
    PatternSource kept(100'000);
    BOOST_TEST_REQUIRE(store->put(kept, {}).ok());
    const auto before = filesBelow(disk.path());
    for (const std::uint64_t size : {2 * mib, 5 * mib, 64 * mib}) {
        PatternSource source(size, 2);
        const auto stored = store->put(source, {size, {}, UINT64_MAX, {}});
        BOOST_TEST_REQUIRE(!stored.ok());
        BOOST_TEST((stored.error().kind == ErrorKind::Environment));
        BOOST_TEST(stored.error().type == "disk-full");
        BOOST_TEST(filesBelow(disk.path()) == before, boost::test_tools::per_element());
    }
    auto items = batch(400, 9'000);
    BOOST_TEST(store->putBatch(items).error().type == "disk-full");
    BOOST_TEST(filesBelow(disk.path()) == before, boost::test_tools::per_element());
    PatternSource fits(500'000, 3);
    BOOST_TEST(store->put(fits, {}).ok());
}

BOOST_AUTO_TEST_CASE(a_full_disk_leaves_the_old_file_when_one_is_written_durably) {
    const SmallDisk disk;
    if (!disk.mounted()) {
        BOOST_TEST_MESSAGE("skipped: mounting a tmpfs is not permitted here");
        return;
    }
    const auto path = disk.path() / "settings";
    BOOST_TEST_REQUIRE(archive::writeFileDurably(path, tickmark::viewOf("old"), 0600).ok());
    const tickmark::Bytes large(3 * mib, 7);
    BOOST_TEST(archive::writeFileDurably(path, large, 0600).error().type == "disk-full");
    BOOST_TEST(archive::readSmallFile(path, 10).value() == "old");
    BOOST_TEST(filesBelow(disk.path()).size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_file_size_limit_refuses_the_file_and_leaves_nothing_behind) {
    for (const std::uint64_t size : {mib / 2, 3 * mib}) {
        TemporaryFolder folder;
        const auto root = folder.path() / "store";
        BOOST_TEST(runChild({root, "put", size, 100'000, {}}).outcome == "disk-full");
        BOOST_TEST(filesBelow(root).empty());
        BOOST_TEST(runChild({root, "batch", size, 100'000, {}}).outcome == "disk-full");
        BOOST_TEST(filesBelow(root).empty());
        BOOST_TEST(runChild({root, "put", 90'000, 100'000, {}}).outcome == "ok");
    }
}

BOOST_AUTO_TEST_CASE(a_failed_fsync_is_final) {
    if (!straceWorks()) return;
    TemporaryFolder folder;
    BOOST_TEST_REQUIRE(archive::FolderStore::openAt(folder.path() / "store").ok());
    // The layout is there, so a put syncs its file, its folder and the folder above.
    for (int when = 1; when <= 3; ++when) {
        BOOST_TEST_CONTEXT("fsync number " << when) {
            const auto log = folder.path() / "log";
            const auto report = runChild({folder.path() / "store", "put", 5'000, 0,
                                          injecting("fsync", "error=EIO", when, log.string())});
            BOOST_TEST(report.outcome == "archive-io");
            BOOST_TEST(filesBelow(folder.path() / "store").empty());
            std::ifstream lines(log);
            int calls = 0;
            for (std::string line; std::getline(lines, line);)
                calls += line.find("fsync(") != std::string::npos ? 1 : 0;
            BOOST_TEST(calls == when);  // none after the one that failed
        }
    }
}

BOOST_AUTO_TEST_CASE(any_failing_call_leaves_all_or_nothing) {
    if (!straceWorks()) return;
    BOOST_TEST(sweep("put", "fsync", "error=EIO") >= 3);
    BOOST_TEST(sweep("put", "renameat2", "error=EIO") == 1);
    BOOST_TEST(sweep("put", "mkdirat", "error=ENOSPC") >= 2);
    BOOST_TEST(sweep("put", "flock", "error=ENOLCK") >= 2);
    BOOST_TEST(sweep("put", "write", "error=ENOSPC") >= 1);
    BOOST_TEST(sweep("put", "write", "retval=100") >= 1);  // a lie: fewer bytes are there than were taken
    BOOST_TEST(sweep("batch", "syncfs", "error=EIO") == 2);
    BOOST_TEST(sweep("batch", "renameat2", "error=EIO") == 12);
    BOOST_TEST(sweep("batch", "write", "error=EIO") >= 3);
}

BOOST_AUTO_TEST_CASE(a_process_killed_at_any_call_leaves_whole_objects_only) {
    if (!straceWorks()) return;
    BOOST_TEST(sweep("put", "fsync", "signal=SIGKILL") >= 3);
    BOOST_TEST(sweep("put", "renameat2", "signal=SIGKILL") == 1);
    BOOST_TEST(sweep("put", "write", "signal=SIGKILL") >= 1);
    BOOST_TEST(sweep("batch", "syncfs", "signal=SIGKILL") == 2);
    BOOST_TEST(sweep("batch", "renameat2", "signal=SIGKILL") == 12);
}

BOOST_AUTO_TEST_CASE(a_filesystem_without_rename_noreplace_is_served_by_links) {
    if (!straceWorks()) return;
    for (const char* work : {"put", "batch"}) {
        TemporaryFolder folder;
        const auto root = folder.path() / "store";
        const std::vector<std::string> always{"strace",
                                              "-f",
                                              "-qq",
                                              "-o",
                                              "/dev/null",
                                              "-e",
                                              "trace=renameat2",
                                              "-e",
                                              "inject=renameat2:error=EINVAL"};
        BOOST_TEST(runChild({root, work, 5'000, 0, always}).outcome == "ok");
        BOOST_TEST(runChild({root, work, 5'000, 0, always}).outcome ==
                   "ok");  // again: the names are taken now
        BOOST_TEST(objectsAfterReopening(root) == (std::string(work) == "put" ? 1U : 12U));
    }
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
BOOST_AUTO_TEST_CASE(memory_does_not_grow_with_the_file) {
    TemporaryFolder folder;
    const auto small = runChild({folder.path() / "small", "put", 1'000, 0, {}});
    const auto large = runChild({folder.path() / "large", "put", 512 * mib, 0, {}});
    BOOST_TEST(small.outcome == "ok");
    BOOST_TEST(large.outcome == "ok");
    BOOST_TEST_REQUIRE(small.peakKiB > 0U);
    BOOST_TEST(large.peakKiB < small.peakKiB + 16 * 1024);
}
#endif

BOOST_AUTO_TEST_SUITE_END()

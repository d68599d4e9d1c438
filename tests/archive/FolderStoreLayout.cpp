// The folder itself: names, modes, foreign files, what a crash left, and two processes on one archive.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <thread>

#include "archive/TemporaryFolder.h"
#include "support/FailingStream.h"
#include "tickmark/archive/Archive.h"
#include "tickmark/crypto/Sha256.h"

namespace {

using namespace tickmark::test;
using tickmark::Result;
namespace archive = tickmark::archive;
namespace fs = std::filesystem;

constexpr const char* emptyDigest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

void writeText(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
}

/// Calls a function once, in the middle of being read.
class InterruptedSource final : public tickmark::ByteSource {
  public:
    InterruptedSource(std::uint64_t length, std::function<void()> meanwhile)
        : m_inner(length), m_meanwhile(std::move(meanwhile)), m_length(length) {}
    Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
        if (m_meanwhile && m_inner.rest() < m_length / 2) std::exchange(m_meanwhile, nullptr)();
        return m_inner.read(buffer);
    }

  private:
    PatternSource m_inner;
    std::function<void()> m_meanwhile;
    std::uint64_t m_length;
};

std::vector<std::string> foreignIn(const archive::Store& store) {
    std::vector<std::string> names;
    BOOST_TEST(store.list({}, [&](const std::string& name) { names.push_back(name); }).ok());
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(folder_store_layout)

BOOST_AUTO_TEST_CASE(an_object_lies_read_only_under_its_digest_whatever_the_umask) {
    for (const mode_t mask : {mode_t{0}, mode_t{0777}}) {
        TemporaryFolder folder;
        const auto store = archive::FolderStore::openAt(folder.path() / "deep" / "store").value();
        const auto path = folder.path() / "deep" / "store" / "sha256" / "e3" / emptyDigest;
        fs::create_directory(path.parent_path());
        PatternSource nothing(0);
        PatternSource stagingMaker(1);
        BOOST_TEST_REQUIRE(store->put(stagingMaker, {}).ok());  // makes the folder for temporary files
        const mode_t before = ::umask(mask);
        const auto stored = store->put(nothing, {});
        ::umask(before);
        BOOST_TEST_REQUIRE(stored.ok());
        struct stat facts {};
        BOOST_TEST_REQUIRE(::lstat(path.c_str(), &facts) == 0);
        BOOST_TEST((facts.st_mode & 07777U) == 0400U);
        BOOST_TEST(facts.st_nlink == 1U);
    }
}

BOOST_AUTO_TEST_CASE(what_a_crash_left_is_removed_at_the_next_opening) {
    TemporaryFolder folder;
    const auto stale = folder.path() / "tmp" / "stage-0123456789abcdef";
    writeText(stale / "0.part", "half a file");
    writeText(stale / "17.part", "");
    const auto store = archive::FolderStore::openAt(folder.path()).value();
    BOOST_TEST(!fs::exists(stale));
}

BOOST_AUTO_TEST_CASE(what_is_not_ours_is_never_removed_and_is_named) {
    TemporaryFolder folder;
    const std::string prefixed = std::string("sha256/e3/") + emptyDigest;
    const std::vector<std::string> foreign{"notes.txt",
                                           "sha256/README",
                                           "sha256/ab/" + std::string(emptyDigest),
                                           "sha256/e3/thumbs.db",
                                           "tmp/stage-0123456789abcdef/mine.txt",
                                           "tmp/stage-xyz/0.part",
                                           "tmp/0.part"};
    for (const std::string& name : foreign) writeText(folder.path() / name, "x");
    writeText(folder.path() / "tmp/stage-0123456789abcdef/3.part", "ours");
    fs::create_symlink("/etc/passwd", folder.path() / prefixed);
    fs::create_directory(folder.path() / "sha256" / "zz");
    const auto store = archive::FolderStore::openAt(folder.path()).value();
    for (const std::string& name : foreign) BOOST_TEST(fs::exists(folder.path() / name));
    BOOST_TEST(!fs::exists(folder.path() / "tmp/stage-0123456789abcdef/3.part"));
    const std::vector<std::string> wanted{"notes.txt",
                                          "sha256/README",
                                          "sha256/ab/" + std::string(emptyDigest),
                                          prefixed,
                                          "sha256/e3/thumbs.db",
                                          "sha256/zz",
                                          "tmp/0.part",
                                          "tmp/stage-0123456789abcdef/mine.txt",
                                          "tmp/stage-xyz"};
    BOOST_TEST(foreignIn(*store) == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_link_under_an_objects_name_is_damage_not_content) {
    TemporaryFolder folder;
    const auto store = archive::FolderStore::openAt(folder.path()).value();
    const auto digest = tickmark::Digest::parse(emptyDigest).value();
    fs::create_directory(folder.path() / "sha256" / "e3");
    writeText(folder.path() / "elsewhere", "");
    fs::create_symlink(folder.path() / "elsewhere", folder.path() / "sha256" / "e3" / emptyDigest);
    BOOST_TEST(store->open(digest).error().type == "object-damaged");
    BOOST_TEST(store->sizeOf(digest).error().type == "object-damaged");
    PatternSource nothing(0);
    BOOST_TEST(store->put(nothing, {}).error().type == "object-damaged");
    BOOST_TEST(fs::is_symlink(folder.path() / "sha256" / "e3" / emptyDigest));
}

BOOST_AUTO_TEST_CASE(another_store_opened_meanwhile_does_not_take_the_temporary_files_of_a_living_one) {
    TemporaryFolder folder;
    const auto store = archive::FolderStore::openAt(folder.path()).value();
    std::size_t seen = 0;
    InterruptedSource source(6 << 20, [&] {
        const auto other = archive::FolderStore::openAt(folder.path()).value();
        BOOST_TEST(foreignIn(*other).empty());
        seen = filesBelow(folder.path() / "tmp").size();
        PatternSource own(100, 9);
        BOOST_TEST(other->put(own, {}).ok());
    });
    const auto stored = store->put(source, {});
    BOOST_TEST_REQUIRE(stored.ok());
    BOOST_TEST(seen == 1U);
    BOOST_TEST(store->prove(stored->digest).ok());
}

BOOST_AUTO_TEST_CASE(a_closed_store_leaves_no_folder_for_temporary_files) {
    TemporaryFolder folder;
    {
        const auto store = archive::FolderStore::openAt(folder.path()).value();
        PatternSource source(100);
        BOOST_TEST(store->put(source, {}).ok());
        BOOST_TEST(!fs::is_empty(folder.path() / "tmp"));
    }
    BOOST_TEST(fs::is_empty(folder.path() / "tmp"));
}

BOOST_AUTO_TEST_CASE(an_object_is_not_acknowledged_while_another_process_may_still_take_it_back) {
    TemporaryFolder folder;
    const auto store = archive::FolderStore::openAt(folder.path()).value();
    PatternSource first(0);
    BOOST_TEST_REQUIRE(store->put(first, {}).ok());
    const auto prefix = folder.path() / "sha256" / "e3";
    const int held = ::open(prefix.c_str(), O_RDONLY | O_DIRECTORY);
    BOOST_TEST_REQUIRE(held >= 0);
    BOOST_TEST_REQUIRE(::flock(held, LOCK_EX) ==
                       0);  // as a process does between naming an object and its sync
    std::atomic<bool> acknowledged{false};
    std::jthread other([&] {
        PatternSource again(0);
        acknowledged = store->put(again, {}).ok();
    });
    ::usleep(100'000);
    BOOST_TEST(!acknowledged);
    ::close(held);
    other.join();
    BOOST_TEST(acknowledged);
}

BOOST_AUTO_TEST_CASE(a_root_that_is_a_file_is_an_error_of_the_environment) {
    TemporaryFolder folder;
    writeText(folder.path() / "file", "x");
    const auto store = archive::FolderStore::openAt(folder.path() / "file");
    BOOST_TEST_REQUIRE(!store.ok());
    BOOST_TEST((store.error().kind == tickmark::ErrorKind::Environment));
    BOOST_TEST(store.error().message.find(folder.path().string()) == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

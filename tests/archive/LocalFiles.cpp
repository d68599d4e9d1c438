#include <sys/stat.h>

#include <boost/test/unit_test.hpp>

#include "archive/TemporaryFolder.h"
#include "support/FailingStream.h"
#include "tickmark/archive/Archive.h"

namespace {

using namespace tickmark::test;
using tickmark::ErrorKind;
using tickmark::viewOf;
namespace archive = tickmark::archive;

}  // namespace

BOOST_AUTO_TEST_SUITE(local_files)

BOOST_AUTO_TEST_CASE(what_was_written_durably_is_read_back) {
    TemporaryFolder folder;
    const auto path = folder.path() / "settings.conf";
    BOOST_TEST(archive::writeFileDurably(path, viewOf("first, and longer"), 0644).ok());
    BOOST_TEST(archive::writeFileDurably(path, viewOf("second"), 0600).ok());
    BOOST_TEST(archive::readSmallFile(path, 6).value() == "second");
    BOOST_TEST(tickmark::textOf(takeAll(*archive::openFile(path).value())) == "second");
    struct stat facts {};
    BOOST_TEST_REQUIRE(::stat(path.c_str(), &facts) == 0);
    BOOST_TEST((facts.st_mode & 07777U) == 0600U);
    BOOST_TEST(filesBelow(folder.path()).size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_not_found_and_named_without_its_folder) {
    TemporaryFolder folder;
    const auto opened = archive::openFile(folder.path() / "report.pdf");
    BOOST_TEST_REQUIRE(!opened.ok());
    BOOST_TEST((opened.error().kind == ErrorKind::NotFound));
    BOOST_TEST(opened.error().type == "file");
    BOOST_TEST(opened.error().message.find("report.pdf") != std::string::npos);
    BOOST_TEST(opened.error().message.find(folder.path().string()) == std::string::npos);
    BOOST_TEST(archive::readSmallFile(folder.path() / "report.pdf", 10).error().type == "file");
}

BOOST_AUTO_TEST_CASE(a_folder_is_not_a_file) {
    TemporaryFolder folder;
    BOOST_TEST(archive::openFile(folder.path()).error().type == "file-io");
    BOOST_TEST(archive::readSmallFile(folder.path(), 10).error().type == "file-io");
}

BOOST_AUTO_TEST_CASE(a_file_over_the_cap_is_too_large) {
    TemporaryFolder folder;
    const std::string text(200'000, 'x');
    BOOST_TEST_REQUIRE(archive::writeFileDurably(folder.path() / "f", viewOf(text), 0600).ok());
    BOOST_TEST(archive::readSmallFile(folder.path() / "f", 200'000).value() == text);
    BOOST_TEST((archive::readSmallFile(folder.path() / "f", 199'999).error().kind == ErrorKind::TooLarge));
    BOOST_TEST(archive::readSmallFile(folder.path() / "f", 0).error().type == "over-cap");
}

BOOST_AUTO_TEST_CASE(writing_into_a_missing_folder_fails_and_makes_none) {
    TemporaryFolder folder;
    const auto written = archive::writeFileDurably(folder.path() / "none" / "f", viewOf("x"), 0600);
    BOOST_TEST(written.error().type == "file-io");
    BOOST_TEST(std::filesystem::is_empty(folder.path()));
}

BOOST_AUTO_TEST_CASE(writing_over_a_folder_fails_and_leaves_nothing_beside_it) {
    TemporaryFolder folder;
    std::filesystem::create_directory(folder.path() / "f");
    BOOST_TEST(archive::writeFileDurably(folder.path() / "f", viewOf("x"), 0600).error().type == "file-io");
    BOOST_TEST(filesBelow(folder.path()).empty());
}

BOOST_AUTO_TEST_SUITE_END()

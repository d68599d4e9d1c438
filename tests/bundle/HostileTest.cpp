// Files made to exhaust the verifier: each is refused with little memory and work in proportion to the file.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <boost/test/unit_test.hpp>
#include <new>

#include "bundle/EntryNames.h"
#include "bundle/SealingHouse.h"
#include "bundle/ZipRecords.h"

using namespace tickmark;
using namespace tickmark::bundle;
using namespace tickmark::bundle::test;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool canLimitMemory = false;  // sanitizers reserve terabytes of addresses
#else
constexpr bool canLimitMemory = true;
#endif
constexpr rlim_t memory = rlim_t{640} << 20U;
constexpr rlim_t processorSeconds = 120;

enum Ending { Refused = 0, NotRefused = 1, TooMuchWork = 2, OutOfMemory = 3, Broken = 4 };

/// Verifies once and says how that ended. `most` is how many bytes may be looked at.
int endingOf(const std::filesystem::path& file, const std::string& code, std::uint64_t most) {
    VerifyOptions options;
    options.threads = 2;
    std::uint64_t seen = 0;
    options.progress = [&](std::uint64_t done, std::uint64_t) { seen = std::max(seen, done); };
    try {
        const auto report = verifyBundle(file, options);
        if (!report) return Broken;
        if (report->verdict != Verdict::Fail || !hasCode(*report, code)) return NotRefused;
        if (reportAsText(*report).size() > 4'000'000) return TooMuchWork;
        return seen > most ? TooMuchWork : Refused;
    } catch (const std::bad_alloc&) {
        return OutOfMemory;
    }
}

/// In a process of its own, which may use so much memory and processor time and no more.
void expectRefusal(const std::filesystem::path& file, const std::string& code) {
    const std::uint64_t most = 2 * std::filesystem::file_size(file) + 1000;
    if (!canLimitMemory) {
        BOOST_TEST(endingOf(file, code, most) == Refused);
        return;
    }
    const pid_t child = ::fork();
    BOOST_REQUIRE(child >= 0);
    if (child == 0) {
        const rlimit space{memory, memory};
        const rlimit time{processorSeconds, processorSeconds};
        const bool limited = ::setrlimit(RLIMIT_AS, &space) == 0 && ::setrlimit(RLIMIT_CPU, &time) == 0;
        ::_exit(limited ? endingOf(file, code, most) : Broken);
    }
    int status = 0;
    BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
    BOOST_TEST(WIFEXITED(status));
    BOOST_TEST(WEXITSTATUS(status) == Refused);
}

struct Hostile : SealingHouse {
    Hostile() {
        expected(seal(folder / "good.zip"));
        good = takeApart(folder / "good.zip");
    }
    void refused(const std::string& bytes, const std::string& code) const {
        writeFile(folder / "hostile.zip", bytes);
        expectRefusal(folder / "hostile.zip", code);
    }
    /// One entry replaced by an insider, who signs it.
    void refusedWith(std::string_view name, std::string forged, const std::string& code) const {
        Parts parts = good;
        parts.at(name) = std::move(forged);
        parts.regenerate();
        signAgain(parts);
        refused(parts.zip(), code);
    }
    Parts good{};
};

std::string repeated(std::string_view text, std::size_t size) {
    std::string all;
    all.reserve(size + text.size());
    while (all.size() < size) all += text;
    return all;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(bundle_hostile, Hostile)

BOOST_AUTO_TEST_CASE(a_million_entries_are_not_read) {
    ZipEntry made;
    made.name = "a";
    std::string bytes = zip::localHeader(made);
    const std::size_t offset = bytes.size();
    bytes += repeated(zip::centralRecord(made), 1'000'000 * zip::centralRecord(made).size());
    const std::uint64_t count = (bytes.size() - offset) / zip::centralRecord(made).size();
    refused(bytes + zip::endRecord({count, bytes.size() - offset, offset}), "E10");
}

BOOST_AUTO_TEST_CASE(names_longer_than_the_file_are_not_read) {
    ZipEntry made;
    made.name = std::string(65'535, 'a');
    std::string bytes = zip::localHeader(made) + zip::centralRecord(made);
    const std::size_t directory = zip::localHeader(made).size();
    refused(bytes + zip::endRecord({60'000, bytes.size() - directory, directory}), "E10");
    for (int i = 0; i < 200; ++i) bytes += zip::centralRecord(made);
    refused(bytes + zip::endRecord({201, bytes.size() - directory, directory}), "E10");
}

BOOST_AUTO_TEST_CASE(a_hole_of_many_gigabytes_before_the_directory_is_not_content) {
    const auto file = folder / "hole.zip";
    writeFile(file, good.zip());
    std::filesystem::resize_file(file, 6'000'000'000);
    // Only its end is looked at for the directory, which is not there; the digest of the file is not wanted.
    VerifyOptions options;
    options.fileDigest = false;
    std::uint64_t seen = 0;
    options.progress = [&](std::uint64_t done, std::uint64_t) { seen = done; };
    const Report report = expected(verifyBundle(file, options));
    BOOST_TEST(hasCode(report, "E10"));
    BOOST_TEST(seen == 0U);
}

BOOST_AUTO_TEST_CASE(json_that_is_deep_or_has_endless_items_is_refused) {
    const std::size_t size = 15'000'000;
    refusedWith(entry::manifest, std::string(size, '['), "E80");
    refusedWith(entry::manifest, "[" + repeated("0,", size) + "0]", "E80");
    refusedWith(entry::oscalPoam, repeated("{\"a\":", size), "E80");
    refusedWith(entry::seal, repeated("[", 60'000), "E70");
    refusedWith(entry::history, repeated("[{", 60'000), "E70");
}

BOOST_AUTO_TEST_CASE(files_over_their_limit_are_hashed_and_not_kept) {
    refusedWith(entry::manifest, std::string(40'000'000, ' '), "E10");
    Parts parts = good;
    parts.at(entry::asicManifest) = repeated("<!ENTITY a \"&b;&b;&b;&b;\">", 5'000'000);
    refused(parts.zip(), "E10");
    parts.at(entry::asicManifest) = repeated("<!ENTITY a \"&b;&b;&b;&b;\">", 4'000'000);
    refused(parts.zip(), "E30");
    parts = good;
    parts.at(entry::signature) = std::string("\x30\x84\x7F\xFF\xFF\xFF", 6) + std::string(2'000'000, '\x30');
    refused(parts.zip(), "E10");
    parts.at(entry::signature).resize(1'000'000);
    refused(parts.zip(), "E40");
}

BOOST_AUTO_TEST_CASE(a_trail_of_many_lines_without_proofs_is_refused_soon) {
    refusedWith(entry::trail, std::string(20'000'000, '\n'), "E70");
    refusedWith(entry::entryProofs, repeated("{\"index\":0,\"path\":[]}\n", 20'000'000), "E70");
    Parts parts = good;
    parts.at(entry::payloadManifest) = std::string(4'000'000, '\n');
    refused(parts.zip(), "E30");
}

BOOST_AUTO_TEST_SUITE_END()

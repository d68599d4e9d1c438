// No byte of a bundle can change unseen.
#include <fcntl.h>
#include <unistd.h>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <set>
#include <thread>

#include "bundle/Mutants.h"
#include "bundle/ZipLayout.h"
#include "support/LongForm.h"

using namespace tickmark;
using namespace tickmark::bundle;
using namespace tickmark::bundle::test;

namespace {

/// Changes one byte in place, verifies, and puts it back.
class Flipper {
  public:
    Flipper(std::filesystem::path file, VerifyOptions options)
        : m_file(std::move(file)),
          m_options(std::move(options)),
          m_bytes(readFile(m_file)),
          m_descriptor(::open(m_file.c_str(), O_RDWR | O_CLOEXEC)) {}
    ~Flipper() { ::close(m_descriptor); }
    Flipper(const Flipper&) = delete;
    Flipper& operator=(const Flipper&) = delete;

    [[nodiscard]] bool isSeen(std::size_t place, unsigned mask) {
        write(place, static_cast<char>(static_cast<unsigned char>(m_bytes[place]) ^ mask));
        const Report report = expected(verifyBundle(m_file, m_options));
        write(place, m_bytes[place]);
        return report.verdict == Verdict::Fail;
    }

  private:
    void write(std::size_t place, char byte) const {
        if (::pwrite(m_descriptor, &byte, 1, static_cast<off_t>(place)) != 1)
            throw std::runtime_error("no write");
    }
    std::filesystem::path m_file;
    VerifyOptions m_options;
    std::string m_bytes;
    int m_descriptor;
};

/// Every byte of the zip's own records and of small files; of larger ones both ends and every 41st.
std::set<std::size_t> placesOf(const ZipLayout& layout, std::size_t size) {
    std::set<std::size_t> places;
    const auto add = [&](std::size_t from, std::size_t to, std::size_t step) {
        for (std::size_t place = from; place < to; place += step) places.insert(place);
    };
    for (const ZipEntry& found : layout.entries) {
        add(found.offset, found.dataOffset(), 1);
        const bool small = found.name.starts_with("META-INF/") || found.packed < 400;
        add(found.dataOffset(), found.end(), small ? 1 : 41);
        if (found.packed != 0) places.insert(found.end() - 1);
    }
    add(layout.entries.back().end(), size, 1);
    return places;
}

/// Changes bytes in several copies at once; the places whose change nobody saw. `bits` are tried at each
/// place.
std::set<std::size_t> unseenFlips(const Folder& folder, const std::string& bytes,
                                  const VerifyOptions& options, const std::vector<std::size_t>& places,
                                  unsigned bits) {
    constexpr std::size_t workers = 4;
    std::array<std::set<std::size_t>, workers> unseen;
    {
        std::vector<std::jthread> threads;
        for (std::size_t worker = 0; worker < workers; ++worker) {
            const auto copy = folder / ("copy" + std::to_string(worker));
            writeFile(copy, bytes);
            threads.emplace_back([&, worker, copy] {
                Flipper flipper(copy, options);
                for (std::size_t i = worker; i < places.size(); i += workers) {
                    for (unsigned bit = 0; bit < bits; ++bit) {
                        const unsigned mask = 1U << (bits == 8 ? bit : i / workers % 8);
                        if (!flipper.isSeen(places[i], mask)) unseen[worker].insert(places[i]);
                    }
                }
            });
        }
    }
    std::set<std::size_t> all;
    for (const auto& part : unseen) all.insert(part.begin(), part.end());
    return all;
}

ZipLayout layoutOf(const Folder& folder, const std::string& bytes) {
    writeFile(folder / "layout", bytes);
    return expected(readZipLayout(expected(FileBytes::open(folder / "layout"))));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bundle_flips)

BOOST_AUTO_TEST_CASE(any_changed_byte_of_any_entry_and_of_the_zip_around_it_is_refused) {
    SealingHouse house;
    expected(house.seal(house.folder / "b.zip"));
    const std::string bytes = readFile(house.folder / "b.zip");
    const auto all = placesOf(layoutOf(house.folder, bytes), bytes.size());
    BOOST_TEST(all.size() > 6000U);
    // Each is a whole verification; the short form takes every ninth place.
    std::vector<std::size_t> places;
    std::size_t count = 0;
    for (const std::size_t place : all) {
        if (tickmark::test::isLongForm() || count++ % 9 == 0) places.push_back(place);
    }
    const auto unseen = unseenFlips(house.folder, bytes, house.anchored(), places, 1);
    BOOST_TEST(unseen == std::set<std::size_t>{}, boost::test_tools::per_element());
}

// TICKMARK_LONG=1 changes every bit of the file, which takes a release build minutes; otherwise every
// 307th byte.
BOOST_AUTO_TEST_CASE(any_changed_bit_of_a_bundle_with_two_signatures_and_timestamps_is_refused) {
    const Forge forge;
    Parts parts = forge.complete();
    // The seal and the lead auditor, each with a timestamp and lists, and an archive timestamp over both.
    std::erase_if(parts.files, [](const Parts::File& file) {
        return file.name.find("003") != std::string::npos || file.name.find("001.tst") != std::string::npos ||
               file.name.find("ArchiveManifest") != std::string::npos;
    });
    appendArchive(parts, [&](const Digest& manifest) { return forge.stampAt(manifest, archiveTime); });
    const std::string bytes = parts.zip();
    VerifyOptions options = forge.house.anchored();
    options.timestampAnchors.certificates.push_back(forge.timeRoot.certificate());
    options.fileDigest = false;
    const Report report = verifyBytes(forge.house.folder, bytes, options);
    BOOST_TEST_REQUIRE((report.verdict == Verdict::Pass), reportAsText(report));
    const bool isLong = tickmark::test::isLongForm();
    std::vector<std::size_t> places;
    for (std::size_t place = 0; place < bytes.size(); place += isLong ? 1 : 307) places.push_back(place);
    const auto unseen = unseenFlips(forge.house.folder, bytes, options, places, isLong ? 8 : 1);
    BOOST_TEST(unseen == std::set<std::size_t>{}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

// No byte of a bundle can change unseen.
#include <fcntl.h>
#include <unistd.h>
#include <array>
#include <boost/test/unit_test.hpp>
#include <set>
#include <thread>

#include "bundle/SealingHouse.h"
#include "bundle/ZipLayout.h"

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

}  // namespace

BOOST_AUTO_TEST_SUITE(bundle_flips)

BOOST_AUTO_TEST_CASE(any_changed_byte_of_any_entry_and_of_the_zip_around_it_is_refused) {
    SealingHouse house;
    const auto target = house.folder / "b.zip";
    expected(house.seal(target));
    const auto layout = expected(readZipLayout(expected(FileBytes::open(target))));
    const auto all = placesOf(layout, std::filesystem::file_size(target));
    const std::vector<std::size_t> places(all.begin(), all.end());
    constexpr std::size_t workers = 4;
    std::array<std::vector<std::size_t>, workers> unseen;
    {
        std::vector<std::jthread> threads;
        for (std::size_t worker = 0; worker < workers; ++worker) {
            const auto copy = house.folder / ("copy" + std::to_string(worker));
            std::filesystem::copy_file(target, copy);
            threads.emplace_back([&, worker, copy] {
                Flipper flipper(copy, house.anchored());
                for (std::size_t i = worker; i < places.size(); i += workers) {
                    if (!flipper.isSeen(places[i], 1U << (i / workers % 8)))
                        unseen[worker].push_back(places[i]);
                }
            });
        }
    }
    for (const auto& missed : unseen)
        BOOST_TEST(missed == std::vector<std::size_t>{}, boost::test_tools::per_element());
    BOOST_TEST(places.size() > 6000U);
    BOOST_TEST((expected(verifyBundle(target, house.anchored())).verdict == Verdict::Pass));
}

BOOST_AUTO_TEST_SUITE_END()

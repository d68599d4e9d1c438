// Bundles of the large class: written, announced, verified. TICKMARK_LONG=1 adds 100,000 entries and over 4
// GiB.
#include <sys/resource.h>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cstdlib>
#include <cstring>

#include "bundle/SealingHouse.h"
#include "support/LongForm.h"
#include "tickmark/crypto/Sha256.h"

using namespace tickmark;
using namespace tickmark::bundle;
using namespace tickmark::bundle::test;

namespace {

/// An archive in memory of objects that are made up while they are read: a pattern of any length.
class PatternStore final : public archive::Store {
  public:
    static constexpr std::size_t period = 1U << 20U;

    explicit PatternStore(const archive::Store& inner) : m_inner(inner), m_pattern(period) {
        for (std::size_t i = 0; i < period; ++i)
            m_pattern[i] = static_cast<std::uint8_t>(i * 2'654'435'761U >> 13U);
    }
    Digest add(std::uint64_t size) {
        crypto::Sha256 hash;
        for (std::uint64_t done = 0; done < size; done += period) {
            hash.update(ByteView(m_pattern).first(std::min<std::uint64_t>(period, size - done)));
        }
        const Digest digest = hash.finish();
        m_sizes[digest.hex()] = size;
        return digest;
    }
    Result<archive::StoredObject> put(ByteSource&, const archive::PutExpectation&) override {
        return internal("not here");
    }
    Result<std::unique_ptr<archive::StagedBatch>> stageBatch(std::vector<BatchItem>&) override {
        return internal("not here");
    }
    Result<std::vector<archive::StoredObject>> publishBatch(std::unique_ptr<archive::StagedBatch>) override {
        return internal("not here");
    }
    Result<std::unique_ptr<archive::ObjectReader>> open(const Digest& digest) const override {
        const auto found = m_sizes.find(digest.hex());
        if (found == m_sizes.end()) return m_inner.open(digest);
        return std::unique_ptr<archive::ObjectReader>(std::make_unique<Reader>(m_pattern, found->second));
    }
    Result<std::uint64_t> sizeOf(const Digest& digest) const override {
        const auto found = m_sizes.find(digest.hex());
        if (found == m_sizes.end()) return m_inner.sizeOf(digest);
        return found->second;
    }
    Result<void> prove(const Digest& digest) const override { return m_inner.prove(digest); }
    Result<void> list(const std::function<void(const archive::ListedObject&)>& each,
                      const std::function<void(const std::string&)>& foreign) const override {
        return m_inner.list(each, foreign);
    }

  private:
    class Reader final : public archive::ObjectReader {
      public:
        Reader(const Bytes& pattern, std::uint64_t size) : m_pattern(pattern), m_size(size) {}
        std::uint64_t size() const override { return m_size; }
        Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
            const std::size_t from = m_done % period;
            const std::size_t count =
                std::min<std::uint64_t>({buffer.size(), m_size - m_done, period - from});
            if (count > 0) std::memcpy(buffer.data(), m_pattern.data() + from, count);
            m_done += count;
            return count;
        }

      private:
        const Bytes& m_pattern;
        std::uint64_t m_size;
        std::uint64_t m_done = 0;
    };
    const archive::Store& m_inner;
    Bytes m_pattern;
    std::map<std::string, std::uint64_t> m_sizes{};
};

/// Adds versions of the first evidence that all are the same small object.
void addVersions(SealingHouse& house, int count) {
    const auto model = house.content.versions.at(1);
    auto& finding = house.content.findings.front();
    for (int i = 0; i < count; ++i) {
        auto version = model;
        version.id = {100'000 + i};
        version.number = 2 + i;
        house.content.versions.push_back(version);
        finding.evidence.push_back(version.id);
    }
}

double secondsOf(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::string firstProblems(const Report& report) {
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(5, report.problems.size()); ++i) {
        text += report.problems[i].code + " " + report.problems[i].place + ": " + report.problems[i].message +
                "\n";
    }
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bundle_large)

BOOST_AUTO_TEST_CASE(over_950_entries_are_sealed_as_the_large_class_and_verified) {
    SealingHouse house;
    addVersions(house, 1200);
    const auto target = house.folder / "b.zip";
    const auto written = expected(house.seal(target));
    BOOST_TEST(written.large);
    BOOST_TEST(written.files == 1205);
    Parts parts = takeApart(target);
    BOOST_TEST(parts.at("bag-info.txt").find("\nTickmark-Class: large\n") != std::string::npos);
    const Report report = expected(verifyBundle(target, house.anchored()));
    BOOST_TEST((report.verdict == Verdict::Pass), firstProblems(report));
    BOOST_TEST((report.digest == written.digest));
    const std::string unzip = "unzip -tqq '" + target.string() + "'";
    BOOST_TEST(std::system(unzip.c_str()) == 0);  // NOLINT(cert-env33-c): a constant of the tests
}

BOOST_AUTO_TEST_CASE(a_small_bundle_is_portable_and_says_so) {
    SealingHouse house;
    const auto target = house.folder / "b.zip";
    BOOST_TEST(!expected(house.seal(target)).large);
    Parts parts = takeApart(target);
    BOOST_TEST(parts.at("bag-info.txt").find("\nTickmark-Class: portable\nTickmark-Signatories: seal\n") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_beyond_the_portable_bytes_makes_the_class_large) {
    if (!tickmark::test::isLongForm()) return;
    SealingHouse house;
    PatternStore store(*house.store);
    auto& version = house.content.versions.at(2);
    version.size = 1'900'000'000;
    version.digest = store.add(version.size);
    const auto target = house.folder / "b.zip";
    BOOST_TEST(expected(house.seal(target, store)).large);
    BOOST_TEST((expected(verifyBundle(target, house.anchored())).verdict == Verdict::Pass));
}

BOOST_AUTO_TEST_CASE(over_4_gib_are_sealed_with_zip64_and_verified) {
    if (!tickmark::test::isLongForm()) return;
    SealingHouse house;
    PatternStore store(*house.store);
    const std::uint64_t sizes[] = {0x100000001ULL, 3'000'000};
    for (std::size_t i = 0; i < 2; ++i) {
        auto& version = house.content.versions.at(2 + i);
        version.size = sizes[i];
        version.digest = store.add(sizes[i]);
    }
    const auto target = house.folder / "b.zip";
    WrittenBundle written;
    const double sealing = secondsOf([&] { written = expected(house.seal(target, store)); });
    BOOST_TEST(written.large);
    BOOST_TEST(written.size > 0x100000000ULL);
    Report report;
    auto options = house.anchored();
    options.threads = 4;
    const double verifying = secondsOf([&] { report = expected(verifyBundle(target, options)); });
    BOOST_TEST((report.verdict == Verdict::Pass), firstProblems(report));
    BOOST_TEST((report.digest == written.digest));
    const std::string unzip = "unzip -tqq '" + target.string() + "'";
    BOOST_TEST(std::system(unzip.c_str()) == 0);  // NOLINT(cert-env33-c): a constant of the tests
    BOOST_TEST_MESSAGE("4 GiB: sealed in " << sealing << " s, verified in " << verifying << " s");
}

BOOST_AUTO_TEST_CASE(a_hundred_thousand_entries_are_sealed_and_verified_in_time_linear_in_their_number) {
    if (!tickmark::test::isLongForm()) return;
    double before = 0;
    for (const int count : {25'000, 100'000}) {
        SealingHouse house;
        addVersions(house, count);
        const auto target = house.folder / "b.zip";
        const double sealing = secondsOf([&] { BOOST_TEST(expected(house.seal(target)).large); });
        Report report;
        const double verifying =
            secondsOf([&] { report = expected(verifyBundle(target, house.anchored())); });
        BOOST_TEST((report.verdict == Verdict::Pass), firstProblems(report));
        BOOST_TEST_MESSAGE(count << " entries: sealed in " << sealing << " s, verified in " << verifying
                                 << " s");
        // Four times the entries; twice that is allowed for a busy machine. A square would be sixteen times.
        if (before > 0) BOOST_TEST(verifying < before * 8);
        before = verifying;
    }
}

BOOST_AUTO_TEST_SUITE_END()

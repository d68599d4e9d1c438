// Writing a bundle: what it holds, that it is the same each time, and that no error leaves anything.
#include <sys/resource.h>
#include <sys/stat.h>
#include <boost/test/unit_test.hpp>
#include <csignal>

#include "bundle/EntryNames.h"
#include "bundle/SealingHouse.h"
#include "tickmark/crypto/Sha256.h"

using namespace tickmark;
using namespace tickmark::bundle;
using namespace tickmark::bundle::test;

namespace {

/// A store whose readers fail after a number of bytes, counted over all of them.
class FailingStore final : public archive::Store {
  public:
    FailingStore(const archive::Store& inner, std::uint64_t after) : m_inner(inner), m_left(after) {}
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
        TM_TRY(auto reader, m_inner.open(digest));
        return std::unique_ptr<archive::ObjectReader>(std::make_unique<Reader>(std::move(reader), m_left));
    }
    Result<std::uint64_t> sizeOf(const Digest& digest) const override { return m_inner.sizeOf(digest); }
    Result<void> prove(const Digest& digest) const override { return m_inner.prove(digest); }
    Result<void> list(const std::function<void(const archive::ListedObject&)>& each,
                      const std::function<void(const std::string&)>& foreign) const override {
        return m_inner.list(each, foreign);
    }

  private:
    class Reader final : public archive::ObjectReader {
      public:
        Reader(std::unique_ptr<archive::ObjectReader> inner, std::uint64_t& left)
            : m_inner(std::move(inner)), m_left(left) {}
        std::uint64_t size() const override { return m_inner->size(); }
        Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
            if (m_left == 0) return environment("archive-io", "The archive cannot be read.");
            const auto most = std::min<std::uint64_t>(buffer.size(), m_left);
            TM_TRY(const std::size_t count, m_inner->read(buffer.first(most)));
            m_left -= count;
            return count;
        }

      private:
        std::unique_ptr<archive::ObjectReader> m_inner;
        std::uint64_t& m_left;
    };
    const archive::Store& m_inner;
    mutable std::uint64_t m_left;
};

std::filesystem::path objectFile(const SealingHouse& house, std::size_t version) {
    const std::string hex = house.content.versions.at(version).digest.hex();
    return house.folder / ("archive/sha256/" + hex.substr(0, 2) + "/" + hex);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bundle_writing)

BOOST_AUTO_TEST_CASE(entries_stand_in_the_order_of_the_specification) {
    SealingHouse house;
    const auto target = house.folder / "b.zip";
    const auto written = expected(house.seal(target));
    const Parts parts = takeApart(target);
    std::vector<std::string> names;
    for (const auto& file : parts.files) names.push_back(file.name);
    const std::vector<std::string> wanted{
        "mimetype",
        "README-VERIFY.txt",
        "bag-info.txt",
        "bagit.txt",
        "keys/root.pem",
        "manifest-sha256.txt",
        "tagmanifest-sha256.txt",
        "tlog/checkpoint",
        "tlog/entries.proofs.jsonl",
        "tlog/history.json",
        "tlog/seal.json",
        "tlog/seal.tlog-proof",
        "data/audit-trail/entries.jsonl",
        "data/evidence/F-0001/E-0002.v1.incident_log.csv",
        "data/evidence/F-0001/E-0004.v1.na_ve_r_sum_5_.txt",
        "data/evidence/F-0001/E-0006.v1.sla.pdf",
        "data/evidence/F-0002/E-0003.v1.screen_shot_1_.png",
        "data/evidence/audit/E-0001.v1.empty.txt",
        "data/kpis.json",
        "data/manifest.json",
        "data/oscal/assessment-results.json",
        "data/oscal/poam.json",
        "data/report.html",
        "META-INF/ASiCManifest001.xml",
        "META-INF/signature001.p7s",
    };
    BOOST_TEST(names == wanted, boost::test_tools::per_element());
    BOOST_TEST(written.files == 5);
    BOOST_TEST(written.size == std::filesystem::file_size(target));
    BOOST_TEST((written.digest == crypto::Sha256::of(readFile(target))));
    BOOST_TEST(house.entered == 1);
}

BOOST_AUTO_TEST_CASE(same_content_and_same_answer_give_the_same_bytes_but_for_the_signature) {
    SealingHouse house;
    std::optional<LedgerAnswer> answer;
    const auto write = [&](const std::string& name) {
        const auto written = writeBundle(
            house.content, *house.store, house.sealKey,
            [&](const Digest& digest) {
                if (!answer) answer = house.enter(digest);
                return Result<LedgerAnswer>(*answer);
            },
            house.writeOptions(house.folder / name));
        BOOST_REQUIRE(written.ok());
        return takeApart(house.folder / name);
    };
    const Parts first = write("first.zip");
    ::setenv("TZ", "Asia/Tokyo", 1);
    ::tzset();
    const Parts second = write("second.zip");
    ::unsetenv("TZ");
    ::tzset();
    BOOST_REQUIRE(first.files.size() == second.files.size());
    for (std::size_t i = 0; i < first.files.size(); ++i) {
        BOOST_TEST(first.files[i].name == second.files[i].name);
        if (first.files[i].name == entry::signature) continue;
        BOOST_TEST((first.files[i].content == second.files[i].content), first.files[i].name);
    }
    Parts third = second;
    third.at(entry::signature) = Parts(first).at(entry::signature);
    BOOST_TEST((third.zip() == first.zip()));
}

BOOST_AUTO_TEST_CASE(a_missing_object_fails_by_name_before_the_seal_is_entered_and_leaves_nothing) {
    SealingHouse house;
    std::filesystem::remove(objectFile(house, 2));
    const std::size_t before = house.folder.entries();
    const auto written = house.seal(house.folder / "b.zip");
    BOOST_REQUIRE(!written.ok());
    BOOST_TEST((written.error().kind == ErrorKind::NotFound));
    BOOST_TEST(written.error().type == "object-missing");
    BOOST_TEST(written.error().field == "E-0003/v1");
    BOOST_TEST(written.error().message.find("E-0003/v1") != std::string::npos);
    BOOST_TEST(house.entered == 0);
    BOOST_TEST(house.folder.entries() == before);
}

BOOST_AUTO_TEST_CASE(a_damaged_object_fails_by_name_and_leaves_nothing) {
    SealingHouse house;
    const auto object = objectFile(house, 2);
    std::string bytes = readFile(object);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    ::chmod(object.c_str(), 0600);
    writeFile(object, bytes);
    const std::size_t before = house.folder.entries();
    const auto written = house.seal(house.folder / "b.zip");
    BOOST_REQUIRE(!written.ok());
    BOOST_TEST((written.error().kind == ErrorKind::Damaged));
    BOOST_TEST(written.error().type == "object-damaged");
    BOOST_TEST(written.error().field == "E-0003/v1");
    BOOST_TEST(house.folder.entries() == before);
}

BOOST_AUTO_TEST_CASE(a_store_that_fails_after_any_number_of_bytes_leaves_nothing) {
    SealingHouse house;
    std::uint64_t all = 0;
    for (const auto& version : house.content.versions) all += version.size;
    const std::size_t before = house.folder.entries();
    std::size_t refusals = 0;
    for (std::uint64_t after = 0; after < all + 40; after += 17) {
        const FailingStore failing(*house.store, after);
        const auto target = house.folder / "b.zip";
        const auto written = house.seal(target, failing);
        if (written.ok()) {
            std::filesystem::remove(target);
            continue;
        }
        ++refusals;
        BOOST_TEST(written.error().type == "archive-io");
        BOOST_TEST_REQUIRE(house.folder.entries() == before);
    }
    BOOST_TEST(refusals > 50U);
}

BOOST_AUTO_TEST_CASE(a_cancelled_sealing_leaves_nothing) {
    SealingHouse house;
    const std::size_t before = house.folder.entries();
    WriteOptions options = house.writeOptions(house.folder / "b.zip");
    options.progress = [](std::uint64_t done, std::uint64_t) { return done < 2000; };
    const auto written = writeBundle(
        house.content, *house.store, house.sealKey,
        [&](const Digest& digest) { return Result<LedgerAnswer>(house.enter(digest)); }, options);
    BOOST_REQUIRE(!written.ok());
    BOOST_TEST(written.error().type == "cancelled");
    BOOST_TEST(house.folder.entries() == before);
}

BOOST_AUTO_TEST_CASE(a_sealing_that_is_cancelled_while_the_file_is_read_back_leaves_nothing) {
    SealingHouse house(true);
    const std::size_t before = house.folder.entries();
    WriteOptions options = house.writeOptions(house.folder / "b.zip");
    // The second half of the progress is the reading back; its last word comes when all is done but the name.
    options.progress = [](std::uint64_t done, std::uint64_t total) { return done < total; };
    const auto written = writeBundle(
        house.content, *house.store, house.sealKey,
        [&](const Digest& digest) { return Result<LedgerAnswer>(house.enter(digest)); }, options);
    BOOST_REQUIRE(!written.ok());
    BOOST_TEST(written.error().type == "cancelled");
    BOOST_TEST(house.folder.entries() == before);
}

BOOST_AUTO_TEST_CASE(a_disk_that_is_full_after_any_number_of_bytes_leaves_nothing) {
    SealingHouse house(true);
    const std::size_t before = house.folder.entries();
    const auto old = std::signal(SIGXFSZ, SIG_IGN);
    rlimit limits{};
    ::getrlimit(RLIMIT_FSIZE, &limits);
    for (const rlim_t most : {0U, 100U, 60'000U, 2'000'000U, 3'000'000U}) {
        rlimit small = limits;
        small.rlim_cur = most;
        ::setrlimit(RLIMIT_FSIZE, &small);
        const auto written = house.seal(house.folder / "b.zip");
        ::setrlimit(RLIMIT_FSIZE, &limits);
        BOOST_REQUIRE(!written.ok());
        BOOST_TEST(written.error().type == "disk-full");
        BOOST_TEST(house.folder.entries() == before);
    }
    std::signal(SIGXFSZ, old);
}

BOOST_AUTO_TEST_CASE(an_error_of_the_ledger_is_passed_on_and_leaves_nothing) {
    SealingHouse house;
    const std::size_t before = house.folder.entries();
    const auto written = writeBundle(
        house.content, *house.store, house.sealKey,
        [](const Digest&) { return Result<LedgerAnswer>(environment("database", "gone")); },
        house.writeOptions(house.folder / "b.zip"));
    BOOST_REQUIRE(!written.ok());
    BOOST_TEST(written.error().type == "database");
    BOOST_TEST(house.folder.entries() == before);
}

BOOST_AUTO_TEST_CASE(an_answer_whose_proofs_do_not_hold_is_refused) {
    SealingHouse house;
    const auto refusedWith = [&](auto spoil) {
        const auto written = writeBundle(
            house.content, *house.store, house.sealKey,
            [&](const Digest& digest) {
                LedgerAnswer answer = house.enter(digest);
                spoil(answer);
                return Result<LedgerAnswer>(answer);
            },
            house.writeOptions(house.folder / "b.zip"));
        return written.ok() ? std::string("written") : written.error().type;
    };
    BOOST_TEST(refusedWith([](LedgerAnswer& a) { a.seal.path.pop_back(); }) == "ledger-answer");
    BOOST_TEST(refusedWith([](LedgerAnswer& a) { a.entries.pop_back(); }) == "ledger-answer");
    BOOST_TEST(refusedWith([](LedgerAnswer& a) { a.entries.front().path.clear(); }) == "ledger-answer");
    BOOST_TEST(refusedWith([](LedgerAnswer& a) { a.checkpoint.back() = 'x'; }) != "written");
}

BOOST_AUTO_TEST_CASE(a_bundle_is_never_replaced) {
    SealingHouse house;
    writeFile(house.folder / "b.zip", "there before");
    const auto written = house.seal(house.folder / "b.zip");
    BOOST_REQUIRE(!written.ok());
    BOOST_TEST((written.error().kind == ErrorKind::Conflict));
    BOOST_TEST(readFile(house.folder / "b.zip") == "there before");
}

BOOST_AUTO_TEST_CASE(more_files_than_the_portable_class_allows_are_refused_before_the_seal) {
    SealingHouse house;
    const auto model = house.content.versions.front();
    for (int i = 0; i < 950; ++i) {
        auto version = model;
        version.id = {1000 + i};
        version.number = 2 + i;
        house.content.versions.push_back(version);
    }
    WriteOptions options = house.writeOptions(house.folder / "b.zip");
    options.portableOnly = true;
    const auto written = writeBundle(
        house.content, *house.store, house.sealKey,
        [&](const Digest& digest) { return Result<LedgerAnswer>(house.enter(digest)); }, options);
    BOOST_REQUIRE(!written.ok());
    BOOST_TEST((written.error().kind == ErrorKind::TooLarge));
    BOOST_TEST(written.error().type == "portable-class");
    BOOST_TEST(house.entered == 0);
}

BOOST_AUTO_TEST_CASE(a_finding_that_names_an_unknown_version_is_refused) {
    SealingHouse house;
    house.content.findings.front().evidence.push_back({999});
    const auto written = house.seal(house.folder / "b.zip");
    BOOST_REQUIRE(!written.ok());
    BOOST_TEST(written.error().type == "bundle-content");
    BOOST_TEST(house.entered == 0);
}

BOOST_AUTO_TEST_CASE(a_file_is_not_withheld_without_a_reason) {
    SealingHouse house;
    house.content.bundle.withheld.front().reason.clear();
    const auto written = house.seal(house.folder / "b.zip");
    BOOST_REQUIRE(!written.ok());
    BOOST_TEST(written.error().type == "withheld-reason");
}

BOOST_AUTO_TEST_CASE(a_withdrawn_version_is_withheld_by_itself) {
    SealingHouse house;
    auto& version = house.content.versions.at(3);
    version.state = domain::EvidenceState::Withdrawn;
    version.stateReason = "handed over by mistake";
    std::filesystem::remove(objectFile(house, 3));
    const auto target = house.folder / "b.zip";
    expected(house.seal(target));
    const Report report = expected(verifyBundle(target, house.anchored()));
    BOOST_TEST((report.verdict == Verdict::Pass));
    BOOST_REQUIRE(report.withheld.size() == 2U);
    BOOST_TEST(report.withheld[0].text() == "E-0004/v1: withdrawn: handed over by mistake");
}

BOOST_AUTO_TEST_SUITE_END()

// The canonical layout of both classes: what the reader takes, what it refuses, and what it costs.
#include <fcntl.h>
#include <unistd.h>
#include <boost/test/unit_test.hpp>

#include "bundle/EntryOrder.h"
#include "bundle/SealingHouse.h"
#include "bundle/ZipLayout.h"
#include "bundle/ZipRecords.h"

using namespace tickmark;
using namespace tickmark::bundle;
using namespace tickmark::bundle::test;

namespace {

/// A file of holes with headers in it: as large as wanted, and small on the disk.
class SparseZip {
  public:
    explicit SparseZip(const std::filesystem::path& path)
        : m_descriptor(::open(path.c_str(), O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0600)) {}
    ~SparseZip() { ::close(m_descriptor); }
    SparseZip(const SparseZip&) = delete;
    SparseZip& operator=(const SparseZip&) = delete;

    void add(const std::string& name, std::uint64_t size) {
        ZipEntry made;
        made.name = name;
        made.size = made.packed = size;
        made.offset = m_end;
        put(m_end, zip::localHeader(made));
        m_end = made.end();
        m_entries.push_back(made);
    }
    /// Directory and end records, with other facts if a liar wants them.
    void finish(const std::function<void(zip::EndFacts&)>& lie = {}) {
        std::string directory;
        for (const ZipEntry& entry : m_entries) directory += zip::centralRecord(entry);
        zip::EndFacts facts{m_entries.size(), directory.size(), m_end};
        if (lie) lie(facts);
        put(m_end, directory + zip::endRecord(facts));
    }
    void put(std::uint64_t offset, const std::string& bytes) const {
        const auto count = ::pwrite(m_descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (count != static_cast<ssize_t>(bytes.size())) throw std::runtime_error("cannot write");
    }
    [[nodiscard]] std::vector<ZipEntry>& entries() { return m_entries; }
    [[nodiscard]] std::uint64_t end() const { return m_end; }

  private:
    int m_descriptor;
    std::uint64_t m_end = 0;
    std::vector<ZipEntry> m_entries{};
};

ZipLayout layoutOf(const std::filesystem::path& path) {
    return expected(readZipLayout(expected(FileBytes::open(path))));
}

std::string firstFault(const ZipLayout& layout) {
    return layout.faults.empty() ? std::string()
                                 : layout.faults.front().place + ": " + layout.faults.front().message;
}

ZipEntry named(const std::string& name, std::uint64_t size = 0) {
    ZipEntry made;
    made.name = name;
    made.size = made.packed = size;
    return made;
}

/// The first fault of the order of these names.
std::string orderFault(const std::vector<std::string>& names) {
    std::vector<ZipEntry> entries;
    for (const auto& name : names) entries.push_back(named(name));
    const auto order = orderOf(entries);
    return order.faults.empty() ? std::string() : order.faults.front().place;
}

const std::vector<std::string> sealed{"mimetype", "bagit.txt", "data/report.html",
                                      "META-INF/ASiCManifest001.xml", "META-INF/signature001.p7s"};

std::vector<std::string> sealedAnd(const std::vector<std::string>& more) {
    auto names = sealed;
    names.insert(names.end(), more.begin(), more.end());
    return names;
}

constexpr std::uint64_t gibi = 1ULL << 30U;

}  // namespace

BOOST_AUTO_TEST_SUITE(bundle_layout)

BOOST_AUTO_TEST_CASE(zip64_stands_exactly_where_a_number_does_not_fit) {
    for (const std::uint64_t size : {zip64From - 2, zip64From - 1, zip64From, zip64From + 1, 5 * gibi}) {
        ZipEntry large = named("data/evidence/audit/large.bin", size);
        const bool fits = size < zip64From;
        BOOST_TEST(zip::localHeader(large).size() == 30 + large.name.size() + (fits ? 0U : 20U));
        BOOST_TEST(zip::centralRecord(large).size() == 46 + large.name.size() + (fits ? 0U : 20U));
        BOOST_TEST(large.dataOffset() == zip::localHeader(large).size());
        large.offset = zip64From;
        BOOST_TEST(zip::localHeader(large).size() == 30 + large.name.size() + (fits ? 0U : 20U));
        BOOST_TEST(zip::centralRecord(large).size() == 46 + large.name.size() + (fits ? 12U : 28U));
    }
    BOOST_TEST(zip::endRecord({0xFFFE, 1, 1}).size() == 22U);
    BOOST_TEST(zip::endRecord({0xFFFF, 1, 1}).size() == 98U);
    BOOST_TEST(zip::endRecord({1, 1, zip64From - 1}).size() == 22U);
    BOOST_TEST(zip::endRecord({1, 1, zip64From}).size() == 98U);
}

BOOST_AUTO_TEST_CASE(a_large_file_is_read_back_as_it_was_laid_out) {
    const Folder folder;
    for (const std::uint64_t size : {zip64From - 1, zip64From, zip64From + 1, 300 * gibi}) {
        SparseZip zip(folder / "z");
        zip.add("first", 10);
        zip.add("large", size);
        zip.add("last", 5);
        zip.finish();
        const ZipLayout layout = layoutOf(folder / "z");
        BOOST_TEST(layout.readable);
        BOOST_TEST(firstFault(layout) == "");
        BOOST_TEST_REQUIRE(layout.entries.size() == 3U);
        BOOST_TEST(layout.entries[1].size == size);
        BOOST_TEST(layout.entries[2].offset == zip.entries()[2].offset);
        BOOST_TEST(layout.directory == zip.end());
    }
}

BOOST_AUTO_TEST_CASE(counts_around_the_limit_of_the_end_record_are_read) {
    const Folder folder;
    for (const std::size_t count : {65'534U, 65'535U, 65'536U}) {
        SparseZip zip(folder / "z");
        for (std::size_t i = 0; i < count; ++i) zip.add("data/" + std::to_string(i), 0);
        zip.finish();
        const ZipLayout layout = layoutOf(folder / "z");
        BOOST_TEST(firstFault(layout) == "");
        BOOST_TEST(layout.entries.size() == count);
    }
}

BOOST_AUTO_TEST_CASE(zip64_where_it_is_not_needed_and_lies_in_it_are_refused) {
    const Folder folder;
    const auto faultOf = [&](const std::function<void(SparseZip&)>& forge) {
        SparseZip zip(folder / "z");
        zip.add("first", 10);
        zip.add("second", 20);
        forge(zip);
        const ZipLayout layout = layoutOf(folder / "z");
        BOOST_TEST(!layout.faults.empty());
        return firstFault(layout);
    };
    // zip64 end records although everything fits.
    faultOf([](SparseZip& zip) {
        std::string directory;
        for (const ZipEntry& entry : zip.entries()) directory += zip::centralRecord(entry);
        std::string end = zip::endRecord({0xFFFF, directory.size(), zip.end()});
        end[24] = end[32] = 2;  // both counts of the zip64 end record
        end[25] = end[33] = 0;
        zip.put(zip.end(), directory + end);
    });
    for (const std::uint64_t lie : std::vector<std::uint64_t>{zip64From, 1ULL << 40U, ~0ULL, ~0ULL - 21}) {
        faultOf([&](SparseZip& zip) { zip.finish([&](zip::EndFacts& facts) { facts.offset = lie; }); });
        faultOf([&](SparseZip& zip) { zip.finish([&](zip::EndFacts& facts) { facts.size = lie; }); });
        faultOf([&](SparseZip& zip) { zip.finish([&](zip::EndFacts& facts) { facts.entries = lie; }); });
        faultOf([&](SparseZip& zip) {
            zip.entries()[1].offset = lie;
            zip.finish();
        });
        faultOf([&](SparseZip& zip) {
            zip.entries()[1].size = zip.entries()[1].packed = lie;
            zip.finish();
        });
    }
    // The end record announces zip64, and nothing stands before it.
    faultOf([](SparseZip& zip) {
        const std::string end = zip::endRecord({0xFFFF, 0, 0});
        zip.put(zip.end(), end.substr(end.size() - 22));
    });
}

BOOST_AUTO_TEST_CASE(entries_that_overlap_are_not_read_again_and_again) {
    const Folder folder;
    SparseZip zip(folder / "z");
    zip.add("first", gibi);
    for (int i = 0; i < 1000; ++i) zip.entries().push_back(zip.entries().front());
    zip.finish();
    const ZipLayout layout = layoutOf(folder / "z");
    std::uint64_t readable = 0;
    for (const ZipEntry& found : layout.entries) readable += found.readable ? found.size : 0;
    BOOST_TEST(readable == gibi);
    BOOST_TEST(layout.faults.size() >= 1000U);
}

BOOST_AUTO_TEST_CASE(groups_follow_one_another_in_their_order) {
    BOOST_TEST(orderFault(sealed) == "");
    BOOST_TEST(orderFault(sealedAnd(
                   {"META-INF/statement002.json", "META-INF/ASiCManifest002.xml", "META-INF/signature002.p7s",
                    "META-INF/ASiCArchiveManifest001.xml", "META-INF/timestamp001.tst",
                    "META-INF/statement003.json", "META-INF/ASiCManifest003.xml", "META-INF/signature003.p7s",
                    "META-INF/ASiCArchiveManifest002.xml", "META-INF/timestamp002.tst"})) == "");
    BOOST_TEST(orderFault(sealedAnd({"META-INF/ASiCManifest003.xml", "META-INF/signature003.p7s"})) ==
               "META-INF/ASiCManifest003.xml");
    BOOST_TEST(orderFault(sealedAnd({"META-INF/signature002.p7s", "META-INF/ASiCManifest002.xml"})) ==
               "META-INF/ASiCManifest002.xml");
    BOOST_TEST(orderFault(sealedAnd({"META-INF/timestamp002.tst"})) == "META-INF/timestamp002.tst");
    BOOST_TEST(orderFault(sealedAnd({"data/later"})) == "data/later");
    BOOST_TEST(orderFault({"mimetype", "META-INF/ASiCArchiveManifest001.xml", "META-INF/timestamp001.tst"}) ==
               "META-INF/ASiCArchiveManifest001.xml");
    BOOST_TEST(orderFault({"mimetype", "data/a", "bagit.txt"}) == "bagit.txt");
    BOOST_TEST(orderFault({"mimetype", "bagit.txt", "bagit.txt"}) == "bagit.txt");
    BOOST_TEST(orderFault({"bagit.txt"}) == "bagit.txt");
    auto many = sealed;
    for (unsigned i = 2; i <= 21; ++i) many.push_back(entry::nameOf({entry::MetaKind::Signature, i}));
    BOOST_TEST(orderFault(many) == "META-INF/signature021.p7s");
}

BOOST_AUTO_TEST_CASE(names_below_meta_inf_are_the_ones_of_the_table) {
    for (const char* name :
         {"META-INF/signature001.p7s", "META-INF/statement002.json", "META-INF/timestamp050.tst",
          "META-INF/ASiCManifest020.xml", "META-INF/ASiCArchiveManifest001.xml"}) {
        const auto meta = entry::metaNameOf(name);
        BOOST_TEST_REQUIRE(meta.has_value());
        BOOST_TEST(entry::nameOf(*meta) == name);
    }
    for (const char* name :
         {"META-INF/signature000.p7s", "META-INF/signature1.p7s", "META-INF/signature0001.p7s",
          "META-INF/statement001.json", "META-INF/manifest.xml", "META-INF/ASiCManifest.xml",
          "META-INF/signature00a.p7s", "META-INF/Signature001.p7s", "META-INF/"}) {
        BOOST_TEST(!entry::metaNameOf(name).has_value(), name);
    }
}

BOOST_AUTO_TEST_CASE(a_class_holds_what_it_may_and_no_less) {
    const auto faultsOf = [](std::size_t payload, std::uint64_t each, entry::SizeClass sizeClass) {
        std::vector<ZipEntry> entries{named("mimetype", 31), named("bag-info.txt", 300)};
        for (std::size_t i = 0; i < payload; ++i) {
            std::string number = std::to_string(i);
            number.insert(0, 6 - number.size(), '0');
            entries.push_back(named("data/evidence/audit/" + number, each));
        }
        entries.push_back(named("META-INF/ASiCManifest001.xml", 1000));
        return brokenClassRules(entries, orderOf(entries), sizeClass).size();
    };
    using entry::SizeClass;
    BOOST_TEST(faultsOf(948, 10, SizeClass::Portable) == 0U);
    BOOST_TEST(faultsOf(949, 10, SizeClass::Portable) == 1U);
    BOOST_TEST(faultsOf(948, 10, SizeClass::Large) == 1U);
    BOOST_TEST(faultsOf(949, 10, SizeClass::Large) == 0U);
    BOOST_TEST(faultsOf(1, 1'900'000'000, SizeClass::Portable) == 1U);
    BOOST_TEST(faultsOf(1, 1'900'000'000, SizeClass::Large) == 0U);
    BOOST_TEST(faultsOf(1, 1'899'990'000, SizeClass::Portable) == 0U);
    BOOST_TEST(faultsOf(1, 1'899'990'000, SizeClass::Large) == 1U);
    BOOST_TEST(faultsOf(199'998, 10, SizeClass::Large) == 0U);
    BOOST_TEST(faultsOf(199'999, 10, SizeClass::Large) == 1U);
    BOOST_TEST(faultsOf(1, 1ULL << 40U, SizeClass::Large) == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

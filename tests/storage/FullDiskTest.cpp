// A disk that fills up, on a small file system of its own (needs the right to mount; otherwise passed over
// aloud).
#include <sys/mount.h>

#include "Sample.h"

using namespace tickmark;
using namespace tickmark::storage;
using namespace tickmark::storage::sample;

BOOST_AUTO_TEST_SUITE(storage_full_disk)

namespace {

class SmallDisk {
  public:
    SmallDisk() {
        std::filesystem::create_directory(m_folder.path() / "disk");
        m_mounted = mount("tmpfs", path().c_str(), "tmpfs", 0, "size=3m") == 0;
    }
    ~SmallDisk() {
        if (m_mounted) umount2(path().c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    [[nodiscard]] bool mounted() const { return m_mounted; }
    [[nodiscard]] std::filesystem::path path() const { return m_folder.path() / "disk"; }

  private:
    Folder m_folder{};
    bool m_mounted = false;
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_full_disk_is_named_and_loses_nothing_acknowledged) {
    const SmallDisk disk;
    if (!disk.mounted()) {
        BOOST_TEST_MESSAGE("not run: this account may not mount");
        return;
    }
    std::size_t acknowledged = 0;
    {
        const auto database = need(Database::open(optionsFor(disk.path())));
        auto main = audit("IA-2022-03");
        store(*database, main);
        Result<LedgerPosition> answer = LedgerPosition{0};
        for (int number = 0; number < 20'000; ++number) {
            answer = database->write([&](WriteSession& s) {
                domain::Finding made = finding("F-" + std::to_string(number), main.id);
                made.extent = std::string(4000, 'x');
                return save(s, made, event("finding.draft"));
            });
            if (!answer) break;
            ++acknowledged;
        }
        BOOST_REQUIRE(!answer);
        BOOST_TEST((answer.error().kind == ErrorKind::Environment));
        BOOST_TEST((answer.error().type == "disk-full" || answer.error().type == "database-io"),
                   answer.error().type);
        BOOST_TEST(acknowledged > 10U);
        const auto copied = backupDatabase(*database, disk.path() / "copy.db");
        BOOST_TEST(!copied.ok());
        BOOST_TEST(!std::filesystem::exists(disk.path() / "copy.db.part"));
        // Reading goes on.
        BOOST_TEST(need(database->read([](ReadSession& s) {
                       return listFindings(s, everyone(), {}, {});
                   })).rows.size() > 0U);
    }
    // With room again everything acknowledged is there and the ledger goes on.
    Folder roomy;
    for (const auto& entry : std::filesystem::directory_iterator(disk.path())) {
        std::filesystem::copy(entry.path(), roomy.path() / entry.path().filename());
    }
    const auto database = openIn(roomy);
    const auto report = need(checkCatalog(*database, verifier()));
    BOOST_TEST(report.ok());
    BOOST_TEST(report.rows == acknowledged + 1);
    need(database->write([](WriteSession& s) { return append(s, event("test.more")); }));
}

BOOST_AUTO_TEST_SUITE_END()

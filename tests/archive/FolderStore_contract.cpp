// The store contract, run for the local folder.
#include <sys/stat.h>

#include <fstream>

#include "archive/StoreContract.h"
#include "archive/TemporaryFolder.h"

namespace {

using tickmark::Digest;

class FolderFixture {
  public:
    tickmark::archive::Store& store() { return *m_store; }
    std::vector<std::string> visible() const { return tickmark::test::filesBelow(m_folder.path()); }

    void damage(const Digest& digest, std::uint64_t offset) const {
        const auto path = unlocked(digest);
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(static_cast<std::streamoff>(offset));
        const int byte = file.get();
        file.seekp(static_cast<std::streamoff>(offset));
        file.put(static_cast<char>(byte ^ 1));
    }

    void shorten(const Digest& digest) const {
        const auto path = unlocked(digest);
        std::filesystem::resize_file(path, std::filesystem::file_size(path) - 1);
    }

  private:
    std::filesystem::path unlocked(const Digest& digest) const {
        const auto path = m_folder.path() / "sha256" / digest.hex().substr(0, 2) / digest.hex();
        std::filesystem::permissions(
            path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        return path;
    }

    tickmark::test::TemporaryFolder m_folder{};
    std::unique_ptr<tickmark::archive::FolderStore> m_store =
        tickmark::archive::FolderStore::openAt(m_folder.path()).value();
};

}  // namespace

BOOST_AUTO_TEST_SUITE(folder_store_contract, *boost::unit_test::label("contract"))
TICKMARK_STORE_CONTRACT(FolderFixture)
BOOST_AUTO_TEST_SUITE_END()

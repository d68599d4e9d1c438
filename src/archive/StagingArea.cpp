#include "archive/StagingArea.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>

#include "archive/FileCalls.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::archive {

namespace {

constexpr std::string_view folderPrefix = "stage-";
constexpr std::size_t folderDigits = 16;
constexpr std::string_view fileSuffix = ".part";

}  // namespace

bool StagingArea::isFolderName(std::string_view name) noexcept {
    if (!name.starts_with(folderPrefix)) return false;
    name.remove_prefix(folderPrefix.size());
    return name.size() == folderDigits &&
           name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool StagingArea::isFileName(std::string_view name) noexcept {
    if (!name.ends_with(fileSuffix)) return false;
    name.remove_suffix(fileSuffix.size());
    return !name.empty() && name.find_first_not_of("0123456789") == std::string_view::npos;
}

StagingArea::~StagingArea() {
    if (m_folder.open()) ::unlinkat(m_tmp.get(), m_name.c_str(), AT_REMOVEDIR);
}

Result<void> StagingArea::removeStale() const {
    TM_TRY(const FdHandle lock, openFolder(Place::Archive, m_tmp.get(), "."));
    TM_CHECK(lockExclusively(lock.get()));
    TM_TRY(const auto names, namesIn(m_tmp.get()));
    for (const std::string& name : names) {
        if (isFolderName(name)) removeIfStale(name);
    }
    return {};
}

void StagingArea::removeIfStale(const std::string& name) const {
    // Nothing here may stop the store from opening: what cannot be removed now is found again next time.
    const auto folder = openFolder(Place::Archive, m_tmp.get(), name.c_str());
    if (!folder || !tryLockExclusively(folder->get())) return;
    const auto files = namesIn(folder->get());
    if (!files) return;
    for (const std::string& file : *files) {
        if (isFileName(file)) ::unlinkat(folder->get(), file.c_str(), 0);
    }
    ::unlinkat(m_tmp.get(), name.c_str(), AT_REMOVEDIR);  // stays when something foreign lies in it
}

Result<int> StagingArea::folder() {
    const std::lock_guard guard(m_making);
    if (!m_folder.open()) TM_CHECK(make());
    return m_folder.get();
}

Result<void> StagingArea::make() {
    TM_TRY(const FdHandle lock, openFolder(Place::Archive, m_tmp.get(), "."));
    TM_CHECK(lockExclusively(lock.get()));
    const std::string name = std::string(folderPrefix) + toHex(crypto::randomBytes(folderDigits / 2));
    if (::mkdirat(m_tmp.get(), name.c_str(), 0700) != 0) {
        return ioError(Place::Archive, errno, "make a folder for temporary files");
    }
    auto folder = openFolder(Place::Archive, m_tmp.get(), name.c_str());
    if (!folder || !tryLockExclusively(folder->get())) {
        const int code = errno;
        ::unlinkat(m_tmp.get(), name.c_str(), AT_REMOVEDIR);
        if (!folder) return std::move(folder).error();
        return ioError(Place::Archive, code, "lock its folder for temporary files");
    }
    m_folder = *std::move(folder);
    m_name = name;
    return {};
}

std::string StagingArea::nextName() { return std::to_string(m_next++) + std::string(fileSuffix); }

}  // namespace tickmark::archive

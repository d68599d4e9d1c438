#include "app/Folders.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace tickmark::app {
namespace {

namespace fs = std::filesystem;

Error notInPlace(const fs::path& root, int code) {
    if (code == ENOSPC || code == EDQUOT) {
        return environment("disk-full", "The disk has no room for \"" + root.string() + "\".",
                           "Make room on the disk, then try again.");
    }
    return environment("file-io", "The data directory \"" + root.string() + "\" cannot be put in place.",
                       "Check the disk and who may write there.");
}

/// Opens a folder, makes what `sync` covers durable; 0 or what went wrong.
int syncFolder(const fs::path& folder, int (*sync)(int)) {
    const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return errno;
    const int code = sync(descriptor) == 0 ? 0 : errno;
    close(descriptor);
    return code;
}

}  // namespace

fs::path withoutTrailingSlash(const fs::path& path) {
    std::string text = path.string();
    while (text.size() > 1 && text.back() == '/') text.pop_back();
    return text;
}

bool isFree(const fs::path& path) {
    std::error_code failed;
    const auto status = fs::symlink_status(path, failed);
    if (status.type() == fs::file_type::not_found) return true;
    return status.type() == fs::file_type::directory && fs::is_empty(path, failed) && !failed;
}

Result<void> makePrivateFolder(const fs::path& folder) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (!failed) fs::permissions(folder, fs::perms::owner_all, failed);
    if (!failed) return {};
    return environment("file-io", "The folder \"" + folder.string() + "\" cannot be made.",
                       "Check who may write there.");
}

StagedFolder::StagedFolder(fs::path root) : m_root(std::move(root)), m_staging(m_root) {
    m_staging += ".partial";
}

Result<StagedFolder> StagedFolder::besides(const fs::path& root) {
    StagedFolder folder(withoutTrailingSlash(root));
    std::error_code failed;
    fs::remove_all(folder.m_staging, failed);
    TM_CHECK(makePrivateFolder(folder.m_staging));
    return folder;
}

Result<void> StagedFolder::putInPlace() {
    // One call for the whole file system is cheaper than one for each of very many files.
    if (const int code = syncFolder(m_staging, syncfs); code != 0) return notInPlace(m_root, code);
    std::error_code failed;
    fs::rename(m_staging, m_root, failed);
    if (failed) return notInPlace(m_root, failed.value());
    m_staging.clear();
    if (const int code = syncFolder(fs::absolute(m_root).parent_path(), fsync); code != 0) {
        return notInPlace(m_root, code);
    }
    return {};
}

StagedFolder::StagedFolder(StagedFolder&& other) noexcept
    : m_root(std::move(other.m_root)), m_staging(std::exchange(other.m_staging, fs::path{})) {}

StagedFolder::~StagedFolder() {
    std::error_code ignored;
    if (!m_staging.empty()) fs::remove_all(m_staging, ignored);
}

}  // namespace tickmark::app

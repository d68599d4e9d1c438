#include "archive/StagedFile.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <utility>

#include "archive/FileCalls.h"

namespace tickmark::archive {

namespace {

constexpr mode_t readOnly = 0400;

}  // namespace

StagedFile::StagedFile(StagedFile&& other) noexcept
    : m_folder(other.m_folder), m_name(std::exchange(other.m_name, {})), m_fd(std::move(other.m_fd)) {}

StagedFile& StagedFile::operator=(StagedFile&& other) noexcept {
    if (this != &other) {
        discard();
        m_folder = other.m_folder;
        m_name = std::exchange(other.m_name, {});
        m_fd = std::move(other.m_fd);
    }
    return *this;
}

Result<StagedFile> StagedFile::createIn(StagingArea& area) {
    StagedFile file;
    TM_TRY(file.m_folder, area.folder());
    const std::string name = area.nextName();
    int code = 0;
    file.m_fd = openIn(file.m_folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, readOnly, code);
    if (!file.m_fd.open()) return ioError(Place::Archive, code, "make a temporary file");
    file.m_name = name;
    return file;
}

Result<std::optional<StagedFile>> StagedFile::linkIn(StagingArea& area, const std::filesystem::path& path) {
    StagedFile file;
    TM_TRY(file.m_folder, area.folder());
    const std::string name = area.nextName();
    if (::linkat(AT_FDCWD, path.c_str(), file.m_folder, name.c_str(), 0) != 0) {
        const bool cannot = errno == EXDEV || errno == EPERM || errno == EMLINK || errno == EOPNOTSUPP;
        if (cannot) return std::optional<StagedFile>{};
        return ioError(Place::Archive, errno, "take the file over");
    }
    file.m_name = name;
    int code = 0;
    file.m_fd = openIn(file.m_folder, name.c_str(), O_RDONLY | O_NOFOLLOW, 0, code);
    if (!file.m_fd.open()) return ioError(Place::Archive, code, "open the file it took over");
    return std::optional<StagedFile>(std::move(file));
}

Result<void> StagedFile::checkWhole(std::uint64_t size) const {
    struct stat facts {};
    if (::fstat(m_fd.get(), &facts) != 0) return ioError(Place::Archive, errno, "look at the file it wrote");
    if (facts.st_size < 0 || static_cast<std::uint64_t>(facts.st_size) != size) {
        return ioError(Place::Archive, EIO, "find all the bytes it wrote");
    }
    constexpr mode_t permissionBits = 07777;
    if ((facts.st_mode & permissionBits) != readOnly && ::fchmod(m_fd.get(), readOnly) != 0) {
        return ioError(Place::Archive, errno, "make the file read-only");
    }
    return {};
}

Result<void> StagedFile::close() {
    if (const int code = m_fd.close(); code != 0) return ioError(Place::Archive, code, "finish the file");
    return {};
}

Result<bool> StagedFile::moveTo(int folder, const char* name) {
    TM_TRY(const bool moved, moveWithoutReplacing(m_folder, m_name.c_str(), folder, name));
    if (moved) m_name.clear();
    return moved;
}

void StagedFile::discard() noexcept {
    static_cast<void>(m_fd.close());
    if (!m_name.empty()) ::unlinkat(m_folder, m_name.c_str(), 0);
    m_name.clear();
}

}  // namespace tickmark::archive

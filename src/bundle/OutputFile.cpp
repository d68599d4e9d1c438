#include "bundle/OutputFile.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstdlib>
#include <utility>

namespace tickmark::bundle {
namespace {

std::filesystem::path folderOf(const std::filesystem::path& target) {
    return target.has_parent_path() ? target.parent_path() : std::filesystem::path(".");
}

}  // namespace

Error writeError(int code) {
    if (code == ENOSPC || code == EDQUOT || code == EFBIG) {
        return environment("disk-full", "The disk has no room for the bundle.",
                           "Free space, then seal again.");
    }
    return environment("file-io", "The bundle's file cannot be written.", "Check the folder and the disk.");
}

Result<OutputFile> OutputFile::createFor(const std::filesystem::path& target) {
    OutputFile file(target);
    const auto folder = folderOf(target);
    file.m_descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0640);
    if (file.m_descriptor >= 0) return file;
    if (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL) return writeError(errno);
    std::string pattern = (folder / (".tickmark-bundle-XXXXXX")).string();
    file.m_descriptor = ::mkostemp(pattern.data(), O_CLOEXEC);
    if (file.m_descriptor < 0) return writeError(errno);
    file.m_temporary = pattern;
    if (::fchmod(file.m_descriptor, 0640) != 0) return writeError(errno);
    return file;
}

OutputFile::~OutputFile() {
    if (!m_temporary.empty()) ::unlink(m_temporary.c_str());
    if (m_descriptor >= 0) ::close(m_descriptor);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : m_target(std::move(other.m_target)),
      m_temporary(std::exchange(other.m_temporary, {})),
      m_descriptor(std::exchange(other.m_descriptor, -1)) {}

Result<void> OutputFile::linkTo(const std::filesystem::path& name) {
    const std::string source =
        m_temporary.empty() ? "/proc/self/fd/" + std::to_string(m_descriptor) : m_temporary.string();
    if (::linkat(AT_FDCWD, source.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) return {};
    if (errno != EEXIST) return writeError(errno);
    Error taken;
    taken.kind = ErrorKind::Conflict;
    taken.type = "bundle-file";
    taken.message = "A file of the bundle's name exists already.";
    taken.fix = "Choose another name; a bundle is never replaced by another.";
    return taken;
}

Result<void> OutputFile::nameTemporarily() {
    if (!m_temporary.empty()) return {};
    std::string pattern = (folderOf(m_target) / ".tickmark-bundle-XXXXXX").string();
    const int reserved = ::mkostemp(pattern.data(), O_CLOEXEC);
    if (reserved < 0) return writeError(errno);
    ::close(reserved);
    // The name is free again for a moment; whoever takes it then makes the link fail, and nothing is lost.
    ::unlink(pattern.c_str());
    TM_CHECK(linkTo(pattern));
    m_temporary = pattern;
    return {};
}

Result<void> OutputFile::syncFolder() const {
    const auto folder = folderOf(m_target);
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return writeError(errno);
    const int status = ::fsync(descriptor);
    const int code = errno;
    ::close(descriptor);
    if (status != 0) return writeError(code);
    return {};
}

Result<void> OutputFile::publish() {
    if (::fsync(m_descriptor) != 0) return writeError(errno);
    TM_CHECK(linkTo(m_target));
    auto synced = syncFolder();
    if (!synced) ::unlink(m_target.c_str());
    return synced;
}

Result<void> OutputFile::publishInPlace() {
    struct stat old {};
    if (::stat(m_target.c_str(), &old) == 0) static_cast<void>(::fchmod(m_descriptor, old.st_mode & 07777U));
    if (::fsync(m_descriptor) != 0) return writeError(errno);
    TM_CHECK(nameTemporarily());
    if (::rename(m_temporary.c_str(), m_target.c_str()) != 0) return writeError(errno);
    m_temporary.clear();
    return syncFolder();
}

}  // namespace tickmark::bundle

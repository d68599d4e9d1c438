#include "bundle/OutputFile.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstdlib>
#include <utility>

namespace tickmark::bundle {

Error writeError(int code) {
    if (code == ENOSPC || code == EDQUOT || code == EFBIG) {
        return environment("disk-full", "The disk has no room for the bundle.",
                           "Free space, then seal again.");
    }
    return environment("file-io", "The bundle's file cannot be written.", "Check the folder and the disk.");
}

Result<OutputFile> OutputFile::createFor(const std::filesystem::path& target) {
    OutputFile file(target);
    const auto folder = target.has_parent_path() ? target.parent_path() : std::filesystem::path(".");
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

Result<void> OutputFile::name() {
    const std::string source =
        m_temporary.empty() ? "/proc/self/fd/" + std::to_string(m_descriptor) : m_temporary.string();
    if (::linkat(AT_FDCWD, source.c_str(), AT_FDCWD, m_target.c_str(), AT_SYMLINK_FOLLOW) == 0) return {};
    if (errno != EEXIST) return writeError(errno);
    Error taken;
    taken.kind = ErrorKind::Conflict;
    taken.type = "bundle-file";
    taken.message = "A file of the bundle's name exists already.";
    taken.fix = "Choose another name; a bundle is never replaced.";
    return taken;
}

Result<void> OutputFile::syncFolder() const {
    const auto folder = m_target.has_parent_path() ? m_target.parent_path() : std::filesystem::path(".");
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
    TM_CHECK(name());
    auto synced = syncFolder();
    if (!synced) ::unlink(m_target.c_str());
    return synced;
}

}  // namespace tickmark::bundle

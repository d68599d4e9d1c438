#include "bundle/FileBytes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <utility>

namespace tickmark::bundle {
namespace {

Error unreadable() {
    return environment("file-io", "The file cannot be read.",
                       "Check the file, its permissions and the disk.");
}

}  // namespace

Result<FileBytes> FileBytes::open(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0 && (errno == ENOENT || errno == ENOTDIR)) {
        Error error = notFound("There is no file of that name.");
        error.type = "file";
        return error;
    }
    if (descriptor < 0) return unreadable();
    return adopt(descriptor);
}

Result<FileBytes> FileBytes::adopt(int descriptor) {
    struct stat facts {};
    FileBytes file(descriptor, 0);
    if (::fstat(descriptor, &facts) != 0) return unreadable();
    if (!S_ISREG(facts.st_mode))
        return environment("file-io", "That is not a plain file.", "Name a bundle's file.");
    file.m_size = static_cast<std::uint64_t>(facts.st_size);
    return file;
}

FileBytes::~FileBytes() {
    if (m_descriptor >= 0) ::close(m_descriptor);
}

FileBytes::FileBytes(FileBytes&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_size(other.m_size) {}

FileBytes& FileBytes::operator=(FileBytes&& other) noexcept {
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_size, other.m_size);
    return *this;
}

Result<void> FileBytes::readAt(std::uint64_t offset, std::span<std::uint8_t> buffer) const {
    while (!buffer.empty()) {
        const ssize_t count = ::pread(m_descriptor, buffer.data(), buffer.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return unreadable();
        offset += static_cast<std::uint64_t>(count);
        buffer = buffer.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

}  // namespace tickmark::bundle

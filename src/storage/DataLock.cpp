#include "tickmark/storage/DataLock.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>
#include <utility>

namespace tickmark::storage {
namespace {

// Open file description locks: they belong to the descriptor, not to the process, so two databases opened in
// one process do not lose each other's lock, and changing the kind is one step.
bool lock(int descriptor, short kind) {
    struct flock wanted = {};
    wanted.l_type = kind;
    wanted.l_whence = SEEK_SET;
    return fcntl(descriptor, F_OFD_SETLK, &wanted) == 0;
}

/// Waits a moment for it: a program that was killed while it started another leaves its locks with that one
/// until it has loaded.
bool lockSoon(int descriptor, short kind) {
    constexpr int tries = 50;
    constexpr std::chrono::milliseconds pause{20};
    for (int attempt = 1; !lock(descriptor, kind); ++attempt) {
        const bool taken = errno == EAGAIN || errno == EACCES;
        if (!taken || attempt == tries) return false;
        std::this_thread::sleep_for(pause);
    }
    return true;
}

Result<int> openLocked(const std::filesystem::path& file, short kind, const Error& held) {
    const int descriptor = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return environment("data-directory", "The lock file of the data directory cannot be opened.",
                           "Check that the directory exists and belongs to you.");
    }
    if (lockSoon(descriptor, kind)) return descriptor;
    const bool taken = errno == EAGAIN || errno == EACCES;
    close(descriptor);
    if (taken) return held;
    return environment("data-lock", "The data directory's file system does not keep locks.",
                       "Put the data directory on a local disk.");
}

Error dataLocked() {
    return Error{.kind = ErrorKind::Conflict,
                 .type = "data-locked",
                 .message = "Another process uses this data directory.",
                 .fix = "Wait until it has ended, or stop the server, then try again."};
}

}  // namespace

Result<DataLock> DataLock::shared(const std::filesystem::path& folder) {
    TM_TRY(const int descriptor, openLocked(folder / "data.lock", F_RDLCK, dataLocked()));
    return DataLock(descriptor);
}

Result<DataLock> DataLock::exclusive(const std::filesystem::path& folder) {
    TM_TRY(const int descriptor, openLocked(folder / "data.lock", F_WRLCK, dataLocked()));
    return DataLock(descriptor);
}

Result<DataLock> DataLock::serving(const std::filesystem::path& folder) {
    const Error served{.kind = ErrorKind::Conflict,
                       .type = "already-served",
                       .message = "Another server runs on this data directory.",
                       .fix = "Stop the other server, or give this one its own data directory."};
    TM_TRY(const int descriptor, openLocked(folder / "serve.lock", F_WRLCK, served));
    return DataLock(descriptor);
}

Result<void> DataLock::downgrade() const {
    if (lock(m_descriptor, F_RDLCK)) return {};
    return environment("data-lock", "The lock of the data directory was lost.", "Start again.");
}

DataLock::DataLock(DataLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

DataLock& DataLock::operator=(DataLock&& other) noexcept {
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

DataLock::~DataLock() {
    if (m_descriptor >= 0) close(m_descriptor);
}

}  // namespace tickmark::storage

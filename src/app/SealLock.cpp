#include "app/SealLock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>
#include <utility>

namespace tickmark::app {
namespace {

Error lockError() {
    return environment("file-io", "The folder of bundles cannot be locked.",
                       "Check that bundles/ of the data directory is there and who may write in it.");
}

/// Opens and locks; -1 when `operation` does not wait and somebody else holds it.
Result<int> lockFolder(const std::filesystem::path& folder, int operation) {
    const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return lockError();
    int status = 0;
    do {
        status = flock(descriptor, operation);
    } while (status != 0 && errno == EINTR);
    if (status == 0) return descriptor;
    const bool busy = errno == EWOULDBLOCK;
    close(descriptor);
    if (busy) return -1;
    return lockError();
}

}  // namespace

Result<SealLock> SealLock::shared(const std::filesystem::path& folder) {
    TM_TRY(const int descriptor, lockFolder(folder, LOCK_SH));
    return SealLock(descriptor);
}

Result<SealLock> SealLock::turn(const std::filesystem::path& folder, const std::function<bool()>& goOn) {
    constexpr std::chrono::milliseconds betweenTries{20};
    for (;;) {
        TM_TRY(SealLock lock, tryAlone(folder));
        if (lock.held()) return lock;
        if (!goOn())
            return refused("cancelled", "The sealing was cancelled; nothing was sealed and no file is left.");
        std::this_thread::sleep_for(betweenTries);
    }
}

Result<SealLock> SealLock::tryAlone(const std::filesystem::path& folder) {
    TM_TRY(const int descriptor, lockFolder(folder, LOCK_EX | LOCK_NB));
    return SealLock(descriptor);
}

SealLock::SealLock(SealLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

SealLock::~SealLock() {
    if (m_descriptor >= 0) close(m_descriptor);
}

}  // namespace tickmark::app

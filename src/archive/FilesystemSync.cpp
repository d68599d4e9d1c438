#include "archive/FilesystemSync.h"

#include "archive/FileCalls.h"

namespace tickmark::archive {

FilesystemSync::Mark FilesystemSync::mark() {
    const std::lock_guard lock(m_mutex);
    return m_failures;
}

Result<void> FilesystemSync::sync(Mark since) {
    std::unique_lock lock(m_mutex);
    const std::uint64_t wanted = m_begun + 1;  // one that runs now may have passed our bytes already
    while (m_ended < wanted) {
        if (m_ended < m_begun) {
            m_changed.wait(lock, [this] { return m_ended == m_begun; });
            continue;
        }
        ++m_begun;
        lock.unlock();
        Result<void> synced = syncFilesystem(m_folder.get());
        lock.lock();
        m_ended = m_begun;
        if (!synced) {
            ++m_failures;
            m_error = std::move(synced).error();
        }
        m_changed.notify_all();
    }
    if (m_failures != since && m_error) return *m_error;
    return {};
}

}  // namespace tickmark::archive

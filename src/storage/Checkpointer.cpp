#include "storage/Checkpointer.h"

#include <sqlite3.h>

#include <utility>

#include "storage/SqlFailure.h"

namespace tickmark::storage {
namespace {

constexpr int step = 1000;      // pages of 4 KiB
constexpr int longLog = 16000;  // 64 MiB

void carryBack(Connection& connection) {
    // Waits for nobody: what readers still need, and what another checkpoint is at, is left for later.
    static_cast<void>(
        sqlite3_wal_checkpoint_v2(connection.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr));
}

}  // namespace

Checkpointer::Checkpointer(std::filesystem::path file, Connection& writer, int busyMillis)
    : m_file(std::move(file)), m_writer(writer), m_busyMillis(busyMillis), m_nextAt(step) {
    sqlite3_wal_hook(writer.handle(), &Checkpointer::committed, this);  // instead of the automatic one
}

Checkpointer::~Checkpointer() {
    sqlite3_wal_hook(m_writer.handle(), nullptr, nullptr);
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable()) m_thread.join();
}

int Checkpointer::committed(void* self, sqlite3* /*database*/, const char* /*schema*/, int pages) {
    static_cast<Checkpointer*>(self)->m_pages = pages;
    return SQLITE_OK;
}

void Checkpointer::afterCommit() {
    if (m_pages >= longLog) {
        carryBack(m_writer);
        return;
    }
    if (m_pages + step < m_nextAt) m_nextAt = step;  // the log began anew
    if (m_pages < m_nextAt) return;
    m_nextAt = m_pages + step;
    {
        const std::scoped_lock lock(m_mutex);
        m_wanted = true;
        if (!m_thread.joinable()) m_thread = std::thread([this] { serve(); });
    }
    m_changed.notify_all();
}

void Checkpointer::serve() {
    static_cast<void>(guarded([this]() -> Result<void> {
        Connection connection(m_file, ConnectionUse::Write, m_busyMillis);
        std::unique_lock lock(m_mutex);
        while (!m_stopping) {
            if (!std::exchange(m_wanted, false)) {
                m_changed.wait(lock);
                continue;
            }
            lock.unlock();
            carryBack(connection);
            lock.lock();
        }
        return {};
    }));
}

}  // namespace tickmark::storage

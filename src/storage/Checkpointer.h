// Carries the write-ahead log back into the database beside the writer.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

#include "storage/Connection.h"

namespace tickmark::storage {

/// SQLite would do it inside a commit, and everybody who waits for that commit would wait for it too. Only a
/// log that has become very long is finished by the writer, because it begins anew only when it was carried
/// back whole while nobody wrote.
class Checkpointer {
  public:
    /// `writer` outlives this; its commits are watched.
    Checkpointer(std::filesystem::path file, Connection& writer, int busyMillis);
    /// Waits for what is under way.
    ~Checkpointer();
    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;

    /// Called by the writer's thread after each commit. What fails is tried again after a later commit.
    void afterCommit();

  private:
    static int committed(void* self, sqlite3* database, const char* schema, int pages);
    void serve();

    std::filesystem::path m_file;
    Connection& m_writer;
    int m_busyMillis;
    int m_pages = 0;   ///< in the log, as of the last commit; only the writer's thread reads or writes it
    int m_nextAt = 0;  ///< pages at which to begin again; only the writer's thread
    std::mutex m_mutex{};
    std::condition_variable m_changed{};
    bool m_wanted = false;
    bool m_stopping = false;
    std::thread m_thread{};  ///< started when it is needed first
};

}  // namespace tickmark::storage

// The writer thread: takes everything that is queued, commits it once, answers everybody.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "storage/Checkpointer.h"
#include "storage/Connection.h"
#include "storage/LedgerWriter.h"
#include "tickmark/storage/Database.h"

namespace tickmark::storage {

/// Whether what a closure did stays, or is undone after it has answered.
enum class WriteUse { Keep, Rehearse };

class WriteQueue {
  public:
    using Work = std::function<Result<void>(WriteSession&)>;

    WriteQueue(const std::filesystem::path& file, const DatabaseOptions& options);
    ~WriteQueue();
    WriteQueue(const WriteQueue&) = delete;
    WriteQueue& operator=(const WriteQueue&) = delete;

    /// Blocks until the batch with this work is committed or undone.
    [[nodiscard]] Result<void> run(const Work& work, WriteUse use = WriteUse::Keep);
    [[nodiscard]] std::uint64_t writes() const noexcept { return m_writes; }
    [[nodiscard]] std::uint64_t commits() const noexcept { return m_commits; }

  private:
    /// One waiting caller; lives on its stack.
    struct Job {
        const Work* work = nullptr;
        WriteUse use = WriteUse::Keep;
        Result<void> answer{};
        bool done = false;
        std::mutex mutex{};
        std::condition_variable answered{};
        std::array<Job*, 2> others{};  ///< whom its caller wakes in turn
    };
    using Batch = std::vector<Job*>;

    void serve();
    [[nodiscard]] Batch take();
    void commitBatch(const Batch& batch);
    [[nodiscard]] Result<void> runBatch(const Batch& batch);
    [[nodiscard]] Result<void> catchUp();
    [[nodiscard]] Result<void> runOne(Job& job);
    void answerAll(const Batch& batch);
    static void wake(Job* job);

    Connection m_connection;
    Checkpointer m_checkpointer;
    LedgerWriter m_ledger;
    std::size_t m_maximumBatch;
    std::int64_t m_dataVersion = -1;  ///< -1: the edge must be loaded
    std::mutex m_mutex{};
    std::condition_variable m_arrived{};
    std::deque<Job*> m_jobs{};
    bool m_stopping = false;
    std::atomic<std::uint64_t> m_writes{0};
    std::atomic<std::uint64_t> m_commits{0};
    std::thread m_thread{};
};

}  // namespace tickmark::storage

#include "storage/WriteQueue.h"

#include <exception>

#include "storage/SqlFailure.h"

namespace tickmark::storage {

WriteQueue::WriteQueue(const std::filesystem::path& file, const DatabaseOptions& options)
    : m_connection(file, ConnectionUse::Write, options.busyMillis),
      m_checkpointer(file, m_connection, options.busyMillis),
      m_ledger(m_connection, options.origin, options.signer),
      m_maximumBatch(options.maximumBatch > 0 ? options.maximumBatch : 1),
      m_thread([this] { serve(); }) {}

WriteQueue::~WriteQueue() {
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
    }
    m_arrived.notify_all();
    m_thread.join();
}

Result<void> WriteQueue::run(const Work& work, WriteUse use) {
    if (std::this_thread::get_id() == m_thread.get_id()) {
        return internal("A write was started inside a write.");
    }
    Job job;
    job.work = &work;
    job.use = use;
    {
        const std::scoped_lock lock(m_mutex);
        m_jobs.push_back(&job);
    }
    m_arrived.notify_one();
    std::unique_lock lock(job.mutex);
    job.answered.wait(lock, [&job] { return job.done; });
    lock.unlock();
    for (Job* other : job.others) wake(other);
    return std::move(job.answer);
}

void WriteQueue::serve() {
    for (Batch batch = take(); !batch.empty(); batch = take()) {
        commitBatch(batch);
        answerAll(batch);
        m_checkpointer.afterCommit();
    }
}

WriteQueue::Batch WriteQueue::take() {
    std::unique_lock lock(m_mutex);
    m_arrived.wait(lock, [this] { return m_stopping || !m_jobs.empty(); });
    Batch batch;
    while (!m_jobs.empty() && batch.size() < m_maximumBatch) {
        batch.push_back(m_jobs.front());
        m_jobs.pop_front();
    }
    return batch;
}

void WriteQueue::commitBatch(const Batch& batch) {
    auto committed = guarded([&] { return runBatch(batch); });
    if (committed) {
        ++m_commits;
        return;
    }
    // Nothing of the batch is in the database: whoever was fine until now was not.
    m_dataVersion = -1;
    for (Job* job : batch) {
        if (job->answer) job->answer = committed.error();
    }
}

Result<void> WriteQueue::runBatch(const Batch& batch) {
    Transaction transaction(m_connection, Transaction::Kind::Write);
    TM_CHECK(catchUp());
    for (Job* job : batch) {
        job->answer = runOne(*job);
        // After a full disk or an I/O error SQLite may have rolled back everything by itself.
        if (m_connection.idle()) {
            if (!job->answer) return job->answer.error();
            return environment("database-io", "The database undid a change by itself.", "Check the disk.");
        }
    }
    m_ledger.writeSearches();
    m_ledger.storeHead();
    transaction.commit();
    return {};
}

Result<void> WriteQueue::catchUp() {
    // Changes only when another connection committed (https://sqlite.org/pragma.html#pragma_data_version).
    const std::int64_t version = m_connection.integer("PRAGMA data_version");  // sqlite:
    if (version == m_dataVersion) return {};
    TM_CHECK(m_ledger.load());
    m_dataVersion = version;
    return {};
}

Result<void> WriteQueue::runOne(Job& job) {
    m_connection.prepare("SAVEPOINT closure").run();
    const LedgerWriter::Mark before = m_ledger.mark();
    m_ledger.clearPoison();
    WriteSession session(m_connection, m_ledger);
    auto answer = guarded([&] { return (*job.work)(session); });
    if (answer && m_ledger.poison()) answer = *m_ledger.poison();
    if (!answer || job.use == WriteUse::Rehearse) {
        m_ledger.comeBack(before);
        if (m_connection.idle()) return answer;
        m_connection.prepare("ROLLBACK TO closure").run();
    }
    m_connection.prepare("RELEASE closure").run();
    return answer;
}

void WriteQueue::answerAll(const Batch& batch) {
    // Waking a thread costs the writer as much as a tenth of a write, so it wakes one, who wakes two, and so
    // on.
    for (std::size_t place = 1; place < batch.size(); ++place) {
        batch[(place - 1) / 2]->others[(place - 1) % 2] = batch[place];
    }
    m_writes += batch.size();
    wake(batch.front());
}

void WriteQueue::wake(Job* job) {
    if (job == nullptr) return;
    // The waiting thread owns the job; it may go as soon as the lock is let go.
    const std::scoped_lock lock(job->mutex);
    job->done = true;
    job->answered.notify_one();
}

}  // namespace tickmark::storage

#include "tickmark/storage/Database.h"

#include <atomic>
#include <mutex>
#include <utility>

#include "storage/Migration.h"
#include "storage/ReadPool.h"
#include "storage/SqlFailure.h"
#include "storage/WriteQueue.h"

namespace tickmark::storage {

namespace {

bool& rehearsing() noexcept {
    thread_local bool value = false;
    return value;
}

}  // namespace

Rehearsal::Rehearsal() noexcept { rehearsing() = true; }

Rehearsal::~Rehearsal() { rehearsing() = false; }

bool Rehearsal::isUnderWay() noexcept { return rehearsing(); }

struct Database::State {
    State(DatabaseOptions given, DataLock held)
        : options(std::move(given)),
          lock(std::move(held)),
          file(options.folder / "tickmark.db"),
          readers(file, options.readers, options.busyMillis),
          watcher(file, ConnectionUse::Read, options.busyMillis) {
        if (options.signer) writer = std::make_unique<WriteQueue>(file, options);
    }

    DatabaseOptions options;
    DataLock lock;
    std::filesystem::path file;
    ReadPool readers;
    std::mutex watch{};
    Connection watcher;  ///< sees every commit, ours too, as somebody else's
    std::unique_ptr<WriteQueue> writer{};
    std::atomic<std::uint64_t> reads{0};
};

Database::Database(std::unique_ptr<State> state) : m_state(std::move(state)) {}

Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(DatabaseOptions options) {
    return guarded([&]() -> Result<std::unique_ptr<Database>> {
        TM_TRY(DataLock lock, prepareFile(options.folder / "tickmark.db", options));
        auto state = std::make_unique<State>(std::move(options), std::move(lock));
        return std::unique_ptr<Database>(new Database(std::move(state)));
    });
}

Result<void> Database::runWrite(const std::function<Result<void>(WriteSession&)>& work) {
    if (!m_state->writer) {
        return refused("read-only", "The catalog was opened for reading: the ledger's key is not at hand.",
                       "Use a command that opens the keys of the data directory.");
    }
    return m_state->writer->run(work, rehearsing() ? WriteUse::Rehearse : WriteUse::Keep);
}

Result<void> Database::runRead(const std::function<Result<void>(ReadSession&)>& work) {
    return guarded([&]() -> Result<void> {
        ++m_state->reads;
        const ReadPool::Loan loan = m_state->readers.borrow();
        Transaction snapshot(*loan, Transaction::Kind::Snapshot);
        ReadSession session(*loan);
        TM_CHECK(work(session));
        snapshot.commit();
        return {};
    });
}

std::uint64_t Database::changeStamp() {
    const std::scoped_lock lock(m_state->watch);
    auto version = guarded([&]() -> Result<std::uint64_t> {
        return static_cast<std::uint64_t>(m_state->watcher.integer("PRAGMA data_version"));  // sqlite:
    });
    // A database that cannot be asked may have changed: no cache may rely on it.
    static std::atomic<std::uint64_t> unknown{std::uint64_t{1} << 63U};
    return version ? *version : ++unknown;
}

DatabaseFigures Database::figures() const {
    DatabaseFigures figures{.reads = m_state->reads};
    if (m_state->writer) {
        figures.writes = m_state->writer->writes();
        figures.commits = m_state->writer->commits();
    }
    return figures;
}

const DatabaseOptions& Database::options() const noexcept { return m_state->options; }

int Database::programVersion() { return newestMigration(); }

}  // namespace tickmark::storage

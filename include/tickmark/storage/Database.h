// The catalog's database: one writer with group commit, a small pool of readers, each read one snapshot.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "tickmark/foundation/Result.h"
#include "tickmark/ledger/Checkpoint.h"

namespace tickmark::storage {

class Connection;
class LedgerWriter;

/// Makes the signed note of a tree head (ledger::signCheckpoint with the log's key). Called by the writer
/// thread only, once per committed batch.
using CheckpointSigner = std::function<std::string(const ledger::Checkpoint&)>;

struct DatabaseOptions {
    std::filesystem::path folder{};  ///< the data directory; the database is folder/tickmark.db
    std::string origin{"tickmark"};  ///< the log's name in its checkpoints
    CheckpointSigner signer{};       ///< without it every write is refused ("read-only")
    bool create = false;             ///< whether a missing database is made; otherwise NotFound
    bool migrate = true;             ///< whether an older one is migrated; otherwise Refused "database-older"
    std::size_t readers = 8;         ///< upper bound of read connections; more callers wait
    std::size_t maximumBatch = 1024;  ///< writes in one commit; 1 turns group commit off (benches)
    int busyMillis = 10'000;          ///< how long another process's commit is waited for
};

/// One snapshot to read from. Lives for one Database::read or write; belongs to one thread.
class ReadSession {
  public:
    explicit ReadSession(Connection& connection) : m_connection(&connection) {}
    [[nodiscard]] Connection& connection() const noexcept { return *m_connection; }

  private:
    Connection* m_connection;
};

/// A place in the writer's batch. It reads its own changes. Everything done through it is undone when the
/// closure returns an Error or throws.
class WriteSession : public ReadSession {
  public:
    WriteSession(Connection& connection, LedgerWriter& ledger) : ReadSession(connection), m_ledger(&ledger) {}
    [[nodiscard]] LedgerWriter& ledger() const noexcept { return *m_ledger; }

  private:
    LedgerWriter* m_ledger;
};

/// While one lives, whatever its thread writes is judged and carried out as ever, then undone before anybody
/// else can see it: each write answers as it would, and nothing stays. It is how Tickmark says what would
/// happen without a second set of rules. Nothing outside the database may be changed meanwhile. Not nested.
class Rehearsal {
  public:
    Rehearsal() noexcept;
    ~Rehearsal();
    Rehearsal(const Rehearsal&) = delete;
    Rehearsal& operator=(const Rehearsal&) = delete;
    /// Whether the calling thread rehearses.
    [[nodiscard]] static bool isUnderWay() noexcept;
};

/// Counters for /metrics and tests, since opening.
struct DatabaseFigures {
    std::uint64_t writes = 0;   ///< closures answered
    std::uint64_t commits = 0;  ///< batches committed
    std::uint64_t reads = 0;
};

/// Thread-safe. Public functions report through Result and never throw.
class Database {
  public:
    /// Opens (and when asked makes or migrates) the database. Errors: NotFound "not-found" (no database
    /// there), Refused "database-newer", "database-older", "not-tickmark"; Damaged "database-damaged";
    /// Conflict "data-locked" (migration while another process has it open, or a restore runs); Environment
    /// "database-io", "disk-full".
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(DatabaseOptions options);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Runs fn(WriteSession&) -> Result<T> on the writer thread inside the next batch and returns its answer
    /// after that batch is durably committed. An Error or an exception undoes this closure alone. The closure
    /// may be destroyed only after return, so it may capture by reference. Errors beside fn's own:
    /// Environment "disk-full", "database-io", "database-busy"; Refused "read-only"; Internal when fn threw
    /// or when called from inside a write.
    template <class Fn>
    auto write(Fn&& fn) -> std::invoke_result_t<Fn&, WriteSession&> {
        using Answer = std::invoke_result_t<Fn&, WriteSession&>;
        std::optional<Answer> answer;
        auto done = runWrite([&](WriteSession& session) -> Result<void> {
            answer.emplace(fn(session));
            if (!answer->ok()) return answer->error();
            return {};
        });
        if (!done) return std::move(done).error();
        return *std::move(answer);
    }

    /// Runs fn(ReadSession&) -> Result<T> on the calling thread over one snapshot. Waits when all read
    /// connections are taken. Do not nest. Errors beside fn's own: Environment "database-io", Internal when
    /// fn threw.
    template <class Fn>
    auto read(Fn&& fn) -> std::invoke_result_t<Fn&, ReadSession&> {
        using Answer = std::invoke_result_t<Fn&, ReadSession&>;
        std::optional<Answer> answer;
        auto done = runRead([&](ReadSession& session) -> Result<void> {
            answer.emplace(fn(session));
            return {};
        });
        if (!done) return std::move(done).error();
        return *std::move(answer);
    }

    /// A number that changes whenever this or another process committed anything; a few microseconds or less.
    /// For caches: read the stamp first, then the data.
    [[nodiscard]] std::uint64_t changeStamp();

    [[nodiscard]] DatabaseFigures figures() const;
    [[nodiscard]] const DatabaseOptions& options() const noexcept;
    /// The schema's version this program brings (the number of the last migration).
    [[nodiscard]] static int programVersion();

  private:
    struct State;
    explicit Database(std::unique_ptr<State> state);
    [[nodiscard]] Result<void> runWrite(const std::function<Result<void>(WriteSession&)>& work);
    [[nodiscard]] Result<void> runRead(const std::function<Result<void>(ReadSession&)>& work);
    std::unique_ptr<State> m_state;
};

}  // namespace tickmark::storage

#include "storage/Connection.h"

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/Utility.h>
#include <sqlite3.h>

#include <exception>
#include <utility>

#include "storage/SqlFailure.h"

namespace tickmark::storage {
namespace {

constexpr std::size_t statementsKept = 96;

/// A connection is used by one thread at a time, so SQLite need not lock it for every call; and its count of
/// all allocations is a lock that every thread of the process would share. Too late after the first
/// connection of the process; then SQLite goes on as it is, only slower.
void sparePerCallLocks() {
    // NOLINTBEGIN(cppcoreguidelines-pro-type-vararg,hicpp-vararg)
    static const bool spared = sqlite3_config(SQLITE_CONFIG_MULTITHREAD) == SQLITE_OK &&
                               sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK;
    // NOLINTEND(cppcoreguidelines-pro-type-vararg,hicpp-vararg)
    static_cast<void>(spared);
}

Poco::Data::Session openSession(const std::filesystem::path& file) {
    sparePerCallLocks();
    Poco::Data::SQLite::Connector::registerConnector();
    try {
        const bool unnamed = file.empty() || file == ":memory:";
        return {"SQLite", unnamed ? file.string() : std::filesystem::absolute(file).string()};
    } catch (const std::exception&) {
        throw SqlFailure(SQLITE_CANTOPEN, "the database cannot be opened");
    }
}

// Every connection, readers too: foreign keys are off by default, FULL is what survives a power cut in WAL
// mode, and small page caches because there are many connections.
constexpr const char* readerPragmas =
    "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA query_only = ON; PRAGMA cache_size = -1000; "
    "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 0;";  // sqlite:
// The writer must trust the schema: its triggers keep the full text, which SQLite allows to trusted schemas
// only.
constexpr const char* writerPragmas =
    "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -4000; PRAGMA temp_store = "
    "MEMORY; "
    "PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 0; PRAGMA wal_autocheckpoint = 2000; "
    "PRAGMA journal_size_limit = 67108864;";  // sqlite:

}  // namespace

Connection::Connection(const std::filesystem::path& file, ConnectionUse use, int busyMillis)
    : m_session(openSession(file)), m_handle(Poco::Data::SQLite::Utility::dbHandle(m_session)) {
    sqlite3_extended_result_codes(m_handle, 1);
    sqlite3_busy_timeout(m_handle, busyMillis);
    switch (use) {
        case ConnectionUse::Read:
            execute(readerPragmas);
            break;
        case ConnectionUse::Write:
            execute(writerPragmas);
            break;
        case ConnectionUse::Copy:
            break;
    }
}

Connection::~Connection() {
    for (auto& [sql, cached] : m_statements) sqlite3_finalize(cached.handle);
}

void Connection::makeRoom() {
    if (m_statements.size() < statementsKept) return;
    auto oldest = m_statements.end();
    for (auto place = m_statements.begin(); place != m_statements.end(); ++place) {
        if (place->second.busy) continue;
        if (oldest == m_statements.end() || place->second.usedAt < oldest->second.usedAt) oldest = place;
    }
    if (oldest == m_statements.end()) return;
    sqlite3_finalize(oldest->second.handle);
    m_statements.erase(oldest);
}

Statement Connection::prepare(std::string_view sql) {
    const auto [begin, end] = m_statements.equal_range(sql);
    for (auto place = begin; place != end; ++place) {
        CachedStatement& cached = place->second;
        if (cached.busy) continue;
        cached.busy = true;
        cached.usedAt = ++m_clock;
        return {m_handle, &cached};
    }
    makeRoom();
    sqlite3_stmt* made = nullptr;
    const int code = sqlite3_prepare_v3(m_handle, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &made, nullptr);
    if (code != SQLITE_OK) throwSqlFailure(m_handle, code);
    const auto place = m_statements.emplace(std::string(sql), CachedStatement{made, true, ++m_clock});
    return {m_handle, &place->second};
}

void Connection::execute(const std::string& sql) {
    const int code = sqlite3_exec(m_handle, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) throwSqlFailure(m_handle, code);
}

std::int64_t Connection::integer(std::string_view sql) {
    Statement statement = prepare(sql);
    return statement.step() ? statement.integer(0) : 0;
}

bool Connection::idle() const noexcept { return sqlite3_get_autocommit(m_handle) != 0; }

Transaction::Transaction(Connection& connection, Kind kind) : m_connection(connection) {
    // sqlite: a deferred transaction that comes to write later fails when another process wrote in between
    connection.prepare(kind == Kind::Write ? "BEGIN IMMEDIATE" : "BEGIN").run();
}

void Transaction::commit() { m_connection.prepare("COMMIT").run(); }

Transaction::~Transaction() {
    if (m_connection.idle()) return;
    try {
        m_connection.prepare("ROLLBACK").run();
    } catch (const std::exception&) {
        // Without memory of ours this still undoes; after a grave error SQLite has rolled back by itself.
        sqlite3_exec(m_connection.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

}  // namespace tickmark::storage

// One connection to the catalog's database with its cache of prepared statements. Not thread-safe.
#pragma once

#include <Poco/Data/Session.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "storage/Statement.h"

struct sqlite3;

namespace tickmark::storage {

/// What a connection is for; decides its page cache and whether it may write.
enum class ConnectionUse { Read, Write, Copy };

class Connection {
  public:
    /// Opens through Poco::Data and sets every pragma the project relies on. `Copy` touches nothing: it is
    /// for the target of a copy and for looking at a file. ":memory:" and the empty path are databases that
    /// are gone with the connection, the latter kept on the disk when it is large. Throws SqlFailure.
    Connection(const std::filesystem::path& file, ConnectionUse use, int busyMillis);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// A statement from the cache, prepared the first time. `sql` holds one statement.
    [[nodiscard]] Statement prepare(std::string_view sql);
    /// Runs one or several statements without parameters.
    void execute(const std::string& sql);
    /// The first column of the first row as a number; 0 when there is none.
    [[nodiscard]] std::int64_t integer(std::string_view sql);

    [[nodiscard]] sqlite3* handle() const noexcept { return m_handle; }
    /// False while a transaction is open.
    [[nodiscard]] bool idle() const noexcept;

  private:
    struct TextHash {
        using is_transparent = void;
        [[nodiscard]] std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };
    void makeRoom();

    Poco::Data::Session m_session;
    sqlite3* m_handle;
    std::unordered_multimap<std::string, CachedStatement, TextHash, std::equal_to<>> m_statements{};
    std::uint64_t m_clock = 0;
};

/// BEGIN (a snapshot) or BEGIN IMMEDIATE, rolled back when it goes without commit().
class Transaction {
  public:
    enum class Kind { Snapshot, Write };
    Transaction(Connection& connection, Kind kind);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

  private:
    Connection& m_connection;
};

}  // namespace tickmark::storage

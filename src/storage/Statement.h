// A prepared statement on loan from its connection's cache.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Time.h"

struct sqlite3;
struct sqlite3_stmt;

namespace tickmark::storage {

/// What a column holds: nothing, a number, a text.
using Value = std::variant<std::monostate, std::int64_t, std::string>;

/// A place of the cache. `busy` while a Statement has it.
struct CachedStatement {
    sqlite3_stmt* handle = nullptr;
    bool busy = false;
    std::uint64_t usedAt = 0;
};

/// Bind the parameters in ascending order of $n, then step. Bound texts are not copied: they must live until
/// the Statement goes or is reset. Texts read are valid until the next step. All functions throw SqlFailure.
class Statement {
  public:
    Statement(sqlite3* database, CachedStatement* cached) : m_database(database), m_cached(cached) {}
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    Statement& bind(std::int64_t value);
    Statement& bind(std::string_view text);
    Statement& bind(const Value& value);
    Statement& bind(const Digest& digest);  ///< as 32 bytes
    Statement& bind(Value&& value) = delete;
    Statement& bind(std::string&& text) = delete;
    Statement& bindNull();
    template <class First, class Second, class... Rest>
    Statement& bind(First&& first, Second&& second, Rest&&... rest) {
        bind(std::forward<First>(first));
        return bind(std::forward<Second>(second), std::forward<Rest>(rest)...);
    }

    /// True when there is a row.
    [[nodiscard]] bool step();
    /// Steps to the end; for statements whose rows nobody wants. Returns the number of rows changed.
    std::int64_t run();
    /// Ready to bind again.
    void reset();

    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] Digest digest(int column) const;  ///< throws SqlFailure when it is not 32 bytes
    [[nodiscard]] Value value(int column) const;

  private:
    void check(int code) const;
    sqlite3* m_database;
    CachedStatement* m_cached;
    int m_next = 1;
};

}  // namespace tickmark::storage

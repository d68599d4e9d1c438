// Builds a list query: conditions with their values, a keyset cursor, a limit.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/Connection.h"
#include "storage/Statement.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/storage/Page.h"

namespace tickmark::storage {

/// Texts are appended in order, and each '?' in them becomes the next $n, so that numbers always ascend.
class Query {
  public:
    explicit Query(std::string_view select) : m_sql(select) {}

    /// Plain text without parameters.
    Query& text(std::string_view sql);
    /// " AND condition" (" WHERE" the first time); as many values as question marks.
    Query& where(std::string_view condition, std::vector<Value> values = {});
    /// column = one text, or column IN several; nothing for none. Several are not offered to the planner as
    /// an index: the order of the list would have to be sorted then.
    Query& anyOf(std::string_view column, std::vector<Value> values);

    [[nodiscard]] const std::string& sql() const noexcept { return m_sql; }
    /// Prepares and binds; the query must outlive the statement.
    [[nodiscard]] Statement prepare(Connection& connection) const&;
    Statement prepare(Connection& connection) const&& = delete;  ///< the statement points at its texts

  private:
    std::string m_sql;
    std::vector<Value> m_values{};
    bool m_hasWhere = false;
};

/// Where a page begins, from its cursor.
struct Cursor {
    std::int64_t id = 0;
    std::string key{};  ///< of ordered lists
    bool first = true;
};
/// Checks limit and cursor. `keyed` cursors carry a text before the id. Errors: Invalid "page".
[[nodiscard]] Result<Cursor> openPage(const PageRequest& page, bool keyed);
[[nodiscard]] std::string cursorOf(std::int64_t id);
[[nodiscard]] std::string cursorOf(std::string_view key, std::int64_t id);

/// Newest first by `column` (an id), after the cursor, one row more than the page to see whether more
/// follows.
void newestFirst(Query& query, std::string_view column, const Cursor& cursor, const PageRequest& page);

}  // namespace tickmark::storage

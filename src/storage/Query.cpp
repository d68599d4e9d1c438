#include "storage/Query.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

namespace tickmark::storage {
namespace {

Error badPage(std::string field, std::string message, std::string fix) {
    return invalid("page", std::move(field), std::move(message), std::move(fix));
}

std::optional<std::int64_t> wholeNumber(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
    return number;
}

}  // namespace

Query& Query::text(std::string_view sql) {
    m_sql += sql;
    return *this;
}

Query& Query::where(std::string_view condition, std::vector<Value> values) {
    m_sql += m_hasWhere ? " AND " : " WHERE ";
    m_hasWhere = true;
    auto next = values.begin();
    for (const char letter : condition) {
        if (letter != '?') {
            m_sql += letter;
            continue;
        }
        m_values.push_back(std::move(*next++));
        m_sql += '$' + std::to_string(m_values.size());
    }
    return *this;
}

Query& Query::anyOf(std::string_view column, std::vector<Value> values) {
    if (values.empty()) return *this;
    if (values.size() == 1) return where(std::string(column) + " = ?", std::move(values));
    std::string condition = "+" + std::string(column) + " IN (?";
    for (std::size_t index = 1; index < values.size(); ++index) condition += ", ?";
    return where(condition + ")", std::move(values));
}

Statement Query::prepare(Connection& connection) const& {
    Statement statement = connection.prepare(m_sql);
    for (const Value& value : m_values) statement.bind(value);
    return statement;
}

Result<Cursor> openPage(const PageRequest& page, bool keyed) {
    if (page.limit < 1 || page.limit > 200) {
        return badPage("limit", "A page has 1 to 200 entries.", "Ask for a limit from 1 to 200.");
    }
    if (page.after.empty()) return Cursor{.id = std::numeric_limits<std::int64_t>::max()};
    const Error foreign =
        badPage("after", "This is not the cursor of a page of this list.",
                "Pass on the next cursor of the page before unchanged, with the same order.");
    std::string_view rest = page.after;
    if (rest.size() > 300 || rest.front() != (keyed ? 'k' : 'n')) return foreign;
    rest.remove_prefix(1);
    const auto dot = rest.find('.');
    if (dot == std::string_view::npos && keyed) return foreign;
    const auto number = wholeNumber(keyed ? rest.substr(0, dot) : rest);
    if (!number) return foreign;
    return Cursor{
        .id = *number, .key = keyed ? std::string(rest.substr(dot + 1)) : std::string(), .first = false};
}

std::string cursorOf(std::int64_t id) { return "n" + std::to_string(id); }

std::string cursorOf(std::string_view key, std::int64_t id) {
    return "k" + std::to_string(id) + "." + std::string(key);
}

void newestFirst(Query& query, std::string_view column, const Cursor& cursor, const PageRequest& page) {
    const std::string name(column);
    query.where(name + " < ?", {Value(cursor.id)});
    query.text(" ORDER BY " + name + " DESC LIMIT " + std::to_string(page.limit + 1));
}

}  // namespace tickmark::storage

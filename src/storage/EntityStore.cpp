#include "storage/EntityStore.h"

#include <algorithm>
#include <span>

namespace tickmark::storage {
namespace {

void bindRow(Statement& statement, const Row& row) {
    for (const Value& value : row) statement.bind(value);
}

void insertSides(Connection& connection, const SideSql& sql, std::int64_t id, std::span<const Row> rows) {
    if (rows.empty()) return;
    Statement insert = connection.prepare(sql.insert);
    for (const Row& row : rows) {
        insert.bind(id);
        bindRow(insert, row);
        insert.run();
        insert.reset();
    }
}

std::size_t commonBeginning(const SideRows& before, const SideRows& after) {
    const auto end = std::mismatch(before.begin(), before.end(), after.begin(), after.end()).first;
    return static_cast<std::size_t>(end - before.begin());
}

}  // namespace

std::int64_t countUp(Connection& connection, std::string_view name, std::int64_t by) {
    // Not one statement with RETURNING: SQLite keeps a journal and a table of its own for each of those.
    if (connection.prepare("UPDATE counter SET value = value + $1 WHERE name = $2").bind(by, name).run() ==
        0) {
        connection.prepare("INSERT INTO counter (name, value) VALUES ($1, $2)").bind(name, by).run();
    }
    Statement statement = connection.prepare("SELECT value FROM counter WHERE name = $1");
    if (!statement.bind(name).step()) throw SqlFailure(1, "a counter gave no number");
    return statement.integer(0);
}

Result<void> checkUpdate(Connection& connection, const EntitySql& sql, const TableShape& shape,
                         std::int64_t id, std::int64_t rev, const std::string& ref) {
    Statement statement = connection.prepare(sql.selectHead);
    statement.bind(id);
    if (!statement.step()) return notFound(std::string(shape.subject) + " " + ref);
    if (statement.text(1) != ref) {
        return internal("The reference of a stored " + std::string(shape.subject) + " cannot change.");
    }
    if (statement.integer(0) != rev) {
        return Error{.kind = ErrorKind::Stale,
                     .type = "stale-revision",
                     .message = ref + " was changed by somebody else in the meantime: it is at revision " +
                                std::to_string(statement.integer(0)) + ", this change was made on revision " +
                                std::to_string(rev) + ".",
                     .field = "rev",
                     .rule = "revision",
                     .fix = "Load it again, look at what changed, and repeat your change."};
    }
    return {};
}

void insertRow(Connection& connection, const EntitySql& sql, const EntityRow& row) {
    Statement statement = connection.prepare(sql.insert);
    statement.bind(row.id, std::string_view(row.ref));
    bindRow(statement, row.columns);
    statement.bind(row.rev, std::string_view(row.record)).run();
}

void updateRow(Connection& connection, const EntitySql& sql, const EntityRow& row) {
    Statement statement = connection.prepare(sql.update);
    bindRow(statement, row.columns);
    statement.bind(row.rev, std::string_view(row.record)).bind(row.id).run();
}

void writeSides(Connection& connection, const EntitySql& sql, const EntityRow& row,
                const std::optional<std::vector<SideRows>>& before) {
    for (std::size_t index = 0; index < row.sides.size(); ++index) {
        const SideRows& rows = row.sides[index];
        const std::size_t kept = before ? commonBeginning((*before)[index], rows) : 0;
        const bool onlyAdded = before && kept == (*before)[index].size();
        if (!onlyAdded) connection.prepare(sql.sides[index].remove).bind(row.id).run();
        insertSides(connection, sql.sides[index], row.id, std::span(rows).subspan(onlyAdded ? kept : 0));
    }
}

}  // namespace tickmark::storage

#include "storage/EntitySql.h"

#include <algorithm>

namespace tickmark::storage {
namespace {

std::string parameters(std::size_t count) {
    std::string text;
    for (std::size_t number = 1; number <= count; ++number) {
        if (number > 1) text += ", ";
        text += '$' + std::to_string(number);
    }
    return text;
}

// "a, b" becomes "a = $1, b = $2".
std::string assignments(std::string_view columns) {
    std::string text;
    std::size_t number = 1;
    while (!columns.empty()) {
        const auto comma = columns.find(", ");
        if (number > 1) text += ", ";
        text += std::string(columns.substr(0, comma)) + " = $" + std::to_string(number++);
        columns = comma == std::string_view::npos ? std::string_view() : columns.substr(comma + 2);
    }
    return text;
}

SideSql sideSql(const SideTable& side) {
    const std::string table(side.name);
    const std::string owner(side.columns.substr(0, side.columns.find(',')));
    const std::string rest(side.columns.substr(side.columns.find(',') + 2));
    return {.remove = "DELETE FROM " + table + " WHERE " + owner + " = $1",
            .insert = "INSERT INTO " + table + " (" + std::string(side.columns) + ") VALUES (" +
                      parameters(columnCount(side.columns)) + ")",
            .select = "SELECT " + rest + " FROM " + table + " WHERE " + owner + " = $1 ORDER BY " +
                      std::string(side.order)};
}

}  // namespace

std::size_t columnCount(std::string_view columns) {
    return static_cast<std::size_t>(std::count(columns.begin(), columns.end(), ',')) + 1;
}

EntitySql::EntitySql(const TableShape& shape) {
    const std::string table(shape.table);
    const std::string columns(shape.columns);
    const std::size_t count = columnCount(columns);
    nextId = "SELECT coalesce(max(id), 0) + 1 FROM " + table;
    insert = "INSERT INTO " + table + " (id, ref, " + columns + ", rev, record) VALUES (" +
             parameters(count + 4) + ")";
    update = "UPDATE " + table + " SET " + assignments(columns + ", rev, record") + " WHERE id = $" +
             std::to_string(count + 3);
    selectHead = "SELECT rev, ref FROM " + table + " WHERE id = $1";
    selectById = "SELECT record FROM " + table + " WHERE id = $1";
    selectByRef = "SELECT record FROM " + table + " WHERE ref = $1";
    scan = "SELECT id, ref, rev, record, " + columns + " FROM " + table + " ORDER BY id";
    for (const SideTable& side : shape.sides) sides.push_back(sideSql(side));
}

}  // namespace tickmark::storage

#include "tickmark/storage/SavedFilters.h"

#include "storage/Connection.h"
#include "storage/SqlFailure.h"

namespace tickmark::storage {
namespace {

constexpr std::string_view columns =
    "SELECT s.id, s.party, p.name, s.list, s.name, s.query, s.shared, s.standard FROM saved_filter s "
    "JOIN party p ON p.id = s.party ";

SavedFilterRow readRow(const Statement& from) {
    SavedFilterRow row;
    row.id = from.integer(0);
    row.party = domain::PartyId{from.integer(1)};
    row.partyName = from.text(2);
    row.list = from.text(3);
    row.name = from.text(4);
    row.query = from.text(5);
    row.shared = from.integer(6) != 0;
    row.standard = from.integer(7) != 0;
    return row;
}

bool isTaken(Connection& connection, const SavedFilterRow& row) {
    Statement statement = connection.prepare(
        "SELECT 1 FROM saved_filter WHERE party = $1 AND list = $2 AND name = $3 AND id <> $4");
    return statement.bind(row.party.value, std::string_view(row.list), std::string_view(row.name), row.id)
        .step();
}

}  // namespace

Result<void> saveFilter(WriteSession& session, SavedFilterRow& row) {
    return guarded([&]() -> Result<void> {
        Connection& connection = session.connection();
        if (isTaken(connection, row)) {
            return Error{ErrorKind::Conflict,
                         "filter-name",
                         "You have a filter \"" + row.name + "\" for this list already.",
                         "name",
                         {},
                         "Choose another name, or remove that one first."};
        }
        if (row.standard) {
            connection.prepare("UPDATE saved_filter SET standard = 0 WHERE party = $1 AND list = $2")
                .bind(row.party.value, std::string_view(row.list))
                .run();
        }
        if (row.id == 0) {
            row.id = connection.integer("SELECT coalesce(max(id), 0) + 1 FROM saved_filter");
        }
        connection
            .prepare(
                "INSERT INTO saved_filter (id, party, list, name, query, shared, standard) VALUES ($1, $2, "
                "$3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET name = excluded.name, query = "
                "excluded.query, shared = excluded.shared, standard = excluded.standard")
            .bind(row.id, row.party.value, std::string_view(row.list), std::string_view(row.name),
                  std::string_view(row.query), std::int64_t{row.shared ? 1 : 0},
                  std::int64_t{row.standard ? 1 : 0})
            .run();
        return {};
    });
}

Result<void> removeFilter(WriteSession& session, std::int64_t id) {
    return guarded([&]() -> Result<void> {
        session.connection().prepare("DELETE FROM saved_filter WHERE id = $1").bind(id).run();
        return {};
    });
}

Result<SavedFilterRow> findFilter(ReadSession& session, std::int64_t id) {
    return guarded([&]() -> Result<SavedFilterRow> {
        const std::string sql = std::string(columns) + "WHERE s.id = $1";
        Statement statement = session.connection().prepare(sql);
        if (!statement.bind(id).step()) return notFound("saved filter");
        return readRow(statement);
    });
}

Result<std::vector<SavedFilterRow>> filtersOf(ReadSession& session, domain::PartyId party,
                                              const std::string& list, bool withShared) {
    return guarded([&]() -> Result<std::vector<SavedFilterRow>> {
        const std::string sql =
            std::string(columns) +
            "WHERE s.list = $1 AND (s.party = $2 OR s.shared = $3) ORDER BY s.party <> $2, s.name, s.id";
        Statement statement = session.connection().prepare(sql);
        // Nothing is shared with the value 2.
        statement.bind(std::string_view(list), party.value, std::int64_t{withShared ? 1 : 2});
        std::vector<SavedFilterRow> rows;
        while (statement.step()) rows.push_back(readRow(statement));
        return rows;
    });
}

}  // namespace tickmark::storage

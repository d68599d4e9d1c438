// The full text against what it was made of: a search that passes over a finding is a silent loss.
#include <sqlite3.h>

#include <array>
#include <memory>
#include <utility>

#include "storage/Connection.h"
#include "storage/SqlFailure.h"
#include "tickmark/storage/Maintenance.h"

namespace tickmark::storage {
namespace {

/// One statement that reads rows and one that stores them elsewhere, column by column.
using Transfer = std::pair<std::string_view, std::string_view>;

struct FullText {
    std::string_view name;
    std::string_view make;
    std::array<Transfer, 5> transfers;
};

// sqlite: an index keeps its words in four tables of its own (FTS5 section 4.4 and "internals").
constexpr std::string_view storeData =
    "INSERT OR REPLACE INTO words_data (id, block) VALUES ($1, $2)";  // sqlite:
constexpr std::string_view storeIdx =
    "INSERT OR REPLACE INTO words_idx (segid, term, pgno) VALUES ($1, $2, $3)";  // sqlite:
constexpr std::string_view storeSize =
    "INSERT OR REPLACE INTO words_docsize (id, sz) VALUES ($1, $2)";  // sqlite:
constexpr std::string_view storeConfig =
    "INSERT OR REPLACE INTO words_config (k, v) VALUES ($1, $2)";  // sqlite:

constexpr FullText findingTexts{
    "findings",
    "CREATE TABLE texts (id INTEGER PRIMARY KEY, ref, title, requirement, objective_evidence, "
    "nature, risk, "
    "process, service); "
    "CREATE VIRTUAL TABLE words USING fts5 (ref, title, requirement, objective_evidence, "
    "nature, risk, process, "
    "service, content = 'texts', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics "
    "2');",  // sqlite:
    {{{"SELECT id, block FROM finding_search_data", storeData},
      {"SELECT segid, term, pgno FROM finding_search_idx", storeIdx},
      {"SELECT id, sz FROM finding_search_docsize", storeSize},
      {"SELECT k, v FROM finding_search_config", storeConfig},
      // As the view finding_text has it; views may not use ->> where the schema is not trusted.
      {"SELECT id, ref, title, record ->> 'requirement', record ->> 'objective_evidence', "
       "record ->> 'nature', "
       "record ->> 'risk', record ->> 'process', record ->> 'service' FROM finding",
       "INSERT INTO texts VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"}}}};

constexpr FullText allTexts{
    "everything",
    "CREATE TABLE texts (id INTEGER PRIMARY KEY, kind, ref, title, body); "
    "CREATE VIRTUAL TABLE words USING fts5 (kind, ref, title, body, content = 'texts', content_rowid = 'id', "
    "tokenize = 'unicode61 remove_diacritics 2');",  // sqlite:
    {{{"SELECT id, block FROM search_index_data", storeData},
      {"SELECT segid, term, pgno FROM search_index_idx", storeIdx},
      {"SELECT id, sz FROM search_index_docsize", storeSize},
      {"SELECT k, v FROM search_index_config", storeConfig},
      {"SELECT id, kind, ref, title, body FROM search_text",
       "INSERT INTO texts VALUES ($1, $2, $3, $4, $5)"}}}};

struct Finalise {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using Prepared = std::unique_ptr<sqlite3_stmt, Finalise>;

Prepared prepared(Connection& connection, std::string_view sql) {
    sqlite3_stmt* made = nullptr;
    const int code =
        sqlite3_prepare_v2(connection.handle(), sql.data(), static_cast<int>(sql.size()), &made, nullptr);
    if (code != SQLITE_OK) throwSqlFailure(connection.handle(), code);
    return Prepared(made);
}

void transfer(Connection& from, Connection& to, const Transfer& sql) {
    const Prepared read = prepared(from, sql.first);
    const Prepared store = prepared(to, sql.second);
    int code = SQLITE_OK;
    while ((code = sqlite3_step(read.get())) == SQLITE_ROW) {
        for (int column = 0; column < sqlite3_column_count(read.get()); ++column)
            sqlite3_bind_value(store.get(), column + 1, sqlite3_column_value(read.get(), column));
        if (const int stored = sqlite3_step(store.get()); stored != SQLITE_DONE)
            throwSqlFailure(to.handle(), stored);
        sqlite3_reset(store.get());
    }
    if (code != SQLITE_DONE) throwSqlFailure(from.handle(), code);
}

// SQLite's own check of a full text writes, so it runs on a copy: an unnamed database, kept on the disk when
// it is large and gone when it is closed.
void prove(Connection& connection, const FullText& index) {
    Connection copy({}, ConnectionUse::Copy, 0);
    copy.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;");  // sqlite:
    copy.execute(std::string(index.make));
    copy.execute("BEGIN");
    for (const Transfer& one : index.transfers) transfer(connection, copy, one);
    copy.execute("COMMIT");
    copy.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)");  // sqlite:
}

}  // namespace

Result<std::vector<CatalogProblem>> checkSearch(Database& database) {
    return database.read([](ReadSession& session) -> Result<std::vector<CatalogProblem>> {
        std::vector<CatalogProblem> problems;
        for (const FullText* index : {&findingTexts, &allTexts}) {
            const auto done = guarded([&]() -> Result<void> {
                prove(session.connection(), *index);
                return {};
            });
            if (done) continue;
            if (done.error().kind == ErrorKind::Environment) return done.error();
            problems.push_back({.code = "search-index",
                                .subject = "search in " + std::string(index->name),
                                .message = "The full text is not that of the texts it was made of."});
        }
        return problems;
    });
}

}  // namespace tickmark::storage

#include "tickmark/storage/Maintenance.h"

#include <map>
#include <utility>

#include "storage/CatalogChecks.h"
#include "storage/Copy.h"
#include "storage/Migration.h"
#include "storage/SqlFailure.h"

namespace tickmark::storage {
namespace {

constexpr std::size_t problemsKept = 10'000;
constexpr std::uint64_t progressEvery = 1'000;

constexpr std::string_view countAll =
    "SELECT (SELECT count(*) FROM event) + (SELECT count(*) FROM party) + (SELECT count(*) FROM catalog) + "
    "(SELECT count(*) FROM audit) + (SELECT count(*) FROM finding) + (SELECT count(*) FROM action) + "
    "(SELECT count(*) FROM evidence) + (SELECT count(*) FROM evidence_version) + "
    "(SELECT count(*) FROM evidence_request) + (SELECT count(*) FROM bundle) + "
    "(SELECT count(*) FROM kpi) + (SELECT count(*) FROM kpi_series)";

// Rows of the counters that the findings do not give, either way round.
constexpr std::string_view wrongTallies =
    "SELECT count(*) FROM (SELECT audit, class, state, open, count FROM finding_tally WHERE count <> 0 "
    "EXCEPT "
    "SELECT audit, class, state, open, count(*) FROM finding GROUP BY audit, class, state) "
    "UNION ALL SELECT count(*) FROM (SELECT audit, class, state, open, count(*) FROM finding "
    "GROUP BY audit, class, state EXCEPT SELECT audit, class, state, open, count FROM finding_tally)";

// The same for each owner's.
constexpr std::string_view wrongOwnerTallies =
    "SELECT count(*) FROM (SELECT owner, audit, class, state, open, count FROM finding_owner_tally WHERE "
    "count <> 0 "
    "EXCEPT SELECT owner, audit, class, state, open, count(*) FROM finding WHERE owner IS NOT NULL "
    "GROUP BY owner, audit, class, state, open) "
    "UNION ALL SELECT count(*) FROM (SELECT owner, audit, class, state, open, count(*) FROM finding "
    "WHERE owner IS NOT NULL GROUP BY owner, audit, class, state, open EXCEPT "
    "SELECT owner, audit, class, state, open, count FROM finding_owner_tally)";

// The same for the counters of the trend review.
constexpr std::string_view wrongTrends =
    "WITH counted AS (SELECT x.facet, x.value, f.audit, f.class, count(*) AS count FROM "
    "(SELECT finding, facet, value FROM finding_facet UNION ALL "
    "SELECT finding, 'clause', clause FROM finding_clause) x JOIN finding f ON f.id = x.finding "
    "WHERE f.state NOT IN ('draft', 'discarded', 'withdrawn') AND f.class <> 'conformity' "
    "GROUP BY x.facet, x.value, f.audit, f.class), "
    "kept AS (SELECT facet, value, audit, class, count FROM trend_tally WHERE count <> 0) "
    "SELECT count(*) FROM (SELECT * FROM kept EXCEPT SELECT * FROM counted) "
    "UNION ALL SELECT count(*) FROM (SELECT * FROM counted EXCEPT SELECT * FROM kept)";

// What each table, index, view and trigger is, by its kind and name.
std::map<std::string, std::string> schemaOf(Connection& connection) {
    std::map<std::string, std::string> schema;
    Statement row = connection.prepare(
        "SELECT type || ' ' || name, tbl_name, coalesce(sql, '') FROM sqlite_schema");  // sqlite:
    while (row.step())
        schema.emplace(row.text(0), std::string(row.text(1)) + '\n' + std::string(row.text(2)));
    return schema;
}

// A trigger that is gone keeps no event any more, and one that was added changes what is stored.
void checkSchema(Connection& connection, CheckRun& run) {
    Connection fresh(":memory:", ConnectionUse::Copy, 0);
    makeSchema(fresh);
    std::map<std::string, std::string> expected = schemaOf(fresh);
    for (const auto& [name, text] : schemaOf(connection)) {
        const auto known = expected.find(name);
        if (known == expected.end()) {
            run.problem("schema", name, "No Tickmark of this version made this part of the database.");
        } else if (known->second != text) {
            run.problem("schema", name, "This part of the database is not as Tickmark made it.");
        }
        if (known != expected.end()) expected.erase(known);
    }
    for (const auto& [name, text] : expected)
        run.problem("schema", name, "This part of the database is gone.");
}

// A page that cannot be read ends a part of the check; it is a finding of the check and no failure of it.
template <class Work>
Result<void> checkPart(CheckRun& run, Work&& work) {
    auto done = guarded([&]() -> Result<void> {
        work();
        return {};
    });
    if (done || done.error().kind == ErrorKind::Environment) return done;
    run.problem("database-damaged", "tickmark.db", done.error().message);
    return {};
}

}  // namespace

void CheckRun::problem(std::string code, std::string subject, std::string message) {
    if (m_report.problems.size() >= problemsKept) return;
    m_report.problems.push_back(
        {.code = std::move(code), .subject = std::move(subject), .message = std::move(message)});
}

void CheckRun::rowDone() {
    ++m_report.rows;
    tick();
}

void CheckRun::eventDone() {
    ++m_report.events;
    tick();
}

void CheckRun::tick() {
    ++m_done;
    if (m_progress && (m_done % progressEvery == 0 || m_done == m_all)) m_progress(m_done, m_all);
}

void checkDerived(Connection& connection, CheckRun& run) {
    const auto differs = [&](std::string_view sql) {
        Statement rows = connection.prepare(sql);
        bool found = false;
        while (rows.step()) found = found || rows.integer(0) != 0;
        return found;
    };
    if (differs(wrongTallies))
        run.problem("tally", "dashboard", "The counters of the dashboard are not those of the findings.");
    if (differs(wrongOwnerTallies))
        run.problem("tally", "owners", "The counters of the owners are not those of the findings.");
    if (differs(wrongTrends))
        run.problem("tally", "trends", "The counters of the trend review are not those of the findings.");
    // sqlite: the full text keeps one row of sizes for each finding it knows.
    if (connection.integer("SELECT count(*) FROM finding_search_docsize") !=
        connection.integer("SELECT count(*) FROM finding")) {
        run.problem("search-index", "search", "The full-text index does not know every finding.");
    }
    Statement references = connection.prepare("PRAGMA foreign_key_check");  // sqlite:
    while (references.step()) {
        run.problem("foreign-key",
                    std::string(references.text(0)) + " " + std::to_string(references.integer(1)),
                    "A row refers to something that is not there.");
    }
    Statement structure = connection.prepare("PRAGMA integrity_check(20)");  // sqlite:
    while (structure.step()) {
        if (structure.text(0) == "ok") continue;
        run.problem("database-damaged", "tickmark.db", std::string(structure.text(0)));
    }
}

Result<CatalogCheck> checkCatalog(Database& database, const ledger::VerifierKey& key,
                                  const CheckProgress& progress) {
    return database.read([&](ReadSession& session) -> Result<CatalogCheck> {
        Connection& connection = session.connection();
        CatalogCheck report;
        CheckRun run(report, progress, static_cast<std::uint64_t>(connection.integer(countAll)));
        TM_CHECK(checkPart(run, [&] { checkEntities(connection, run); }));
        TM_CHECK(checkPart(run, [&] { checkLedger(connection, key, run); }));
        TM_CHECK(checkPart(run, [&] { checkDerived(connection, run); }));
        TM_CHECK(checkPart(run, [&] { checkSchema(connection, run); }));
        return report;
    });
}

Result<std::vector<std::string>> bundleFilesIn(const std::filesystem::path& copy) {
    return guarded([&]() -> Result<std::vector<std::string>> {
        Connection connection(copy, ConnectionUse::Copy, 0);
        Statement row = connection.prepare("SELECT record ->> 'file_name' FROM bundle ORDER BY id");
        std::vector<std::string> names;
        while (row.step()) {
            if (!row.isNull(0) && !row.text(0).empty()) names.emplace_back(row.text(0));
        }
        return names;
    });
}

Result<LedgerHead> backupDatabase(Database& database, const std::filesystem::path& target) {
    return database.read([&](ReadSession& session) -> Result<LedgerHead> {
        TM_TRY(LedgerHead head, ledgerHead(session));
        TM_CHECK(copyDatabase(session.connection(), target));
        return head;
    });
}

}  // namespace tickmark::storage

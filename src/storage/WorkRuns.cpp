#include <algorithm>

#include "storage/Connection.h"
#include "storage/SqlFailure.h"
#include "tickmark/storage/Upkeep.h"

namespace tickmark::storage {
namespace {

constexpr std::string_view runColumns =
    "SELECT id, kind, subject, actor, began, ended, outcome, done, total, summary, facts FROM work_run ";

WorkRun runAt(const Statement& row) {
    WorkRun run;
    run.id = row.integer(0);
    run.kind = row.text(1);
    run.subject = row.text(2);
    run.actor = row.text(3);
    run.began = {row.integer(4)};
    if (!row.isNull(5)) run.ended = Timestamp{row.integer(5)};
    run.outcome = row.text(6);
    run.done = static_cast<std::uint64_t>(row.integer(7));
    run.total = static_cast<std::uint64_t>(row.integer(8));
    run.summary = row.text(9);
    run.facts = row.text(10);
    return run;
}

std::int64_t signedOf(std::uint64_t value) { return static_cast<std::int64_t>(value); }

}  // namespace

Result<void> addWorkRun(WriteSession& session, WorkRun& run) {
    return guarded([&]() -> Result<void> {
        run.id = session.connection().integer("SELECT coalesce(max(id), 0) + 1 FROM work_run");
        session.connection()
            .prepare(
                "INSERT INTO work_run (id, kind, subject, actor, began, outcome, done, total, summary, "
                "facts) "
                "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
            .bind(run.id, std::string_view(run.kind), std::string_view(run.subject),
                  std::string_view(run.actor), run.began.micros, std::string_view(run.outcome),
                  signedOf(run.done), signedOf(run.total), std::string_view(run.summary),
                  std::string_view(run.facts))
            .run();
        return {};
    });
}

Result<void> endWorkRun(WriteSession& session, const WorkRun& run, const std::vector<WorkProblem>& problems) {
    return guarded([&]() -> Result<void> {
        const auto changed =
            session.connection()
                .prepare(
                    "UPDATE work_run SET ended = $1, outcome = $2, done = $3, total = $4, "
                    "summary = $5, facts = $6 WHERE id = $7")
                .bind(run.ended.value_or(run.began).micros, std::string_view(run.outcome), signedOf(run.done),
                      signedOf(run.total), std::string_view(run.summary), std::string_view(run.facts), run.id)
                .run();
        if (changed == 0) return notFound("run");
        std::int64_t position = 0;
        for (const WorkProblem& problem : problems) {
            session.connection()
                .prepare(
                    "INSERT INTO work_problem (run, position, code, subject, message) VALUES ($1, $2, $3, "
                    "$4, "
                    "$5)")
                .bind(run.id, position++, std::string_view(problem.code), std::string_view(problem.subject),
                      std::string_view(problem.message))
                .run();
        }
        return {};
    });
}

Result<void> interruptWorkRuns(WriteSession& session, const std::vector<std::int64_t>& alive, Timestamp at) {
    return guarded([&]() -> Result<void> {
        std::vector<std::int64_t> lost;
        {
            Statement statement = session.connection().prepare("SELECT id FROM work_run WHERE ended IS NULL");
            while (statement.step()) lost.push_back(statement.integer(0));
        }
        for (const std::int64_t id : lost) {
            if (std::find(alive.begin(), alive.end(), id) != alive.end()) continue;
            session.connection()
                .prepare("UPDATE work_run SET ended = $1, outcome = 'interrupted' WHERE id = $2")
                .bind(at.micros, id)
                .run();
        }
        return {};
    });
}

Result<std::vector<WorkRun>> workRuns(ReadSession& session, const std::string& kind, std::size_t limit) {
    return guarded([&]() -> Result<std::vector<WorkRun>> {
        const std::string sql = std::string(runColumns) +
                                (kind.empty() ? "WHERE $1 = ''" : "WHERE kind = $1") +
                                " ORDER BY id DESC LIMIT $2";
        Statement statement = session.connection().prepare(sql);
        statement.bind(std::string_view(kind), static_cast<std::int64_t>(limit));
        std::vector<WorkRun> runs;
        while (statement.step()) runs.push_back(runAt(statement));
        return runs;
    });
}

Result<WorkRun> findWorkRun(ReadSession& session, std::int64_t id) {
    return guarded([&]() -> Result<WorkRun> {
        const std::string sql = std::string(runColumns) + "WHERE id = $1";
        Statement statement = session.connection().prepare(sql);
        if (!statement.bind(id).step()) return notFound("run");
        return runAt(statement);
    });
}

Result<std::vector<WorkProblem>> workProblems(ReadSession& session, std::int64_t id) {
    return guarded([&]() -> Result<std::vector<WorkProblem>> {
        Statement statement = session.connection().prepare(
            "SELECT code, subject, message FROM work_problem WHERE run = $1 ORDER BY position");
        statement.bind(id);
        std::vector<WorkProblem> problems;
        while (statement.step()) {
            problems.push_back({std::string(statement.text(0)), std::string(statement.text(1)),
                                std::string(statement.text(2))});
        }
        return problems;
    });
}

}  // namespace tickmark::storage

#include "tickmark/storage/Ideas.h"

#include <utility>

#include "storage/Connection.h"
#include "storage/SqlFailure.h"

namespace tickmark::storage {
namespace {

std::string refOf(std::int64_t number) {
    constexpr std::size_t digits = 4;
    std::string text = std::to_string(number);
    if (text.size() < digits) text.insert(0, digits - text.size(), '0');
    return "OI-" + text;
}

IdeaRow ideaAt(const Statement& row) {
    IdeaRow idea;
    idea.ref = row.text(0);
    idea.process = row.text(1);
    idea.title = row.text(2);
    idea.description = row.text(3);
    idea.kpi = row.text(4);
    idea.unit = row.text(5);
    idea.direction = row.text(6);
    idea.rule = row.text(7);
    idea.by = domain::PartyId{row.integer(8)};
    idea.added = Timestamp{row.integer(9)};
    return idea;
}

}  // namespace

Result<LedgerPosition> addIdea(WriteSession& session, IdeaRow& row, ledger::Event event) {
    return guarded([&]() -> Result<LedgerPosition> {
        // Rows are never deleted, so this number is given once.
        const std::int64_t id = session.connection().integer("SELECT coalesce(max(id), 0) + 1 FROM idea");
        const std::string ref = refOf(id);
        session.connection()
            .prepare(
                "INSERT INTO idea (id, ref, process, title, description, kpi, unit, direction, rule, party, "
                "added) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
            .bind(id, std::string_view(ref), std::string_view(row.process), std::string_view(row.title),
                  std::string_view(row.description), std::string_view(row.kpi), std::string_view(row.unit),
                  std::string_view(row.direction), std::string_view(row.rule), row.by.value, row.added.micros)
            .run();
        event.ref = ref;
        TM_TRY(const LedgerPosition position, append(session, event));
        row.ref = ref;
        return position;
    });
}

Result<LedgerPosition> withdrawIdea(WriteSession& session, std::string_view ref, Timestamp at,
                                    const ledger::Event& event) {
    return guarded([&]() -> Result<LedgerPosition> {
        const auto changed =
            session.connection()
                .prepare("UPDATE idea SET withdrawn = $1 WHERE ref = $2 AND withdrawn IS NULL")
                .bind(at.micros, ref)
                .run();
        if (changed == 0) return notFound("idea " + std::string(ref));
        return append(session, event);
    });
}

Result<std::vector<IdeaRow>> listIdeas(ReadSession& session) {
    return guarded([&]() -> Result<std::vector<IdeaRow>> {
        Statement statement = session.connection().prepare(
            "SELECT ref, process, title, description, kpi, unit, direction, rule, party, added FROM idea "
            "WHERE withdrawn IS NULL ORDER BY id");
        std::vector<IdeaRow> rows;
        while (statement.step()) rows.push_back(ideaAt(statement));
        return rows;
    });
}

}  // namespace tickmark::storage

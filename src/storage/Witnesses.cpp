#include "tickmark/storage/Witnesses.h"

#include "storage/Connection.h"
#include "storage/SqlFailure.h"

namespace tickmark::storage {
namespace {

WitnessRow witnessAt(const Statement& row) {
    WitnessRow witness{.id = row.integer(0),
                       .name = std::string(row.text(1)),
                       .verifierKey = std::string(row.text(2)),
                       .added = {row.integer(3)}};
    if (row.isNull(4)) return witness;
    witness.size = static_cast<std::uint64_t>(row.integer(4));
    witness.note = std::string(row.text(5));
    witness.at = {row.integer(6)};
    return witness;
}

}  // namespace

Result<LedgerPosition> addWitness(WriteSession& session, const WitnessRow& row, const ledger::Event& event) {
    return guarded([&]() -> Result<LedgerPosition> {
        session.connection()
            .prepare("INSERT INTO witness (name, verifier_key, added) VALUES ($1, $2, $3)")
            .bind(std::string_view(row.name), std::string_view(row.verifierKey), row.added.micros)
            .run();
        return append(session, event);
    });
}

Result<LedgerPosition> removeWitness(WriteSession& session, std::string_view name, Timestamp at,
                                     const ledger::Event& event) {
    return guarded([&]() -> Result<LedgerPosition> {
        const auto changed =
            session.connection()
                .prepare("UPDATE witness SET removed = $1 WHERE name = $2 AND removed IS NULL")
                .bind(at.micros, name)
                .run();
        if (changed == 0) return notFound("witness " + std::string(name));
        return append(session, event);
    });
}

Result<std::vector<WitnessRow>> listWitnesses(ReadSession& session) {
    return guarded([&]() -> Result<std::vector<WitnessRow>> {
        Statement statement = session.connection().prepare(
            "SELECT w.id, w.name, w.verifier_key, w.added, c.size, c.note, c.at FROM witness w LEFT JOIN "
            "cosigned c ON c.witness = w.id AND c.size = (SELECT max(size) FROM cosigned WHERE witness = "
            "w.id) WHERE w.removed IS NULL ORDER BY w.name");
        std::vector<WitnessRow> rows;
        while (statement.step()) rows.push_back(witnessAt(statement));
        return rows;
    });
}

Result<WitnessRow> findWitness(ReadSession& session, std::string_view name) {
    TM_TRY(auto rows, listWitnesses(session));
    for (WitnessRow& row : rows) {
        if (row.name == name) return std::move(row);
    }
    return notFound("witness " + std::string(name));
}

Result<LedgerPosition> saveCosigned(WriteSession& session, std::int64_t witness, std::uint64_t size,
                                    const std::string& note, Timestamp at, const ledger::Event& event) {
    return guarded([&]() -> Result<LedgerPosition> {
        session.connection()
            .prepare(
                "INSERT INTO cosigned (witness, size, note, at) VALUES ($1, $2, $3, $4) ON CONFLICT "
                "(witness, size) DO UPDATE SET note = excluded.note, at = excluded.at WHERE excluded.at > "
                "cosigned.at")
            .bind(witness, static_cast<std::int64_t>(size), std::string_view(note), at.micros)
            .run();
        return append(session, event);
    });
}

Result<std::vector<CosignedRow>> cosignedHeads(ReadSession& session) {
    return guarded([&]() -> Result<std::vector<CosignedRow>> {
        Statement statement = session.connection().prepare(
            "SELECT w.name, w.verifier_key, c.size, c.note, c.at FROM cosigned c JOIN witness w ON w.id = "
            "c.witness ORDER BY w.name, c.size");
        std::vector<CosignedRow> rows;
        while (statement.step()) {
            rows.push_back({std::string(statement.text(0)), std::string(statement.text(1)),
                            static_cast<std::uint64_t>(statement.integer(2)), std::string(statement.text(3)),
                            Timestamp{statement.integer(4)}});
        }
        return rows;
    });
}

}  // namespace tickmark::storage

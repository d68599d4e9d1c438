// When each object of the archive was last proved, beside what the catalog expects there.
#include <array>

#include "storage/Query.h"
#include "storage/SqlFailure.h"
#include "storage/Values.h"
#include "tickmark/storage/Upkeep.h"

namespace tickmark::storage {
namespace {

struct ChoiceWord {
    ObjectChoice choice = ObjectChoice::All;
    std::string_view word{};
};
constexpr std::array<ChoiceWord, 6> choiceWords{{{ObjectChoice::All, "all"},
                                                 {ObjectChoice::Recent, "recent"},
                                                 {ObjectChoice::Older, "older"},
                                                 {ObjectChoice::Never, "never"},
                                                 {ObjectChoice::Bad, "bad"},
                                                 {ObjectChoice::Quarantined, "quarantined"}}};

void choose(Query& query, ObjectChoice choice, Timestamp since) {
    query.where("v.state <> 'withdrawn'");
    switch (choice) {
        case ObjectChoice::All:
            return;
        case ObjectChoice::Recent:
            query.where("p.outcome = 'intact' AND p.proved >= ?", {Value(since.micros)});
            return;
        case ObjectChoice::Older:
            query.where("p.outcome = 'intact' AND p.proved < ?", {Value(since.micros)});
            return;
        case ObjectChoice::Never:
            query.where("p.digest IS NULL");
            return;
        case ObjectChoice::Bad:
            query.where("p.outcome IN ('damaged', 'missing')");
            return;
        case ObjectChoice::Quarantined:
            query.where("v.state = 'quarantined'");
            return;
    }
}

constexpr std::string_view from = " FROM evidence_version v LEFT JOIN object_proof p ON p.digest = v.digest";
constexpr std::string_view columns =
    "SELECT v.digest, max(v.size), min(v.ref), count(*), sum(CASE WHEN v.state = 'quarantined' THEN 1 ELSE 0 "
    "END), max(p.outcome), max(p.proved), max(p.tried)";

Result<ObjectRow> rowAt(const Statement& statement) {
    ObjectRow row;
    TM_TRY(row.digest, Digest::parse(statement.text(0)));
    row.size = static_cast<std::uint64_t>(statement.integer(1));
    row.version = statement.text(2);
    row.versions = statement.integer(3);
    row.quarantined = statement.integer(4);
    if (!statement.isNull(5)) row.outcome = statement.text(5);
    if (!statement.isNull(6)) row.proved = Timestamp{statement.integer(6)};
    if (!statement.isNull(7)) row.tried = Timestamp{statement.integer(7)};
    return row;
}

}  // namespace

std::string_view toText(ObjectChoice choice) noexcept {
    for (const ChoiceWord& known : choiceWords) {
        if (known.choice == choice) return known.word;
    }
    return "all";
}

std::optional<ObjectChoice> objectChoiceFrom(std::string_view text) noexcept {
    for (const ChoiceWord& known : choiceWords) {
        if (known.word == text) return known.choice;
    }
    return std::nullopt;
}

Result<void> saveObjectProofs(WriteSession& session, const std::vector<ObjectProof>& proofs) {
    return guarded([&]() -> Result<void> {
        for (const ObjectProof& proof : proofs) {
            const std::string digest = proof.digest.hex();
            const bool intact = proof.outcome == "intact";
            Statement statement = session.connection().prepare(
                "INSERT INTO object_proof (digest, outcome, tried, proved) VALUES ($1, $2, $3, $4) ON "
                "CONFLICT "
                "(digest) DO UPDATE SET outcome = excluded.outcome, tried = excluded.tried, proved = "
                "coalesce(excluded.proved, object_proof.proved)");
            statement.bind(std::string_view(digest), std::string_view(proof.outcome), proof.tried.micros);
            if (intact)
                statement.bind(proof.tried.micros);
            else
                statement.bindNull();
            statement.run();
        }
        return {};
    });
}

Result<std::optional<Timestamp>> lastProved(ReadSession& session, const Digest& digest) {
    return guarded([&]() -> Result<std::optional<Timestamp>> {
        const std::string hex = digest.hex();
        Statement statement =
            session.connection().prepare("SELECT proved FROM object_proof WHERE digest = $1");
        statement.bind(std::string_view(hex));
        if (!statement.step() || statement.isNull(0)) return std::optional<Timestamp>{};
        return std::optional<Timestamp>(Timestamp{statement.integer(0)});
    });
}

Result<Page<ObjectRow>> listObjects(ReadSession& session, ObjectChoice choice, Timestamp since,
                                    const PageRequest& page) {
    return guarded([&]() -> Result<Page<ObjectRow>> {
        TM_TRY(const Cursor cursor, openPage(page, true));
        Query query(std::string(columns) + std::string(from));
        choose(query, choice, since);
        query.where("v.digest > ?", {Value(cursor.key)});
        query.text(" GROUP BY v.digest ORDER BY v.digest LIMIT " + std::to_string(page.limit + 1));
        Statement statement = query.prepare(session.connection());
        Page<ObjectRow> answer;
        while (statement.step()) {
            TM_TRY(ObjectRow row, rowAt(statement));
            answer.rows.push_back(std::move(row));
        }
        if (answer.rows.size() > page.limit) {
            answer.rows.resize(page.limit);
            answer.next = cursorOf(answer.rows.back().digest.hex(), 0);
        }
        return answer;
    });
}

Result<std::int64_t> countObjects(ReadSession& session, ObjectChoice choice, Timestamp since) {
    return guarded([&]() -> Result<std::int64_t> {
        Query query("SELECT count(DISTINCT v.digest)" + std::string(from));
        choose(query, choice, since);
        Statement statement = query.prepare(session.connection());
        return statement.step() ? statement.integer(0) : 0;
    });
}

Result<std::vector<ObjectRow>> objectsToProve(ReadSession& session) {
    return guarded([&]() -> Result<std::vector<ObjectRow>> {
        const std::string sql =
            std::string(columns) + std::string(from) +
            " WHERE v.state <> 'withdrawn' GROUP BY v.digest ORDER BY coalesce(max(p.tried), 0), v.digest";
        Statement statement = session.connection().prepare(sql);
        std::vector<ObjectRow> rows;
        while (statement.step()) {
            TM_TRY(ObjectRow row, rowAt(statement));
            rows.push_back(std::move(row));
        }
        return rows;
    });
}

}  // namespace tickmark::storage

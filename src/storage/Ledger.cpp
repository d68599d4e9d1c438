#include "tickmark/storage/Ledger.h"

#include "storage/LedgerTables.h"
#include "storage/LedgerWriter.h"
#include "storage/Query.h"
#include "storage/SqlFailure.h"

namespace tickmark::storage {
namespace {

LedgerHead headAt(const Statement& row) {
    return {.size = static_cast<std::uint64_t>(row.integer(0)),
            .root = row.digest(1),
            .note = std::string(row.text(2)),
            .at = {row.integer(3)}};
}

EventRow eventAt(const Statement& row) {
    return {.position = static_cast<LedgerPosition>(row.integer(0)), .leaf = std::string(row.text(1))};
}

}  // namespace

ledger::NodeReader readNodesOf(Connection& connection) {
    return [&connection](ledger::NodeId node) -> Result<Digest> {
        return guarded([&]() -> Result<Digest> {
            Statement statement = connection.prepare(
                node.level == 0 ? "SELECT leaf_hash FROM event WHERE position = $1"
                                : "SELECT hash FROM tree_node WHERE idx = $1 AND level = $2");
            statement.bind(static_cast<std::int64_t>(node.index));
            if (node.level > 0) statement.bind(static_cast<std::int64_t>(node.level));
            if (!statement.step()) return notFound("such node of the ledger");
            return statement.digest(0);
        });
    };
}

Result<LedgerPosition> append(WriteSession& session, const ledger::Event& event) {
    auto appended = guarded([&]() -> Result<LedgerPosition> { return session.ledger().append(event); });
    if (!appended) session.ledger().poison(appended.error());
    return appended;
}

LedgerPosition nextPosition(const WriteSession& session) { return session.ledger().size(); }

Result<LedgerHead> ledgerHead(ReadSession& session) {
    return guarded([&]() -> Result<LedgerHead> {
        Statement statement = session.connection().prepare(
            "SELECT size, root, note, at FROM checkpoint ORDER BY size DESC LIMIT 1");
        if (!statement.step()) return LedgerHead{.root = ledger::emptyRoot()};
        return headAt(statement);
    });
}

Result<void> keepCheckpoint(WriteSession& session, const LedgerHead& head) {
    return guarded([&]() -> Result<void> {
        session.connection()
            .prepare(
                "INSERT INTO checkpoint (size, root, note, at, kept) VALUES ($1, $2, $3, $4, 1) "
                "ON CONFLICT (size) DO UPDATE SET kept = 1")
            .bind(static_cast<std::int64_t>(head.size), head.root, std::string_view(head.note),
                  head.at.micros)
            .run();
        return {};
    });
}

Result<std::vector<LedgerHead>> keptCheckpoints(ReadSession& session) {
    return guarded([&]() -> Result<std::vector<LedgerHead>> {
        Statement statement = session.connection().prepare(
            "SELECT size, root, note, at FROM checkpoint WHERE kept = 1 ORDER BY size");
        std::vector<LedgerHead> heads;
        while (statement.step()) heads.push_back(headAt(statement));
        return heads;
    });
}

Result<std::string> leafAt(ReadSession& session, LedgerPosition position) {
    return guarded([&]() -> Result<std::string> {
        Statement statement = session.connection().prepare("SELECT leaf FROM event WHERE position = $1");
        statement.bind(static_cast<std::int64_t>(position));
        if (!statement.step()) return notFound("event " + std::to_string(position));
        return std::string(statement.text(0));
    });
}

Result<std::optional<Timestamp>> firstEventAt(ReadSession& session) {
    return guarded([&]() -> Result<std::optional<Timestamp>> {
        Statement statement = session.connection().prepare("SELECT at FROM event ORDER BY position LIMIT 1");
        if (!statement.step()) return std::optional<Timestamp>();
        return std::optional(Timestamp{statement.integer(0)});
    });
}

Result<std::vector<EventRow>> eventsOf(ReadSession& session, std::string_view subject, std::string_view ref,
                                       std::size_t limit) {
    return guarded([&]() -> Result<std::vector<EventRow>> {
        Statement statement = session.connection().prepare(
            "SELECT position, leaf FROM event WHERE ref = $1 AND subject = $2 ORDER BY position LIMIT $3");
        statement.bind(ref, subject).bind(static_cast<std::int64_t>(limit));
        std::vector<EventRow> rows;
        while (statement.step()) rows.push_back(eventAt(statement));
        return rows;
    });
}

Result<EventRow> eventOf(ReadSession& session, std::string_view subject, std::string_view ref,
                         std::string_view kind) {
    return guarded([&]() -> Result<EventRow> {
        Statement statement = session.connection().prepare(
            "SELECT position, leaf FROM event WHERE ref = $1 AND subject = $2 AND kind = $3 ORDER BY "
            "position "
            "LIMIT 1");
        statement.bind(ref, subject, kind);
        if (!statement.step()) return notFound("event " + std::string(kind) + " of " + std::string(ref));
        return eventAt(statement);
    });
}

Result<Page<EventRow>> listEvents(ReadSession& session, const EventFilter& filter, const PageRequest& page) {
    return guarded([&]() -> Result<Page<EventRow>> {
        TM_TRY(const Cursor cursor, openPage(page, false));
        Query query("SELECT e.position, e.leaf FROM event e");
        if (filter.from) query.where("e.position >= ?", {Value(static_cast<std::int64_t>(*filter.from))});
        if (filter.to) query.where("e.position < ?", {Value(static_cast<std::int64_t>(*filter.to))});
        if (!filter.ref.empty()) query.where("e.ref = ?", {Value(filter.ref)});
        if (!filter.kind.empty()) query.where("e.kind = ?", {Value(filter.kind)});
        if (!filter.actor.empty()) query.where("e.actor = ?", {Value(filter.actor)});
        newestFirst(query, "e.position", cursor, page);
        Statement statement = query.prepare(session.connection());
        Page<EventRow> answer;
        while (statement.step()) {
            if (answer.rows.size() == page.limit) {
                answer.next = cursorOf(static_cast<std::int64_t>(answer.rows.back().position));
                break;
            }
            answer.rows.push_back(eventAt(statement));
        }
        return answer;
    });
}

ledger::NodeReader nodeReader(ReadSession& session) { return readNodesOf(session.connection()); }

}  // namespace tickmark::storage

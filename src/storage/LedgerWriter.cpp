#include "storage/LedgerWriter.h"

#include <utility>

#include "storage/LedgerTables.h"

namespace tickmark::storage {

LedgerWriter::LedgerWriter(Connection& connection, std::string origin, CheckpointSigner signer)
    : m_connection(connection), m_origin(std::move(origin)), m_signer(std::move(signer)) {}

Result<void> LedgerWriter::load() {
    m_search.comeBack(0);
    const auto size =
        static_cast<std::uint64_t>(m_connection.integer("SELECT coalesce(max(position) + 1, 0) FROM event"));
    TM_TRY(m_edge, ledger::Frontier::load(size, readNodesOf(m_connection)));
    Statement head = m_connection.prepare("SELECT size, root FROM checkpoint ORDER BY size DESC LIMIT 1");
    const bool any = head.step();
    const std::uint64_t headSize = any ? static_cast<std::uint64_t>(head.integer(0)) : 0;
    if (headSize != size || (any && head.digest(1) != m_edge.root())) {
        return Error{
            .kind = ErrorKind::Damaged,
            .type = "ledger-damaged",
            .message =
                "The ledger does not end where its newest signed checkpoint says, so nothing is written.",
            .fix = "Run tickmark check, keep the file, and restore the newest backup."};
    }
    m_signedSize = size;
    return {};
}

std::uint64_t LedgerWriter::append(const ledger::Event& event) {
    static constexpr std::string_view insertEvent =
        "INSERT INTO event (position, leaf, leaf_hash, at, kind, subject, ref, rev, actor) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    static constexpr std::string_view insertNode =
        "INSERT INTO tree_node (level, idx, hash) VALUES ($1, $2, $3)";
    const std::string leaf = event.leaf();
    const Digest hash = ledger::leafHash(leaf);
    const std::uint64_t position = m_edge.size();
    m_connection.prepare(insertEvent)
        .bind(static_cast<std::int64_t>(position), std::string_view(leaf), hash, event.at.micros,
              std::string_view(event.kind), std::string_view(event.subject), std::string_view(event.ref),
              event.rev, std::string_view(event.actor))
        .run();
    for (const auto& node : m_edge.append(hash)) {
        if (node.id.level == 0) continue;
        m_connection.prepare(insertNode)
            .bind(static_cast<std::int64_t>(node.id.level), static_cast<std::int64_t>(node.id.index),
                  node.hash)
            .run();
    }
    m_lastEvent = event.at;
    return position;
}

void LedgerWriter::storeHead() {
    if (m_edge.size() == m_signedSize) return;
    const ledger::Checkpoint head{.origin = m_origin, .size = m_edge.size(), .root = m_edge.root()};
    const std::string note = m_signer(head);
    m_connection.prepare("DELETE FROM checkpoint WHERE kept = 0").run();
    m_connection.prepare("INSERT INTO checkpoint (size, root, note, at, kept) VALUES ($1, $2, $3, $4, 0)")
        .bind(static_cast<std::int64_t>(head.size), head.root, std::string_view(note), m_lastEvent.micros)
        .run();
    m_signedSize = head.size;
}

}  // namespace tickmark::storage

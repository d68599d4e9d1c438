#include "storage/CatalogChecks.h"
#include "tickmark/ledger/Event.h"
#include "tickmark/ledger/Tree.h"

namespace tickmark::storage {
namespace {

// Walks the events once and rebuilds the tree beside it.
class LedgerWalk {
  public:
    LedgerWalk(Connection& connection, const ledger::VerifierKey& key, CheckRun& run)
        : m_connection(connection), m_key(key), m_run(run) {}

    void walk() {
        Statement heads = m_connection.prepare("SELECT size, root, note FROM checkpoint ORDER BY size");
        bool more = heads.step();
        Statement row = m_connection.prepare(
            "SELECT position, leaf, leaf_hash, at, kind, subject, ref, rev, actor FROM event ORDER BY "
            "position");
        while (row.step()) {
            more = takeHeads(heads, more);
            checkEvent(row);
            m_run.eventDone();
        }
        more = takeHeads(heads, more);
        if (m_tree.size() > 0 && m_lastHead < m_tree.size() && !more) missingHead();
        while (more) {
            m_run.problem("checkpoint-size", headName(heads),
                          "A signed head speaks of events that are gone.");
            more = heads.step();
        }
        checkNodeCount();
    }

  private:
    static std::string headName(const Statement& head) {
        return "checkpoint " + std::to_string(head.integer(0));
    }
    static std::string eventName(std::int64_t position) { return "event " + std::to_string(position); }

    void missingHead() {
        if (m_lastHead == 0) {
            m_run.problem("checkpoint-missing", "ledger", "The ledger has events but no signed head.");
        } else {
            m_run.problem("checkpoint-size", "ledger",
                          "The newest signed head does not cover the last events.");
        }
    }

    // Compares every head whose size the tree has reached; returns whether one is left.
    bool takeHeads(Statement& heads, bool more) {
        while (more && static_cast<std::uint64_t>(heads.integer(0)) == m_tree.size()) {
            checkHead(heads);
            m_lastHead = m_tree.size();
            more = heads.step();
        }
        return more;
    }

    void checkHead(const Statement& head) {
        const Digest root = m_tree.root();
        if (head.digest(1) != root) {
            m_run.problem("checkpoint-root", headName(head),
                          "The head is not the root of the events before it.");
        }
        const auto opened = ledger::openCheckpoint(head.text(2), m_key);
        if (!opened) {
            m_run.problem("checkpoint-signature", headName(head),
                          "The signature of this head is not the ledger key's: " + opened.error().message);
        } else if (opened->size != m_tree.size() || opened->root != root) {
            m_run.problem("checkpoint-root", headName(head),
                          "The signed head is not that of the stored events.");
        }
    }

    void checkEvent(const Statement& row) {
        const std::int64_t position = row.integer(0);
        if (position != m_next)
            m_run.problem("event-gap", eventName(m_next), "Events are missing before this one.");
        m_next = position + 1;
        const Digest hash = ledger::leafHash(row.text(1));
        if (hash != row.digest(2)) {
            m_run.problem("event-leaf", eventName(position),
                          "The event's text is not the one that was hashed.");
        }
        for (const auto& node : m_tree.append(hash)) checkNode(node);
        checkColumns(row, position);
    }

    void checkNode(const ledger::Frontier::NewNode& node) {
        if (node.id.level == 0) return;
        ++m_nodes;
        Statement stored = m_connection.prepare("SELECT hash FROM tree_node WHERE level = $1 AND idx = $2");
        stored.bind(static_cast<std::int64_t>(node.id.level), static_cast<std::int64_t>(node.id.index));
        if (!stored.step() || stored.digest(0) != node.hash) {
            m_run.problem("tree-node",
                          "node " + std::to_string(node.id.level) + "/" + std::to_string(node.id.index),
                          "The stored hash is not that of the events below it.");
        }
    }

    void checkColumns(const Statement& row, std::int64_t position) {
        const auto event = ledger::Event::parse(row.text(1));
        if (!event) {
            m_run.problem("event-leaf", eventName(position),
                          "The event cannot be read: " + event.error().message);
            return;
        }
        if (event->at.micros != row.integer(3) || event->kind != row.text(4) ||
            event->subject != row.text(5) || event->ref != row.text(6) || event->rev != row.integer(7) ||
            event->actor != row.text(8)) {
            m_run.problem("event-columns", eventName(position),
                          "The columns of the event do not follow from its text.");
        }
        // The event that made a thing stands for all later ones.
        if (event->rev == 1 && entityExists(m_connection, event->subject, event->ref) == false) {
            m_run.problem("missing-row", event->subject + " " + event->ref,
                          "The ledger says that this was stored, but the catalog does not hold it.");
        }
    }

    void checkNodeCount() {
        const auto stored =
            static_cast<std::uint64_t>(m_connection.integer("SELECT count(*) FROM tree_node"));
        if (stored > m_nodes)
            m_run.problem("tree-node", "ledger", "Hashes of events are stored that are gone.");
    }

    Connection& m_connection;
    const ledger::VerifierKey& m_key;
    CheckRun& m_run;
    ledger::Frontier m_tree{};
    std::int64_t m_next = 0;
    std::uint64_t m_nodes = 0;
    std::uint64_t m_lastHead = 0;
};

}  // namespace

void checkLedger(Connection& connection, const ledger::VerifierKey& key, CheckRun& run) {
    LedgerWalk(connection, key, run).walk();
}

}  // namespace tickmark::storage

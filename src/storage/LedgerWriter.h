// The writer's side of the ledger: the tree's right edge in memory and what a batch adds to it.
#pragma once

#include <cstdint>
#include <string>

#include "storage/Connection.h"
#include "tickmark/foundation/Time.h"
#include "tickmark/ledger/Event.h"
#include "tickmark/ledger/Tree.h"
#include "tickmark/storage/Database.h"

namespace tickmark::storage {

class LedgerWriter {
  public:
    LedgerWriter(Connection& connection, std::string origin, CheckpointSigner signer);

    /// Rebuilds the edge from the tables. Errors: Damaged "ledger-damaged" when the events do not end where
    /// the newest checkpoint says; then nothing may be written.
    [[nodiscard]] Result<void> load();

    /// Appends the leaf, its hash and every complete subtree. Throws SqlFailure.
    std::uint64_t append(const ledger::Event& event);
    [[nodiscard]] std::uint64_t size() const noexcept { return m_edge.size(); }

    /// Around each closure: what to come back to when it is undone.
    [[nodiscard]] const ledger::Frontier& mark() const noexcept { return m_edge; }
    void comeBack(const ledger::Frontier& mark) { m_edge = mark; }

    /// A save failed after it had begun to write: the closure must be undone whatever it returns.
    void poison(const Error& error) { m_poison = error; }
    [[nodiscard]] const std::optional<Error>& poison() const noexcept { return m_poison; }
    void clearPoison() { m_poison.reset(); }

    /// Signs and stores the head of the batch when it grew; forgets the one before unless it is kept.
    void storeHead();

  private:
    Connection& m_connection;
    std::string m_origin;
    CheckpointSigner m_signer;
    ledger::Frontier m_edge{};
    std::uint64_t m_signedSize = 0;
    Timestamp m_lastEvent{};
    std::optional<Error> m_poison{};
};

}  // namespace tickmark::storage

// The writer's side of the ledger: the tree's right edge in memory and what a batch adds to it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "storage/Connection.h"
#include "storage/SearchBacklog.h"
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
    struct Mark {
        ledger::Frontier edge{};
        std::size_t searches = 0;
    };
    [[nodiscard]] Mark mark() {
        m_closureSearches = m_search.size();
        return {m_edge, m_closureSearches};
    }
    void comeBack(const Mark& mark) {
        m_edge = mark.edge;
        m_search.comeBack(mark.searches);
    }

    /// A finding's texts for the full text, written at the end of the batch.
    void noteSearch(const domain::Finding* before, const domain::Finding& after) {
        m_search.add(before, after);
        m_search.relieve(m_connection, m_closureSearches);
    }
    void writeSearches() { m_search.writeFrom(m_connection, 0); }

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
    SearchBacklog m_search{};
    std::size_t m_closureSearches = 0;  ///< where the running closure's texts begin
    std::optional<Error> m_poison{};
};

}  // namespace tickmark::storage

// What the full text still has to learn, collected over a batch.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/Connection.h"
#include "tickmark/domain/Finding.h"

namespace tickmark::storage {

/// FTS5 writes out its pending words at every savepoint, and each closure has one: with a commit's words
/// written together a create costs half. Searches inside a write do not see the write's own findings.
class SearchBacklog {
  public:
    using Texts = std::array<std::string, 8>;

    /// Notes a finding whose texts are new or changed.
    void add(const domain::Finding* before, const domain::Finding& after);
    /// Writes what came after `mark`, when it has become much (a bulk load must not keep every text in
    /// memory).
    void relieve(Connection& connection, std::size_t mark);
    /// Writes everything from `mark` on and forgets it. Throws SqlFailure.
    void writeFrom(Connection& connection, std::size_t mark);

    [[nodiscard]] std::size_t size() const noexcept { return m_changes.size(); }
    void comeBack(std::size_t mark) {
        if (m_changes.size() > mark) m_changes.resize(mark);
    }

  private:
    struct Change {
        std::int64_t id = 0;
        std::optional<Texts> before{};
        Texts after{};
    };
    std::vector<Change> m_changes{};
};

}  // namespace tickmark::storage

// A log that grows, with its key and a head at every size, for tests of proofs between heads.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tickmark/ledger/Checkpoint.h"
#include "tickmark/ledger/Tree.h"

namespace tickmark::test {

class LogStory {
  public:
    explicit LogStory(std::string origin = "audit.example/log") : m_origin(std::move(origin)) {}

    /// Appends entries "WORD 0", "WORD 1" … until the log has that size.
    LogStory& growTo(std::size_t size, const std::string& word = "entry") {
        while (m_frontier.size() < size) {
            for (const auto& node :
                 m_frontier.append(ledger::leafHash(word + " " + std::to_string(m_frontier.size()))))
                m_nodes[node.id] = node.hash;
            m_roots.push_back(m_frontier.root());
        }
        return *this;
    }

    [[nodiscard]] ledger::Checkpoint head(std::uint64_t size) const {
        return {m_origin, size, size == 0 ? ledger::emptyRoot() : m_roots.at(size - 1)};
    }
    [[nodiscard]] std::string note(std::uint64_t size) const {
        return ledger::signCheckpoint(head(size), m_key);
    }
    [[nodiscard]] ledger::VerifierKey key() const {
        return ledger::VerifierKey::of(m_origin, m_key.publicKey());
    }
    [[nodiscard]] std::vector<Digest> proof(std::uint64_t first, std::uint64_t second) const {
        auto path = ledger::consistencyProof(first, second, [this](ledger::NodeId id) -> Result<Digest> {
            const auto found = m_nodes.find(id);
            if (found == m_nodes.end()) return notFound("node");
            return found->second;
        });
        return path ? *path : std::vector<Digest>{ledger::leafHash("no proof")};
    }
    /// Signs another tree with this log's own key: what a thief or the owner can do.
    [[nodiscard]] const crypto::Ed25519Key& signingKey() const { return m_key; }

  private:
    std::string m_origin;
    crypto::Ed25519Key m_key = crypto::Ed25519Key::generate();
    ledger::Frontier m_frontier{};
    std::map<ledger::NodeId, Digest> m_nodes{};
    std::vector<Digest> m_roots{};
};

}  // namespace tickmark::test

// The Merkle tree of RFC 9162 section 2.1: hashing, roots, proofs. Pure computation.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::ledger {

/// SHA-256(0x00 || leaf).
[[nodiscard]] Digest leafHash(std::string_view leaf);
/// SHA-256(0x01 || left || right).
[[nodiscard]] Digest nodeHash(const Digest& left, const Digest& right);
/// The root of the empty tree: SHA-256 of nothing.
[[nodiscard]] Digest emptyRoot();

/// The hash of a complete subtree: level 0 are leaf hashes, node (level, index) covers leaves
/// [index << level, (index + 1) << level).
struct NodeId {
    unsigned level = 0;
    std::uint64_t index = 0;
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the zero inside a defaulted comparison for a
    // pointer.
    auto operator<=>(const NodeId&) const = default;
};

/// Where the hashes of complete subtrees are kept. Errors: NotFound or Environment. Asked for at most two
/// nodes a level.
using NodeReader = std::function<Result<Digest>(NodeId)>;

/// The right edge of a tree: the roots of its complete subtrees from left (largest) to right. What one needs
/// to append.
class Frontier {
  public:
    Frontier() = default;
    /// Rebuilds the edge of a tree of `size` leaves from stored nodes; one read for each bit set in `size`.
    [[nodiscard]] static Result<Frontier> load(std::uint64_t size, const NodeReader& nodes);

    [[nodiscard]] std::uint64_t size() const noexcept { return m_size; }
    [[nodiscard]] Digest root() const;

    struct NewNode {
        NodeId id;
        Digest hash;
    };
    /// Appends a leaf hash; returns every complete subtree that came into being, the leaf itself (level 0)
    /// first.
    std::vector<NewNode> append(const Digest& leaf);

  private:
    std::uint64_t m_size = 0;
    std::vector<Digest> m_edge{};
};

/// Inclusion proof for leaf `index` in the tree of the first `size` leaves (RFC 9162 section 2.1.3.1), lowest
/// first.
[[nodiscard]] Result<std::vector<Digest>> inclusionProof(std::uint64_t index, std::uint64_t size,
                                                         const NodeReader& nodes);
/// Whether `proof` leads from that leaf hash to `root` (RFC 9162 section 2.1.3.2).
[[nodiscard]] bool inclusionHolds(std::uint64_t index, std::uint64_t size, const Digest& leaf,
                                  const std::vector<Digest>& proof, const Digest& root);

/// Consistency proof from the tree of `first` leaves to that of `second` (RFC 9162 section 2.1.4.1). Empty
/// when the trees are equal or the first is empty. Errors: Invalid "proof" when the first is larger; what
/// `nodes` answered.
[[nodiscard]] Result<std::vector<Digest>> consistencyProof(std::uint64_t first, std::uint64_t second,
                                                           const NodeReader& nodes);
/// Whether `proof` shows that the second tree begins with the first (RFC 9162 section 2.1.4.2). Equal trees
/// need equal roots and no proof; every tree begins with the empty one.
[[nodiscard]] bool consistencyHolds(std::uint64_t first, std::uint64_t second, const Digest& firstRoot,
                                    const Digest& secondRoot, const std::vector<Digest>& proof);

}  // namespace tickmark::ledger

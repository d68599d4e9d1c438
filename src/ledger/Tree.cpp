#include "tickmark/ledger/Tree.h"

#include <algorithm>
#include <array>
#include <bit>
#include <span>

#include "tickmark/crypto/Sha256.h"

namespace tickmark::ledger {
namespace {

constexpr std::uint8_t leafPrefix = 0;
constexpr std::uint8_t nodePrefix = 1;

/// The largest power of two below `count`, where RFC 9162 splits a tree of two or more leaves.
std::uint64_t splitOf(std::uint64_t count) { return std::bit_floor(count - 1); }

/// Complete subtrees from left (largest) to right become one hash: the rightmost two join first.
Digest joined(const std::vector<Digest>& edge) {
    Digest hash = edge.back();
    for (std::size_t i = edge.size() - 1; i > 0; --i) hash = nodeHash(edge[i - 1], hash);
    return hash;
}

/// The complete subtrees of leaves [begin, end), where `begin` is a multiple of a power of two not below the
/// length.
Result<std::vector<Digest>> edgeOf(std::uint64_t begin, std::uint64_t end, const NodeReader& nodes) {
    std::vector<Digest> edge;
    for (std::uint64_t at = begin; at < end;) {
        const std::uint64_t length = std::bit_floor(end - at);
        const auto level = static_cast<unsigned>(std::countr_zero(length));
        TM_TRY(const Digest hash, nodes({level, at >> level}));
        edge.push_back(hash);
        at += length;
    }
    return edge;
}

Result<Digest> rangeHash(std::uint64_t begin, std::uint64_t end, const NodeReader& nodes) {
    TM_TRY(const std::vector<Digest> edge, edgeOf(begin, end, nodes));
    return joined(edge);
}

Error noProof(std::string message) { return invalid("proof", "", std::move(message)); }

/// The walk from a node towards the root that both verifications share. `node` and `last` are its index and
/// the last index on its level (RFC 9162 calls them fn and sn).
struct Climb {
    std::uint64_t node = 0;
    std::uint64_t last = 0;

    [[nodiscard]] bool siblingIsLeft() const { return (node & 1U) != 0 || node == last; }
    void up() {
        node >>= 1U;
        last >>= 1U;
    }
    /// After joining with a left sibling: passes over the levels on which this node has no sibling.
    void skipLonely() {
        while ((node & 1U) == 0 && node != 0) up();
    }
};

/// From the largest subtree that both trees share up to both roots (RFC 9162 section 2.1.4.2, steps 3 to 7).
bool climbHolds(std::uint64_t first, std::uint64_t second, const Digest& shared, const Digest& firstRoot,
                const Digest& secondRoot, std::span<const Digest> path) {
    Climb climb{first - 1, second - 1};
    while ((climb.node & 1U) != 0) climb.up();
    Digest firstHash = shared;
    Digest secondHash = shared;
    for (const Digest& sibling : path) {
        if (climb.last == 0) return false;
        if (climb.siblingIsLeft()) {
            firstHash = nodeHash(sibling, firstHash);
            secondHash = nodeHash(sibling, secondHash);
            climb.skipLonely();
        } else {
            secondHash = nodeHash(secondHash, sibling);
        }
        climb.up();
    }
    return climb.last == 0 && firstHash == firstRoot && secondHash == secondRoot;
}

}  // namespace

Digest leafHash(std::string_view leaf) {
    crypto::Sha256 hash;
    hash.update(ByteView(&leafPrefix, 1));
    hash.update(viewOf(leaf));
    return hash.finish();
}

Digest nodeHash(const Digest& left, const Digest& right) {
    std::array<std::uint8_t, 1 + 2 * Digest::size> bytes{nodePrefix};
    std::copy(left.bytes().begin(), left.bytes().end(), bytes.begin() + 1);
    std::copy(right.bytes().begin(), right.bytes().end(), bytes.begin() + 1 + Digest::size);
    return crypto::Sha256::of(ByteView(bytes));
}

Digest emptyRoot() { return crypto::Sha256::of(ByteView()); }

Result<Frontier> Frontier::load(std::uint64_t size, const NodeReader& nodes) {
    Frontier frontier;
    TM_TRY(frontier.m_edge, edgeOf(0, size, nodes));
    frontier.m_size = size;
    return frontier;
}

Digest Frontier::root() const { return m_edge.empty() ? emptyRoot() : joined(m_edge); }

std::vector<Frontier::NewNode> Frontier::append(const Digest& leaf) {
    std::vector<NewNode> fresh{{{0, m_size}, leaf}};
    m_edge.push_back(leaf);
    for (unsigned level = 0; ((m_size >> level) & 1U) != 0; ++level) {
        const Digest right = m_edge.back();
        m_edge.pop_back();
        m_edge.back() = nodeHash(m_edge.back(), right);
        fresh.push_back({{level + 1, m_size >> (level + 1)}, m_edge.back()});
    }
    ++m_size;
    return fresh;
}

Result<std::vector<Digest>> inclusionProof(std::uint64_t index, std::uint64_t size, const NodeReader& nodes) {
    if (index >= size) {
        return noProof("The tree of " + std::to_string(size) + " leaves has no leaf " +
                       std::to_string(index) + ".");
    }
    std::vector<Digest> path;
    std::uint64_t begin = 0;
    std::uint64_t end = size;
    while (end - begin > 1) {
        const std::uint64_t middle = begin + splitOf(end - begin);
        const bool goLeft = index < middle;
        TM_TRY(const Digest other, goLeft ? rangeHash(middle, end, nodes) : rangeHash(begin, middle, nodes));
        path.push_back(other);
        (goLeft ? end : begin) = middle;
    }
    std::reverse(path.begin(), path.end());
    return path;
}

bool inclusionHolds(std::uint64_t index, std::uint64_t size, const Digest& leaf,
                    const std::vector<Digest>& proof, const Digest& root) {
    if (index >= size) return false;
    Climb climb{index, size - 1};
    Digest hash = leaf;
    for (const Digest& sibling : proof) {
        if (climb.last == 0) return false;
        if (climb.siblingIsLeft()) {
            hash = nodeHash(sibling, hash);
            climb.skipLonely();
        } else {
            hash = nodeHash(hash, sibling);
        }
        climb.up();
    }
    return climb.last == 0 && hash == root;
}

Result<std::vector<Digest>> consistencyProof(std::uint64_t first, std::uint64_t second,
                                             const NodeReader& nodes) {
    if (first > second) {
        return noProof("A tree of " + std::to_string(second) + " leaves cannot begin with one of " +
                       std::to_string(first) + ".");
    }
    std::vector<Digest> path;
    if (first == 0) return path;
    std::uint64_t begin = 0;
    std::uint64_t end = second;
    while (end != first) {
        const std::uint64_t middle = begin + splitOf(end - begin);
        const bool goLeft = first <= middle;
        TM_TRY(const Digest other, goLeft ? rangeHash(middle, end, nodes) : rangeHash(begin, middle, nodes));
        path.push_back(other);
        (goLeft ? end : begin) = middle;
    }
    // The part both trees have; when it is the whole first tree, the verifier knows its hash already.
    if (begin != 0) {
        TM_TRY(const Digest common, rangeHash(begin, end, nodes));
        path.push_back(common);
    }
    std::reverse(path.begin(), path.end());
    return path;
}

bool consistencyHolds(std::uint64_t first, std::uint64_t second, const Digest& firstRoot,
                      const Digest& secondRoot, const std::vector<Digest>& proof) {
    if (first > second) return false;
    if (first == second) return proof.empty() && firstRoot == secondRoot;
    if (first == 0) return proof.empty() && firstRoot == emptyRoot();
    if (std::has_single_bit(first)) {
        // The first tree is a complete subtree of the second: its root is where the climb begins.
        return climbHolds(first, second, firstRoot, firstRoot, secondRoot, proof);
    }
    if (proof.empty()) return false;
    return climbHolds(first, second, proof.front(), firstRoot, secondRoot, std::span(proof).subspan(1));
}

}  // namespace tickmark::ledger

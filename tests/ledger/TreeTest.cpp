#include "tickmark/ledger/Tree.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <map>

using namespace tickmark;
using namespace tickmark::ledger;

namespace {

using Path = std::vector<Digest>;

Digest digest(std::string_view hex) {
    auto parsed = Digest::parse(hex);
    BOOST_REQUIRE(parsed);
    return *parsed;
}

Path pathOf(const std::vector<std::string_view>& hexes) {
    Path path;
    for (const auto hex : hexes) path.push_back(digest(hex));
    return path;
}

/// The definition of RFC 9162 section 2.1.1, word for word: slow, and written independently of the code under
/// test.
Digest definedRoot(const Path& leaves, std::size_t begin, std::size_t end) {
    const std::size_t count = end - begin;
    if (count == 0) return emptyRoot();
    if (count == 1) return leaves[begin];
    std::size_t split = 1;
    while (split * 2 < count) split *= 2;
    return nodeHash(definedRoot(leaves, begin, begin + split), definedRoot(leaves, begin + split, end));
}

/// A tree that grows by append and keeps every complete subtree, as the database will.
struct GrownTree {
    explicit GrownTree(const std::vector<std::string>& entries) {
        for (const auto& entry : entries) add(leafHash(entry));
    }
    explicit GrownTree(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) add(leafHash("entry " + std::to_string(i)));
    }
    void add(const Digest& leaf) {
        leaves.push_back(leaf);
        for (const auto& node : frontier.append(leaf)) {
            BOOST_TEST(stored.emplace(node.id, node.hash).second);
        }
        roots.push_back(frontier.root());
    }
    [[nodiscard]] NodeReader reader() const {
        return [this](NodeId id) -> Result<Digest> {
            const auto found = stored.find(id);
            if (found == stored.end()) return notFound("node");
            return found->second;
        };
    }
    Frontier frontier{};
    Path leaves{};
    Path roots{emptyRoot()};
    std::map<NodeId, Digest> stored{};
};

/// The eight leaves that certificate transparency's implementations share as a reference.
const std::vector<std::string>& referenceLeaves() {
    static const std::vector<std::string> leaves{
        "", std::string(1, '\0'), "\x10", "\x20\x21", "\x30\x31", "@ABC", "PQRSTUVW", "`abcdefghijklmno"};
    return leaves;
}

constexpr std::string_view h01 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";
constexpr std::string_view h03 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
constexpr std::string_view h23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
constexpr std::string_view h4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
constexpr std::string_view h45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
constexpr std::string_view h67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
constexpr std::string_view h47 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
constexpr std::string_view h0 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
constexpr std::string_view h1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
constexpr std::string_view h6 = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f";

Digest withBit(const Digest& hash, std::size_t bit) {
    auto bytes = hash.bytes();
    bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] ^ (1U << (bit % 8)));
    return Digest(bytes);
}

/// How often a check still holds although one bit of its proof was changed.
template <class Holds>
std::size_t survivingBits(const Path& proof, const Holds& holds) {
    std::size_t survivors = 0;
    for (std::size_t bit = 0; bit < proof.size() * 256; ++bit) {
        Path changed = proof;
        changed[bit / 256] = withBit(changed[bit / 256], bit % 256);
        if (holds(changed)) ++survivors;
    }
    return survivors;
}

/// The same for proofs with a hash missing, doubled or added at either end.
template <class Holds>
std::size_t survivingLengths(const Path& proof, const Holds& holds) {
    std::vector<Path> changes;
    for (std::size_t i = 0; i < proof.size(); ++i) {
        const auto at = static_cast<std::ptrdiff_t>(i);
        changes.push_back(proof);
        changes.back().erase(changes.back().begin() + at);
        changes.push_back(proof);
        changes.back().insert(changes.back().begin() + at, proof[i]);
    }
    for (const bool front : {true, false}) {
        changes.push_back(proof);
        changes.back().insert(front ? changes.back().begin() : changes.back().end(), emptyRoot());
    }
    return static_cast<std::size_t>(std::count_if(changes.begin(), changes.end(), holds));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tree)

BOOST_AUTO_TEST_CASE(the_empty_tree_hashes_to_sha256_of_nothing) {
    BOOST_TEST(emptyRoot().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    BOOST_TEST(Frontier().root().hex() == emptyRoot().hex());
}

BOOST_AUTO_TEST_CASE(roots_are_those_of_the_published_reference_tree) {
    const GrownTree tree(referenceLeaves());
    const std::vector<std::string_view> published{
        h0,
        h01,
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        h03,
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    for (std::size_t size = 1; size <= 8; ++size) BOOST_TEST(tree.roots[size].hex() == published[size - 1]);
}

BOOST_AUTO_TEST_CASE(inclusion_proofs_are_the_published_ones) {
    const GrownTree tree(referenceLeaves());
    struct Vector {
        std::uint64_t index;
        std::uint64_t size;
        Path proof;
    };
    const std::vector<Vector> published{{0, 1, {}},
                                        {0, 8, pathOf({h1, h23, h47})},
                                        {5, 8, pathOf({h4, h67, h03})},
                                        {2, 3, pathOf({h01})},
                                        {1, 5, pathOf({h0, h23, h4})}};
    for (const auto& vector : published) {
        const auto proof = inclusionProof(vector.index, vector.size, tree.reader());
        BOOST_REQUIRE(proof);
        BOOST_TEST((*proof == vector.proof));
        BOOST_TEST(inclusionHolds(vector.index, vector.size, tree.leaves[vector.index], vector.proof,
                                  tree.roots[vector.size]));
    }
}

BOOST_AUTO_TEST_CASE(consistency_proofs_are_the_published_ones) {
    const GrownTree tree(referenceLeaves());
    struct Vector {
        std::uint64_t first;
        std::uint64_t second;
        Path proof;
    };
    const std::vector<Vector> published{{1, 1, {}},
                                        {1, 8, pathOf({h1, h23, h47})},
                                        {6, 8, pathOf({h45, h67, h03})},
                                        {2, 5, pathOf({h23, h4})},
                                        {6, 7, pathOf({h45, h6, h03})}};
    for (const auto& vector : published) {
        const auto proof = consistencyProof(vector.first, vector.second, tree.reader());
        BOOST_REQUIRE(proof);
        BOOST_TEST((*proof == vector.proof));
        BOOST_TEST(consistencyHolds(vector.first, vector.second, tree.roots[vector.first],
                                    tree.roots[vector.second], *proof));
    }
}

BOOST_AUTO_TEST_CASE(every_root_is_the_one_the_standard_defines) {
    const GrownTree tree(130);
    for (std::size_t size = 0; size <= 130; ++size) {
        BOOST_TEST(tree.roots[size].hex() == definedRoot(tree.leaves, 0, size).hex());
    }
}

BOOST_AUTO_TEST_CASE(every_leaf_of_every_tree_up_to_130_leaves_is_provable_and_at_no_other_place) {
    const GrownTree tree(131);
    std::size_t wrong = 0;
    for (std::uint64_t size = 1; size <= 130; ++size) {
        for (std::uint64_t index = 0; index < size; ++index) {
            const auto proof = inclusionProof(index, size, tree.reader());
            BOOST_REQUIRE(proof);
            const auto holds = [&](std::uint64_t at, std::uint64_t of, const Digest& leaf) {
                return inclusionHolds(at, of, leaf, *proof, tree.roots[size]);
            };
            if (!holds(index, size, tree.leaves[index])) ++wrong;
            if (holds(index + 1, size, tree.leaves[index])) ++wrong;
            if (holds(index, size, tree.leaves[index + 1])) ++wrong;
            if (inclusionHolds(index, size, tree.leaves[index], *proof, tree.roots[size + 1])) ++wrong;
        }
    }
    BOOST_TEST(wrong == 0U);
}

BOOST_AUTO_TEST_CASE(every_pair_of_trees_up_to_65_leaves_is_provably_consistent) {
    const GrownTree tree(66);
    std::size_t wrong = 0;
    for (std::uint64_t second = 0; second <= 65; ++second) {
        for (std::uint64_t first = 0; first <= second; ++first) {
            const auto proof = consistencyProof(first, second, tree.reader());
            BOOST_REQUIRE(proof);
            const Digest& before = tree.roots[first];
            const Digest& after = tree.roots[second];
            if (!consistencyHolds(first, second, before, after, *proof)) ++wrong;
            if (first > 0 && consistencyHolds(first, second, before, tree.roots[second + 1], *proof)) ++wrong;
            if (consistencyHolds(first, second, tree.roots[first + 1], after, *proof)) ++wrong;
            if (first < second && consistencyHolds(second, first, after, before, *proof)) ++wrong;
        }
    }
    BOOST_TEST(wrong == 0U);
}

BOOST_AUTO_TEST_CASE(no_changed_inclusion_proof_holds) {
    const GrownTree tree(21);
    for (std::uint64_t size = 1; size <= 21; ++size) {
        for (std::uint64_t index = 0; index < size; ++index) {
            const auto proof = inclusionProof(index, size, tree.reader());
            BOOST_REQUIRE(proof);
            const auto holds = [&](const Path& path) {
                return inclusionHolds(index, size, tree.leaves[index], path, tree.roots[size]);
            };
            BOOST_TEST(survivingBits(*proof, holds) == 0U);
            BOOST_TEST(survivingLengths(*proof, holds) == 0U);
        }
    }
}

BOOST_AUTO_TEST_CASE(no_changed_consistency_proof_holds) {
    const GrownTree tree(21);
    for (std::uint64_t second = 1; second <= 21; ++second) {
        for (std::uint64_t first = 1; first <= second; ++first) {
            const auto proof = consistencyProof(first, second, tree.reader());
            BOOST_REQUIRE(proof);
            const auto holds = [&](const Path& path) {
                return consistencyHolds(first, second, tree.roots[first], tree.roots[second], path);
            };
            BOOST_TEST(survivingBits(*proof, holds) == 0U);
            BOOST_TEST(survivingLengths(*proof, holds) == 0U);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_rewritten_leaf_is_noticed_by_every_later_tree) {
    const GrownTree honest(32);
    for (std::size_t victim = 0; victim < 20; ++victim) {
        GrownTree forged(0U);
        for (std::size_t i = 0; i < 32; ++i) forged.add(i == victim ? leafHash("forged") : honest.leaves[i]);
        const auto proof = consistencyProof(20, 32, forged.reader());
        BOOST_REQUIRE(proof);
        BOOST_TEST(!consistencyHolds(20, 32, honest.roots[20], forged.roots[32], *proof));
    }
}

BOOST_AUTO_TEST_CASE(an_edge_rebuilt_from_stored_nodes_goes_on_like_the_one_that_grew) {
    GrownTree tree(0U);
    for (std::uint64_t size = 0; size <= 300; ++size) {
        auto loaded = Frontier::load(size, tree.reader());
        BOOST_REQUIRE(loaded);
        BOOST_TEST(loaded->size() == size);
        BOOST_TEST(loaded->root().hex() == tree.frontier.root().hex());
        const Digest leaf = leafHash("entry " + std::to_string(size));
        loaded->append(leaf);
        tree.add(leaf);
        BOOST_TEST(loaded->root().hex() == tree.frontier.root().hex());
    }
}

BOOST_AUTO_TEST_CASE(append_names_each_new_subtree_once_and_the_leaf_first) {
    Frontier frontier;
    for (int i = 0; i < 7; ++i) frontier.append(leafHash("x"));
    const auto fresh = frontier.append(leafHash("y"));
    std::vector<NodeId> ids;
    for (const auto& node : fresh) ids.push_back(node.id);
    const std::vector<NodeId> expected{{0, 7}, {1, 3}, {2, 1}, {3, 0}};
    BOOST_TEST((ids == expected));
    BOOST_TEST(fresh.back().hash.hex() == frontier.root().hex());
}

BOOST_AUTO_TEST_CASE(a_proof_asks_for_at_most_two_nodes_a_level) {
    const GrownTree tree(130);
    for (std::uint64_t index = 0; index < 130; ++index) {
        std::map<unsigned, int> asked;
        const auto counting = [&](NodeId id) {
            ++asked[id.level];
            return tree.reader()(id);
        };
        BOOST_REQUIRE(inclusionProof(index, 130, counting));
        BOOST_REQUIRE(consistencyProof(index + 1, 130, [&](NodeId id) { return tree.reader()(id); }));
        for (const auto& [level, times] : asked) BOOST_TEST(times <= 2);
    }
}

BOOST_AUTO_TEST_CASE(impossible_questions_are_refused) {
    const GrownTree tree(8);
    BOOST_TEST(!inclusionProof(8, 8, tree.reader()).ok());
    BOOST_TEST(!inclusionProof(0, 0, tree.reader()).ok());
    BOOST_TEST(!consistencyProof(9, 8, tree.reader()).ok());
    const auto lost = inclusionProof(3, 9, tree.reader());
    BOOST_REQUIRE(!lost);
    BOOST_CHECK(lost.error().kind == ErrorKind::NotFound);
    BOOST_TEST(!Frontier::load(9, tree.reader()).ok());
    BOOST_TEST(!inclusionHolds(0, 0, tree.leaves[0], {}, emptyRoot()));
    BOOST_TEST(!inclusionHolds(1, 1, tree.leaves[0], {}, tree.leaves[0]));
}

BOOST_AUTO_TEST_CASE(an_empty_proof_shows_nothing_about_a_tree_that_is_no_complete_subtree) {
    const GrownTree tree(8);
    const GrownTree three(3);
    BOOST_TEST(!consistencyHolds(3, 8, three.frontier.root(), tree.frontier.root(), {}));
}

BOOST_AUTO_TEST_CASE(the_largest_sizes_are_computed_without_overflow) {
    const auto anyNode = [](NodeId id) -> Result<Digest> { return leafHash(std::to_string(id.level)); };
    const auto largest = static_cast<std::uint64_t>(INT64_MAX);
    const auto proof = inclusionProof(largest - 1, largest, anyNode);
    BOOST_REQUIRE(proof);
    BOOST_TEST(proof->size() == 62U);
    const auto first = inclusionProof(0, largest, anyNode);
    BOOST_REQUIRE(first);
    BOOST_TEST(first->size() == 63U);
    BOOST_TEST(!inclusionHolds(largest - 1, largest, leafHash("x"), *proof, emptyRoot()));
}

BOOST_AUTO_TEST_SUITE_END()

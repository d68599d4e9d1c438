// No single bit of a signature file may change unseen.
#include <array>
#include <boost/test/unit_test.hpp>
#include <sstream>
#include <thread>

#include "crypto/Office.h"

using namespace tickmark;
using namespace tickmark::crypto;
using namespace tickmark::crypto::test;

BOOST_AUTO_TEST_SUITE(cades_bit_flips)

namespace {

// Flips every `stride`th bit from `first` on; returns the flips that nobody saw, as byte.bit.
std::string unseenFlips(const Bytes& signature, const TrustAnchors& anchors, bool unknownRevocationCounts,
                        std::size_t first, std::size_t stride) {
    std::ostringstream unseen;
    for (std::size_t bit = first; bit < signature.size() * 8; bit += stride) {
        Bytes changed = signature;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1U << (bit % 8)));
        const auto report = check(changed, anchors);
        const bool seen =
            unknownRevocationCounts ? !report.problems.empty() : !report.onlyUnknownRevocation();
        if (!seen) unseen << bit / 8 << "." << bit % 8 << " ";
    }
    return unseen.str();
}

// Every flip of one bit must show. Shared out over threads, which also shows that checks do not disturb each
// other.
void expectEveryFlipSeen(const Bytes& signature, const TrustAnchors& anchors, bool unknownRevocationCounts) {
    std::array<std::string, 4> unseen{};
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < unseen.size(); ++i) {
        threads.emplace_back([&, i] {
            unseen.at(i) = unseenFlips(signature, anchors, unknownRevocationCounts, i, unseen.size());
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::string& some : unseen)
        BOOST_TEST(some.empty(), "flips that nobody saw, as byte.bit: " << some);
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_flipped_bit_of_a_seal_with_a_revocation_list_is_seen) {
    const Bytes signature = signedBySeal();
    BOOST_REQUIRE(check(signature).problems.empty());
    expectEveryFlipSeen(signature, office().anchors, true);
}

BOOST_AUTO_TEST_CASE(every_flipped_bit_of_an_rsa_signature_is_seen) {
    const Bytes signature =
        expected(signCades(office().rsa, content, Commitment::Origin, sealed, {office().crl}));
    BOOST_REQUIRE(check(signature).problems.empty());
    expectEveryFlipSeen(signature, office().anchors, true);
}

BOOST_AUTO_TEST_CASE(every_flipped_bit_of_a_signature_without_a_list_is_more_than_unknown_revocation) {
    const Bytes signature = expected(signCades(office().seal, content, Commitment::Origin, sealed));
    BOOST_REQUIRE(check(signature).onlyUnknownRevocation());
    expectEveryFlipSeen(signature, office().anchors, false);
}

BOOST_AUTO_TEST_CASE(every_flipped_bit_of_a_signature_with_an_intermediate_and_two_lists_is_seen) {
    const Ladder ladder;
    const Bytes signature = ladder.sign({ladder.listForMiddle, ladder.listForSigner});
    BOOST_REQUIRE(check(signature, ladder.anchors).problems.empty());
    expectEveryFlipSeen(signature, ladder.anchors, true);
}

BOOST_AUTO_TEST_SUITE_END()

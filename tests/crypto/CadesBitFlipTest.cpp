// No single bit of a signature file may change unseen.
#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <functional>
#include <sstream>
#include <thread>

#include "crypto/TimeOffice.h"
#include "support/LongForm.h"

using namespace tickmark;
using namespace tickmark::crypto;
using namespace tickmark::crypto::test;

BOOST_AUTO_TEST_SUITE(cades_bit_flips)

namespace {

// Whether a changed file shows.
using Shows = std::function<bool(const Bytes&)>;

// Flips every `stride`th bit from `first` on; returns the flips that nobody saw, as byte.bit.
std::string unseenFlips(const Bytes& file, const Shows& shows, std::size_t first, std::size_t stride) {
    std::ostringstream unseen;
    for (std::size_t bit = first; bit < file.size() * 8; bit += stride) {
        Bytes changed = file;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1U << (bit % 8)));
        if (!shows(changed)) unseen << bit / 8 << "." << bit % 8 << " ";
    }
    return unseen.str();
}

// Every flip of one bit must show; with `sample` only every so-manieth is tried. Shared out over threads,
// which also shows that checks do not disturb each other.
void expectEveryFlipSeen(const Bytes& file, const Shows& shows, std::size_t sample = 1) {
    std::array<std::string, 4> unseen{};
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < unseen.size(); ++i) {
        threads.emplace_back(
            [&, i] { unseen.at(i) = unseenFlips(file, shows, i * sample, unseen.size() * sample); });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::string& some : unseen)
        BOOST_TEST(some.empty(), "flips that nobody saw, as byte.bit: " << some);
}

void expectEveryFlipSeen(const Bytes& signature, const TrustAnchors& anchors, bool unknownRevocationCounts) {
    expectEveryFlipSeen(signature, [&](const Bytes& changed) {
        const auto report = check(changed, anchors);
        return unknownRevocationCounts ? !report.problems.empty() : !report.onlyUnknownRevocation();
    });
}

// All flips take minutes in a build without optimisation; the sample's step shares no factor with 8, so that
// every bit of a byte has its turn.
std::size_t sampleOf(std::size_t usually) { return tickmark::test::isLongForm() ? 1 : usually; }

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
    expectEveryFlipSeen(
        signature, [&](const Bytes& changed) { return !check(changed, ladder.anchors).problems.empty(); },
        sampleOf(5));
}

BOOST_AUTO_TEST_CASE(every_flipped_bit_of_a_timestamp_is_seen) {
    Issuing issuing = timeOffice().issuing();
    issuing.millis = 120;
    const Bytes token = stamp(stampedDigest, issuing);
    BOOST_REQUIRE(checkStamp(token).problems.empty());
    expectEveryFlipSeen(
        token, [](const Bytes& changed) { return !checkStamp(changed).problems.empty(); }, sampleOf(5));
}

BOOST_AUTO_TEST_CASE(every_flipped_bit_of_a_signature_with_timestamp_and_lists_is_seen) {
    const Bytes whole = expected(addRevocationData(stampedBySeal(signedBySeal()), {timeOffice().crl}, {}));
    const auto isClean = [](const SignatureReport& report) {
        return report.problems.empty() && report.level == Level::LT && report.timestamp->problems.empty();
    };
    BOOST_REQUIRE(isClean(checkCades(whole, content, fullContext())));
    expectEveryFlipSeen(
        whole, [&](const Bytes& changed) { return !isClean(checkCades(changed, content, fullContext())); },
        sampleOf(19));
}

BOOST_AUTO_TEST_CASE(every_flipped_bit_of_level_lt_below_an_intermediate_is_seen) {
    const Ladder ladder;
    const SigningKey middle = issueAsWished(
        timeOffice().rootKey, Wish{"Middle", "critical,keyCertSign,cRLSign", {}, true}, makeKey("P-256"));
    Wish wish{"Clock"};
    wish.extendedUsageWords = "critical,timeStamping";
    Issuing issuing{issueAsWished(middle, wish, makeRsaKey(2048)), stamped};
    const Bytes bare = ladder.sign({ladder.listForMiddle, ladder.listForSigner});
    const Bytes token = stamp(expected(signatureImprint(bare)), issuing);
    const Bytes listForClock =
        expected(Ladder::authorityOf(middle).makeCrl({}, stamped.plusSeconds(60), 30, 1));
    const Bytes whole = expected(addRevocationData(expected(addSignatureTimestamp(bare, token)),
                                                   {listForClock}, {middle.certificate()}));
    CadesContext context;
    context.anchors = ladder.anchors;
    context.timestampAnchors = {{middle.certificate()}, {}};
    const auto isClean = [&](const Bytes& file) {
        const auto report = checkCades(file, content, context);
        return report.problems.empty() && report.level == Level::LT && report.timestamp->problems.empty();
    };
    const auto untouched = checkCades(whole, content, context);
    BOOST_TEST(untouched.problems.empty(), wordsOf(untouched));
    BOOST_TEST(untouched.timestamp->problems.empty(), wordsOf(*untouched.timestamp));
    BOOST_REQUIRE(isClean(whole));
    expectEveryFlipSeen(
        whole, [&](const Bytes& changed) { return !isClean(changed); }, sampleOf(61));
}

BOOST_AUTO_TEST_SUITE_END()

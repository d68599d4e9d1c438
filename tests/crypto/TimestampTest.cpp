// Timestamps: asking, taking the answer, and which tokens are believed.
#include "tickmark/crypto/Timestamp.h"

#include "crypto/TimeOffice.h"
#include "support/Outcome.h"

using namespace tickmark;
using namespace tickmark::crypto;
using namespace tickmark::crypto::test;
using tickmark::test::holds;
using tickmark::test::refusedAs;

BOOST_AUTO_TEST_SUITE(timestamps)

BOOST_AUTO_TEST_CASE(openssl_reads_the_request_as_meant) {
    const auto request = expected(makeTimestampRequest(stampedDigest));
    const Folder folder;
    folder.write("request.tsq", request.der);
    BOOST_TEST(folder.run("openssl ts -query -in request.tsq -text") == 0, folder.output());
    BOOST_TEST(holds(folder.output(), "Hash Algorithm: sha256"));
    BOOST_TEST(holds(folder.output(), "Certificate required: yes"));
    BOOST_TEST(holds(folder.output(), "Policy OID: unspecified"));
    BOOST_TEST(toHex(nonceOf(request.der)) == toHex(request.nonce));
    BOOST_TEST((imprintOf(request.der) == stampedDigest));
    BOOST_TEST(toHex(expected(makeTimestampRequest(stampedDigest)).nonce) != toHex(request.nonce));
}

BOOST_AUTO_TEST_CASE(a_token_by_openssl_is_trusted_with_all_its_facts) {
    Issuing issuing = timeOffice().issuing();
    issuing.millis = 250;
    const auto report = checkStamp(stamp(stampedDigest, issuing));
    BOOST_TEST(report.problems.empty(), wordsOf(report));
    BOOST_TEST(report.trusted());
    BOOST_TEST(report.time->iso() == Timestamp{stamped.micros + 250'000}.iso());
    BOOST_TEST(report.signer->commonName() == "Time-stamp clock");
    BOOST_TEST(report.anchor->commonName() == "Time Office evidence root");
    BOOST_TEST(report.policy == "1.3.6.1.4.1.99999.3161.1");
    BOOST_TEST(report.serialHex == "2a");
    BOOST_TEST(*report.accuracyMicros == 1'500'000);
    BOOST_TEST(report.revocationKnown);
}

BOOST_AUTO_TEST_CASE(openssl_verifies_the_tokens_that_we_trust) {
    const Folder folder;
    folder.write("content", std::string(textOf(content)));
    folder.write("anchor.pem", timeOffice().root.certificate().pem());
    folder.write("token.tst", stamp(stampedDigest, timeOffice().issuing()));
    const std::string command =
        "openssl ts -verify -in token.tst -token_in -data content -CAfile anchor.pem "
        "-attime " +
        std::to_string(stamped.seconds());
    BOOST_TEST(folder.run(command) == 0, folder.output());
    folder.write("token.tst", expected(tidyToken(folder.read("token.tst"), timeOffice().anchors)));
    BOOST_TEST(folder.run(command) == 0, folder.output());
    folder.write("content", std::string("something else"));
    BOOST_TEST(folder.run(command) != 0);
}

BOOST_AUTO_TEST_CASE(every_kind_of_authority_is_understood) {
    const TimeOffice& times = timeOffice();
    Wish wish{"Clock"};
    wish.keyUsage = "critical,digitalSignature";
    wish.extendedUsageWords = "critical,timeStamping";
    for (const bool bindsBySha1 : {false, true}) {
        for (const EVP_MD* digest : {EVP_sha256(), EVP_sha384(), EVP_sha512()}) {
            Issuing issuing = times.issuing();
            issuing.digest = digest;
            issuing.bindsBySha1 = bindsBySha1;
            for (int kind = 0; kind < 3; ++kind) {
                PkeyHandle key = kind == 0 ? makeKey("P-384") : makeRsaKey(kind == 1 ? 2048 : 3072);
                issuing.key = issueAsWished(times.rootKey, wish, std::move(key));
                const auto report = checkStamp(stamp(stampedDigest, issuing));
                BOOST_TEST(report.problems.empty(), wordsOf(report));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(without_an_anchor_for_authorities_a_token_is_not_checked_rather_than_wrong) {
    const Bytes token = stamp(stampedDigest, timeOffice().issuing());
    for (const TrustAnchors& anchors : {TrustAnchors{}, office().anchors}) {
        const auto report = checkTimestamp(token, stampedDigest, anchors, {});
        BOOST_TEST(report.onlyUnanchored(), wordsOf(report));
        BOOST_TEST(!report.trusted());
        BOOST_TEST(report.time->iso() == stamped.iso());
    }
    const auto other = checkTimestamp(token, Sha256::of("x"), {}, {});
    BOOST_TEST(other.has(SignatureFlaw::Imprint));
    BOOST_TEST(!other.onlyUnanchored());
}

BOOST_AUTO_TEST_CASE(an_authority_may_be_pinned_by_its_fingerprint) {
    const Bytes token = stamp(stampedDigest, timeOffice().issuing());
    const TrustAnchors pinned{{}, {timeOffice().clock.certificate().fingerprint()}};
    const auto report = checkTimestamp(token, stampedDigest, pinned, {});
    expectOnly(checkTimestamp(token, Sha256::of("other"), timeOffice().anchors, {timeOffice().crl}),
               SignatureFlaw::Imprint);
    BOOST_TEST(report.trusted(), wordsOf(report));
    BOOST_TEST(!report.revocationKnown);
}

BOOST_AUTO_TEST_CASE(an_answer_must_belong_to_the_request) {
    const auto request = expected(makeTimestampRequest(stampedDigest));
    const auto other = expected(makeTimestampRequest(Sha256::of("other")));
    const Bytes answer = answerTo(request.der, timeOffice().issuing());
    BOOST_TEST(tokenFromResponse(answer, request).ok());
    BOOST_TEST(refusedAs(tokenFromResponse(answer, other), ErrorKind::Invalid, "timestamp-response"));
    auto sameImprint = expected(makeTimestampRequest(stampedDigest));
    const auto byNonce = tokenFromResponse(answer, sameImprint);
    BOOST_TEST(refusedAs(byNonce, ErrorKind::Invalid, "timestamp-response"));
    BOOST_TEST(holds(byNonce.error().message, "nonce"));
    sameImprint.nonce = request.nonce;
    sameImprint.imprint = Sha256::of("other");
    BOOST_TEST(holds(tokenFromResponse(answer, sameImprint).error().message, "something else"));
    TokenRecipe without = timeOffice().recipe(stampedDigest);
    BOOST_TEST(refusedAs(tokenFromResponse(grantingResponse(makeToken(without)), request), ErrorKind::Invalid,
                         "timestamp-response"));
    without.nonce = request.nonce;
    BOOST_TEST(tokenFromResponse(grantingResponse(makeToken(without)), request).ok());
}

BOOST_AUTO_TEST_CASE(a_refusal_is_told_in_the_authoritys_words) {
    const auto request = expected(makeTimestampRequest(stampedDigest));
    const auto result = tokenFromResponse(refusalOf("No\x1b credit\nleft", TS_INFO_BAD_REQUEST), request);
    BOOST_TEST(refusedAs(result, ErrorKind::Refused, "timestamp-refused"));
    BOOST_TEST(holds(result.error().message, "\"No  credit left\""));
    BOOST_TEST(holds(result.error().rule, "badRequest"));
    const auto clock = tokenFromResponse(refusalOf("x", TS_INFO_TIME_NOT_AVAILABLE), request);
    BOOST_TEST(holds(clock.error().rule, "timeNotAvailable"));
    const auto system = tokenFromResponse(refusalOf("x", TS_INFO_SYSTEM_FAILURE), request);
    BOOST_TEST(holds(system.error().rule, "systemFailure"));
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_cut_or_none_is_refused) {
    const auto request = expected(makeTimestampRequest(stampedDigest));
    const Bytes answer = answerTo(request.der, timeOffice().issuing());
    for (std::size_t size = 0; size < answer.size(); ++size) {
        const auto result = tokenFromResponse(ByteView(answer).first(size), request);
        BOOST_REQUIRE(refusedAs(result, ErrorKind::Invalid, "timestamp-response"));
    }
    Bytes longer = answer;
    longer.push_back(0);
    BOOST_TEST(!tokenFromResponse(longer, request).ok());
    BOOST_TEST(!tokenFromResponse(bytesOf("<html>It works!</html>"), request).ok());
    // Granted, but without a token.
    BOOST_TEST(!tokenFromResponse(expected(fromHex("30053003020100")), request).ok());
}

BOOST_AUTO_TEST_CASE(what_an_authority_sends_along_is_tidied) {
    const TimeOffice& times = timeOffice();
    TokenRecipe recipe = times.recipe(stampedDigest);
    recipe.certificates = {times.root.certificate(), office().seal.certificate()};
    recipe.crls = {times.crl};
    const Bytes token = makeToken(recipe);
    BOOST_TEST(checkStamp(token).has(SignatureFlaw::Malformed));
    const Bytes tidy = expected(tidyToken(token, times.anchors));
    const auto report = checkStamp(tidy);
    BOOST_TEST(report.problems.empty(), wordsOf(report));
    BOOST_TEST(expected(certificatesOfToken(tidy)).size() == 1U);
    BOOST_TEST(toHex(expected(tidyToken(tidy, times.anchors))) == toHex(tidy));
    // Without an anchor only the roots go.
    BOOST_TEST(expected(certificatesOfToken(expected(tidyToken(token, {})))).size() == 2U);
    BOOST_TEST(expected(certificatesOfToken(token)).front().commonName() == "Time-stamp clock");
}

BOOST_AUTO_TEST_CASE(a_path_with_an_authority_between_is_walked) {
    const TimeOffice& times = timeOffice();
    const SigningKey middle = issueAsWished(
        office().root, Wish{"Middle", "critical,keyCertSign,cRLSign", {}, true}, makeKey("P-256"));
    Wish wish{"Clock"};
    wish.extendedUsageWords = "critical,timeStamping";
    Issuing issuing = times.issuing();
    issuing.key = issueAsWished(middle, wish, makeKey("P-256"));
    issuing.embedded = {middle.certificate()};
    const Bytes token = stamp(stampedDigest, issuing);
    const TrustAnchors anchors{{middle.certificate()}, {}};
    BOOST_TEST(checkTimestamp(token, stampedDigest, anchors, {}).trusted());
    issuing.embedded.clear();
    const Bytes bare = stamp(stampedDigest, issuing);
    BOOST_TEST(checkTimestamp(bare, stampedDigest, anchors, {}).trusted());
}

BOOST_AUTO_TEST_SUITE_END()

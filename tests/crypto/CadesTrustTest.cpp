// Anchors, paths and revocation.
#include <array>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "crypto/Office.h"

using namespace tickmark;
using namespace tickmark::crypto;
using namespace tickmark::crypto::test;

BOOST_AUTO_TEST_SUITE(cades_trust)

BOOST_AUTO_TEST_CASE(without_an_anchor_nothing_is_trusted) {
    const auto report = check(signedBySeal(), {});
    BOOST_TEST(report.has(SignatureFlaw::NoAnchor));
    BOOST_TEST(!report.anchor.has_value());
    BOOST_TEST(!report.has(SignatureFlaw::Mismatch));
}

BOOST_AUTO_TEST_CASE(a_root_of_the_same_name_is_not_the_anchor) {
    const auto impostor = expected(LocalAuthority::create("City of Example", founded));
    const auto report = check(signedBySeal(), TrustAnchors{{impostor.certificate()}, {}});
    BOOST_TEST(!report.anchor.has_value());
    BOOST_TEST((report.has(SignatureFlaw::NoAnchor) || report.has(SignatureFlaw::Chain)));
}

BOOST_AUTO_TEST_CASE(a_fingerprint_of_the_root_works_only_with_the_root_beside_the_signature) {
    const Certificate root = office().authority.certificate();
    const TrustAnchors anchors{{}, {root.fingerprint()}};
    BOOST_TEST(check(signedBySeal(), anchors).has(SignatureFlaw::NoAnchor));
    const auto report = checkCades(signedBySeal(), content, anchors, {root});
    BOOST_TEST(report.problems.empty(), wordsOf(report));
    BOOST_TEST((report.anchor->fingerprint() == root.fingerprint()));
    const TrustAnchors other{{}, {office().auditor.certificate().fingerprint()}};
    BOOST_TEST(checkCades(signedBySeal(), content, other, {root}).has(SignatureFlaw::NoAnchor));
    BOOST_TEST(checkCades(signedBySeal(), content, {}, {root}).has(SignatureFlaw::NoAnchor));
}

BOOST_AUTO_TEST_CASE(the_signer_itself_may_be_the_anchor_but_then_revocation_is_unknown) {
    const Certificate seal = office().seal.certificate();
    for (const TrustAnchors& anchors : {TrustAnchors{{seal}, {}}, TrustAnchors{{}, {seal.fingerprint()}}}) {
        const auto report = check(signedBySeal(), anchors);
        expectOnly(report, SignatureFlaw::NoRevocationData);
        BOOST_TEST(report.onlyUnknownRevocation());
        BOOST_REQUIRE(report.anchor.has_value());
        BOOST_TEST((report.anchor->fingerprint() == seal.fingerprint()));
        BOOST_TEST(!report.revocationKnown);
    }
}

BOOST_AUTO_TEST_CASE(an_intermediate_may_be_the_anchor_and_none_may_stand_below_our_own_root) {
    // LocalAuthority's own root allows no intermediate (pathlen 0), so the middle below it must break the
    // chain.
    const auto middle =
        issueAsWished(office().root, Wish{"Middle", "keyCertSign,cRLSign", {}, true}, makeKey("P-256"));
    const auto key = issueAsWished(middle, Wish{"Auditor"}, makeKey("P-256"));
    const auto signature = expected(signCades(key, content, Commitment::Approval, sealed, {office().crl}));
    BOOST_TEST(check(signature).has(SignatureFlaw::Chain));
    // With the middle as anchor, named by certificate or by fingerprint, the path ends there.
    for (const TrustAnchors& anchors :
         {TrustAnchors{{middle.certificate()}, {}}, TrustAnchors{{}, {middle.certificate().fingerprint()}}}) {
        const auto bare = expected(signCades(key, content, Commitment::Approval, sealed));
        const auto report = check(bare, anchors);
        expectOnly(report, SignatureFlaw::NoRevocationData);
        BOOST_REQUIRE(report.anchor.has_value());
        BOOST_TEST(report.anchor->commonName() == "Middle");
    }
}

BOOST_AUTO_TEST_CASE(a_path_over_an_intermediate_needs_a_list_for_each_step) {
    const Ladder ladder;
    const auto whole = ladder.sign({ladder.listForMiddle, ladder.listForSigner});
    const auto report = check(whole, ladder.anchors);
    BOOST_TEST(report.problems.empty(), wordsOf(report));
    BOOST_TEST(report.revocationKnown);
    for (const Bytes& only : {ladder.listForMiddle, ladder.listForSigner}) {
        expectOnly(check(ladder.sign({only}), ladder.anchors), SignatureFlaw::NoRevocationData);
    }
    const auto revoking = expected(ladder.topAuthority.makeCrl(
        {{ladder.middle.certificate().serialHex(), founded}}, sealed.plusSeconds(-60), 30, 2));
    expectOnly(check(ladder.sign({revoking, ladder.listForSigner}), ladder.anchors), SignatureFlaw::Revoked);
}

BOOST_AUTO_TEST_CASE(what_stands_above_the_anchor_in_the_signature_cannot_be_checked_and_is_a_problem) {
    const Ladder ladder;
    const auto report = check(ladder.sign({}), TrustAnchors{{ladder.signer.certificate()}, {}});
    BOOST_TEST(!report.onlyUnknownRevocation());
}

BOOST_AUTO_TEST_CASE(a_certificate_by_one_who_is_no_authority_breaks_the_chain) {
    const auto forged = issueAsWished(office().seal, Wish{"Forged"}, makeKey("P-256"));
    const auto report =
        check(expected(signCades(forged, content, Commitment::Approval, sealed, {office().crl})));
    BOOST_TEST(!report.problems.empty());
    BOOST_TEST(!report.onlyUnknownRevocation());
    BOOST_TEST(!report.anchor.has_value());
}

BOOST_AUTO_TEST_CASE(without_a_list_revocation_is_unknown) {
    const auto report = check(expected(signCades(office().seal, content, Commitment::Origin, sealed)));
    expectOnly(report, SignatureFlaw::NoRevocationData);
    BOOST_TEST(!report.revocationKnown);
    BOOST_TEST(report.anchor.has_value());
}

BOOST_AUTO_TEST_CASE(revoked_before_the_signing) {
    const std::string serial = office().seal.certificate().serialHex();
    for (const Timestamp at : {sealed.plusSeconds(-7200), sealed}) {
        const auto crl =
            expected(office().authority.makeCrl({{serial, at}}, sealed.plusSeconds(-3600), 30, 2));
        const auto report =
            check(expected(signCades(office().seal, content, Commitment::Origin, sealed, {crl})));
        expectOnly(report, SignatureFlaw::Revoked);
    }
}

BOOST_AUTO_TEST_CASE(revoked_after_a_signing_time_that_only_the_signer_states_leaves_the_question_open) {
    const std::string serial = office().seal.certificate().serialHex();
    const auto crl = expected(office().authority.makeCrl({{serial, sealed.plusSeconds(1)}}, sealed, 30, 2));
    const auto signature = expected(signCades(office().seal, content, Commitment::Origin, sealed, {crl}));
    const auto report = check(signature);
    expectOnly(report, SignatureFlaw::NoRevocationData);
    BOOST_TEST(wordsOf(report).find("only the signer's own clock") != std::string::npos);
    BOOST_TEST(!report.revocationKnown);
    CadesContext proven;
    proven.anchors = office().anchors;
    proven.provenTime = sealed;
    const auto trusted = checkCades(signature, content, proven);
    BOOST_TEST(trusted.problems.empty(), wordsOf(trusted));
    proven.provenTime = sealed.plusSeconds(1);
    expectOnly(checkCades(signature, content, proven), SignatureFlaw::Revoked);
}

BOOST_AUTO_TEST_CASE(a_later_list_that_dates_the_revocation_before_the_signing_counts) {
    const std::string serial = office().seal.certificate().serialHex();
    const auto late = expected(
        office().authority.makeCrl({{serial, sealed.plusSeconds(-60)}}, sealed.plusSeconds(86'400), 30, 2));
    const auto report =
        check(expected(signCades(office().seal, content, Commitment::Origin, sealed, {office().crl, late})));
    BOOST_TEST(report.has(SignatureFlaw::Revoked));
}

BOOST_AUTO_TEST_CASE(another_certificate_on_the_list_does_not_matter) {
    const auto crl = expected(office().authority.makeCrl(
        {{office().auditor.certificate().serialHex(), founded}}, sealed.plusSeconds(-3600), 30, 2));
    BOOST_TEST(check(expected(signCades(office().seal, content, Commitment::Origin, sealed, {crl})))
                   .problems.empty());
}

BOOST_AUTO_TEST_CASE(a_list_from_before_the_certificate_or_out_of_date_is_no_use) {
    const auto young =
        expected(office().authority.issue(CertificatePurpose::Seal, "s", sealed.plusSeconds(-60), year));
    const auto lists = {
        std::pair{office().seal, expected(office().authority.makeCrl({}, founded, 1, 3))},
        std::pair{young, expected(office().authority.makeCrl({}, sealed.plusSeconds(-61), 30, 3))}};
    for (const auto& [key, crl] : lists) {
        expectOnly(check(expected(signCades(key, content, Commitment::Origin, sealed, {crl}))),
                   SignatureFlaw::NoRevocationData);
    }
}

BOOST_AUTO_TEST_CASE(a_list_from_after_the_signing_tells_as_long_as_the_certificate_lasted) {
    const auto brief =
        expected(office().authority.issue(CertificatePurpose::Seal, "s", sealed.plusSeconds(-60), 1));
    const auto signature = expected(signCades(brief, content, Commitment::Origin, sealed));
    CadesContext context;
    context.anchors = office().anchors;
    context.extraCrls = {expected(office().authority.makeCrl({}, sealed.plusSeconds(3600), 30, 3))};
    BOOST_TEST(checkCades(signature, content, context).problems.empty());
    context.extraCrls = {expected(office().authority.makeCrl({}, sealed.plusSeconds(86'400), 30, 3))};
    expectOnly(checkCades(signature, content, context), SignatureFlaw::NoRevocationData);
}

BOOST_AUTO_TEST_CASE(a_list_that_the_verifier_brings_beats_the_older_one_inside) {
    const std::string serial = office().seal.certificate().serialHex();
    CadesContext context;
    context.anchors = office().anchors;
    context.extraCrls = {expected(
        office().authority.makeCrl({{serial, sealed.plusSeconds(-60)}}, sealed.plusSeconds(86'400), 30, 2))};
    expectOnly(checkCades(signedBySeal(), content, context), SignatureFlaw::Revoked);
    // A hold is over when a later list does not have it any more; no other revocation ends.
    for (const auto& [reason, isOver] : {std::pair{RevocationReason::CertificateHold, true},
                                         std::pair{RevocationReason::Superseded, false}}) {
        const auto held = expected(office().authority.makeCrl({{serial, sealed.plusSeconds(-60), reason}},
                                                              sealed.plusSeconds(-30), 30, 2));
        const auto later = expected(office().authority.makeCrl({}, sealed.plusSeconds(60), 30, 3));
        context.extraCrls = {held, later};
        BOOST_TEST(checkCades(signedBySeal(), content, context).problems.empty() == isOver);
    }
}

BOOST_AUTO_TEST_CASE(a_list_by_a_stranger_or_a_changed_one_is_a_problem) {
    const auto stranger = expected(LocalAuthority::create("Somebody else", founded));
    const auto foreign = expected(stranger.makeCrl({}, sealed.plusSeconds(-3600), 30, 1));
    expectOnly(check(expected(
                   signCades(office().seal, content, Commitment::Origin, sealed, {office().crl, foreign}))),
               SignatureFlaw::NoRevocationData);
    const auto impostor = expected(LocalAuthority::create("City of Example", founded));
    const auto forged = expected(impostor.makeCrl({}, sealed.plusSeconds(-3600), 30, 1));
    const auto report =
        check(expected(signCades(office().seal, content, Commitment::Origin, sealed, {forged})));
    BOOST_TEST(report.has(SignatureFlaw::Malformed));
    BOOST_TEST(!report.revocationKnown);
}

BOOST_AUTO_TEST_CASE(many_threads_check_with_the_same_anchors) {
    const Bytes signature = signedBySeal();
    std::array<bool, 6> right{};
    std::vector<std::thread> threads;
    for (bool& mine : right) {
        threads.emplace_back([&mine, &signature] {
            mine = true;
            for (int i = 0; i < 20; ++i) mine = mine && check(signature).problems.empty();
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (const bool one : right) BOOST_TEST(one);
}

BOOST_AUTO_TEST_SUITE_END()

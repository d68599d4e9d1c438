// Signatures with timestamps (level T) and revocation data (level LT) inside.
#include "crypto/TimeOffice.h"
#include "support/Outcome.h"

using namespace tickmark;
using namespace tickmark::crypto;
using namespace tickmark::crypto::test;
using tickmark::test::refusedAs;

BOOST_AUTO_TEST_SUITE(cades_levels)

namespace {

Bytes bareSeal() { return expected(signCades(office().seal, content, Commitment::Origin, sealed)); }

Bytes officeList(const std::vector<LocalAuthority::Revocation>& revoked, std::int64_t secondsAfter = 3600) {
    return expected(office().authority.makeCrl(revoked, sealed.plusSeconds(secondsAfter), 30, 5));
}

SignatureReport checkFully(const Bytes& signature) { return checkCades(signature, content, fullContext()); }

}  // namespace

BOOST_AUTO_TEST_CASE(the_levels_rise_as_proof_is_added) {
    const Bytes bare = bareSeal();
    const auto levelB = checkFully(bare);
    BOOST_TEST((levelB.level == Level::B));
    BOOST_TEST(!levelB.timestamp.has_value());
    BOOST_TEST(!levelB.provenTime.has_value());

    const Bytes withTime = stampedBySeal(bare);
    const auto levelT = checkFully(withTime);
    BOOST_TEST((levelT.level == Level::T));
    BOOST_TEST(levelT.timestamp->trusted(), wordsOf(*levelT.timestamp));
    BOOST_TEST(levelT.provenTime->iso() == stamped.iso());
    expectOnly(levelT, SignatureFlaw::NoRevocationData);

    const Bytes half = expected(addRevocationData(withTime, {officeList({})}, {}));
    BOOST_TEST((checkFully(half).level == Level::T));
    const Bytes whole = expected(addRevocationData(half, {timeOffice().crl}, {}));
    const auto levelLT = checkFully(whole);
    BOOST_TEST(levelLT.problems.empty(), wordsOf(levelLT));
    BOOST_TEST(levelLT.timestamp->problems.empty(), wordsOf(*levelLT.timestamp));
    BOOST_TEST((levelLT.level == Level::LT));
}

BOOST_AUTO_TEST_CASE(lists_that_the_verifier_brings_do_not_lift_the_level) {
    CadesContext context = fullContext();
    context.extraCrls = {officeList({}), timeOffice().crl};
    const auto report = checkCades(stampedBySeal(bareSeal()), content, context);
    BOOST_TEST(report.problems.empty(), wordsOf(report));
    BOOST_TEST(report.timestamp->problems.empty());
    BOOST_TEST(report.revocationKnown);
    BOOST_TEST((report.level == Level::T));
}

BOOST_AUTO_TEST_CASE(openssl_still_verifies_what_was_extended) {
    const auto now = SystemClock().now();
    const auto authority = expected(LocalAuthority::create("City of Example", now.plusSeconds(-3600)));
    const auto seal =
        expected(authority.issue(CertificatePurpose::Seal, "Seal", now.plusSeconds(-600), year));
    const auto times = expected(LocalAuthority::create("Time Office", now.plusSeconds(-3600)));
    const auto clock =
        expected(times.issue(CertificatePurpose::TimeStamping, "Clock", now.plusSeconds(-600), year));
    const Bytes bare = expected(signCades(seal, content, Commitment::Origin, now));
    const Bytes token = stamp(expected(signatureImprint(bare)), Issuing{clock, now});
    const Bytes whole = expected(addRevocationData(
        expected(addSignatureTimestamp(bare, token)),
        {expected(authority.makeCrl({}, now, 30, 1)), expected(times.makeCrl({}, now, 30, 1))}, {}));
    const Folder folder;
    folder.write("signature.p7s", whole);
    folder.write("content", std::string(textOf(content)));
    folder.write("anchor.pem", authority.certificate().pem());
    folder.write("tsa.pem", times.certificate().pem());
    folder.write("token.tst", token);
    BOOST_TEST(folder.run("openssl cms -verify -cades -binary -purpose any -inform DER -in signature.p7s "
                          "-content content -CAfile anchor.pem -out /dev/null") == 0,
               folder.output());
    // The token is made over the signature value, which openssl prints.
    BOOST_TEST(folder.run("openssl ts -verify -token_in -in token.tst -CAfile tsa.pem -digest " +
                          expected(signatureImprint(whole)).hex()) == 0,
               folder.output());
}

BOOST_AUTO_TEST_CASE(extending_keeps_the_signature_and_is_the_same_in_any_order) {
    const Bytes withTime = stampedBySeal(bareSeal());
    const Bytes one = officeList({});
    const Bytes two = timeOffice().crl;
    const Bytes whole = expected(addRevocationData(withTime, {one, two}, {}));
    BOOST_TEST(toHex(expected(addRevocationData(withTime, {two, one, two}, {}))) == toHex(whole));
    BOOST_TEST(toHex(expected(addRevocationData(whole, {one}, {office().authority.certificate()}))) ==
               toHex(whole));
    BOOST_TEST((expected(signatureImprint(whole)) == expected(signatureImprint(bareSeal())) ||
                expected(signatureImprint(whole)) == expected(signatureImprint(withTime))));
    const auto parts = expected(partsOfCades(whole));
    BOOST_TEST(parts.crls.size() == 2U);
    BOOST_TEST(parts.certificates.size() == 1U);
    BOOST_TEST(parts.certificates.front().commonName() == "Evidence seal");
    BOOST_TEST(parts.timestampToken.has_value());
    BOOST_TEST(parts.signingTime.iso() == sealed.iso());
}

BOOST_AUTO_TEST_CASE(a_second_timestamp_or_one_over_another_signature_is_refused) {
    const Bytes withTime = stampedBySeal(bareSeal());
    const Bytes token = *expected(partsOfCades(withTime)).timestampToken;
    BOOST_TEST(refusedAs(addSignatureTimestamp(withTime, token), ErrorKind::Refused, "already-timestamped"));
    BOOST_TEST(refusedAs(addSignatureTimestamp(bareSeal(), token), ErrorKind::Refused, "timestamp-mismatch"));
    BOOST_TEST(refusedAs(addSignatureTimestamp(bareSeal(), bytesOf("x")), ErrorKind::Invalid, "der"));
    BOOST_TEST(refusedAs(addRevocationData(bareSeal(), {Bytes{1}}, {}), ErrorKind::Invalid, "crl"));
    BOOST_TEST(refusedAs(signatureImprint(bytesOf("x")), ErrorKind::Invalid, "der"));
}

BOOST_AUTO_TEST_CASE(a_timestamp_of_another_signature_shows) {
    // Put in past the guard, by the hand of whoever forges.
    const Bytes token = stamp(Sha256::of("another signature value"), timeOffice().issuing());
    const auto cms = ownerFromDer<CmsHandle>(bareSeal(), &d2i_CMS_ContentInfo);
    CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms.get()), 0);
    require(CMS_unsigned_add1_attr_by_NID(signer, NID_id_smime_aa_timeStampToken, V_ASN1_SEQUENCE,
                                          token.data(), static_cast<int>(token.size())) == 1);
    const auto report = checkFully(derOf<CMS_ContentInfo>(cms.get(), &i2d_CMS_ContentInfo));
    BOOST_TEST(report.timestamp->has(SignatureFlaw::Imprint));
    BOOST_TEST(!report.provenTime.has_value());
    BOOST_TEST((report.level == Level::B));
}

BOOST_AUTO_TEST_CASE(revocation_counts_from_the_timestamps_time) {
    const std::string serial = office().seal.certificate().serialHex();
    const Bytes withTime = stampedBySeal(bareSeal());
    const auto revokedAfter = [&](std::int64_t seconds) {
        CadesContext context = fullContext();
        context.extraCrls = {officeList({{serial, stamped.plusSeconds(seconds)}}), timeOffice().crl};
        return checkCades(withTime, content, context);
    };
    BOOST_TEST(revokedAfter(1).problems.empty(), wordsOf(revokedAfter(1)));
    expectOnly(revokedAfter(0), SignatureFlaw::Revoked);
    // Between the claimed signing time and the timestamp: nobody but the signer says that it was signed
    // before.
    expectOnly(revokedAfter(-5), SignatureFlaw::Revoked);
    // The same with a timestamp that nobody vouches for.
    CadesContext unanchored = fullContext();
    unanchored.timestampAnchors = {};
    unanchored.extraCrls = {officeList({{serial, stamped.plusSeconds(1)}})};
    expectOnly(checkCades(withTime, content, unanchored), SignatureFlaw::NoRevocationData);
}

BOOST_AUTO_TEST_CASE(a_certificate_that_ran_out_after_the_timestamp_is_in_order) {
    const auto brief =
        expected(office().authority.issue(CertificatePurpose::Seal, "s", sealed.plusSeconds(-86'000), 1));
    const Bytes signature = expected(signCades(brief, content, Commitment::Origin, sealed, {office().crl}));
    Issuing late = timeOffice().issuing();
    late.at = sealed.plusSeconds(500);
    const Bytes token = stamp(expected(signatureImprint(signature)), late);
    const auto report = checkFully(expected(addSignatureTimestamp(signature, token)));
    BOOST_TEST(report.has(SignatureFlaw::Validity));  // stamped after the end, so the signing may be, too
    late.at = sealed.plusSeconds(300);
    const Bytes inTime = stamp(expected(signatureImprint(signature)), late);
    BOOST_TEST(!checkFully(expected(addSignatureTimestamp(signature, inTime))).has(SignatureFlaw::Validity));
}

BOOST_AUTO_TEST_CASE(a_signing_time_after_the_timestamp_shows_beyond_five_minutes) {
    const Bytes bare = bareSeal();
    for (const auto& [early, isFine] : {std::pair{300, true}, std::pair{301, false}}) {
        Issuing issuing = timeOffice().issuing();
        issuing.at = sealed.plusSeconds(-early);
        const Bytes token = stamp(expected(signatureImprint(bare)), issuing);
        const auto report = checkFully(expected(addSignatureTimestamp(bare, token)));
        BOOST_TEST(report.has(SignatureFlaw::SigningTime) == !isFine);
    }
    CadesContext context = fullContext();
    context.provenTime = sealed.plusSeconds(-301);
    BOOST_TEST(checkCades(bare, content, context).has(SignatureFlaw::SigningTime));
}

BOOST_AUTO_TEST_CASE(a_timestamp_without_an_anchor_does_not_weigh_on_the_signature) {
    const Bytes whole =
        expected(addRevocationData(stampedBySeal(bareSeal()), {officeList({}), timeOffice().crl}, {}));
    const auto report = check(whole);
    BOOST_TEST(report.problems.empty(), wordsOf(report));
    BOOST_TEST(report.timestamp->onlyUnanchored(), wordsOf(*report.timestamp));
    BOOST_TEST((report.level == Level::B));
}

BOOST_AUTO_TEST_CASE(a_list_or_certificate_that_serves_no_path_is_malformed) {
    const auto stranger = expected(LocalAuthority::create("Somebody else", founded));
    const Bytes foreign = expected(stranger.makeCrl({}, sealed.plusSeconds(60), 30, 1));
    CadesContext context = fullContext();
    // The stranger is an anchor of the verifier too, so the list is authentic; still nothing needs it.
    context.anchors.certificates.push_back(stranger.certificate());
    const Bytes surplus = expected(addRevocationData(bareSeal(), {officeList({}), foreign}, {}));
    BOOST_TEST(checkCades(surplus, content, context).has(SignatureFlaw::Malformed));
    const Bytes certificate =
        expected(addRevocationData(bareSeal(), {officeList({})}, {office().auditor.certificate()}));
    BOOST_TEST(checkFully(certificate).has(SignatureFlaw::Malformed));
    // The authority's list in a signature that has no timestamp.
    const Bytes early = expected(addRevocationData(bareSeal(), {officeList({}), timeOffice().crl}, {}));
    BOOST_TEST(!checkFully(early).problems.empty());
}

BOOST_AUTO_TEST_CASE(the_authoritys_intermediate_may_stand_in_the_signature) {
    const TimeOffice& times = timeOffice();
    const SigningKey top =
        issueAsWished(times.rootKey, Wish{"Top", "critical,keyCertSign,cRLSign", {}, true}, makeKey("P-256"));
    const SigningKey middle =
        issueAsWished(top, Wish{"Middle", "critical,keyCertSign,cRLSign", {}, true}, makeKey("P-256"));
    Wish wish{"Clock"};
    wish.extendedUsageWords = "critical,timeStamping";
    const SigningKey clock = issueAsWished(middle, wish, makeKey("P-256"));
    const Bytes bare = bareSeal();
    const Bytes token = stamp(expected(signatureImprint(bare)), Issuing{clock, stamped});
    const Bytes withTime = expected(addSignatureTimestamp(bare, token));
    CadesContext context = fullContext();
    context.timestampAnchors = {{top.certificate()}, {}};
    BOOST_TEST(!checkCades(withTime, content, context).timestamp->trusted());
    const Bytes withMiddle = expected(addRevocationData(withTime, {officeList({})}, {middle.certificate()}));
    const auto report = checkCades(withMiddle, content, context);
    BOOST_TEST(report.timestamp->trusted(), wordsOf(*report.timestamp));
    BOOST_TEST(report.problems.empty(), wordsOf(report));
    const auto unanchored = check(withMiddle);
    BOOST_TEST(unanchored.problems.empty(), wordsOf(unanchored));
}

BOOST_AUTO_TEST_CASE(each_commitment_is_told) {
    for (const Commitment commitment : {Commitment::Origin, Commitment::Approval, Commitment::Receipt}) {
        const auto report = checkFully(expected(signCades(office().auditor, content, commitment, sealed)));
        BOOST_TEST((*report.commitment == commitment));
    }
}

BOOST_AUTO_TEST_SUITE_END()

// Lists and certificates beside a signature: put in once, told in order, judged by the path that they serve.
#include "crypto/CadesProfile.h"
#include "crypto/TimeOffice.h"
#include "support/Outcome.h"

using namespace tickmark;
using namespace tickmark::crypto;
using namespace tickmark::crypto::test;
using tickmark::test::holds;
using tickmark::test::refusedAs;

namespace {

Bytes officeList() { return expected(office().authority.makeCrl({}, sealed.plusSeconds(3600), 30, 5)); }

Bytes stampedSeal() {
    return stampedBySeal(expected(signCades(office().seal, content, Commitment::Origin, sealed)));
}

SignatureReport checkFully(const Bytes& signature) { return checkCades(signature, content, fullContext()); }

}  // namespace

BOOST_AUTO_TEST_SUITE(cades_extending)

BOOST_AUTO_TEST_CASE(what_is_there_already_does_not_keep_out_what_follows) {
    const Bytes one = officeList();
    const Bytes two = timeOffice().crl;
    const Bytes both = expected(addRevocationData(stampedSeal(), {one, two}, {}));
    const auto lists = [](const Bytes& signature) { return expected(partsOfCades(signature)).crls; };
    BOOST_TEST(lists(both).size() == 2U);
    BOOST_TEST((lists(expected(addRevocationData(stampedSeal(), {one, one, two}, {}))) == lists(both)));
    const Bytes extended = expected(addRevocationData(stampedSeal(), {one}, {}));
    BOOST_TEST((lists(expected(addRevocationData(extended, {one, two}, {}))) == lists(both)));
}

BOOST_AUTO_TEST_CASE(a_certificate_is_put_in_once_and_no_root_ever) {
    const Ladder ladder;
    const Certificate& middle = ladder.middle.certificate();
    const Certificate& top = ladder.top.certificate();
    const Bytes bare = expected(signCades(office().seal, content, Commitment::Origin, sealed));
    const auto certificates = [&](const Bytes& signature, const std::vector<Certificate>& more) {
        return expected(partsOfCades(expected(addRevocationData(signature, {}, more)))).certificates.size();
    };
    BOOST_TEST(certificates(bare, {middle}) == 2U);
    BOOST_TEST(certificates(bare, {middle, middle}) == 2U);
    BOOST_TEST(certificates(
                   bare, {office().authority.certificate(), office().seal.certificate(), middle, top}) == 3U);
    BOOST_TEST(certificates(expected(addRevocationData(bare, {}, {middle})), {middle, top}) == 3U);
}

BOOST_AUTO_TEST_CASE(the_signers_certificate_is_told_first) {
    const Certificate other = issueAsWished(office().root, Wish{"B"}, makeKey("P-256")).certificate();
    for (const std::string& name : {std::string("A"), std::string(60, 'A')}) {
        const SigningKey key = issueAsWished(office().root, Wish{name.c_str()}, makeKey("P-256"));
        const Bytes bare = expected(signCades(key, content, Commitment::Origin, sealed));
        const auto parts = expected(partsOfCades(expected(addRevocationData(bare, {}, {other}))));
        BOOST_REQUIRE(parts.certificates.size() == 2U);
        BOOST_TEST(parts.certificates.front().commonName() == name);
    }
}

BOOST_AUTO_TEST_CASE(the_authoritys_own_revocation_counts_against_the_timestamp_only) {
    const std::string serial = timeOffice().clock.certificate().serialHex();
    const auto revoked = expected(
        timeOffice().root.makeCrl({{serial, stamped.plusSeconds(-1), RevocationReason::KeyCompromise}},
                                  stamped.plusSeconds(3600), 30, 2));
    const auto report = checkFully(expected(addRevocationData(stampedSeal(), {officeList(), revoked}, {})));
    BOOST_TEST(report.problems.empty(), wordsOf(report));
    expectOnly(*report.timestamp, SignatureFlaw::Revoked);
    BOOST_TEST(!report.provenTime.has_value());
    BOOST_TEST((report.level == Level::B));
}

BOOST_AUTO_TEST_CASE(a_list_whose_issuer_is_not_at_hand_stays_unchecked_where_it_belongs) {
    const Bytes whole = expected(addRevocationData(stampedSeal(), {officeList(), timeOffice().crl}, {}));
    const auto unanchored = check(whole);
    BOOST_TEST(unanchored.problems.empty(), wordsOf(unanchored));
    BOOST_TEST(holds(wordsOf(*unanchored.timestamp), "cannot be checked without its issuer's certificate"));
    const auto stranger = expected(LocalAuthority::create("Somebody else", founded));
    const Bytes foreign = expected(stranger.makeCrl({}, sealed.plusSeconds(60), 30, 1));
    const auto report = checkFully(expected(addRevocationData(whole, {foreign}, {})));
    expectOnly(report, SignatureFlaw::NoRevocationData);
    BOOST_TEST(holds(wordsOf(report), "cannot be checked without its issuer's certificate"));
    BOOST_TEST(report.timestamp->problems.empty(), wordsOf(*report.timestamp));
}

BOOST_AUTO_TEST_CASE(a_signature_of_exactly_one_mebibyte_is_read) {
    Bytes signature = stampedSeal();
    signature.resize(maximumSignatureSize);
    BOOST_TEST(!holds(wordsOf(check(signature)), "1 MiB"));
}

BOOST_AUTO_TEST_CASE(signing_asks_for_a_suited_key_in_its_time) {
    const auto& seal = office().seal;
    const auto at = [&](Timestamp moment) { return signCades(seal, content, Commitment::Origin, moment); };
    BOOST_TEST(at(seal.certificate().notBefore()).ok());
    BOOST_TEST(at(seal.certificate().notAfter()).ok());
    BOOST_TEST(!at(seal.certificate().notBefore().plusSeconds(-1)).ok());
    BOOST_TEST(!at(seal.certificate().notAfter().plusSeconds(1)).ok());
    const SigningKey weak = issueAsWished(office().root, Wish{"weak"}, makeRsaKey(2048));
    BOOST_TEST(
        refusedAs(signCades(weak, content, Commitment::Origin, sealed), ErrorKind::Refused, "key-type"));
}

BOOST_AUTO_TEST_SUITE_END()

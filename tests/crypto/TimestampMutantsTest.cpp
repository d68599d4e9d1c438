// Tokens that may not be believed: each breaks one rule of the profile or of trust.
#include "crypto/TimeOffice.h"

using namespace tickmark;
using namespace tickmark::crypto;
using namespace tickmark::crypto::test;

BOOST_AUTO_TEST_SUITE(timestamp_mutants)

namespace {

TokenRecipe goodRecipe() { return timeOffice().recipe(stampedDigest); }

// The clock's certificate with other extensions.
SigningKey clockWith(const Wish& wish) { return issueAsWished(timeOffice().rootKey, wish, makeKey("P-256")); }

Bytes listWith(const std::vector<LocalAuthority::Revocation>& revoked) {
    return expected(timeOffice().root.makeCrl(revoked, stamped.plusSeconds(3600), 30, 2));
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_recipe_that_the_mutants_change_is_itself_right) {
    const auto report = checkStamp(makeToken(goodRecipe()));
    BOOST_TEST(report.problems.empty(), wordsOf(report));
}

BOOST_AUTO_TEST_CASE(a_stamp_over_something_else) {
    TokenRecipe recipe = goodRecipe();
    recipe.imprint = Sha256::of("other");
    expectOnly(checkStamp(makeToken(recipe)), SignatureFlaw::Imprint);
}

BOOST_AUTO_TEST_CASE(a_weak_digest) {
    TokenRecipe recipe = goodRecipe();
    Wish wish{"Clock"};
    wish.extendedUsageWords = "critical,timeStamping";
    recipe.signers = {issueAsWished(timeOffice().rootKey, wish, makeRsaKey(3072))};
    BOOST_TEST(checkStamp(makeToken(recipe)).problems.empty());
    for (const EVP_MD* digest : {EVP_md5(), EVP_sha1(), EVP_sha224()}) {
        recipe.digest = digest;
        expectOnly(checkStamp(makeToken(recipe)), SignatureFlaw::Malformed);
    }
    for (const EVP_MD* digest : {EVP_md5(), EVP_sha1(), EVP_sha384()}) {
        TokenRecipe imprinted = goodRecipe();
        imprinted.imprintDigest = digest;
        imprinted.imprintBytes = Bytes(static_cast<std::size_t>(EVP_MD_get_size(digest)), 7);
        expectOnly(checkStamp(makeToken(imprinted)), SignatureFlaw::Malformed);
    }
}

BOOST_AUTO_TEST_CASE(a_weak_or_foreign_key) {
    Wish wish{"Clock"};
    wish.extendedUsageWords = "critical,timeStamping";
    TokenRecipe recipe = goodRecipe();
    recipe.signers = {issueAsWished(timeOffice().rootKey, wish, makeRsaKey(1024))};
    BOOST_TEST(checkStamp(makeToken(recipe)).has(SignatureFlaw::Malformed));
    const auto impostor = expected(LocalAuthority::create("Time Office", founded));
    recipe.signers = {issueAsWished(rootKeyOf(impostor), wish, makeKey("P-256"))};
    BOOST_TEST(!checkStamp(makeToken(recipe)).trusted());
    BOOST_TEST(!checkStamp(makeToken(recipe)).anchor.has_value());
}

BOOST_AUTO_TEST_CASE(trailing_bytes_a_cut_file_and_one_over_the_cap) {
    const Bytes token = makeToken(goodRecipe());
    Bytes longer = token;
    longer.push_back(0);
    expectOnly(checkStamp(longer), SignatureFlaw::Malformed);
    longer.resize(maximumTokenSize + 1);
    expectOnly(checkStamp(longer), SignatureFlaw::Malformed);
    for (std::size_t size = 0; size < token.size(); size += 7)
        BOOST_REQUIRE(checkStamp({token.begin(), token.begin() + static_cast<std::ptrdiff_t>(size)})
                          .has(SignatureFlaw::Malformed));
}

BOOST_AUTO_TEST_CASE(two_signers) {
    TokenRecipe recipe = goodRecipe();
    recipe.signers.push_back(
        expected(timeOffice().root.issue(CertificatePurpose::TimeStamping, "Second clock", founded, year)));
    expectOnly(checkStamp(makeToken(recipe)), SignatureFlaw::Malformed);
}

BOOST_AUTO_TEST_CASE(an_extended_key_usage_that_is_not_time_stamping_alone_and_critical) {
    for (const char* usage : {static_cast<const char*>(nullptr), "timeStamping", "critical,emailProtection",
                              "critical,timeStamping,emailProtection", "critical,serverAuth"}) {
        Wish wish{"Clock", "critical,digitalSignature"};
        wish.extendedUsageWords = usage;
        TokenRecipe recipe = goodRecipe();
        recipe.signers = {clockWith(wish)};
        const auto report = checkStamp(makeToken(recipe));
        expectOnly(report, SignatureFlaw::KeyUsage);
    }
    for (const char* keyUsage : {"critical,keyEncipherment", "critical,digitalSignature,keyCertSign"}) {
        Wish wish{"Clock", keyUsage};
        wish.extendedUsageWords = "critical,timeStamping";
        TokenRecipe recipe = goodRecipe();
        recipe.signers = {clockWith(wish)};
        BOOST_TEST(checkStamp(makeToken(recipe)).has(SignatureFlaw::KeyUsage), keyUsage);
    }
    TokenRecipe bySeal = goodRecipe();
    bySeal.signers = {office().seal};
    BOOST_TEST(checkStamp(makeToken(bySeal)).has(SignatureFlaw::KeyUsage));
}

BOOST_AUTO_TEST_CASE(a_time_outside_the_authoritys_certificate) {
    for (const std::int64_t away : {std::int64_t{-86'400} * 40, std::int64_t{86'400} * 400}) {
        TokenRecipe recipe = goodRecipe();
        recipe.at = stamped.plusSeconds(away);
        BOOST_TEST(checkStamp(makeToken(recipe)).has(SignatureFlaw::Validity));
    }
}

BOOST_AUTO_TEST_CASE(another_version_or_content) {
    TokenRecipe version = goodRecipe();
    version.version = 2;
    expectOnly(checkStamp(makeToken(version)), SignatureFlaw::Malformed);
    TokenRecipe extended = goodRecipe();
    extended.hasCriticalExtension = true;
    expectOnly(checkStamp(makeToken(extended)), SignatureFlaw::Malformed);
    TokenRecipe text = goodRecipe();
    text.content = bytesOf("stamped: yes");
    expectOnly(checkStamp(makeToken(text)), SignatureFlaw::Malformed);
    TokenRecipe typed = goodRecipe();
    typed.contentType = NID_pkcs7_data;
    expectOnly(checkStamp(makeToken(typed)), SignatureFlaw::Malformed);
    // A genuine seal is no timestamp.
    expectOnly(checkStamp(signedBySeal()), SignatureFlaw::Malformed);
}

BOOST_AUTO_TEST_CASE(missing_bindings_and_certificates) {
    for (const unsigned int change : {CMS_CADES + 0U, CMS_NOCERTS + 0U, CMS_NOATTR + 0U}) {
        TokenRecipe recipe = goodRecipe();
        recipe.signerFlags ^= change;
        expectOnly(checkStamp(makeToken(recipe)), SignatureFlaw::Malformed);
    }
}

BOOST_AUTO_TEST_CASE(what_nothing_protects_may_not_be_inside) {
    TokenRecipe lists = goodRecipe();
    lists.crls = {timeOffice().crl};
    expectOnly(checkStamp(makeToken(lists)), SignatureFlaw::Malformed);
    for (const Certificate& surplus : {timeOffice().root.certificate(), office().seal.certificate()}) {
        TokenRecipe recipe = goodRecipe();
        recipe.certificates = {surplus};
        BOOST_TEST(checkStamp(makeToken(recipe)).has(SignatureFlaw::Malformed));
    }
    const auto cms = ownerFromDer<CmsHandle>(makeToken(goodRecipe()), &d2i_CMS_ContentInfo);
    CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms.get()), 0);
    const Bytes value{0x30, 0x03, 0x02, 0x01, 0x07};
    require(CMS_unsigned_add1_attr_by_NID(signer, NID_id_smime_aa_timeStampToken, V_ASN1_SEQUENCE,
                                          value.data(), static_cast<int>(value.size())) == 1);
    expectOnly(checkStamp(derOf<CMS_ContentInfo>(cms.get(), &i2d_CMS_ContentInfo)), SignatureFlaw::Malformed);
}

BOOST_AUTO_TEST_CASE(a_revoked_authority_by_date_and_reason) {
    const TimeOffice& times = timeOffice();
    const Bytes token = makeToken(goodRecipe());
    const std::string serial = times.clock.certificate().serialHex();
    const auto with = [&](std::int64_t seconds, std::optional<RevocationReason> reason,
                          std::optional<Timestamp> existedBy = {}) {
        return checkTimestamp(token, stampedDigest, times.anchors,
                              {listWith({{serial, stamped.plusSeconds(seconds), reason}})}, existedBy);
    };
    expectOnly(with(0, RevocationReason::Superseded), SignatureFlaw::Revoked);
    expectOnly(with(-5, {}), SignatureFlaw::Revoked);
    // RFC 3161 section 4: these leave earlier tokens alone, the others do not.
    BOOST_TEST(with(1, RevocationReason::Unspecified).problems.empty());
    BOOST_TEST(with(1, RevocationReason::AffiliationChanged).problems.empty());
    BOOST_TEST(with(1, RevocationReason::Superseded).problems.empty());
    BOOST_TEST(with(1, RevocationReason::CessationOfOperation).problems.empty());
    expectOnly(with(100, {}), SignatureFlaw::Revoked);
    expectOnly(with(100, RevocationReason::KeyCompromise), SignatureFlaw::Revoked);
    // Unless somebody else knew the token before.
    BOOST_TEST(with(100, RevocationReason::KeyCompromise, stamped.plusSeconds(99)).problems.empty());
    expectOnly(with(100, RevocationReason::KeyCompromise, stamped.plusSeconds(100)), SignatureFlaw::Revoked);
}

BOOST_AUTO_TEST_CASE(without_a_list_the_time_counts_but_revocation_is_unknown) {
    const Bytes token = makeToken(goodRecipe());
    const auto foreign = expected(expected(LocalAuthority::create("Time Office", founded))
                                      .makeCrl({}, stamped.plusSeconds(3600), 30, 1));
    for (const std::vector<Bytes>& crls : {std::vector<Bytes>{}, {office().crl}, {foreign}, {Bytes{1, 2}}}) {
        const auto report = checkTimestamp(token, stampedDigest, timeOffice().anchors, crls);
        BOOST_TEST(report.has(SignatureFlaw::NoRevocationData));
        BOOST_TEST(report.problems.size() == 1U);
        BOOST_TEST(report.trusted());
        BOOST_TEST(!report.revocationKnown);
    }
}

BOOST_AUTO_TEST_SUITE_END()

// Signatures as written.
#include <array>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "crypto/Office.h"

using namespace tickmark;
using namespace tickmark::crypto;
using namespace tickmark::crypto::test;

BOOST_AUTO_TEST_SUITE(cades_signing)

BOOST_AUTO_TEST_CASE(a_signature_of_our_own_has_no_problem_and_tells_who_when_and_what_for) {
    const SignatureReport report = check(signedBySeal());
    BOOST_TEST(report.problems.empty(), wordsOf(report));
    BOOST_REQUIRE(report.signer.has_value());
    BOOST_TEST(report.signer->commonName() == "Evidence seal");
    BOOST_REQUIRE(report.anchor.has_value());
    BOOST_TEST((report.anchor->fingerprint() == office().authority.certificate().fingerprint()));
    BOOST_TEST((report.signingTime == sealed));
    BOOST_TEST((report.commitment == Commitment::Origin));
    BOOST_TEST(report.revocationKnown);
    const auto approval =
        expected(signCades(office().auditor, content, Commitment::Approval, sealed, {office().crl}));
    BOOST_TEST((check(approval).commitment == Commitment::Approval));
    BOOST_TEST(check(approval).problems.empty());
}

BOOST_AUTO_TEST_CASE(every_kind_of_key_signs_and_every_digest_is_accepted) {
    const auto p384 = issueAsWished(office().root, Wish{"P-384"}, makeKey("P-384"));
    for (const SigningKey& key : {office().seal, office().rsa, p384}) {
        const auto signature = expected(signCades(key, content, Commitment::Origin, sealed, {office().crl}));
        BOOST_TEST(check(signature).problems.empty(), wordsOf(check(signature)));
        for (const EVP_MD* digest : {EVP_sha256(), EVP_sha384(), EVP_sha512()}) {
            CmsRecipe recipe = sealRecipe();
            recipe.signers = {key};
            recipe.digest = digest;
            const auto report = check(makeCms(recipe, content));
            BOOST_TEST(report.problems.empty(), wordsOf(report));
        }
    }
}

BOOST_AUTO_TEST_CASE(an_empty_and_a_large_content_can_be_signed) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{3'000'000}}) {
        const Bytes bytes(size, 0x5A);
        const auto signature =
            expected(signCades(office().seal, bytes, Commitment::Origin, sealed, {office().crl}));
        BOOST_TEST(checkCades(signature, bytes, office().anchors).problems.empty());
        BOOST_TEST(checkCades(signature, content, office().anchors).has(SignatureFlaw::Mismatch));
    }
}

BOOST_AUTO_TEST_CASE(the_openssl_command_of_the_readme_accepts_it) {
    const Folder folder;
    // The command judges by the clock, so this certificate is made for today.
    const Timestamp now = SystemClock().now();
    const auto authority = expected(LocalAuthority::create("City of Example", now.plusSeconds(-600)));
    const auto seal =
        expected(authority.issue(CertificatePurpose::Seal, "Evidence seal", now.plusSeconds(-600), year));
    const auto crl = expected(authority.makeCrl({}, now.plusSeconds(-300), 30, 1));
    folder.write("signature.p7s", expected(signCades(seal, content, Commitment::Origin, now, {crl})));
    folder.write("manifest.xml", content);
    folder.write("other.xml", std::string("<Other/>"));
    folder.write("anchor.pem", authority.certificate().pem());
    folder.write("stranger.pem", office().authority.certificate().pem());
    const auto verify = [&](const std::string& file, const std::string& anchor) {
        return folder.run(
            "openssl cms -verify -cades -binary -purpose any -inform DER -in signature.p7s -content " + file +
            " -CAfile " + anchor + " -out /dev/null");
    };
    BOOST_TEST(verify("manifest.xml", "anchor.pem") == 0, folder.output());
    BOOST_TEST(verify("other.xml", "anchor.pem") != 0);
    BOOST_TEST(verify("manifest.xml", "stranger.pem") != 0);
}

BOOST_AUTO_TEST_CASE(a_key_that_may_not_sign_documents_is_refused) {
    const auto server =
        expected(office().authority.issue(CertificatePurpose::TlsServer, "s", founded, year, {"localhost"}));
    BOOST_TEST(signCades(server, content, Commitment::Origin, sealed).error().type == "key-usage");
    BOOST_TEST(signCades(office().root, content, Commitment::Origin, sealed).error().type == "key-usage");
}

BOOST_AUTO_TEST_CASE(nothing_is_signed_outside_the_validity_of_the_certificate) {
    for (const Timestamp at :
         {founded.plusSeconds(-1), office().seal.certificate().notAfter().plusSeconds(1)}) {
        BOOST_TEST(signCades(office().seal, content, Commitment::Origin, at).error().type ==
                   "certificate-validity");
    }
    BOOST_TEST(signCades(office().seal, content, Commitment::Origin, founded).ok());
}

BOOST_AUTO_TEST_CASE(a_damaged_revocation_list_is_refused) {
    Bytes cut = office().crl;
    cut.pop_back();
    BOOST_TEST(signCades(office().seal, content, Commitment::Origin, sealed, {cut}).error().type == "crl");
}

BOOST_AUTO_TEST_CASE(one_key_signs_from_many_threads) {
    std::array<bool, 6> right{};
    std::vector<std::thread> threads;
    for (bool& mine : right) {
        threads.emplace_back([&mine] {
            mine = true;
            for (int i = 0; i < 20; ++i) mine = mine && check(signedBySeal()).problems.empty();
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (const bool one : right) BOOST_TEST(one);
}

BOOST_AUTO_TEST_SUITE_END()

// Signatures as written, and every way in which one may not be accepted. Each mutant breaks one rule of the
// profile.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <sstream>
#include <thread>

#include "crypto/CadesProfile.h"
#include "crypto/TestHouse.h"
#include "tickmark/crypto/Cms.h"

using namespace tickmark;
using namespace tickmark::crypto;
using namespace tickmark::crypto::test;

namespace tickmark::crypto {
static std::ostream& boost_test_print_type(std::ostream& out, SignatureFlaw flaw) {
    return out << "flaw " << static_cast<int>(flaw);
}
}  // namespace tickmark::crypto

namespace {

constexpr int year = 365;
const ByteView content = viewOf("<ASiCManifest/>");

// One organisation for all cases: making keys is the slow part.
struct Office {
    LocalAuthority authority = expected(LocalAuthority::create("City of Example", founded));
    SigningKey root = rootKeyOf(authority);
    SigningKey seal = expected(authority.issue(CertificatePurpose::Seal, "Evidence seal", founded, year));
    SigningKey auditor =
        expected(authority.issue(CertificatePurpose::Signatory, "Lead auditor", founded, year));
    SigningKey rsa = issueAsWished(root, Wish{"Old seal"}, makeRsaKey(3072));
    Bytes crl = expected(authority.makeCrl({}, sealed.plusSeconds(-3600), 30, 1));
    TrustAnchors anchors{{authority.certificate()}, {}};
};

const Office& office() {
    static const Office one;
    return one;
}

Bytes signedBySeal() {
    return expected(signCades(office().seal, content, Commitment::Origin, sealed, {office().crl}));
}

SignatureReport check(const Bytes& signature, const TrustAnchors& anchors = office().anchors) {
    return checkCades(signature, content, anchors);
}

std::string wordsOf(const SignatureReport& report) {
    std::string words;
    for (const SignatureProblem& problem : report.problems) words += problem.message + " ";
    return words;
}

// The report must show this flaw and no other.
void expectOnly(const SignatureReport& report, SignatureFlaw flaw) {
    BOOST_TEST(!report.problems.empty());
    for (const SignatureProblem& problem : report.problems) BOOST_TEST(problem.flaw == flaw, problem.message);
}

// Anchor, an authority below it, and a signer below that, with a revocation list for each step.
struct Ladder {
    SigningKey top = issueAsWished(office().root, authorityNamed("Top"), makeKey("P-256"));
    SigningKey middle = issueAsWished(top, authorityNamed("Middle"), makeKey("P-384"));
    SigningKey signer = issueAsWished(middle, Wish{"Auditor"}, makeKey("P-256"));
    LocalAuthority topAuthority = authorityOf(top);
    Bytes listForMiddle = expected(topAuthority.makeCrl({}, sealed.plusSeconds(-3600), 30, 1));
    Bytes listForSigner = expected(authorityOf(middle).makeCrl({}, sealed.plusSeconds(-3600), 30, 1));
    TrustAnchors anchors{{top.certificate()}, {}};

    // Without Top, which stays with the verifier.
    [[nodiscard]] Bytes sign(const std::vector<Bytes>& crls) const {
        CmsRecipe recipe;
        recipe.signers = {signer};
        recipe.certificates = {middle.certificate()};
        recipe.crls = crls;
        return makeCms(recipe, content);
    }
    static Wish authorityNamed(const char* name) { return Wish{name, "keyCertSign,cRLSign", {}, true}; }
    static LocalAuthority authorityOf(const SigningKey& key) {
        return expected(LocalAuthority::fromPem(key.keyPem({}), key.certificate().pem(), {}));
    }
};

CmsRecipe sealRecipe() {
    CmsRecipe recipe;
    recipe.signers = {office().seal};
    recipe.crls = {office().crl};
    return recipe;
}

}  // namespace

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

BOOST_AUTO_TEST_SUITE(cades_mutants)

BOOST_AUTO_TEST_CASE(the_recipe_that_the_mutants_change_is_itself_right) {
    const auto report = check(makeCms(sealRecipe(), content));
    BOOST_TEST(report.problems.empty(), wordsOf(report));
}

BOOST_AUTO_TEST_CASE(other_content) {
    expectOnly(checkCades(signedBySeal(), viewOf("<ASiCManifest />"), office().anchors),
               SignatureFlaw::Mismatch);
}

BOOST_AUTO_TEST_CASE(a_weak_digest) {
    for (const EVP_MD* digest : {EVP_md5(), EVP_sha1(), EVP_sha224()}) {
        CmsRecipe recipe = sealRecipe();
        recipe.signers = {office().rsa};
        recipe.digest = digest;
        expectOnly(check(makeCms(recipe, content)), SignatureFlaw::Malformed);
    }
}

BOOST_AUTO_TEST_CASE(trailing_bytes) {
    for (const std::size_t count : {std::size_t{1}, std::size_t{4096}}) {
        Bytes signature = signedBySeal();
        signature.insert(signature.end(), count, 0);
        expectOnly(check(signature), SignatureFlaw::Malformed);
    }
}

BOOST_AUTO_TEST_CASE(a_file_over_the_size_cap) {
    Bytes signature = signedBySeal();
    signature.resize(maximumSignatureSize + 1);
    const auto report = check(signature);
    expectOnly(report, SignatureFlaw::Malformed);
    BOOST_TEST(wordsOf(report).find("1 MiB") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_shortened_file) {
    const Bytes signature = signedBySeal();
    for (std::size_t size = 0; size < signature.size(); ++size) {
        const Bytes cut(signature.begin(), signature.begin() + static_cast<std::ptrdiff_t>(size));
        BOOST_REQUIRE(check(cut).has(SignatureFlaw::Malformed));
    }
}

BOOST_AUTO_TEST_CASE(no_signed_attributes) {
    CmsRecipe recipe = sealRecipe();
    recipe.signerFlags = CMS_DETACHED | CMS_BINARY | CMS_PARTIAL | CMS_NOATTR;
    expectOnly(check(makeCms(recipe, content)), SignatureFlaw::Malformed);
}

BOOST_AUTO_TEST_CASE(signed_attributes_presented_as_content) {
    // RFC 5652 section 5.4 signs either the content or the attributes: the attributes of a real signature,
    // taken as the content of one without attributes, verify with OpenSSL.
    const Bytes real = signedBySeal();
    const auto fields = expected(readCades(real));
    Bytes attributes(fields.signedAttributes.begin(), fields.signedAttributes.end());
    attributes.front() = 0x31;
    CmsRecipe recipe = sealRecipe();
    recipe.signerFlags = CMS_DETACHED | CMS_BINARY | CMS_PARTIAL | CMS_NOATTR;
    Bytes forged = makeCms(recipe, attributes);
    const auto cms = ownerFromDer<CmsHandle>(forged, &d2i_CMS_ContentInfo);
    BOOST_REQUIRE(cms != nullptr);
    CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms.get()), 0);
    BOOST_REQUIRE(ASN1_OCTET_STRING_set(CMS_SignerInfo_get0_signature(signer), fields.signatureValue.data(),
                                        static_cast<int>(fields.signatureValue.size())) == 1);
    forged = derOf<CMS_ContentInfo>(cms.get(), &i2d_CMS_ContentInfo);
    const Folder folder;
    folder.write("forged.p7s", forged);
    folder.write("content", attributes);
    folder.write("anchor.pem", office().authority.certificate().pem());
    BOOST_TEST(
        folder.run("openssl cms -verify -cades -binary -purpose any -attime " +
                   std::to_string(sealed.seconds()) +
                   " -inform DER -in forged.p7s -content content -CAfile anchor.pem -out /dev/null") == 0,
        folder.output());
    expectOnly(checkCades(forged, attributes, office().anchors), SignatureFlaw::Malformed);
}

BOOST_AUTO_TEST_CASE(a_missing_or_surplus_signed_attribute) {
    CmsRecipe withoutCommitment = sealRecipe();
    withoutCommitment.withCommitment = false;
    expectOnly(check(makeCms(withoutCommitment, content)), SignatureFlaw::Malformed);
    CmsRecipe withoutCertificate = sealRecipe();
    withoutCertificate.signerFlags &= ~static_cast<unsigned int>(CMS_CADES);
    expectOnly(check(makeCms(withoutCertificate, content)), SignatureFlaw::Malformed);
    CmsRecipe withCapabilities = sealRecipe();
    withCapabilities.signerFlags &= ~static_cast<unsigned int>(CMS_NOSMIMECAP);
    expectOnly(check(makeCms(withCapabilities, content)), SignatureFlaw::Malformed);
}

BOOST_AUTO_TEST_CASE(two_signers_and_none) {
    CmsRecipe two = sealRecipe();
    two.signers.push_back(office().auditor);
    expectOnly(check(makeCms(two, content)), SignatureFlaw::Malformed);
    // SignedData version 1, SHA-256, plain data, an empty set of signers: a vacuous signature.
    const Bytes none =
        expected(fromHex("302706092a864886f70d010702a01a3018020101"
                         "310d300b0609608648016503040201"
                         "300b06092a864886f70d0107013100"));
    expectOnly(check(none), SignatureFlaw::Malformed);
}

BOOST_AUTO_TEST_CASE(attached_content) {
    CmsRecipe recipe = sealRecipe();
    recipe.attached = true;
    const auto report = check(makeCms(recipe, content));
    expectOnly(report, SignatureFlaw::Malformed);
    BOOST_TEST(wordsOf(report).find("attached") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_signer_by_key_identifier_or_without_certificate) {
    CmsRecipe byKey = sealRecipe();
    byKey.signerFlags |= CMS_USE_KEYID;
    expectOnly(check(makeCms(byKey, content)), SignatureFlaw::Malformed);
    CmsRecipe bare = sealRecipe();
    bare.signerFlags |= CMS_NOCERTS;
    expectOnly(check(makeCms(bare, content)), SignatureFlaw::Malformed);
}

BOOST_AUTO_TEST_CASE(an_unsigned_attribute_other_than_a_timestamp) {
    const auto with = [](int nid) {
        const auto cms = ownerFromDer<CmsHandle>(signedBySeal(), &d2i_CMS_ContentInfo);
        CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms.get()), 0);
        const Bytes value{0x30, 0x03, 0x02, 0x01, 0x07};
        require(CMS_unsigned_add1_attr_by_NID(signer, nid, V_ASN1_SEQUENCE, value.data(),
                                              static_cast<int>(value.size())) == 1);
        return derOf<CMS_ContentInfo>(cms.get(), &i2d_CMS_ContentInfo);
    };
    expectOnly(check(with(NID_pkcs9_countersignature)), SignatureFlaw::Malformed);
    // A timestamp is handed out as found; judging it is not this function's work.
    const auto report = check(with(NID_id_smime_aa_timeStampToken));
    BOOST_TEST(report.problems.empty(), wordsOf(report));
    BOOST_REQUIRE(report.timestampToken.has_value());
    BOOST_TEST(toHex(*report.timestampToken) == "3003020107");
}

BOOST_AUTO_TEST_CASE(the_same_fields_in_another_encoding) {
    // An over-long length of the outermost element.
    Bytes longer = signedBySeal();
    BOOST_REQUIRE(longer[1] == 0x82);
    longer[1] = 0x83;
    longer.insert(longer.begin() + 2, 0x00);
    expectOnly(check(longer), SignatureFlaw::Malformed);
    Bytes indefinite = signedBySeal();
    // BER with an indefinite length, as streaming programs write it; OpenSSL reads it.
    indefinite.erase(indefinite.begin() + 2, indefinite.begin() + 4);
    indefinite[1] = 0x80;
    indefinite.insert(indefinite.end(), {0x00, 0x00});
    BOOST_REQUIRE((ownerFromDer<CmsHandle>(indefinite, &d2i_CMS_ContentInfo) != nullptr));
    expectOnly(check(indefinite), SignatureFlaw::Malformed);
}

BOOST_AUTO_TEST_CASE(a_server_certificate_as_signer) {
    CmsRecipe recipe = sealRecipe();
    recipe.signers = {
        expected(office().authority.issue(CertificatePurpose::TlsServer, "s", founded, year, {"localhost"}))};
    expectOnly(check(makeCms(recipe, content)), SignatureFlaw::KeyUsage);
}

BOOST_AUTO_TEST_CASE(a_root_as_signer) {
    CmsRecipe recipe = sealRecipe();
    recipe.signers = {office().root};
    BOOST_TEST(check(makeCms(recipe, content)).has(SignatureFlaw::KeyUsage));
}

BOOST_AUTO_TEST_CASE(a_key_that_is_too_weak) {
    for (const auto& [name, key] :
         {std::pair{"RSA", issueAsWished(office().root, Wish{"x"}, makeRsaKey(2048))},
          std::pair{"P-521", issueAsWished(office().root, Wish{"x"}, makeKey("P-521"))}}) {
        CmsRecipe recipe = sealRecipe();
        recipe.signers = {key};
        BOOST_TEST(check(makeCms(recipe, content)).has(SignatureFlaw::Malformed), name);
    }
}

BOOST_AUTO_TEST_CASE(a_swapped_signature) {
    // The signature of another file by the same key, and the same file signed by another key.
    const auto other =
        expected(signCades(office().seal, viewOf("other"), Commitment::Origin, sealed, {office().crl}));
    expectOnly(check(other), SignatureFlaw::Mismatch);
    const Bytes mine = signedBySeal();
    const Bytes hers =
        expected(signCades(office().auditor, content, Commitment::Origin, sealed, {office().crl}));
    const auto mineFields = expected(readCades(mine));
    const auto hersFields = expected(readCades(hers));
    const auto cms = ownerFromDer<CmsHandle>(mine, &d2i_CMS_ContentInfo);
    CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms.get()), 0);
    BOOST_REQUIRE(ASN1_OCTET_STRING_set(CMS_SignerInfo_get0_signature(signer),
                                        hersFields.signatureValue.data(),
                                        static_cast<int>(hersFields.signatureValue.size())) == 1);
    expectOnly(check(derOf<CMS_ContentInfo>(cms.get(), &i2d_CMS_ContentInfo)), SignatureFlaw::Mismatch);
}

BOOST_AUTO_TEST_CASE(another_certificate_for_the_same_key_issuer_and_serial) {
    // Same name, number and key, other bytes: only signingCertificateV2 tells them apart.
    const X509Handle twin(X509_dup(static_cast<X509*>(office().seal.certificate().handle())));
    const ExtendedUsageHandle usages(EXTENDED_KEY_USAGE_new());
    sk_ASN1_OBJECT_push(usages.get(), OBJ_txt2obj("1.3.6.1.5.5.7.3.4", 1));
    BOOST_REQUIRE(X509_add1_ext_i2d(twin.get(), NID_ext_key_usage, usages.get(), 0, X509V3_ADD_REPLACE) == 1);
    BOOST_REQUIRE(X509_sign(twin.get(), static_cast<EVP_PKEY*>(office().root.handle()), EVP_sha256()) > 0);
    const Certificate other = expected(Certificate::fromDer(derOf<X509>(twin.get(), &i2d_X509)));
    CmsRecipe recipe = sealRecipe();
    recipe.signerFlags |= CMS_NOCERTS;
    recipe.certificates = {other};
    const auto report = check(makeCms(recipe, content));
    expectOnly(report, SignatureFlaw::CertificateBinding);
}

BOOST_AUTO_TEST_CASE(a_certificate_that_is_not_valid_at_the_signing_time) {
    for (const auto& [from, days] : {std::pair{founded, 20}, std::pair{sealed.plusSeconds(1), 20}}) {
        CmsRecipe recipe = sealRecipe();
        recipe.signers = {issueAsWished(office().root, Wish{"x", "digitalSignature", {}, false, from, days},
                                        makeKey("P-256"))};
        const auto report = check(makeCms(recipe, content));
        BOOST_TEST(report.has(SignatureFlaw::Validity), wordsOf(report));
        BOOST_TEST(!report.anchor.has_value());
        BOOST_TEST(!report.has(SignatureFlaw::NoAnchor));
    }
}

BOOST_AUTO_TEST_CASE(an_expired_certificate_is_good_for_what_it_signed_before) {
    // The wall clock is years after both dates; only the signing time counts.
    const auto brief =
        expected(office().authority.issue(CertificatePurpose::Seal, "s", sealed.plusSeconds(-7200), 1));
    const auto report =
        check(expected(signCades(brief, content, Commitment::Origin, sealed, {office().crl})));
    BOOST_TEST(report.problems.empty(), wordsOf(report));
}

BOOST_AUTO_TEST_CASE(a_certificate_in_the_signature_that_is_not_on_the_path) {
    CmsRecipe surplus = sealRecipe();
    surplus.certificates = {office().auditor.certificate()};
    expectOnly(check(makeCms(surplus, content)), SignatureFlaw::Malformed);
    CmsRecipe withRoot = sealRecipe();
    withRoot.certificates = {office().authority.certificate()};
    expectOnly(check(makeCms(withRoot, content)), SignatureFlaw::Malformed);
}

BOOST_AUTO_TEST_SUITE_END()

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

BOOST_AUTO_TEST_CASE(revoked_after_the_signing) {
    const std::string serial = office().seal.certificate().serialHex();
    const auto crl = expected(office().authority.makeCrl({{serial, sealed.plusSeconds(1)}}, sealed, 30, 2));
    const auto report = check(expected(signCades(office().seal, content, Commitment::Origin, sealed, {crl})));
    BOOST_TEST(report.problems.empty(), wordsOf(report));
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

BOOST_AUTO_TEST_CASE(a_list_from_before_the_certificate_after_the_signing_or_out_of_date_is_no_use) {
    const auto young =
        expected(office().authority.issue(CertificatePurpose::Seal, "s", sealed.plusSeconds(-60), year));
    const auto lists = {
        std::pair{office().seal, expected(office().authority.makeCrl({}, sealed.plusSeconds(1), 30, 3))},
        std::pair{office().seal, expected(office().authority.makeCrl({}, founded, 1, 3))},
        std::pair{young, expected(office().authority.makeCrl({}, sealed.plusSeconds(-61), 30, 3))}};
    for (const auto& [key, crl] : lists) {
        expectOnly(check(expected(signCades(key, content, Commitment::Origin, sealed, {crl}))),
                   SignatureFlaw::NoRevocationData);
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

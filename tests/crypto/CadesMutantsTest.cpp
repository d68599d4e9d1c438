// Signatures that may not be accepted: each mutant breaks one rule of the profile.
#include <boost/test/unit_test.hpp>

#include "crypto/CadesAttributes.h"
#include "crypto/CadesProfile.h"
#include "crypto/Office.h"

using namespace tickmark;
using namespace tickmark::crypto;
using namespace tickmark::crypto::test;

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

BOOST_AUTO_TEST_CASE(an_element_behind_the_signers) {
    Bytes signature = signedBySeal();
    // ContentInfo, [0] and SignedData have lengths of two bytes each and end together.
    for (const std::size_t at : {std::size_t{2}, std::size_t{17}, std::size_t{21}}) {
        BOOST_REQUIRE(signature[at - 1] == 0x82);
        const unsigned length = 256U * signature[at] + signature[at + 1] + 2U;
        signature[at] = static_cast<std::uint8_t>(length >> 8U);
        signature[at + 1] = static_cast<std::uint8_t>(length & 0xFFU);
    }
    signature.insert(signature.end(), {0x05, 0x00});
    BOOST_TEST(!readCades(signature).ok());
    expectOnly(check(signature), SignatureFlaw::Malformed);
}

BOOST_AUTO_TEST_CASE(an_unsigned_attribute_besides_the_timestamp) {
    const auto attribute = [](const char* oid) {
        return expected(fromHex(std::string("3011060b") + oid + "31023000"));
    };
    const Bytes timestamp = attribute("2a864886f70d010910020e");
    CadesFields fields;
    BOOST_TEST(readUnsignedAttributes(timestamp, fields).ok());
    BOOST_TEST(!readUnsignedAttributes(attribute("2a864886f70d010910020f"), fields).ok());
    Bytes two = timestamp;
    two.insert(two.end(), timestamp.begin(), timestamp.end());
    BOOST_TEST(!readUnsignedAttributes(two, fields).ok());
}

BOOST_AUTO_TEST_SUITE_END()

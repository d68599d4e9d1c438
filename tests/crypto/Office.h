// One office of the test organisation, the content it signs, and what its reports are held against.
#pragma once

#include <boost/test/unit_test.hpp>

#include "crypto/TestHouse.h"

namespace tickmark::crypto {

inline std::ostream& boost_test_print_type(std::ostream& out, SignatureFlaw flaw) {
    return out << "flaw " << static_cast<int>(flaw);
}

}  // namespace tickmark::crypto

namespace tickmark::crypto::test {

inline constexpr int year = 365;
inline const ByteView content = viewOf("<ASiCManifest/>");

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

inline const Office& office() {
    static const Office one;
    return one;
}

inline Bytes signedBySeal() {
    return expected(signCades(office().seal, content, Commitment::Origin, sealed, {office().crl}));
}

inline SignatureReport check(const Bytes& signature, const TrustAnchors& anchors = office().anchors) {
    return checkCades(signature, content, anchors);
}

inline std::string wordsOf(const SignatureReport& report) {
    std::string words;
    for (const SignatureProblem& problem : report.problems) words += problem.message + " ";
    return words;
}

// The report must show this flaw and no other.
inline void expectOnly(const SignatureReport& report, SignatureFlaw flaw) {
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

inline CmsRecipe sealRecipe() {
    CmsRecipe recipe;
    recipe.signers = {office().seal};
    recipe.crls = {office().crl};
    return recipe;
}

}  // namespace tickmark::crypto::test

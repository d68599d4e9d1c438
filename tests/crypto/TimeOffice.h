// A time-stamp authority with its root and list, and the office's seal stamped by it.
#pragma once

#include "crypto/Office.h"
#include "responder/TimestampIssuer.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::crypto::test {

inline const Timestamp stamped = sealed.plusSeconds(10);

// Anchor, and the authority directly below it.
struct TimeOffice {
    LocalAuthority root = expected(LocalAuthority::create("Time Office", founded));
    SigningKey rootKey = rootKeyOf(root);
    SigningKey clock =
        expected(root.issue(CertificatePurpose::TimeStamping, "Time-stamp clock", founded, year));
    Bytes crl = expected(root.makeCrl({}, stamped.plusSeconds(3600), 30, 1));
    TrustAnchors anchors{{root.certificate()}, {}};

    [[nodiscard]] Issuing issuing() const { return Issuing{clock, stamped}; }
    [[nodiscard]] TokenRecipe recipe(const Digest& imprint) const {
        TokenRecipe recipe;
        recipe.signers = {clock};
        recipe.imprint = imprint;
        recipe.at = stamped;
        return recipe;
    }
};

inline const TimeOffice& timeOffice() {
    static const TimeOffice one;
    return one;
}

inline const Digest stampedDigest = Sha256::of(content);

inline std::string wordsOf(const TimestampReport& report) {
    std::string words;
    for (const SignatureProblem& problem : report.problems) words += problem.message + " ";
    return words;
}

inline TimestampReport checkStamp(const Bytes& token) {
    return checkTimestamp(token, stampedDigest, timeOffice().anchors, {timeOffice().crl});
}

// The report must show this flaw and no other.
inline void expectOnly(const TimestampReport& report, SignatureFlaw flaw) {
    BOOST_TEST(!report.problems.empty());
    BOOST_TEST(!report.trusted());
    for (const SignatureProblem& problem : report.problems) BOOST_TEST(problem.flaw == flaw, problem.message);
}

// Both sides are trusted, and nothing is brought but anchors.
inline CadesContext fullContext() {
    CadesContext context;
    context.anchors = office().anchors;
    context.timestampAnchors = timeOffice().anchors;
    return context;
}

inline Bytes stampedBySeal(const Bytes& signature) {
    const Bytes token = stamp(expected(signatureImprint(signature)), timeOffice().issuing());
    return expected(addSignatureTimestamp(signature, token));
}

}  // namespace tickmark::crypto::test

// E40 to E60: the seal, and the path from its certificate to what the verifier trusts.
#include "bundle/EntryNames.h"
#include "bundle/Inspection.h"
#include "tickmark/crypto/Cms.h"

namespace tickmark::bundle {
namespace {

using crypto::SignatureFlaw;

std::vector<crypto::Certificate> candidates(Inspection& inspection) {
    if (!inspection.has(entry::root)) return {};
    auto certificates = crypto::Certificate::allFromPem(inspection.text(entry::root));
    if (certificates) return *std::move(certificates);
    inspection.outcome.fail("E80", entry::root, "The file holds no certificate.");
    return {};
}

void place(Inspection& inspection, const crypto::SignatureProblem& problem) {
    Outcome& outcome = inspection.outcome;
    const bool anchored = !inspection.options->anchors.empty();
    switch (problem.flaw) {
        case SignatureFlaw::Malformed:
        case SignatureFlaw::Mismatch:
        case SignatureFlaw::CertificateBinding:
            outcome.fail("E40", entry::signature, problem.message);
            return;
        case SignatureFlaw::KeyUsage:
        case SignatureFlaw::Validity:
            outcome.fail("E50", entry::signature, problem.message);
            return;
        case SignatureFlaw::NoAnchor:
        case SignatureFlaw::Chain:
            // Without an anchor there is no path that could be right or wrong.
            if (anchored) outcome.fail("E50", entry::signature, problem.message);
            return;
        case SignatureFlaw::Revoked:
            outcome.fail("E51", entry::signature, problem.message);
            return;
        case SignatureFlaw::NoRevocationData:
            if (anchored) outcome.leaveWithProblem("I52", entry::signature, problem.message);
            return;
        case SignatureFlaw::Imprint:
        case SignatureFlaw::SigningTime:
            outcome.fail("E60", entry::signature, problem.message);
            return;
    }
}

void leaveTrust(Outcome& outcome, const std::string& reason) {
    for (const std::string_view code : {"E50", "E51", "I52"}) outcome.leave(code, reason);
}

SignatureFact factOf(const crypto::SignatureReport& checked) {
    SignatureFact fact;
    fact.file = entry::signature;
    if (checked.signer) {
        fact.signer = checked.signer->subject();
        fact.fingerprint = checked.signer->fingerprint().hex();
    }
    if (checked.anchor) fact.anchor = checked.anchor->subject();
    if (checked.commitment) {
        fact.commitment = *checked.commitment == crypto::Commitment::Origin ? "origin" : "approval";
    }
    fact.signingTime = checked.signingTime;
    return fact;
}

}  // namespace

void checkSignature(Inspection& inspection) {
    Outcome& outcome = inspection.outcome;
    outcome.begin("E40");
    outcome.leave("E60", "there is no timestamp: level B, the signing time is the signer's own statement");
    if (inspection.text(entry::signature).empty() || !inspection.has(entry::asicManifest)) {
        outcome.fail("E40", entry::signature, "There is no signature.");
        leaveTrust(outcome, "there is no signature");
        return;
    }
    const auto checked = crypto::checkCades(viewOf(inspection.text(entry::signature)),
                                            viewOf(inspection.text(entry::asicManifest)),
                                            inspection.options->anchors, candidates(inspection));
    for (const std::string_view code : {"E50", "E51", "I52"}) outcome.begin(code);
    for (const auto& problem : checked.problems) place(inspection, problem);
    if (inspection.options->anchors.empty()) {
        leaveTrust(outcome, "no anchor was given: the signature fits, but nobody said whom to trust");
    } else if (!checked.anchor) {
        leaveTrust(outcome, "the signature leads to no anchor");
    } else if (!checked.revocationKnown) {
        outcome.leave("E51", "no usable revocation list");
        outcome.leave("I52", "no usable revocation list");
    }
    inspection.report.signatures.push_back(factOf(checked));
    outcome.summarise("E40", "1 signature");
    if (checked.anchor) outcome.summarise("E50", checked.anchor->subject());
}

}  // namespace tickmark::bundle

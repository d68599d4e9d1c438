// E90: who must have signed, by the bundle's own announcement and by what the verifier requires.
#include <algorithm>
#include <functional>

#include "bundle/EntryNames.h"
#include "bundle/Inspection.h"

namespace tickmark::bundle {
namespace {

enum class Found { No, NotTrusted, Yes };

/// What the bundle has of one kind of decision. The last one of a role counts: who rejects first may accept
/// later.
Found lookFor(const Report& report, std::string_view role, std::string_view decision) {
    Found found = Found::No;
    for (const SignatureFact& fact : report.signatures) {
        if (!fact.intact || fact.role != role) continue;
        found = fact.decision != decision ? Found::No : fact.trusted ? Found::Yes : Found::NotTrusted;
    }
    return found;
}

void require(Inspection& inspection, Found found, const std::string& what) {
    if (found == Found::Yes) return;
    if (found == Found::No) {
        inspection.outcome.fail("E90", "--require", "You require " + what + ", and there is none.");
    } else {
        inspection.outcome.leaveWithProblem(
            "E90", "--require",
            "You require " + what + ". There is one, but nothing that you brought says who made it.");
    }
}

void requireTimestamps(Inspection& inspection) {
    for (const SignatureFact& fact : inspection.report.signatures) {
        if (fact.trustedTime) continue;
        const auto& tokens = inspection.tokens;
        const bool any = tokens.found > tokens.trusted || !inspection.report.archiveTimestamps.empty();
        const std::string message = "You require a timestamp over every signature, and " + fact.file;
        if (any) {
            inspection.outcome.leaveWithProblem("E90", "--require",
                                                message + " has none by an authority that you trust.");
        } else {
            inspection.outcome.fail("E90", "--require", message + " has none.");
        }
    }
}

void requireWitness(Inspection& inspection) {
    if (!inspection.report.witnesses.empty()) return;
    if (inspection.options->witnesses.empty()) {
        inspection.outcome.leaveWithProblem(
            "E90", "--require", "You require a witness, but named none: give its key with --witness.");
    } else {
        inspection.outcome.fail("E90", "--require",
                                "You require a witness, and none that you named has cosigned the log.");
    }
}

void checkRequirement(Inspection& inspection, Requirement requirement) {
    const Report& report = inspection.report;
    switch (requirement) {
        case Requirement::Approval:
            return require(inspection, lookFor(report, "lead-auditor", "approved"),
                           "the lead auditor's approval");
        case Requirement::Acceptance:
            return require(inspection, lookFor(report, "certification-auditor", "accepted"),
                           "the certification auditor's acceptance");
        case Requirement::Timestamp:
            return requireTimestamps(inspection);
        case Requirement::Witness:
            return requireWitness(inspection);
    }
}

/// What the seal announces counts as soon as it is intact: whether its signer is trusted is E50.
void checkAnnounced(Inspection& inspection) {
    const Report& report = inspection.report;
    const bool sealed = std::any_of(report.signatures.begin(), report.signatures.end(),
                                    [](const SignatureFact& fact) { return fact.commitment == "origin"; });
    if (!sealed) {
        inspection.outcome.fail("E90", entry::signature,
                                "The organisation's seal (commitment: origin) is missing.");
    }
    if (!inspection.bagInfo || !inspection.bagInfo->approvalAnnounced) return;
    if (lookFor(report, "lead-auditor", "approved") != Found::No) return;
    if (inspection.options->approvalMayFollow) return;
    inspection.outcome.fail(
        "E90", entry::bagInfo,
        "The seal announces that the lead auditor approves this bundle, and there is no such "
        "approval: it was removed, or the bundle is not finished.");
}

}  // namespace

void checkSignatories(Inspection& inspection) {
    checkAnnounced(inspection);
    for (const Requirement requirement : inspection.options->required)
        checkRequirement(inspection, requirement);
}

}  // namespace tickmark::bundle

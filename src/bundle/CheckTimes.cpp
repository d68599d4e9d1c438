// E60: the timestamps of signatures, and what stays open about all of them.
#include <algorithm>

#include "bundle/SignatureFiles.h"

namespace tickmark::bundle {

void checkSignatureTimestamp(Inspection& inspection, const SignatureFact& fact,
                             const crypto::TimestampReport& checked) {
    ++inspection.tokens.found;
    if (checked.trusted()) ++inspection.tokens.trusted;
    for (const auto& problem : checked.problems) {
        if (isOpenQuestion(problem.flaw, checked.anchor.has_value())) continue;
        inspection.outcome.fail("E60", fact.file, "Its timestamp: " + problem.message);
    }
}

void concludeTimestamps(Inspection& inspection) {
    Outcome& outcome = inspection.outcome;
    const auto& signatures = inspection.report.signatures;
    const auto proved = static_cast<std::size_t>(
        std::count_if(signatures.begin(), signatures.end(),
                      [](const SignatureFact& fact) { return fact.trustedTime.has_value(); }));
    std::size_t found = inspection.tokens.found;
    std::size_t trusted = inspection.tokens.trusted;
    for (const ArchiveTimestampFact& fact : inspection.report.archiveTimestamps) {
        ++found;
        if (fact.trusted) ++trusted;
    }
    if (found == 0) {
        return outcome.leave(
            "E60", "there is no timestamp: level B, the signing time is the signer's own statement");
    }
    if (trusted < found) {
        return outcome.leave("E60", inspection.options->timestampAnchors.empty()
                                        ? "no anchor for a time-stamp authority was given"
                                        : std::to_string(found - trusted) + " of " + std::to_string(found) +
                                              " timestamps lead to no authority that you trust");
    }
    if (proved < signatures.size()) {
        return outcome.leave("E60", std::to_string(signatures.size() - proved) + " of " +
                                        std::to_string(signatures.size()) + " signatures have no timestamp");
    }
    outcome.summarise("E60", std::to_string(found) + (found == 1 ? " timestamp" : " timestamps"));
}

}  // namespace tickmark::bundle

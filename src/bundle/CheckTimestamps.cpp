// E60: the archive timestamps, each over everything that stands before it.
#include <algorithm>

#include "bundle/EntryNames.h"
#include "bundle/Inspection.h"
#include "bundle/SignatureFiles.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/crypto/Timestamp.h"

namespace tickmark::bundle {
namespace {

using crypto::SignatureFlaw;

/// Lists that count for authorities: those that the verifier brings, and those inside the signatures.
std::vector<Bytes> listsFor(const Inspection& inspection) {
    std::vector<Bytes> lists = inspection.options->crls;
    for (const Group& group : inspection.order.groups) {
        if (group.archive || !group.proof) continue;
        auto parts = crypto::partsOfCades(viewOf(inspection.text(group.proofName())));
        if (!parts) continue;  // E40 says why
        lists.insert(lists.end(), parts->crls.begin(), parts->crls.end());
    }
    return lists;
}

void tell(Inspection& inspection, const std::string& file, const crypto::TimestampReport& checked) {
    for (const auto& problem : checked.problems) {
        if (isOpenQuestion(problem.flaw, checked.anchor.has_value())) continue;
        inspection.outcome.fail("E60", file, problem.message);
    }
}

ArchiveTimestampFact factOf(const std::string& file, const crypto::TimestampReport& checked) {
    ArchiveTimestampFact fact;
    fact.file = file;
    fact.time = checked.time;
    fact.trusted = checked.trusted();
    if (checked.signer) fact.authority = checked.signer->subject();
    if (checked.anchor) fact.anchor = checked.anchor->subject();
    return fact;
}

/// From the last to the first, because a later one proves that an earlier one existed before its authority
/// was revoked.
void checkGroup(Inspection& inspection, std::size_t number, const std::vector<Bytes>& lists,
                std::optional<Timestamp>& existedBy) {
    const Group& group = inspection.order.groups[number];
    const std::string file = group.proofName();
    const auto manifest = inspection.files.find(group.manifestName());
    if (!group.proof)
        return inspection.outcome.fail("E60", file, "There is no timestamp over the archive manifest.");
    if (manifest == inspection.files.end())
        return inspection.outcome.fail("E60", file,
                                       "There is no archive manifest that this timestamp could be over.");
    const auto checked = crypto::checkTimestamp(viewOf(inspection.text(file)), manifest->second.digest,
                                                inspection.options->timestampAnchors, lists, existedBy);
    tell(inspection, file, checked);
    inspection.report.archiveTimestamps.push_back(factOf(file, checked));
    GroupState& state = inspection.groups[number];
    if (!checked.trusted() || !state.covers) return;
    state.trustedTime = checked.time;
    state.authority = checked.signer->subject();
    existedBy = checked.time;
}

void checkOrder(Inspection& inspection) {
    const ArchiveTimestampFact* before = nullptr;
    for (const ArchiveTimestampFact& fact : inspection.report.archiveTimestamps) {
        if (before != nullptr && before->time && fact.time && *fact.time < *before->time) {
            inspection.outcome.fail("E60", fact.file,
                                    "Its time " + fact.time->iso() + " lies before " + before->time->iso() +
                                        ", the time of " + before->file + ", which it covers.");
        }
        before = &fact;
    }
}

}  // namespace

bool isOpenQuestion(SignatureFlaw flaw, bool anchored) noexcept {
    switch (flaw) {
        case SignatureFlaw::NoAnchor:
        case SignatureFlaw::NoRevocationData:
            return true;
        case SignatureFlaw::Chain:
            // Without an anchor there is no path that could be right or wrong.
            return !anchored;
        case SignatureFlaw::Malformed:
        case SignatureFlaw::Mismatch:
        case SignatureFlaw::CertificateBinding:
        case SignatureFlaw::KeyUsage:
        case SignatureFlaw::Validity:
        case SignatureFlaw::Revoked:
        case SignatureFlaw::Imprint:
        case SignatureFlaw::SigningTime:
            return false;
    }
    return false;
}

void checkArchiveTimestamps(Inspection& inspection) {
    inspection.outcome.begin("E60");
    const auto& groups = inspection.order.groups;
    const auto isArchive = [](const Group& group) { return group.archive; };
    if (std::none_of(groups.begin(), groups.end(), isArchive)) return;
    const std::vector<Bytes> lists = listsFor(inspection);
    std::optional<Timestamp> existedBy;
    for (std::size_t i = groups.size(); i-- > 0;) {
        if (groups[i].archive) checkGroup(inspection, i, lists, existedBy);
    }
    auto& facts = inspection.report.archiveTimestamps;
    std::reverse(facts.begin(), facts.end());
    checkOrder(inspection);
}

}  // namespace tickmark::bundle

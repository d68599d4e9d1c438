#include "app/BundleContent.h"

#include <algorithm>
#include <set>

#include "app/Access.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Actions.h"
#include "tickmark/storage/Catalogs.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Parties.h"
#include "tickmark/storage/Requests.h"

namespace tickmark::app {
namespace {

Result<void> gatherItems(storage::ReadSession& session, bundle::Content& content) {
    TM_TRY(auto findings, storage::findingsOf(session, content.audit.id));
    std::set<domain::FindingId> kept;
    for (auto& finding : findings) {
        if (finding.state == domain::FindingState::Draft || finding.state == domain::FindingState::Discarded)
            continue;
        kept.insert(finding.id);
        content.findings.push_back(std::move(finding));
    }
    TM_TRY(auto actions, storage::actionsOf(session, content.audit.id));
    for (auto& action : actions) {
        if (kept.contains(action.finding)) content.actions.push_back(std::move(action));
    }
    TM_TRY(auto requests, storage::requestsOf(session, content.audit.id));
    for (auto& request : requests) {
        if (request.state != domain::RequestState::Draft) content.requests.push_back(std::move(request));
    }
    return {};
}

Result<void> gatherEvidence(storage::ReadSession& session, bundle::Content& content) {
    std::set<domain::EvidenceVersionId> wanted;
    for (const auto& finding : content.findings)
        wanted.insert(finding.evidence.begin(), finding.evidence.end());
    for (const auto& action : content.actions) wanted.insert(action.evidence.begin(), action.evidence.end());
    for (const auto& request : content.requests)
        wanted.insert(request.evidence.begin(), request.evidence.end());
    std::set<domain::EvidenceId> pieces;
    for (const domain::EvidenceVersionId id : wanted) {
        TM_TRY(auto version, storage::findEvidenceVersion(session, id));
        pieces.insert(version.evidence);
        content.versions.push_back(std::move(version));
    }
    for (const domain::EvidenceId id : pieces) {
        TM_TRY(auto piece, storage::findEvidence(session, id));
        content.evidence.push_back(std::move(piece));
    }
    return {};
}

Result<void> gatherClauses(storage::ReadSession& session, bundle::Content& content) {
    std::set<std::string> codes;
    for (const auto& finding : content.findings) codes.insert(finding.clauses.begin(), finding.clauses.end());
    for (const std::string& code : codes) {
        auto clause = storage::findClause(session, content.audit.catalog, code);
        if (clause)
            content.clauses.push_back(*std::move(clause));
        else if (clause.error().kind != ErrorKind::NotFound)
            return std::move(clause).error();
    }
    return {};
}

std::vector<domain::PartyId> peopleIn(const bundle::Content& content) {
    std::vector<domain::PartyId> ids;
    for (const auto& member : content.audit.team) ids.push_back(member.party);
    for (const auto& finding : content.findings) {
        ids.push_back(finding.owner);
        ids.push_back(finding.createdBy);
        for (const auto& response : finding.responses) ids.push_back(response.by);
        for (const auto& check : finding.checks) ids.push_back(check.by);
        for (const auto& change : finding.classHistory) ids.push_back(change.by);
    }
    for (const auto& action : content.actions) {
        ids.push_back(action.owner);
        for (const auto& extension : action.extensions) {
            ids.push_back(extension.by);
            ids.push_back(extension.decidedBy);
        }
    }
    for (const auto& version : content.versions) {
        ids.push_back(version.receivedBy);
        ids.push_back(version.withdrawalProposedBy);
    }
    for (const auto& request : content.requests) ids.push_back(request.assignee);
    ids.push_back(content.bundle.sealedBy);
    return ids;
}

/// Withdrawn versions are always withheld, with the reason of their withdrawal; then those that the draft
/// names.
Result<void> withhold(storage::ReadSession& session, const BundleDraft& draft, bundle::Content& content) {
    for (const auto& version : content.versions) {
        if (version.state != domain::EvidenceState::Withdrawn) continue;
        content.bundle.withheld.push_back({version.id, "Withdrawn: " + version.stateReason});
    }
    for (const auto& wish : draft.withheld) {
        TM_TRY(const auto ids,
               versionsNamed(session, "withheld", {wish.version}, content.audit.id, storage::everything()));
        const bool inside = std::any_of(content.versions.begin(), content.versions.end(),
                                        [&](const auto& version) { return version.id == ids.front(); });
        if (!inside) {
            return invalid("unknown-reference", "withheld",
                           "The bundle would not contain " + wish.version + " anyway.");
        }
        TM_TRY(const std::string reason, cleanText("withheld", wish.reason, {1, 1000, false}));
        content.bundle.withheld.push_back({ids.front(), reason});
    }
    return {};
}

}  // namespace

std::string productName() { return "Tickmark " TICKMARK_VERSION; }

Result<bundle::Content> gatherContent(Context& context, storage::ReadSession& session,
                                      const domain::Audit& audit, const BundleDraft& draft) {
    bundle::Content content;
    content.organisation = context.settings.organisation;
    content.product = productName();
    content.audit = audit;
    content.snapshotAt = context.now();
    TM_CHECK(gatherItems(session, content));
    TM_CHECK(gatherEvidence(session, content));
    TM_CHECK(gatherClauses(session, content));
    TM_CHECK(withhold(session, draft, content));
    TM_TRY(content.parties, partiesOf(session, peopleIn(content)));
    return content;
}

std::vector<TrailSubject> trailOf(const bundle::Content& content) {
    std::vector<TrailSubject> subjects{{"audit", content.audit.ref.text()}};
    for (const auto& finding : content.findings) subjects.push_back({"finding", finding.ref.text()});
    for (const auto& action : content.actions) subjects.push_back({"action", action.ref.text()});
    for (const auto& piece : content.evidence) subjects.push_back({"evidence", piece.ref.text()});
    for (const auto& version : content.versions)
        subjects.push_back({"evidence-version", versionName(version)});
    for (const auto& request : content.requests) subjects.push_back({"evidence-request", request.ref.text()});
    return subjects;
}

}  // namespace tickmark::app

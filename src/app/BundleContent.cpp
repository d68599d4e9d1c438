#include "app/BundleContent.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/Access.h"
#include "app/BundleSelection.h"
#include "app/MalwareHold.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Catalogs.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/Parties.h"

namespace tickmark::app {
namespace {

/// Adds each version once, and with a redacted copy its original.
class VersionList {
  public:
    VersionList(storage::ReadSession& session, bundle::Content& content)
        : m_session(session), m_content(content) {}

    Result<void> add(domain::EvidenceVersionId id) {
        while (id.stored() && m_known.insert(id).second) {
            TM_TRY(auto version, storage::findEvidenceVersion(m_session, id));
            m_pieces.insert(version.evidence);
            id = version.redactionOf;
            m_content.versions.push_back(std::move(version));
        }
        return {};
    }

    Result<void> addPieces() {
        for (const domain::EvidenceId id : m_pieces) {
            TM_TRY(auto piece, storage::findEvidence(m_session, id));
            m_content.evidence.push_back(std::move(piece));
        }
        return {};
    }

  private:
    storage::ReadSession& m_session;
    bundle::Content& m_content;
    std::set<domain::EvidenceVersionId> m_known{};
    std::set<domain::EvidenceId> m_pieces{};
};

/// What shows that something was found elsewhere.
Result<void> addExtentEvidence(storage::ReadSession& session, const bundle::Content& content,
                               std::set<domain::EvidenceVersionId>& wanted) {
    for (const auto& finding : content.findings) {
        for (const auto& response : finding.responses) {
            for (const auto& place : response.extentPlaces) {
                if (place.evidence.empty()) continue;
                TM_TRY(const auto ids, versionsNamed(session, "evidence", {place.evidence}, content.audit.id,
                                                     storage::everything()));
                wanted.insert(ids.begin(), ids.end());
            }
        }
    }
    return {};
}

Result<void> gatherEvidence(storage::ReadSession& session, const std::vector<domain::EvidenceVersion>& own,
                            bundle::Content& content) {
    std::set<domain::EvidenceVersionId> wanted;
    for (const auto& finding : content.findings)
        wanted.insert(finding.evidence.begin(), finding.evidence.end());
    for (const auto& action : content.actions) wanted.insert(action.evidence.begin(), action.evidence.end());
    for (const auto& request : content.requests)
        wanted.insert(request.evidence.begin(), request.evidence.end());
    for (const auto& item : content.improvements) wanted.insert(item.evidence.begin(), item.evidence.end());
    for (const auto& series : content.series) wanted.insert(series.evidence);
    for (const auto& version : own) wanted.insert(version.id);
    TM_CHECK(addExtentEvidence(session, content, wanted));
    VersionList versions(session, content);
    for (const domain::EvidenceVersionId id : wanted) TM_CHECK(versions.add(id));
    return versions.addPieces();
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

void addImprovers(const bundle::Content& content, std::vector<domain::PartyId>& ids) {
    for (const auto& item : content.improvements) {
        ids.push_back(item.owner);
        ids.push_back(item.createdBy);
        if (item.approval) ids.push_back(item.approval->by);
    }
    for (const auto& kpi : content.kpis) ids.push_back(kpi.owner);
    for (const auto& series : content.series) ids.push_back(series.by);
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
    addImprovers(content, ids);
    ids.push_back(content.bundle.sealedBy);
    return ids;
}

/// Withdrawn versions, those that a malware scanner found something in and the originals of redacted copies
/// are always withheld; then those that the draft names, whose reason counts.
Result<void> withhold(storage::ReadSession& session, const BundleDraft& draft, bundle::Content& content) {
    std::map<domain::EvidenceVersionId, std::string> reasons;
    for (const auto& version : content.versions) {
        if (!version.redactionOf.stored()) continue;
        reasons.emplace(version.redactionOf, "Redacted: " + versionName(version) + " stands in its place.");
    }
    for (const auto& version : content.versions) {
        TM_TRY(std::string held, heldReason(session, version));
        if (!held.empty()) reasons.insert_or_assign(version.id, std::move(held));
    }
    for (const auto& version : content.versions) {
        if (version.state != domain::EvidenceState::Withdrawn) continue;
        reasons.insert_or_assign(version.id, "Withdrawn: " + version.stateReason);
    }
    for (const auto& wish : draft.withheld) {
        const auto inside =
            std::find_if(content.versions.begin(), content.versions.end(),
                         [&](const auto& version) { return versionName(version) == wish.version; });
        if (inside == content.versions.end()) {
            TM_TRY([[maybe_unused]] const auto ids, versionsNamed(session, "withheld", {wish.version},
                                                                  content.audit.id, storage::everything()));
            return invalid("unknown-reference", "withheld",
                           "The bundle would not contain " + wish.version + " anyway.");
        }
        TM_TRY(std::string reason, cleanText("withheld", wish.reason, {1, 1000, false}));
        reasons.insert_or_assign(inside->id, std::move(reason));
    }
    for (auto& [version, reason] : reasons) content.bundle.withheld.push_back({version, std::move(reason)});
    return {};
}

/// The bundle whose place the new one takes.
Result<void> supersede(storage::ReadSession& session, const BundleDraft& draft, bundle::Content& content) {
    if (draft.supersedes.empty()) return {};
    const auto earlier = storage::findBundle(session, domain::BundleRef(draft.supersedes));
    if (!earlier && earlier.error().kind != ErrorKind::NotFound) return earlier.error();
    if (!earlier || earlier->audit != content.audit.id || earlier->state != domain::BundleState::Sealed) {
        return invalid("unknown-reference", "supersedes",
                       "There is no sealed bundle \"" + draft.supersedes + "\" of audit " +
                           content.audit.ref.text() + ".");
    }
    content.bundle.supersedes = earlier->ref;
    content.bundle.supersedesDigest = earlier->digest;
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
    TM_TRY(const auto head, storage::ledgerHead(session));
    content.bundle.snapshotSize = head.size;
    TM_TRY(AuditItems items, itemsOf(session, audit));
    TM_TRY(content.bundle.selection, select(session, audit, draft, items));
    content.findings = std::move(items.findings);
    content.actions = std::move(items.actions);
    content.requests = std::move(items.requests);
    content.improvements = std::move(items.improvements);
    content.kpis = std::move(items.kpis);
    content.series = std::move(items.series);
    TM_CHECK(supersede(session, draft, content));
    TM_CHECK(gatherEvidence(session, items.own, content));
    TM_CHECK(gatherClauses(session, content));
    TM_CHECK(withhold(session, draft, content));
    TM_TRY(content.parties, partiesOf(session, peopleIn(content)));
    return content;
}

std::vector<TrailSubject> trailOf(const bundle::Content& content) {
    if (content.review) return {{"review", content.review->ref}};
    std::vector<TrailSubject> subjects{{"audit", content.audit.ref.text()}};
    for (const auto& finding : content.findings) subjects.push_back({"finding", finding.ref.text()});
    for (const auto& action : content.actions) subjects.push_back({"action", action.ref.text()});
    for (const auto& piece : content.evidence) subjects.push_back({"evidence", piece.ref.text()});
    for (const auto& version : content.versions)
        subjects.push_back({"evidence-version", versionName(version)});
    for (const auto& request : content.requests) subjects.push_back({"evidence-request", request.ref.text()});
    for (const auto& item : content.improvements) subjects.push_back({"improvement", item.ref.text()});
    for (const auto& kpi : content.kpis) subjects.push_back({"kpi", kpi.ref.text()});
    for (const auto& series : content.series) subjects.push_back({"kpi-series", series.ref.text()});
    return subjects;
}

}  // namespace tickmark::app

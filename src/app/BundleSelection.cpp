#include "app/BundleSelection.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/BundleImprovements.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/ledger/Event.h"
#include "tickmark/storage/Actions.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/Requests.h"
#include "tickmark/storage/Witnesses.h"

namespace tickmark::app {
namespace {

using domain::EvidenceVersionId;
using domain::FindingId;

template <class Entity>
void addNamed(std::set<EvidenceVersionId>& named, const std::vector<Entity>& entities) {
    for (const auto& entity : entities) named.insert(entity.evidence.begin(), entity.evidence.end());
}

/// The versions of evidence of which nothing names any version.
Result<std::vector<domain::EvidenceVersion>> ownEvidence(storage::ReadSession& session,
                                                         const domain::Audit& audit,
                                                         const AuditItems& everything) {
    std::set<EvidenceVersionId> named;
    addNamed(named, everything.findings);
    addNamed(named, everything.actions);
    addNamed(named, everything.requests);
    addNamed(named, everything.improvements);
    for (const auto& series : everything.series) named.insert(series.evidence);
    TM_TRY(auto versions, storage::versionsOf(session, audit.id));
    std::set<domain::EvidenceId> taken;
    for (const auto& version : versions) {
        if (!named.contains(version.id)) continue;
        taken.insert(version.evidence);
    }
    std::erase_if(versions, [&](const auto& version) { return taken.contains(version.evidence); });
    return versions;
}

/// Everything that was written into the ledger from some position on.
class Changes {
  public:
    static Result<Changes> since(storage::ReadSession& session, std::uint64_t position) {
        Changes changes;
        storage::EventFilter filter;
        filter.from = position;
        storage::PageRequest request{200, {}};
        do {
            TM_TRY(const auto page, storage::listEvents(session, filter, request));
            for (const auto& row : page.rows) {
                TM_TRY(const ledger::Event event, ledger::Event::parse(row.leaf));
                // Who read something did not change it.
                if (event.kind != "evidence.download") changes.m_touched.emplace(event.subject, event.ref);
            }
            request.after = page.next;
        } while (!request.after.empty());
        return changes;
    }

    [[nodiscard]] bool of(const std::string& subject, const std::string& ref) const {
        return m_touched.contains({subject, ref});
    }
    [[nodiscard]] bool of(const domain::EvidenceVersion& version) const {
        return of("evidence-version", versionName(version)) || of("evidence", version.ref.text());
    }

  private:
    std::set<std::pair<std::string, std::string>> m_touched{};
};

/// Decides which parts of an audit changed since a bundle.
class Delta {
  public:
    Delta(Changes changes, const std::vector<domain::EvidenceVersion>& versions)
        : m_changes(std::move(changes)) {
        for (const auto& version : versions) {
            if (m_changes.of(version)) m_versions.insert(version.id);
        }
    }

    /// Keeps what changed; the references of the rest.
    std::vector<std::string> apply(AuditItems& items) const {
        std::set<FindingId> changed;
        for (const auto& action : items.actions) note(changed, action.finding, "action", action);
        for (const auto& request : items.requests)
            note(changed, request.finding, "evidence-request", request);
        for (const auto& finding : items.findings) note(changed, finding.id, "finding", finding);
        for (const auto& item : items.improvements) {
            note(changed, item.finding, "improvement", item);
            if (measuredAnew(items, item.kpi)) changed.insert(item.finding);
        }
        std::vector<std::string> rest;
        std::erase_if(items.findings, [&](const auto& finding) {
            if (changed.contains(finding.id)) return false;
            rest.push_back(finding.ref.text());
            return true;
        });
        std::erase_if(items.actions, [&](const auto& action) { return !changed.contains(action.finding); });
        std::erase_if(items.requests, [&](const auto& request) {
            if (request.finding.stored()) return !changed.contains(request.finding);
            if (touched("evidence-request", request)) return false;
            rest.push_back(request.ref.text());
            return true;
        });
        std::erase_if(items.own, [&](const auto& version) {
            if (m_versions.contains(version.id)) return false;
            rest.push_back(versionName(version));
            return true;
        });
        std::sort(rest.begin(), rest.end());
        return rest;
    }

  private:
    template <class Entity>
    [[nodiscard]] bool touched(const std::string& subject, const Entity& entity) const {
        return m_changes.of(subject, entity.ref.text()) ||
               std::any_of(entity.evidence.begin(), entity.evidence.end(),
                           [&](EvidenceVersionId version) { return m_versions.contains(version); });
    }
    /// The KPI was defined otherwise, or a series of it came or went.
    [[nodiscard]] bool measuredAnew(const AuditItems& items, const std::string& ref) const {
        const auto kpi = std::find_if(items.kpis.begin(), items.kpis.end(),
                                      [&](const auto& known) { return known.ref.text() == ref; });
        if (kpi == items.kpis.end()) return false;
        return m_changes.of("kpi", ref) ||
               std::any_of(items.series.begin(), items.series.end(), [&](const auto& series) {
                   return series.kpi == kpi->id && m_changes.of("kpi-series", series.ref.text());
               });
    }
    template <class Entity>
    void note(std::set<FindingId>& changed, FindingId finding, const std::string& subject,
              const Entity& entity) const {
        if (finding.stored() && touched(subject, entity)) changed.insert(finding);
    }

    Changes m_changes;
    std::set<EvidenceVersionId> m_versions{};
};

std::vector<std::string> references(const std::vector<domain::Finding>& findings) {
    std::vector<std::string> refs;
    refs.reserve(findings.size());
    for (const auto& finding : findings) refs.push_back(finding.ref.text());
    std::sort(refs.begin(), refs.end());
    return refs;
}

Error notOfAudit(const std::string& ref, const domain::Audit& audit) {
    return invalid("unknown-reference", "findings",
                   "There is no finding \"" + ref + "\" in audit " + audit.ref.text() + ".",
                   "Name findings of this audit.");
}

Error stillInside(const std::string& ref) {
    return invalid("unknown-reference", "findings",
                   "Finding " + ref + " was not issued, so a bundle cannot speak of it.",
                   "Issue it first, or leave it out.");
}

Result<void> keepNamed(storage::ReadSession& session, const domain::Audit& audit, const BundleDraft& draft,
                       AuditItems& items) {
    const std::set<std::string> wanted(draft.findings.begin(), draft.findings.end());
    const auto known = references(items.findings);
    for (const std::string& ref : wanted) {
        if (std::binary_search(known.begin(), known.end(), ref)) continue;
        const auto finding = storage::findFinding(session, domain::FindingRef(ref));
        if (!finding && finding.error().kind != ErrorKind::NotFound) return finding.error();
        if (finding && finding->audit == audit.id && !mayStandInBundle(*finding)) return stillInside(ref);
        return notOfAudit(ref, audit);
    }
    std::set<FindingId> kept;
    std::erase_if(items.findings, [&](const auto& finding) { return !wanted.contains(finding.ref.text()); });
    for (const auto& finding : items.findings) kept.insert(finding.id);
    std::erase_if(items.actions, [&](const auto& action) { return !kept.contains(action.finding); });
    std::erase_if(items.requests, [&](const auto& request) { return !kept.contains(request.finding); });
    items.own.clear();
    return {};
}

Result<domain::Bundle> bundleSince(storage::ReadSession& session, const domain::Audit& audit,
                                   const std::string& ref) {
    auto bundle = storage::findBundle(session, domain::BundleRef(ref));
    if (!bundle && bundle.error().kind != ErrorKind::NotFound) return bundle;
    if (!bundle || bundle->audit != audit.id || bundle->fileName.empty()) {
        return invalid("unknown-reference", "since",
                       "There is no sealed bundle \"" + ref + "\" of audit " + audit.ref.text() + ".",
                       "Name a bundle that was sealed for this audit.");
    }
    if (bundle->state == domain::BundleState::Revoked) {
        return invalid("unknown-reference", "since",
                       "Bundle " + ref + " was revoked, so nothing can continue it.",
                       "Name a bundle that stands, or seal the whole audit.");
    }
    return bundle;
}

Result<domain::BundleSelection> keepChanged(storage::ReadSession& session, const domain::Audit& audit,
                                            const BundleDraft& draft, AuditItems& items) {
    TM_TRY(const domain::Bundle earlier, bundleSince(session, audit, draft.since));
    TM_TRY(const auto head, storage::bundleHead(session, earlier.ref));
    if (!head) return internal("The log keeps no head for bundle " + earlier.ref.text() + ".");
    domain::BundleSelection selection;
    selection.kind = domain::SelectionKind::Delta;
    selection.since = earlier.ref;
    selection.sinceDigest = earlier.digest;
    selection.sinceLogSize = head->head.size;
    // The content of a bundle is older than its checkpoint: what happened while it was being sealed is not in
    // it.
    TM_TRY(Changes changes, Changes::since(session, std::min(earlier.snapshotSize, head->head.size)));
    TM_TRY(const auto versions, storage::versionsOf(session, audit.id));
    selection.unchanged = Delta(std::move(changes), versions).apply(items);
    if (items.findings.empty() && items.requests.empty() && items.own.empty()) {
        return refused("nothing-changed", "Nothing changed in audit " + audit.ref.text() + " since bundle " +
                                              earlier.ref.text() + ".");
    }
    selection.findings = references(items.findings);
    return selection;
}

}  // namespace

bool mayStandInBundle(const domain::Finding& finding) noexcept {
    return finding.state != domain::FindingState::Draft && finding.state != domain::FindingState::Discarded;
}

Result<AuditItems> itemsOf(storage::ReadSession& session, const domain::Audit& audit) {
    AuditItems items;
    TM_TRY(items.findings, storage::findingsOf(session, audit.id));
    TM_TRY(items.actions, storage::actionsOf(session, audit.id));
    TM_TRY(items.requests, storage::requestsOf(session, audit.id));
    TM_CHECK(addImprovements(session, items));
    TM_TRY(items.own, ownEvidence(session, audit, items));
    std::erase_if(items.findings, [](const domain::Finding& finding) { return !mayStandInBundle(finding); });
    std::set<FindingId> kept;
    for (const auto& finding : items.findings) kept.insert(finding.id);
    std::erase_if(items.actions, [&](const auto& action) { return !kept.contains(action.finding); });
    std::erase_if(items.requests,
                  [](const auto& request) { return request.state == domain::RequestState::Draft; });
    keepImprovementsOfFindings(items);
    return items;
}

namespace {

Result<domain::BundleSelection> selectFindings(storage::ReadSession& session, const domain::Audit& audit,
                                               const BundleDraft& draft, AuditItems& items) {
    if (!draft.findings.empty() && !draft.since.empty()) {
        return invalid("selection", "since",
                       "A bundle covers either named findings or what changed since a bundle, not both.",
                       "Leave out one of the two.");
    }
    if (!draft.since.empty()) return keepChanged(session, audit, draft, items);
    domain::BundleSelection selection;
    if (draft.findings.empty()) return selection;
    TM_CHECK(keepNamed(session, audit, draft, items));
    selection.kind = domain::SelectionKind::Findings;
    selection.findings = references(items.findings);
    return selection;
}

}  // namespace

Result<domain::BundleSelection> select(storage::ReadSession& session, const domain::Audit& audit,
                                       const BundleDraft& draft, AuditItems& items) {
    auto selection = selectFindings(session, audit, draft, items);
    keepImprovementsOfFindings(items);
    return selection;
}

}  // namespace tickmark::app

#include "app/ReportContent.h"

#include <algorithm>
#include <set>

#include "app/Access.h"
#include "app/MalwareHold.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/ledger/Event.h"
#include "tickmark/storage/Actions.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Bundles.h"
#include "tickmark/storage/Catalogs.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::app {
namespace {

/// Keeps the newest change; who read something did not change it.
class LastChange {
  public:
    LastChange(storage::ReadSession& session, ReportContent& content)
        : m_session(&session), m_content(&content) {}

    Result<void> of(const std::string& subject, const std::string& ref) {
        storage::EventFilter filter;
        filter.ref = ref;
        storage::PageRequest request{20, {}};
        do {
            TM_TRY(const auto page, storage::listEvents(*m_session, filter, request));
            for (const storage::EventRow& row : page.rows) {
                TM_TRY(const ledger::Event event, ledger::Event::parse(row.leaf));
                if (event.subject != subject || event.kind == "evidence.download") continue;
                keep(row.position, event.at);
                return {};
            }
            request.after = page.next;
        } while (!request.after.empty());
        return {};
    }

  private:
    void keep(std::uint64_t position, Timestamp at) {
        if (position < m_content->position) return;
        m_content->position = position;
        m_content->asOf = at;
    }

    storage::ReadSession* m_session;
    ReportContent* m_content;
};

Result<std::set<std::string>> visibleRefs(storage::ReadSession& session, const storage::Scope& scope,
                                          domain::AuditId audit) {
    storage::FindingFilter filter;
    filter.audit = audit;
    TM_TRY(const auto rows, everyRow([&](const storage::PageRequest& page) {
               return storage::listFindings(session, scope, filter, page);
           }));
    std::set<std::string> refs;
    for (const auto& row : rows) refs.insert(row.ref);
    return refs;
}

bool isIssued(const domain::Finding& finding) {
    return finding.state != domain::FindingState::Draft && finding.state != domain::FindingState::Discarded;
}

Result<void> addEvidence(storage::ReadSession& session, ReportedFinding& reported) {
    TM_TRY(reported.evidence, storage::versionsOf(session, reported.finding.id));
    for (const domain::Action& action : reported.actions) {
        TM_TRY(auto more, storage::versionsOf(session, action.id));
        for (auto& version : more) {
            const bool isKnown = std::any_of(reported.evidence.begin(), reported.evidence.end(),
                                             [&](const auto& one) { return one.id == version.id; });
            if (!isKnown) reported.evidence.push_back(std::move(version));
        }
    }
    return {};
}

Result<void> readFindings(storage::ReadSession& session, const storage::Scope& scope,
                          ReportContent& content) {
    TM_TRY(const auto visible, visibleRefs(session, scope, content.audit.id));
    TM_TRY(auto findings, storage::findingsOf(session, content.audit.id));
    TM_TRY(const auto actions, storage::actionsOf(session, content.audit.id));
    for (domain::Finding& finding : findings) {
        if (!isIssued(finding) || !visible.contains(finding.ref.text())) continue;
        ReportedFinding reported;
        reported.finding = std::move(finding);
        for (const domain::Action& action : actions) {
            if (action.finding == reported.finding.id) reported.actions.push_back(action);
        }
        TM_CHECK(addEvidence(session, reported));
        content.findings.push_back(std::move(reported));
    }
    std::sort(content.findings.begin(), content.findings.end(),
              [](const auto& a, const auto& b) { return a.finding.ref.text() < b.finding.ref.text(); });
    return {};
}

Result<void> readTitles(storage::ReadSession& session, ReportContent& content) {
    for (const ReportedFinding& reported : content.findings) {
        for (const std::string& code : reported.finding.clauses) {
            const auto clause = storage::findClause(session, content.audit.catalog, code);
            if (!clause && clause.error().kind != ErrorKind::NotFound) return clause.error();
            content.clauseTitles.emplace(code, clause ? clause->title : std::string());
        }
        for (const domain::EvidenceVersion& version : reported.evidence) {
            if (content.titles.contains(version.evidence)) continue;
            TM_TRY(const auto evidence, storage::findEvidence(session, version.evidence));
            content.titles.emplace(version.evidence, evidence.title);
        }
    }
    return {};
}

std::vector<const domain::EvidenceVersion*> versionsOf(const ReportContent& content) {
    std::vector<const domain::EvidenceVersion*> versions;
    for (const ReportedFinding& reported : content.findings) {
        for (const domain::EvidenceVersion& version : reported.evidence) versions.push_back(&version);
    }
    return versions;
}

/// Why a version itself is withheld, or nothing.
Result<std::string> withheldReason(storage::ReadSession& session, const domain::EvidenceVersion& version) {
    if (version.state == domain::EvidenceState::Withdrawn) return "Withdrawn: " + version.stateReason;
    TM_TRY(std::string held, heldReason(session, version));
    if (held.empty() && version.state == domain::EvidenceState::Quarantined)
        held = "Quarantined: " + version.stateReason;
    return held;
}

/// Withdrawn and damaged ones, those that a malware scanner found something in, and what has a redacted copy
/// in its place.
Result<void> findWithheld(storage::ReadSession& session, ReportContent& content) {
    const auto versions = versionsOf(content);
    for (const domain::EvidenceVersion* version : versions) {
        if (!version->redactionOf.stored()) continue;
        content.withheld.emplace(version->redactionOf,
                                 "Redacted: " + versionName(*version) + " stands in its place.");
    }
    for (const domain::EvidenceVersion* version : versions) {
        TM_TRY(std::string reason, withheldReason(session, *version));
        if (!reason.empty()) content.withheld.insert_or_assign(version->id, std::move(reason));
    }
    return {};
}

Result<void> readBundles(storage::ReadSession& session, const storage::Scope& scope, ReportContent& content) {
    storage::BundleFilter filter;
    filter.audit = content.audit.id;
    TM_TRY(content.bundles, everyRow([&](const storage::PageRequest& page) {
               return storage::listBundles(session, scope, filter, page);
           }));
    std::erase_if(content.bundles,
                  [](const auto& bundle) { return bundle.state == domain::BundleState::Draft; });
    std::sort(content.bundles.begin(), content.bundles.end(),
              [](const auto& a, const auto& b) { return a.ref.text() < b.ref.text(); });
    return {};
}

Result<void> readPeople(storage::ReadSession& session, ReportContent& content) {
    std::vector<domain::PartyId> ids;
    for (const auto& member : content.audit.team) ids.push_back(member.party);
    for (const ReportedFinding& reported : content.findings) {
        ids.push_back(reported.finding.owner);
        for (const auto& response : reported.finding.responses) ids.push_back(response.by);
        for (const auto& check : reported.finding.checks) ids.push_back(check.by);
        for (const auto& action : reported.actions) ids.push_back(action.owner);
    }
    TM_TRY(content.parties, partiesOf(session, ids));
    return {};
}

Result<void> findLastChange(storage::ReadSession& session, ReportContent& content) {
    LastChange last(session, content);
    TM_CHECK(last.of("audit", content.audit.ref.text()));
    for (const ReportedFinding& reported : content.findings) {
        TM_CHECK(last.of("finding", reported.finding.ref.text()));
        for (const auto& action : reported.actions) TM_CHECK(last.of("action", action.ref.text()));
        for (const auto& version : reported.evidence) {
            TM_CHECK(last.of("evidence-version", versionName(version)));
        }
    }
    for (const auto& bundle : content.bundles) TM_CHECK(last.of("bundle", bundle.ref.text()));
    return {};
}

}  // namespace

Result<ReportContent> readReportContent(storage::ReadSession& session, const storage::Scope& scope,
                                        const domain::AuditRef& ref) {
    ReportContent content;
    content.isExcerpt = scope.reach == domain::Reach::OwnItems;
    TM_TRY(content.audit, storage::findAuditVisible(session, ref, scope));
    TM_CHECK(readFindings(session, scope, content));
    TM_CHECK(readTitles(session, content));
    TM_CHECK(findWithheld(session, content));
    TM_CHECK(readBundles(session, scope, content));
    TM_CHECK(readPeople(session, content));
    TM_CHECK(findLastChange(session, content));
    return content;
}

}  // namespace tickmark::app

#include "bundle/ContentIndex.h"

#include <tuple>

namespace tickmark::bundle {

ContentIndex::ContentIndex(const Content& content)
    : m_paths(layOut(content)), m_audit(content.audit.ref.text()) {
    for (const auto& version : content.versions) {
        m_versions.emplace(version.id, &version);
        m_order.push_back(&version);
        if (version.state == domain::EvidenceState::Withdrawn) {
            m_withheld.emplace(version.id, "withdrawn: " + version.stateReason);
        }
    }
    std::sort(m_order.begin(), m_order.end(), [](const auto* a, const auto* b) {
        return std::tie(a->ref, a->number) < std::tie(b->ref, b->number);
    });
    for (const auto* version : m_order) {
        if (version->redactionOf.stored()) m_copies[version->redactionOf].push_back(versionName(version->id));
    }
    for (const auto& party : content.parties) m_parties.emplace(party.id, &party);
    for (const auto& evidence : content.evidence) m_evidence.emplace(evidence.id, &evidence);
    for (const auto& withheld : content.bundle.withheld) {
        m_withheld.insert_or_assign(withheld.version, withheld.reason);
    }
    const auto use = [this](const std::vector<domain::EvidenceVersionId>& versions, const std::string& by) {
        for (const auto version : versions) m_uses[version].push_back(by);
    };
    for (const auto* finding : inOrderOfReference(content.findings)) {
        m_findings.emplace(finding->id, finding->ref.text());
        use(finding->evidence, finding->ref.text());
    }
    for (const auto* action : inOrderOfReference(content.actions)) use(action->evidence, action->ref.text());
    for (const auto* request : inOrderOfReference(content.requests)) {
        use(request->evidence, request->ref.text());
    }
    for (const auto* item : inOrderOfReference(content.improvements)) use(item->evidence, item->ref.text());
    for (const auto& kpi : content.kpis) m_kpis.emplace(kpi.id, kpi.ref.text());
    for (const auto* series : inOrderOfReference(content.series)) {
        use({series->evidence}, series->ref.text());
    }
}

const domain::EvidenceVersion* ContentIndex::version(domain::EvidenceVersionId id) const {
    const auto found = m_versions.find(id);
    return found == m_versions.end() ? nullptr : found->second;
}

std::string ContentIndex::versionName(domain::EvidenceVersionId id) const {
    const domain::EvidenceVersion* found = version(id);
    if (found == nullptr) return {};
    return found->ref.text() + "/v" + std::to_string(found->number);
}

std::vector<std::string> ContentIndex::usedBy(domain::EvidenceVersionId id) const {
    if (const auto used = m_uses.find(id); used != m_uses.end()) return used->second;
    if (const auto copies = m_copies.find(id); copies != m_copies.end()) return copies->second;
    return {m_audit};
}

std::string ContentIndex::account(domain::PartyId id) const {
    if (!id.stored()) return {};
    const auto found = m_parties.find(id);
    return found == m_parties.end() ? "party:" + std::to_string(id.value) : found->second->account;
}

std::string ContentIndex::personName(domain::PartyId id) const {
    const auto found = m_parties.find(id);
    return found == m_parties.end() || found->second->name.empty() ? account(id) : found->second->name;
}

std::string ContentIndex::findingRef(domain::FindingId id) const {
    const auto found = m_findings.find(id);
    return found == m_findings.end() ? std::string() : found->second;
}

std::string ContentIndex::kpiRef(domain::KpiId id) const {
    const auto found = m_kpis.find(id);
    return found == m_kpis.end() ? std::string() : found->second;
}

const domain::Evidence* ContentIndex::evidence(domain::EvidenceId id) const {
    const auto found = m_evidence.find(id);
    return found == m_evidence.end() ? nullptr : found->second;
}

const std::string* ContentIndex::withheldReason(domain::EvidenceVersionId id) const {
    const auto found = m_withheld.find(id);
    return found == m_withheld.end() ? nullptr : &found->second;
}

const RelativePath* ContentIndex::path(domain::EvidenceVersionId id) const {
    const auto found = m_paths.find(id);
    return found == m_paths.end() ? nullptr : &found->second;
}

}  // namespace tickmark::bundle

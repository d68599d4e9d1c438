// Resolves the row numbers inside a bundle's content to the references that people read.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "tickmark/bundle/Content.h"

namespace tickmark::bundle {

/// Built once for one content, which must outlive it.
class ContentIndex {
  public:
    explicit ContentIndex(const Content& content);

    /// Nothing when the content does not hold that version.
    [[nodiscard]] const domain::EvidenceVersion* version(domain::EvidenceVersionId id) const;
    /// "E-0144/v1"; empty when the content does not hold that version.
    [[nodiscard]] std::string versionName(domain::EvidenceVersionId id) const;
    /// The account; empty for nobody, "party:7" for one that the content does not hold.
    [[nodiscard]] std::string account(domain::PartyId id) const;
    /// Whether the content holds that account.
    [[nodiscard]] bool knows(domain::PartyId id) const { return m_parties.contains(id); }
    /// What is shown for a person: the name, otherwise the account.
    [[nodiscard]] std::string personName(domain::PartyId id) const;
    [[nodiscard]] std::string findingRef(domain::FindingId id) const;
    [[nodiscard]] std::string kpiRef(domain::KpiId id) const;
    [[nodiscard]] const domain::Evidence* evidence(domain::EvidenceId id) const;
    /// Why the file is not in the bundle; nothing when it is.
    [[nodiscard]] const std::string* withheldReason(domain::EvidenceVersionId id) const;
    [[nodiscard]] const RelativePath* path(domain::EvidenceVersionId id) const;
    /// Versions that something names, with the references of what names them ("F-0001", "AC-0002",
    /// "KS-0003"). What only the audit as a whole holds is not among them.
    [[nodiscard]] const std::map<domain::EvidenceVersionId, std::vector<std::string>>& uses() const noexcept {
        return m_uses;
    }
    /// What a reader is told: the references of uses(); the copy's name for the original of a redacted copy;
    /// otherwise the audit.
    [[nodiscard]] std::vector<std::string> usedBy(domain::EvidenceVersionId id) const;
    /// In ascending order of evidence reference and number.
    [[nodiscard]] const std::vector<const domain::EvidenceVersion*>& versionsInOrder() const noexcept {
        return m_order;
    }

  private:
    std::map<domain::EvidenceVersionId, const domain::EvidenceVersion*> m_versions{};
    std::map<domain::PartyId, const domain::Party*> m_parties{};
    std::map<domain::FindingId, std::string> m_findings{};
    std::map<domain::KpiId, std::string> m_kpis{};
    std::map<domain::EvidenceId, const domain::Evidence*> m_evidence{};
    std::map<domain::EvidenceVersionId, std::string> m_withheld{};
    std::map<domain::EvidenceVersionId, RelativePath> m_paths{};
    std::map<domain::EvidenceVersionId, std::vector<std::string>> m_uses{};
    std::map<domain::EvidenceVersionId, std::vector<std::string>> m_copies{};
    std::vector<const domain::EvidenceVersion*> m_order{};
    std::string m_audit{};
};

/// The entities of a list in ascending order of reference.
template <class Entity>
[[nodiscard]] std::vector<const Entity*> inOrderOfReference(const std::vector<Entity>& entities) {
    std::vector<const Entity*> order;
    order.reserve(entities.size());
    for (const Entity& entity : entities) order.push_back(&entity);
    std::sort(order.begin(), order.end(), [](const Entity* a, const Entity* b) { return a->ref < b->ref; });
    return order;
}

}  // namespace tickmark::bundle

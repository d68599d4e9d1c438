// Entities as the API shows them: references and accounts where records hold row numbers.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/app/Actions.h"
#include "tickmark/app/Audits.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Findings.h"
#include "tickmark/app/Improvements.h"
#include "tickmark/app/Objectives.h"
#include "tickmark/codec/Json.h"

namespace tickmark::http::api {

/// What row numbers are called, within one answer.
class Names {
  public:
    void add(const std::vector<domain::Party>& parties);
    void add(const std::vector<domain::EvidenceVersion>& versions);
    /// {"account","name","role"}; null for nobody.
    [[nodiscard]] codec::Json person(domain::PartyId id) const;
    /// ["E-0117/v1", …]; versions that this answer does not know are left out.
    [[nodiscard]] codec::Json versions(const std::vector<domain::EvidenceVersionId>& ids) const;
    /// "E-0117/v1", or empty.
    [[nodiscard]] std::string version(domain::EvidenceVersionId id) const;

  private:
    std::map<domain::PartyId, codec::Json> m_people{};
    std::map<domain::EvidenceVersionId, std::string> m_versions{};
};

[[nodiscard]] codec::Json texts(const std::vector<std::string>& items);
[[nodiscard]] codec::Json describe(const domain::Party& party);
[[nodiscard]] codec::Json describe(const domain::Audit& audit, const Names& names);
[[nodiscard]] codec::Json describe(const domain::Finding& finding, const Names& names);
[[nodiscard]] codec::Json describe(const domain::Action& action, const Names& names);
[[nodiscard]] codec::Json describe(const domain::EvidenceVersion& version, const Names& names);
[[nodiscard]] codec::Json describe(const domain::EvidenceRequest& request, const Names& names);
[[nodiscard]] codec::Json describe(const std::vector<domain::Clause>& clauses);
[[nodiscard]] codec::Json describe(const app::ImprovementView& view);
/// An entry of the ledger: its leaf's members and its position.
[[nodiscard]] codec::Json describe(std::int64_t position, const ledger::Event& event);

/// The two-letter codes of a set.
[[nodiscard]] codec::Json codesOf(domain::RoleSet roles);

/// The steps out of a state, with what stands against each.
template <class Step>
[[nodiscard]] codec::Json describeSteps(const std::vector<Step>& steps) {
    codec::Json list = codec::Json::array();
    for (const Step& step : steps) {
        codec::Json item = codec::Json::object();
        item.set("event", domain::toText(step.event))
            .set("title", domain::titleOf(step.event))
            .set("to", domain::toText(step.to))
            .set("roles", codesOf(step.roles))
            .set("who", domain::roleNames(step.roles))
            .set("permitted", step.permitted)
            .set("blocked_by", texts(step.blockedBy))
            .set("needs_reason", step.needsReason);
        if (!step.notYou.empty()) item.set("not_you", step.notYou);
        list.push(std::move(item));
    }
    return list;
}

}  // namespace tickmark::http::api

// The people of the demonstration, and the steps they take through the ordinary use cases.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tickmark/app/Actions.h"
#include "tickmark/app/Context.h"
#include "tickmark/app/Demo.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Findings.h"

namespace tickmark::app::demo {

/// Where accounts and passwords of the demonstration stand, in the data directory.
inline constexpr const char* accountsFile = "demo-accounts.txt";

/// Accounts by name, and what they do. Each step loads the current revision first.
class Cast {
  public:
    explicit Cast(Context& context) : m_context(&context) {}

    /// Makes every account. Errors: Refused "demo-loaded", "account-taken".
    [[nodiscard]] Result<std::vector<DemoAccount>> create();
    [[nodiscard]] const domain::Actor& as(const std::string& account) const { return m_actors.at(account); }
    [[nodiscard]] domain::PartyId id(const std::string& account) const { return m_actors.at(account).id; }

    /// Inserts a draft under its own reference.
    [[nodiscard]] Result<domain::Finding> draft(const domain::Audit& audit, const FindingDraft& draft,
                                                const std::string& ref);
    [[nodiscard]] Result<void> step(const std::string& account, const domain::FindingRef& ref,
                                    domain::FindingEvent event, const std::string& reason = {});
    [[nodiscard]] Result<void> respond(const std::string& account, const domain::FindingRef& ref,
                                       const domain::Response& response);
    [[nodiscard]] Result<void> planEffectiveness(const domain::FindingRef& ref,
                                                 const domain::EffectivenessCheck& check);
    /// Approve, start, hand over a record, report as done.
    [[nodiscard]] Result<void> carryOut(const domain::ActionRef& ref, const std::string& owner,
                                        const std::string& recordText);
    [[nodiscard]] Result<Receipt> handOver(const std::string& account, const EvidenceInput& input,
                                           std::string_view bytes);
    /// Takes an audit from planned to follow-up.
    [[nodiscard]] Result<void> moveToFollowUp(const domain::AuditRef& ref);

  private:
    [[nodiscard]] Result<void> mustBeNew() const;
    [[nodiscard]] Result<void> actionStep(const std::string& account, const domain::ActionRef& ref,
                                          domain::ActionEvent event, const std::string& reason = {});
    Context* m_context;
    std::map<std::string, domain::Actor> m_actors{};
};

}  // namespace tickmark::app::demo

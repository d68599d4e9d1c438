// Corrections, corrective and preventive actions of a finding.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/domain/Action.h"
#include "tickmark/domain/Transitions.h"
#include "tickmark/storage/Actions.h"

namespace tickmark::app {

struct ActionDraft {
    std::string finding{};  ///< finding reference
    domain::ActionKind kind = domain::ActionKind::Corrective;
    std::string title{};
    std::string description{};
    std::string rootCause{};
    std::string owner{};      ///< account, or empty
    std::string ownerRole{};  ///< in words
    std::optional<Date> due{};
    std::string cost{};
};
/// The finding's owner while issued or returned (LA too); later only the lead auditor.
[[nodiscard]] Result<domain::Action> planAction(Context& context, const domain::Actor& actor,
                                                const ActionDraft& draft);
/// While planned. The due date of anything later moves only through an extension.
[[nodiscard]] Result<domain::Action> editAction(Context& context, const domain::Actor& actor,
                                                const domain::ActionRef& ref, std::int64_t rev,
                                                const ActionDraft& draft);
[[nodiscard]] Result<domain::Action> changeActionState(Context& context, const domain::Actor& actor,
                                                       const domain::ActionRef& ref, std::int64_t rev,
                                                       domain::ActionEvent event, const std::string& reason);
[[nodiscard]] Result<domain::Action> requestExtension(Context& context, const domain::Actor& actor,
                                                      const domain::ActionRef& ref, std::int64_t rev,
                                                      Date asked, const std::string& reason);
/// LA of the audit decides; approval moves the due date.
[[nodiscard]] Result<domain::Action> decideExtension(Context& context, const domain::Actor& actor,
                                                     const domain::ActionRef& ref, std::int64_t rev,
                                                     bool approve, const std::string& note);
[[nodiscard]] Result<domain::Action> attachEvidenceToAction(Context& context, const domain::Actor& actor,
                                                            const domain::ActionRef& ref, std::int64_t rev,
                                                            const std::vector<std::string>& versions);

struct ActionView {
    domain::Action action{};
    domain::Finding finding{};
    domain::Audit audit{};
    std::vector<domain::EvidenceVersion> evidence{};
    std::vector<domain::Party> parties{};
    std::vector<domain::ActionStep> steps{};
    bool mayEdit = false;
    bool mayAskExtension = false;
    bool mayDecideExtension = false;
    bool mayAttach = false;
};
[[nodiscard]] Result<ActionView> showAction(Context& context, const domain::Actor& actor,
                                            const domain::ActionRef& ref);

}  // namespace tickmark::app

// The improvement policy: written and submitted by the improvement manager, approved by top management.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/domain/Policy.h"

namespace tickmark::app {

struct PolicyDraft {
    std::string title{};
    std::string text{};
    std::string changes{};  ///< what differs from the version before
    std::optional<Date> effectiveOn{};
    std::optional<Date> reviewOn{};
};

/// IM. The next version. Event "policy.draft". Errors: Invalid "validation", Refused "version-under-way"
/// while another version is a draft or submitted.
[[nodiscard]] Result<domain::PolicyVersion> draftPolicy(Context& context, const domain::Actor& actor,
                                                        const PolicyDraft& draft);
/// IM, while it is a draft. Event "policy.edit". Errors: as above, Stale, Refused "not-a-draft".
[[nodiscard]] Result<domain::PolicyVersion> editPolicy(Context& context, const domain::Actor& actor,
                                                       const domain::PolicyVersionRef& ref, std::int64_t rev,
                                                       const PolicyDraft& draft);
/// As the machine allows. Events "policy.submit", "policy.reject", "policy.approve"; approving supersedes the
/// version approved before in the same transaction (event "policy.supersede"). Errors: Stale, Forbidden, and
/// Refused "system-step" for a supersession that somebody asks for.
[[nodiscard]] Result<domain::PolicyVersion> movePolicy(Context& context, const domain::Actor& actor,
                                                       const domain::PolicyVersionRef& ref, std::int64_t rev,
                                                       domain::PolicyEvent event, const std::string& reason);

/// Every version this person may read, newest first. What was approved is open to the whole organisation; a
/// draft or a submitted version only to the improvement manager and top management.
struct PolicyOverview {
    std::vector<domain::PolicyVersion> versions{};
    std::optional<domain::PolicyVersion> inForce{};
    std::vector<domain::Party> parties{};  ///< who wrote and decided
    bool mayDraft = false;
};
/// LA, AU, PO, AO, IM, TM.
[[nodiscard]] Result<PolicyOverview> showPolicy(Context& context, const domain::Actor& actor);

struct PolicyView {
    domain::PolicyVersion version{};
    bool inForce = false;
    std::vector<domain::PolicyStep> steps{};
    std::vector<domain::Party> parties{};
    bool mayEdit = false;
};
/// Errors: NotFound, also for what this person may not read.
[[nodiscard]] Result<PolicyView> showPolicyVersion(Context& context, const domain::Actor& actor,
                                                   const domain::PolicyVersionRef& ref);

}  // namespace tickmark::app

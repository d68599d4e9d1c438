// Who carries what from now on, and until when: actions, requests and improvement items after they were
// planned.
#pragma once

#include <optional>
#include <string>

#include "tickmark/app/Context.h"
#include "tickmark/domain/Action.h"
#include "tickmark/domain/Evidence.h"
#include "tickmark/domain/Improvement.h"

namespace tickmark::app {

/// What is left out stays. At least one of the two; errors otherwise: Invalid "nothing-given".
struct Handover {
    std::optional<std::string> owner{};  ///< account; an empty text takes the owner away
    std::optional<Date> due{};
    std::string reason{};
};

/// The lead auditor, while the action is not done (planned, approved, in progress, on hold); while it is
/// planned also whoever plans it. Once approved it needs a reason, and the date moves only through an
/// extension. Event "action.assign". Errors: Forbidden, Refused "final", "not-planned", Invalid "text" field
/// reason.
[[nodiscard]] Result<domain::Action> assignAction(Context& context, const domain::Actor& actor,
                                                  const domain::ActionRef& ref, std::int64_t rev,
                                                  const Handover& handover);
/// Auditors of the team, while the request is a draft, open or returned. Event "request.assign". Errors:
/// Forbidden, Refused "final".
[[nodiscard]] Result<domain::EvidenceRequest> assignRequest(Context& context, const domain::Actor& actor,
                                                            const domain::RequestRef& ref, std::int64_t rev,
                                                            const Handover& handover);
/// Another owner: the improvement manager, with a reason once the plan is approved, while the item is open.
/// Another date: until the plan is approved, by whoever edits it; afterwards only through an extension. Event
/// "improvement.assign". Errors: Forbidden, Refused "final", "plan-approved", Invalid "owner-role", "text".
[[nodiscard]] Result<domain::ImprovementItem> assignImprovement(Context& context, const domain::Actor& actor,
                                                                const domain::ImprovementRef& ref,
                                                                std::int64_t rev, const Handover& handover);

/// Its owner or the improvement manager, once the plan is approved and while the item is open. Event
/// "improvement.request-extension". Errors: Forbidden, Refused "plan-open", "final", "extension-open",
/// Invalid "extension" field asked, "text" field reason.
[[nodiscard]] Result<domain::ImprovementItem> requestImprovementExtension(Context& context,
                                                                          const domain::Actor& actor,
                                                                          const domain::ImprovementRef& ref,
                                                                          std::int64_t rev, Date asked,
                                                                          const std::string& reason);
/// The improvement manager; approval moves the due date, a refusal needs a note. Events
/// "improvement.approve-extension", "improvement.refuse-extension". Errors: Forbidden, Refused
/// "no-extension", "final".
[[nodiscard]] Result<domain::ImprovementItem> decideImprovementExtension(Context& context,
                                                                         const domain::Actor& actor,
                                                                         const domain::ImprovementRef& ref,
                                                                         std::int64_t rev, bool approve,
                                                                         const std::string& note);

}  // namespace tickmark::app

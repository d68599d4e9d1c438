// Pieces that several pages show: next steps, evidence, the upload form.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/pages/Page.h"
#include "tickmark/domain/Evidence.h"
#include "tickmark/domain/Transitions.h"

namespace tickmark::http::pages {

/// One step of any machine, free of its types.
struct ShownStep {
    std::string event{};
    std::string label{};
    std::string roles{};  ///< "lead auditor or auditor"
    std::string to{};     ///< title of the state that it leads to
    bool stays = false;   ///< which is the state it has now
    bool permitted = false;
    bool needsReason = false;
    std::vector<std::string> blockedBy{};
    std::string notYou{};  ///< why it is not this person's, though their role is named; or empty
    /// Accepting a plan asks for the effectiveness check it books: criterion and day, as they are offered.
    std::optional<std::pair<std::string, std::string>> check{};
    bool asksCode = false;  ///< of the person's second factor
};

/// `now` is the state in which the thing is, `role` the caller's.
template <class Event, class State>
[[nodiscard]] std::vector<ShownStep> shown(const std::vector<domain::Step<Event, State>>& steps, State now,
                                           domain::Role role) {
    std::vector<ShownStep> out;
    out.reserve(steps.size());
    for (const auto& step : steps) {
        out.push_back({std::string(domain::toText(step.event)), std::string(domain::titleOf(step.event)),
                       domain::roleNames(step.roles), std::string(domain::titleOf(step.to)), step.to == now,
                       step.permitted, step.needsReason, step.blockedBy,
                       step.roles.has(role) ? step.notYou : std::string(), std::nullopt, false});
    }
    return out;
}

/// A step that was sent and refused; its page comes again with the words kept.
struct RefusedStep {
    Error error{};
    std::string event{};
    std::string label{};
    std::string reason{};
};
/// What a form asked for and why it was refused. Where somebody else was quicker, its fix says how to go on
/// from the page, which shows what stands now.
[[nodiscard]] RefusedStep refusedStep(const Form& form, std::string_view label, Error error);
/// Shows the refusal on top of the page and answers with its status; nothing when there is none.
void takeRefusal(Frame& frame, const RefusedStep* refused);

/// Include {{>STEPS}}: who may do what next, and the forms of this person's own steps, posting to `action`.
/// Text HEAD_CLASS: the class of the button in the page's head, primary only when no step is. The words of a
/// refused step stand in its field again, or by themselves when that step cannot be taken any more.
void putSteps(view::Model& model, const Request& request, const std::vector<ShownStep>& steps,
              const std::string& action, std::int64_t rev, const RefusedStep* refused = nullptr);

/// Include {{>EVIDENCE}}: a list of versions with digests, downloads and receipts.
void putEvidence(view::Model& model, const std::vector<domain::EvidenceVersion>& versions,
                 const std::vector<domain::Party>& parties);

/// Section `section` with ITEM and, inside, OPEN with ITEM_HREF for those who may see the improvement item of
/// that reference, CLOSED for the others: a page does not lead where there is nothing for its reader.
void putItemLink(WebApp& web, const Request& request, view::Model& model, std::string_view section,
                 const std::string& ref);

/// Include {{>UPLOAD}}: hands files over to one target ("finding", "F-0001"); returns to `back` afterwards.
void putUpload(view::Model& model, const Request& request, const std::string& kind, const std::string& ref,
               const std::string& back);
/// PERSON, UPLOAD_TAG and DIGEST_TAG, which forms for handing over need when scripts are on.
void putUploadScripts(view::Model& model, const Request& request);

}  // namespace tickmark::http::pages

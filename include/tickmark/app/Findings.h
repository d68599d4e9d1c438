// Findings: record, edit, answer, move through their states, look at.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/app/Trends.h"
#include "tickmark/domain/AuditorWords.h"
#include "tickmark/domain/Effectiveness.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/domain/Transitions.h"
#include "tickmark/ledger/Event.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Improvements.h"

namespace tickmark::app {

/// Input of recordFinding and editFinding; references as people write them.
struct FindingDraft {
    std::string audit{};  ///< audit reference
    std::string classCode{"minor"};
    std::string title{};
    std::vector<std::string> clauses{};
    std::string requirement{};
    std::string objectiveEvidence{};
    std::string nature{};
    std::string extent{};
    std::string risk{};
    std::string process{};
    std::string service{};
    std::string owner{};  ///< account, or empty
    std::string repeatOf{};
    std::string sourceRef{};
    std::optional<Date> responseDue{};
    std::optional<Date> closeDue{};
    std::vector<std::string> evidence{};  ///< "E-0117/v1"
    std::int64_t checklistRow = 0;        ///< the row it was raised from; recording links it there
};

/// LA or AU on the audit's team, audit not closed. The new finding is a draft. Errors name fields as the API
/// does.
[[nodiscard]] Result<domain::Finding> recordFinding(Context& context, const domain::Actor& actor,
                                                    const FindingDraft& draft);
/// Drafts only: an issued finding is never edited. Owner and due dates may change later through
/// assignFinding.
[[nodiscard]] Result<domain::Finding> editFinding(Context& context, const domain::Actor& actor,
                                                  const domain::FindingRef& ref, std::int64_t rev,
                                                  const FindingDraft& draft);
struct Assignment {
    std::optional<std::string> owner{};  ///< account
    std::optional<Date> responseDue{};
    std::optional<Date> closeDue{};
    std::optional<std::string> repeatOf{};  ///< reference of the earlier finding; empty takes it away
    std::string reason{};
};
[[nodiscard]] Result<domain::Finding> assignFinding(Context& context, const domain::Actor& actor,
                                                    const domain::FindingRef& ref, std::int64_t rev,
                                                    const Assignment& assignment);
/// After issue, LA, with a reason; kept in the class history.
[[nodiscard]] Result<domain::Finding> reclassifyFinding(Context& context, const domain::Actor& actor,
                                                        const domain::FindingRef& ref, std::int64_t rev,
                                                        const std::string& classCode,
                                                        const std::string& reason);
/// Any event of the machine. A Respond takes the response saved for this round. Accepting the plan books the
/// effectiveness check of the round as `check` says (domain::bookCheck states the defaults); other events
/// pass it over.
[[nodiscard]] Result<domain::Finding> changeFindingState(Context& context, const domain::Actor& actor,
                                                         const domain::FindingRef& ref, std::int64_t rev,
                                                         domain::FindingEvent event,
                                                         const std::string& reason,
                                                         const domain::CheckPlan& check = {});
/// The owner's answer of the current round, saved as often as needed until responded.
[[nodiscard]] Result<domain::Finding> saveResponse(Context& context, const domain::Actor& actor,
                                                   const domain::FindingRef& ref, std::int64_t rev,
                                                   domain::Response response);
/// Plans (criterion, planned on) or records (done on, verdict) the effectiveness check of the current round.
/// LA or AU who owns none of the actions.
[[nodiscard]] Result<domain::Finding> saveEffectivenessCheck(Context& context, const domain::Actor& actor,
                                                             const domain::FindingRef& ref, std::int64_t rev,
                                                             domain::EffectivenessCheck check);
/// Points the finding at exact evidence versions ("E-0117/v1"), drafts and later states alike; never removes
/// after issue.
[[nodiscard]] Result<domain::Finding> attachEvidence(Context& context, const domain::Actor& actor,
                                                     const domain::FindingRef& ref, std::int64_t rev,
                                                     const std::vector<std::string>& versions);

struct FindingView {
    domain::Finding finding{};
    domain::Audit audit{};
    std::vector<domain::Clause> clauses{};  ///< of the finding, with titles
    std::vector<domain::Action> actions{};
    std::vector<domain::EvidenceVersion> evidence{};  ///< of the finding and its actions
    std::vector<domain::EvidenceRequest> requests{};
    std::vector<storage::ImprovementRow> improvements{};  ///< items that answer the finding, oldest first
    std::vector<domain::Party> parties{};                 ///< every account named anywhere in this view
    std::vector<domain::FindingStep> steps{};
    std::vector<domain::WordWarning> warnings{};  ///< for auditors of the team: texts that suggest too much
    std::vector<RepeatProposal> repeats{};        ///< for auditors of the team, while repeat_of is empty
    domain::CheckPlan checkPlan{};                ///< the defaults that accepting the plan would book
    bool mayEdit = false;
    bool mayRespond = false;  ///< save a response now
    bool mayPlanActions = false;
    bool mayAttach = false;
    bool mayAssign = false;
    bool mayCheckEffectiveness = false;
    bool mayImprove = false;                       ///< make an improvement item of it now
    std::vector<std::string> classesToChangeTo{};  ///< codes that reclassifyFinding takes from this actor now
    struct HistoryLine {
        std::int64_t position = 0;
        ledger::Event event{};
    };
    std::vector<HistoryLine> history{};  ///< oldest first, of finding, actions and evidence links
};
[[nodiscard]] Result<FindingView> showFinding(Context& context, const domain::Actor& actor,
                                              const domain::FindingRef& ref);

}  // namespace tickmark::app

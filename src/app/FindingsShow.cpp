// One finding with everything around it, and what this actor may do now.
#include <algorithm>

#include "app/Access.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Findings.h"
#include "tickmark/app/Improvements.h"
#include "tickmark/app/Lists.h"
#include "tickmark/domain/Visibility.h"
#include "tickmark/storage/Actions.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Catalogs.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/Requests.h"

namespace tickmark::app {
namespace {

using domain::FindingState;

std::vector<domain::PartyId> peopleIn(const FindingView& view) {
    std::vector<domain::PartyId> ids{view.finding.owner, view.finding.createdBy};
    for (const auto& member : view.audit.team) ids.push_back(member.party);
    for (const auto& response : view.finding.responses) ids.push_back(response.by);
    for (const auto& check : view.finding.checks) ids.push_back(check.by);
    for (const auto& change : view.finding.classHistory) ids.push_back(change.by);
    for (const auto& action : view.actions) {
        ids.push_back(action.owner);
        for (const auto& extension : action.extensions) {
            ids.push_back(extension.by);
            ids.push_back(extension.decidedBy);
        }
    }
    for (const auto& version : view.evidence) ids.push_back(version.receivedBy);
    for (const auto& request : view.requests) ids.push_back(request.assignee);
    return ids;
}

Result<void> readEvidence(storage::ReadSession& session, FindingView& view) {
    TM_TRY(view.evidence, storage::versionsOf(session, view.finding.id));
    for (const domain::Action& action : view.actions) {
        TM_TRY(auto more, storage::versionsOf(session, action.id));
        for (auto& version : more) {
            const bool known = std::any_of(view.evidence.begin(), view.evidence.end(),
                                           [&](const auto& v) { return v.id == version.id; });
            if (!known) view.evidence.push_back(std::move(version));
        }
    }
    return {};
}

Result<void> readRequests(storage::ReadSession& session, const storage::Scope& scope, FindingView& view) {
    storage::RequestFilter filter;
    filter.finding = view.finding.id;
    TM_TRY(const auto rows, everyRow([&](const storage::PageRequest& page) {
               return storage::listRequests(session, scope, filter, page);
           }));
    for (const auto& row : rows) {
        TM_TRY(auto request, storage::findRequest(session, row.id));
        view.requests.push_back(std::move(request));
    }
    return {};
}

Result<void> readImprovements(storage::ReadSession& session, const storage::Scope& scope, FindingView& view) {
    storage::ImprovementFilter filter;
    filter.finding = view.finding.id;
    TM_TRY(view.improvements, everyRow([&](const storage::PageRequest& page) {
               return storage::listImprovements(session, scope, filter, page);
           }));
    std::reverse(view.improvements.begin(), view.improvements.end());
    return {};
}

Result<void> readHistory(storage::ReadSession& session, FindingView& view) {
    TM_TRY(auto rows, storage::eventsOf(session, "finding", view.finding.ref.text()));
    for (const domain::Action& action : view.actions) {
        TM_TRY(auto more, storage::eventsOf(session, "action", action.ref.text()));
        std::move(more.begin(), more.end(), std::back_inserter(rows));
    }
    std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.position < b.position; });
    for (const auto& row : rows) {
        TM_TRY(auto event, ledger::Event::parse(row.leaf));
        view.history.push_back({static_cast<std::int64_t>(row.position), std::move(event)});
    }
    return {};
}

/// The classes that the lead may choose instead. A draft is edited, not reclassified.
std::vector<std::string> otherClasses(const domain::Finding& finding) {
    std::vector<std::string> codes;
    const domain::FindingClass* current = domain::findingClass(finding.classCode);
    for (const domain::FindingClass& one : domain::defaultFindingClasses()) {
        const bool fits =
            finding.state == FindingState::Issued || current == nullptr || current->kind == one.kind;
        if (fits && one.code != finding.classCode) codes.emplace_back(one.code);
    }
    return codes;
}

bool isNonconformity(const domain::Finding& finding) {
    const domain::FindingClass* scheme = domain::findingClass(finding.classCode);
    return scheme != nullptr && scheme->kind == domain::FindingKind::Nonconformity;
}

bool isChecked(FindingState state) {
    return state == FindingState::PlanAccepted || state == FindingState::Implemented ||
           state == FindingState::Verified;
}

/// Who looks, as far as rights depend on it.
struct Looker {
    bool auditor = false;  ///< on the audit's team
    bool lead = false;
    bool owner = false;  ///< the process owner to whom the finding is assigned
    bool ownsAction = false;
};

Looker lookerOf(const domain::Actor& actor, const FindingView& view) {
    Looker looker;
    looker.auditor = isAuditor(actor, view.audit);
    looker.lead = looker.auditor && actor.role == domain::Role::LeadAuditor;
    looker.owner = view.finding.owner == actor.id && actor.role == domain::Role::ProcessOwner;
    looker.ownsAction = std::any_of(view.actions.begin(), view.actions.end(),
                                    [&](const auto& action) { return action.owner == actor.id; });
    return looker;
}

/// What may be done to a nonconformity: answering and planning.
void judgeAnswering(const Looker& looker, FindingView& view) {
    const FindingState state = view.finding.state;
    if (!isNonconformity(view.finding)) return;
    const bool answering = state == FindingState::Issued || state == FindingState::Returned;
    view.mayRespond = looker.owner && answering;
    view.mayPlanActions = view.mayRespond || (looker.lead && state != FindingState::Draft);
}

void judgeRights(const Looker& looker, FindingView& view) {
    const FindingState state = view.finding.state;
    if (domain::isFinal(state) || !mustBeOpen(view.audit).ok()) return;
    const bool draft = state == FindingState::Draft;
    view.mayEdit = looker.auditor && draft;
    view.mayAttach = looker.auditor || looker.owner;
    view.mayAssign = looker.auditor;
    view.mayCheckEffectiveness = looker.auditor && isChecked(state) && !looker.ownsAction;
    if (looker.lead && !draft) view.classesToChangeTo = otherClasses(view.finding);
    judgeAnswering(looker, view);
}

/// What the auditors wrote that reads like a cause or a solution: the finding's parts, and the comment of the
/// last return while it is being answered.
std::vector<domain::WordWarning> warningsIn(const FindingView& view) {
    auto warnings = domain::warningsOf(view.finding);
    if (view.finding.state != FindingState::Returned) return warnings;
    const auto last = std::find_if(view.history.rbegin(), view.history.rend(),
                                   [](const auto& line) { return line.event.kind == "finding.return"; });
    if (last == view.history.rend()) return warnings;
    const auto more =
        domain::warningsIn("reason", last->event.facts.textAt("reason"), domain::AuditorText::Comment);
    warnings.insert(warnings.end(), more.begin(), more.end());
    return warnings;
}

}  // namespace

Result<FindingView> showFinding(Context& context, const domain::Actor& actor, const domain::FindingRef& ref) {
    return context.database->read([&](storage::ReadSession& session) -> Result<FindingView> {
        const storage::Scope scope = scopeOf(context, actor);
        FindingView view;
        TM_TRY(view.finding, storage::findFindingVisible(session, ref, scope));
        TM_TRY(view.audit, storage::findAudit(session, view.finding.audit));
        TM_TRY(view.actions, storage::actionsOf(session, view.finding.id));
        TM_CHECK(readEvidence(session, view));
        TM_CHECK(readRequests(session, scope, view));
        TM_CHECK(readImprovements(session, scope, view));
        view.mayImprove = mayImprove(actor, view.audit, view.finding);
        TM_CHECK(readHistory(session, view));
        for (const std::string& code : view.finding.clauses) {
            auto clause = storage::findClause(session, view.audit.catalog, code);
            view.clauses.push_back(clause ? *std::move(clause) : domain::Clause{code, {}, {}});
        }
        TM_TRY(view.parties, partiesOf(session, peopleIn(view)));
        view.steps = domain::stepsOf(domain::FindingCase{view.finding, view.actions, view.audit.state},
                                     stepInput(context, actor, view.audit, {}));
        const Looker looker = lookerOf(actor, view);
        judgeRights(looker, view);
        if (looker.auditor && !domain::isFinal(view.finding.state)) view.warnings = warningsIn(view);
        if (view.mayAssign && view.finding.repeatOf.empty()) {
            TM_TRY(view.repeats, proposeRepeats(session, scope, view.finding));
        }
        view.checkPlan = {domain::defaultCriterion(view.finding),
                          domain::defaultCheckDate(view.actions, context.today())};
        return view;
    });
}

}  // namespace tickmark::app

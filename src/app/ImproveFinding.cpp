// From a finding to the improvement register in one step, with the link kept both ways.
#include "app/Access.h"
#include "app/FindingAccess.h"
#include "app/ImprovementAccess.h"
#include "tickmark/app/Lists.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Parties.h"

namespace tickmark::app {
namespace {

using domain::FindingState;
using domain::Role;

bool isAcknowledgedSuggestion(const domain::Finding& finding) {
    const domain::FindingClass* scheme = domain::findingClass(finding.classCode);
    return scheme != nullptr && scheme->kind == domain::FindingKind::Suggestion &&
           finding.state == FindingState::Acknowledged;
}

/// Neither a draft, which nobody but the team knows of, nor one that does not stand any more; an observation
/// is acknowledged by its owner first.
Result<void> mustStand(const domain::Finding& finding) {
    const domain::FindingClass* scheme = domain::findingClass(finding.classCode);
    const bool suggestion = scheme != nullptr && scheme->kind == domain::FindingKind::Suggestion;
    const bool stands = finding.state != FindingState::Draft && finding.state != FindingState::Discarded &&
                        finding.state != FindingState::Withdrawn && finding.state != FindingState::NoAction;
    if (stands && !(suggestion && finding.state == FindingState::Issued)) return {};
    return refused("forbidden-transition",
                   finding.ref.text() + " cannot become an improvement item: it is " +
                       lower(domain::titleOf(finding.state)) + ".",
                   suggestion && stands ? "Its owner acknowledges it first." : "");
}

/// The owner of the finding, when that account can carry an item.
Result<std::string> ownerOf(storage::ReadSession& session, const domain::Finding& finding) {
    if (!finding.owner.stored()) return std::string();
    TM_TRY(const domain::Party party, storage::findParty(session, finding.owner));
    return !party.disabled && canOwn(party.role) ? party.account : std::string();
}

bool concerns(const domain::Actor& actor, const domain::Audit& audit, const domain::Finding& finding) {
    if (actor.role == Role::ImprovementManager || isAuditor(actor, audit)) return true;
    return actor.role == Role::ProcessOwner && actor.id.stored() && finding.owner == actor.id;
}

}  // namespace

bool mayImprove(const domain::Actor& actor, const domain::Audit& audit, const domain::Finding& finding) {
    if (!concerns(actor, audit, finding) || !mustStand(finding).ok()) return false;
    return !isAcknowledgedSuggestion(finding) || mustBeOpen(audit).ok();
}

Result<domain::ImprovementItem> insertImprovementOf(Context& context, const domain::Actor& actor,
                                                    storage::WriteSession& session,
                                                    const domain::Finding& finding) {
    ImprovementDraft draft;
    draft.sourceRef = finding.ref.text();
    draft.title = finding.title;
    draft.description = finding.nature.empty() ? finding.objectiveEvidence : finding.nature;
    draft.process = finding.process;
    draft.service = finding.service;
    draft.due = finding.closeDue;
    TM_TRY(draft.owner, ownerOf(session, finding));
    return insertImprovement(context, actor, session, draft, &finding);
}

Result<domain::ImprovementItem> improveFinding(Context& context, const domain::Actor& actor,
                                               const domain::FindingRef& ref, std::int64_t rev) {
    return context.database->write([&](storage::WriteSession& session) -> Result<domain::ImprovementItem> {
        TM_TRY(domain::Finding finding, storage::findFindingVisible(session, ref, scopeOf(context, actor)));
        TM_TRY(const domain::Audit audit, storage::findAudit(session, finding.audit));
        if (!concerns(actor, audit, finding)) {
            return forbidden("Only the owner of " + ref.text() +
                             ", an auditor on its audit's team or the improvement manager can make an "
                             "improvement item of it.");
        }
        TM_CHECK(mustBeCurrent(ref.text(), rev, finding.rev));
        TM_CHECK(mustStand(finding));
        if (!isAcknowledgedSuggestion(finding)) return insertImprovementOf(context, actor, session, finding);
        TM_TRY(const FindingState to,
               domain::next(domain::FindingCase{finding, {}, audit.state}, domain::FindingEvent::Convert,
                            stepInput(context, actor, audit, {})));
        TM_TRY(domain::ImprovementItem item, insertImprovementOf(context, actor, session, finding));
        ledger::Event event =
            stepEvent(context, actor, "finding", domain::toText(domain::FindingEvent::Convert),
                      domain::toText(finding.state), domain::toText(to), {});
        event.facts.set("round", finding.round).set("improvement", item.ref.text());
        finding.state = to;
        finding.changedAt = context.now();
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, finding, std::move(event)));
        return item;
    });
}

}  // namespace tickmark::app

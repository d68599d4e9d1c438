#include "tickmark/app/Actions.h"

#include <algorithm>

#include "app/Access.h"
#include "app/ActionAccess.h"
#include "tickmark/app/Lists.h"
#include "tickmark/domain/Validation.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/References.h"

namespace tickmark::app {
namespace {

using domain::ActionState;
using domain::FindingState;

bool ownsFinding(const domain::Actor& actor, const domain::Finding& finding) {
    return finding.owner == actor.id && actor.role == domain::Role::ProcessOwner;
}

Result<void> fill(storage::ReadSession& session, const ActionDraft& draft, domain::Action& action) {
    action.kind = draft.kind;
    action.title = draft.title;
    action.description = draft.description;
    action.rootCause = draft.rootCause;
    action.ownerRole = draft.ownerRole;
    action.due = draft.due;
    action.cost = draft.cost;
    TM_CHECK(domain::validate(action));
    TM_TRY(action.owner, partyNamed(session, "owner", draft.owner));
    return {};
}

}  // namespace

/// The auditee plans while answering; afterwards a new action is the lead auditor's to admit.
Result<void> mayPlan(const domain::Actor& actor, const domain::Audit& audit, const domain::Finding& finding) {
    TM_CHECK(mustBeOpen(audit));
    TM_CHECK(takesActions(finding));
    const bool answering = finding.state == FindingState::Issued || finding.state == FindingState::Returned;
    if (answering && ownsFinding(actor, finding)) return {};
    const bool lead = actor.role == domain::Role::LeadAuditor && isAuditor(actor, audit);
    if (lead) return {};
    return forbidden(
        answering
            ? "Only the process owner of " + finding.ref.text() + " or the lead auditor can plan its actions."
            : "After the response only the lead auditor can add an action to " + finding.ref.text() + ".");
}

Result<void> takesActions(const domain::Finding& finding) {
    const domain::FindingClass* scheme = domain::findingClass(finding.classCode);
    if (scheme != nullptr && scheme->kind == domain::FindingKind::Conformity) {
        return refused("forbidden-transition", finding.ref.text() + " is a conformity; it needs no action.");
    }
    if (!domain::isFinal(finding.state) && finding.state != FindingState::Draft) return {};
    return refused("forbidden-transition", "Actions are planned for an issued finding; " +
                                               finding.ref.text() + " is " +
                                               lower(domain::titleOf(finding.state)) + ".");
}

Result<domain::Action> insertAction(Context& context, const domain::Actor& actor,
                                    storage::WriteSession& session, const domain::Finding& finding,
                                    const ActionDraft& draft) {
    domain::Action action;
    action.finding = finding.id;
    action.createdAt = context.now();
    TM_CHECK(fill(session, draft, action));
    TM_TRY(const std::string next, storage::nextRef(session, storage::RefSeries::Action));
    action.ref = domain::ActionRef(next);
    ledger::Event event = eventOf(context, actor, "action.plan");
    event.facts.set("finding", finding.ref.text()).set("kind", domain::toText(action.kind));
    if (action.due) event.facts.set("due", action.due->iso());
    TM_TRY([[maybe_unused]] const auto position, storage::save(session, action, std::move(event)));
    return action;
}

Result<domain::Action> changeAction(Context& context, const domain::Actor& actor,
                                    const domain::ActionRef& ref, std::int64_t rev,
                                    const std::function<Result<ledger::Event>(ActionChange&)>& deed) {
    return context.database->write([&](storage::WriteSession& session) -> Result<domain::Action> {
        TM_TRY(domain::Action action, storage::findActionVisible(session, ref, scopeOf(context, actor)));
        TM_TRY(domain::Finding finding, storage::findFinding(session, action.finding));
        TM_TRY(domain::Audit audit, storage::findAudit(session, finding.audit));
        TM_CHECK(mustBeOpen(audit));
        TM_CHECK(mustBeCurrent(ref.text(), rev, action.rev));
        ActionChange change{session, std::move(audit), std::move(finding), std::move(action)};
        TM_TRY(ledger::Event event, deed(change));
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, change.action, std::move(event)));
        return std::move(change.action);
    });
}

Result<domain::Action> planAction(Context& context, const domain::Actor& actor, const ActionDraft& draft) {
    return context.database->write([&](storage::WriteSession& session) -> Result<domain::Action> {
        TM_TRY(
            const domain::Finding finding,
            storage::findFindingVisible(session, domain::FindingRef(draft.finding), scopeOf(context, actor)));
        TM_TRY(const domain::Audit audit, storage::findAudit(session, finding.audit));
        TM_CHECK(mayPlan(actor, audit, finding));
        return insertAction(context, actor, session, finding, draft);
    });
}

Result<domain::Action> editAction(Context& context, const domain::Actor& actor, const domain::ActionRef& ref,
                                  std::int64_t rev, const ActionDraft& draft) {
    return changeAction(context, actor, ref, rev, [&](ActionChange& change) -> Result<ledger::Event> {
        TM_CHECK(mayPlan(actor, change.audit, change.finding));
        if (change.action.state != ActionState::Planned) {
            return refused("not-planned", ref.text() + " is approved; its plan is not edited any more.",
                           "Ask for an extension to move its date, or cancel it with a reason.");
        }
        TM_CHECK(fill(change.session, draft, change.action));
        return eventOf(context, actor, "action.edit");
    });
}

Result<domain::Action> changeActionState(Context& context, const domain::Actor& actor,
                                         const domain::ActionRef& ref, std::int64_t rev,
                                         domain::ActionEvent event, const std::string& reason) {
    return changeAction(context, actor, ref, rev, [&](ActionChange& change) -> Result<ledger::Event> {
        const domain::ActionCase item{change.action, change.finding, change.audit.state};
        TM_TRY(const ActionState to,
               domain::next(item, event, stepInput(context, actor, change.audit, reason)));
        ledger::Event entry = stepEvent(context, actor, "action", domain::toText(event),
                                        domain::toText(change.action.state), domain::toText(to), reason);
        if (event == domain::ActionEvent::Hold) change.action.heldFrom = change.action.state;
        if (event == domain::ActionEvent::ReportDone) change.action.doneOn = context.today();
        if (event == domain::ActionEvent::SendBack) change.action.doneOn.reset();
        change.action.state = to;
        return entry;
    });
}

Result<domain::Action> requestExtension(Context& context, const domain::Actor& actor,
                                        const domain::ActionRef& ref, std::int64_t rev, Date asked,
                                        const std::string& reason) {
    return changeAction(context, actor, ref, rev, [&](ActionChange& change) -> Result<ledger::Event> {
        domain::Action& action = change.action;
        if (action.owner != actor.id && !ownsFinding(actor, change.finding)) {
            return forbidden("Only the owner of " + ref.text() + " can ask for more time.");
        }
        const bool open = !action.extensions.empty() && !action.extensions.back().approved;
        if (open)
            return refused("extension-open",
                           "An extension of " + ref.text() + " is waiting for a decision already.");
        const bool live = action.state == ActionState::Planned || action.state == ActionState::Approved ||
                          action.state == ActionState::InProgress || action.state == ActionState::OnHold;
        if (!live)
            return refused("forbidden-transition", ref.text() + " is done; its date does not move any more.");
        if (action.due && asked <= *action.due) {
            return invalid("extension", "asked", "The new date must lie after " + action.due->iso() + ".");
        }
        TM_TRY(const std::string words, cleanText("reason", reason, {1, 2000, true}));
        action.extensions.push_back({asked, words, actor.id, context.now(), {}, {}, {}});
        ledger::Event event = eventOf(context, actor, "action.request-extension");
        event.facts.set("asked", asked.iso()).set("reason", words);
        return event;
    });
}

Result<domain::Action> decideExtension(Context& context, const domain::Actor& actor,
                                       const domain::ActionRef& ref, std::int64_t rev, bool approve,
                                       const std::string& note) {
    return changeAction(context, actor, ref, rev, [&](ActionChange& change) -> Result<ledger::Event> {
        TM_CHECK(mustLead(actor, change.audit, "decide an extension"));
        domain::Action& action = change.action;
        if (action.extensions.empty() || action.extensions.back().approved) {
            return refused("no-extension", "No extension of " + ref.text() + " waits for a decision.");
        }
        domain::ExtensionRequest& extension = action.extensions.back();
        TM_TRY(extension.decisionNote, cleanText("note", note, {approve ? 0U : 1U, 2000, true}));
        extension.approved = approve;
        extension.decidedBy = actor.id;
        if (approve) action.due = extension.asked;
        ledger::Event event =
            eventOf(context, actor, approve ? "action.approve-extension" : "action.refuse-extension");
        event.facts.set("asked", extension.asked.iso());
        if (!extension.decisionNote.empty()) event.facts.set("reason", extension.decisionNote);
        return event;
    });
}

Result<domain::Action> attachEvidenceToAction(Context& context, const domain::Actor& actor,
                                              const domain::ActionRef& ref, std::int64_t rev,
                                              const std::vector<std::string>& versions) {
    return changeAction(context, actor, ref, rev, [&](ActionChange& change) -> Result<ledger::Event> {
        const bool owner = change.action.owner == actor.id || ownsFinding(actor, change.finding);
        if (!owner) TM_CHECK(mustAudit(actor, change.audit, "attach evidence"));
        if (change.action.state == ActionState::Cancelled) {
            return refused("final", ref.text() + " is cancelled; nothing is attached any more.");
        }
        TM_TRY(const auto ids,
               versionsNamed(change.session, "evidence", versions, change.audit.id, scopeOf(context, actor)));
        if (addMissing(change.action.evidence, ids) == 0) {
            return refused("nothing-new", ref.text() + " points at these versions already.");
        }
        ledger::Event event = eventOf(context, actor, "action.attach-evidence");
        codec::Json names = codec::Json::array();
        for (const std::string& name : versions) names.push(name);
        event.facts.set("evidence", std::move(names));
        return event;
    });
}

Result<ActionView> showAction(Context& context, const domain::Actor& actor, const domain::ActionRef& ref) {
    return context.database->read([&](storage::ReadSession& session) -> Result<ActionView> {
        ActionView view;
        TM_TRY(view.action, storage::findActionVisible(session, ref, scopeOf(context, actor)));
        TM_TRY(view.finding, storage::findFinding(session, view.action.finding));
        TM_TRY(view.audit, storage::findAudit(session, view.finding.audit));
        TM_TRY(view.evidence, storage::versionsOf(session, view.action.id));
        std::vector<domain::PartyId> people{view.action.owner, view.finding.owner};
        for (const auto& extension : view.action.extensions) {
            people.push_back(extension.by);
            people.push_back(extension.decidedBy);
        }
        for (const auto& version : view.evidence) people.push_back(version.receivedBy);
        TM_TRY(view.parties, partiesOf(session, people));
        view.steps = domain::stepsOf(domain::ActionCase{view.action, view.finding, view.audit.state},
                                     stepInput(context, actor, view.audit, {}));
        const bool open = mustBeOpen(view.audit).ok();
        const bool owner = view.action.owner == actor.id || ownsFinding(actor, view.finding);
        const bool waiting = !view.action.extensions.empty() && !view.action.extensions.back().approved;
        const bool live =
            view.action.state == ActionState::Planned || view.action.state == ActionState::Approved ||
            view.action.state == ActionState::InProgress || view.action.state == ActionState::OnHold;
        view.mayEdit = open && view.action.state == ActionState::Planned &&
                       mayPlan(actor, view.audit, view.finding).ok();
        view.mayAskExtension = open && owner && live && !waiting;
        view.mayDecideExtension = open && waiting && mustLead(actor, view.audit, "").ok();
        view.mayAttach =
            open && view.action.state != ActionState::Cancelled && (owner || isAuditor(actor, view.audit));
        return view;
    });
}

}  // namespace tickmark::app

// Actions and requests: another owner, another date.
#include "tickmark/app/Assign.h"

#include "app/Access.h"
#include "app/ActionAccess.h"
#include "app/AssignChecks.h"
#include "tickmark/app/Lists.h"
#include "tickmark/domain/Validation.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Requests.h"

namespace tickmark::app {
namespace {

using domain::ActionState;
using domain::RequestState;

bool isUnderWay(ActionState state) {
    return state == ActionState::Planned || state == ActionState::Approved ||
           state == ActionState::InProgress || state == ActionState::OnHold;
}

bool isAwaited(RequestState state) {
    return state == RequestState::Draft || state == RequestState::Open || state == RequestState::Returned;
}

}  // namespace

Result<domain::Action> assignAction(Context& context, const domain::Actor& actor,
                                    const domain::ActionRef& ref, std::int64_t rev,
                                    const Handover& handover) {
    TM_CHECK(mustGiveSomething(handover));
    return changeAction(context, actor, ref, rev, [&](ActionChange& change) -> Result<ledger::Event> {
        domain::Action& action = change.action;
        const bool planned = action.state == ActionState::Planned;
        if (planned)
            TM_CHECK(mayPlan(actor, change.audit, change.finding));
        else
            TM_CHECK(mustLead(actor, change.audit, "give an approved action to somebody else"));
        if (!isUnderWay(action.state)) {
            return refused("final", ref.text() + " is " + lower(domain::titleOf(action.state)) +
                                        "; its owner and its date stay.");
        }
        if (handover.due && !planned) {
            return refused("not-planned",
                           ref.text() + " is approved; its date moves only through an extension.",
                           "Its owner asks for more time with a reason; the lead auditor decides.");
        }
        ledger::Event event = eventOf(context, actor, "action.assign");
        TM_TRY(const std::string reason, reasonOf(handover, !planned));
        if (handover.owner) {
            TM_TRY(action.owner, partyNamed(change.session, "owner", *handover.owner));
            event.facts.set("owner", *handover.owner);
        }
        if (handover.due) {
            action.due = handover.due;
            event.facts.set("due", handover.due->iso());
        }
        TM_CHECK(domain::validate(action));
        if (!reason.empty()) event.facts.set("reason", reason);
        return event;
    });
}

Result<domain::EvidenceRequest> assignRequest(Context& context, const domain::Actor& actor,
                                              const domain::RequestRef& ref, std::int64_t rev,
                                              const Handover& handover) {
    TM_CHECK(mustGiveSomething(handover));
    return context.database->write([&](storage::WriteSession& session) -> Result<domain::EvidenceRequest> {
        TM_TRY(domain::EvidenceRequest request,
               storage::findRequestVisible(session, ref, scopeOf(context, actor)));
        TM_TRY(const domain::Audit audit, storage::findAudit(session, request.audit));
        TM_CHECK(mustAudit(actor, audit, "assign a request"));
        TM_CHECK(mustBeOpen(audit));
        TM_CHECK(mustBeCurrent(ref.text(), rev, request.rev));
        if (!isAwaited(request.state)) {
            return refused("final", ref.text() + " is " + lower(domain::titleOf(request.state)) +
                                        "; its assignee and its date stay.");
        }
        ledger::Event event = eventOf(context, actor, "request.assign");
        TM_TRY(const std::string reason, reasonOf(handover, false));
        if (handover.owner) {
            TM_TRY(request.assignee, partyNamed(session, "assignee", *handover.owner));
            event.facts.set("assignee", *handover.owner);
        }
        if (handover.due) {
            request.due = handover.due;
            event.facts.set("due", handover.due->iso());
        }
        TM_CHECK(domain::validate(request));
        if (!reason.empty()) event.facts.set("reason", reason);
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, request, std::move(event)));
        return request;
    });
}

}  // namespace tickmark::app

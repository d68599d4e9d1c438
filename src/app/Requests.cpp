// The auditor's requests for evidence.
#include <algorithm>

#include "app/Access.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Lists.h"
#include "tickmark/domain/Validation.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Parties.h"
#include "tickmark/storage/References.h"
#include "tickmark/storage/Requests.h"

namespace tickmark::app {

Result<domain::EvidenceRequest> createRequest(Context& context, const domain::Actor& actor,
                                              const RequestDraft& draft) {
    return context.database->write([&](storage::WriteSession& session) -> Result<domain::EvidenceRequest> {
        const storage::Scope scope = scopeOf(context, actor);
        TM_TRY(const domain::Audit audit,
               storage::findAuditVisible(session, domain::AuditRef(draft.audit), scope));
        TM_CHECK(mustAudit(actor, audit, "ask for evidence"));
        TM_CHECK(mustBeOpen(audit));
        domain::EvidenceRequest request;
        request.audit = audit.id;
        request.text = draft.text;
        request.items = draft.items;
        request.due = draft.due;
        request.createdAt = context.now();
        TM_CHECK(domain::validate(request));
        TM_TRY(request.assignee, partyNamed(session, "assignee", draft.assignee));
        if (!draft.finding.empty()) {
            auto finding = storage::findFindingVisible(session, domain::FindingRef(draft.finding), scope);
            if (!finding || finding->audit != audit.id) {
                return invalid("unknown-reference", "finding",
                               "There is no finding \"" + draft.finding + "\" in audit " + draft.audit + ".");
            }
            request.finding = finding->id;
        }
        TM_TRY(const std::string ref, storage::nextRef(session, storage::RefSeries::Request));
        request.ref = domain::RequestRef(ref);
        ledger::Event event = eventOf(context, actor, "request.create");
        event.facts.set("audit", audit.ref.text());
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, request, std::move(event)));
        return request;
    });
}

Result<domain::EvidenceRequest> changeRequestState(Context& context, const domain::Actor& actor,
                                                   const domain::RequestRef& ref, std::int64_t rev,
                                                   domain::RequestEvent event, const std::string& reason) {
    return context.database->write([&](storage::WriteSession& session) -> Result<domain::EvidenceRequest> {
        TM_TRY(domain::EvidenceRequest request,
               storage::findRequestVisible(session, ref, scopeOf(context, actor)));
        TM_TRY(const domain::Audit audit, storage::findAudit(session, request.audit));
        TM_CHECK(mustBeOpen(audit));
        TM_CHECK(mustBeCurrent(ref.text(), rev, request.rev));
        TM_TRY(const auto to, domain::next(request, event, stepInput(context, actor, audit, reason)));
        ledger::Event entry = stepEvent(context, actor, "request", domain::toText(event),
                                        domain::toText(request.state), domain::toText(to), reason);
        if (event == domain::RequestEvent::Return) request.returnNote = reason;
        request.state = to;
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, request, std::move(entry)));
        return request;
    });
}

Result<RequestView> showRequest(Context& context, const domain::Actor& actor, const domain::RequestRef& ref) {
    return context.database->read([&](storage::ReadSession& session) -> Result<RequestView> {
        RequestView view;
        TM_TRY(view.request, storage::findRequestVisible(session, ref, scopeOf(context, actor)));
        TM_TRY(view.audit, storage::findAudit(session, view.request.audit));
        if (view.request.finding.stored()) {
            TM_TRY(const domain::Finding finding, storage::findFinding(session, view.request.finding));
            view.findingRef = finding.ref.text();
        }
        std::vector<domain::PartyId> people{view.request.assignee};
        for (const auto id : view.request.evidence) {
            TM_TRY(auto version, storage::findEvidenceVersion(session, id));
            people.push_back(version.receivedBy);
            view.evidence.push_back(std::move(version));
        }
        TM_TRY(view.parties, partiesOf(session, people));
        view.steps = domain::stepsOf(view.request, stepInput(context, actor, view.audit, {}));
        const auto state = view.request.state;
        const bool taking = state == domain::RequestState::Open || state == domain::RequestState::Returned;
        view.mayAttach = taking && mustBeOpen(view.audit).ok() &&
                         (view.request.assignee == actor.id || isAuditor(actor, view.audit));
        return view;
    });
}

}  // namespace tickmark::app

#include "app/EvidenceTarget.h"

#include "app/Access.h"
#include "tickmark/app/Lists.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Actions.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Requests.h"

namespace tickmark::app {
namespace {

using domain::Role;

Result<void> mayGive(const domain::Actor& actor, const EvidenceTarget& target) {
    TM_CHECK(mustBeOpen(target.audit));
    if (isAuditor(actor, target.audit)) return {};
    const bool auditee = actor.role == Role::ProcessOwner || actor.role == Role::ActionOwner;
    const bool ownsFinding = target.finding && target.finding->owner == actor.id;
    const bool ownsAction = target.action && target.action->owner == actor.id;
    const bool asked = target.request && target.request->assignee == actor.id;
    if (auditee && (ownsFinding || ownsAction || asked)) return {};
    return forbidden("You cannot hand over files for " + target.ref() +
                     ": its owner, whoever was asked for it, or an auditor on the team can.");
}

Result<void> mustTakeFiles(const EvidenceTarget& target) {
    if (target.finding && domain::isFinal(target.finding->state)) {
        return refused("final", target.ref() + " is closed; it takes no more files.");
    }
    if (target.action && target.action->state == domain::ActionState::Cancelled) {
        return refused("final", target.ref() + " is cancelled; it takes no more files.");
    }
    if (target.request && target.request->state != domain::RequestState::Open &&
        target.request->state != domain::RequestState::Returned) {
        return refused("request-state", target.ref() + " takes files while it is open or returned; it is " +
                                            lower(domain::titleOf(target.request->state)) + ".");
    }
    return {};
}

Result<void> find(Context& context, storage::ReadSession& session, const domain::Actor& actor,
                  const EvidenceInput& input, EvidenceTarget& target) {
    const storage::Scope scope = scopeOf(context, actor);
    if (!input.finding.empty()) {
        TM_TRY(target.finding,
               storage::findFindingVisible(session, domain::FindingRef(input.finding), scope));
        TM_TRY(target.audit, storage::findAudit(session, target.finding->audit));
        return {};
    }
    if (!input.action.empty()) {
        TM_TRY(target.action, storage::findActionVisible(session, domain::ActionRef(input.action), scope));
        TM_TRY(const domain::Finding finding, storage::findFinding(session, target.action->finding));
        TM_TRY(target.audit, storage::findAudit(session, finding.audit));
        return {};
    }
    if (!input.request.empty()) {
        TM_TRY(target.request,
               storage::findRequestVisible(session, domain::RequestRef(input.request), scope));
        TM_TRY(target.audit, storage::findAudit(session, target.request->audit));
        return {};
    }
    TM_TRY(target.audit, storage::findAuditVisible(session, domain::AuditRef(input.audit), scope));
    return {};
}

/// Appends the ids, builds the event that names them, saves.
template <class Entity>
Result<void> attach(Context& context, storage::WriteSession& session, const domain::Actor& actor,
                    Entity& entity, const char* kind,
                    const std::vector<const domain::EvidenceVersion*>& versions) {
    codec::Json names = codec::Json::array();
    for (const auto* version : versions) {
        // New versions cannot be there yet: no search for repeats, whose cost would grow with the list.
        entity.evidence.push_back(version->id);
        names.push(versionName(*version));
    }
    ledger::Event event = eventOf(context, actor, kind);
    event.facts.set("evidence", std::move(names));
    TM_TRY([[maybe_unused]] const auto position, storage::save(session, entity, std::move(event)));
    return {};
}

}  // namespace

std::string EvidenceTarget::ref() const {
    if (finding) return finding->ref.text();
    if (action) return action->ref.text();
    if (request) return request->ref.text();
    return audit.ref.text();
}

Result<EvidenceTarget> targetOf(Context& context, storage::ReadSession& session, const domain::Actor& actor,
                                const EvidenceInput& input) {
    const int named = static_cast<int>(!input.finding.empty()) + static_cast<int>(!input.action.empty()) +
                      static_cast<int>(!input.request.empty()) + static_cast<int>(!input.audit.empty());
    if (named != 1) {
        return invalid("target", "finding", "It must be clear what the file answers.",
                       "Name exactly one of finding, action, request and audit.");
    }
    EvidenceTarget target;
    TM_CHECK(find(context, session, actor, input, target));
    TM_CHECK(mayGive(actor, target));
    TM_CHECK(mustTakeFiles(target));
    return target;
}

Result<void> link(Context& context, storage::WriteSession& session, const domain::Actor& actor,
                  EvidenceTarget& target, const std::vector<const domain::EvidenceVersion*>& versions) {
    if (target.finding) {
        target.finding->changedAt = context.now();
        return attach(context, session, actor, *target.finding, "finding.attach-evidence", versions);
    }
    if (target.action)
        return attach(context, session, actor, *target.action, "action.attach-evidence", versions);
    if (target.request)
        return attach(context, session, actor, *target.request, "request.attach-evidence", versions);
    return {};
}

}  // namespace tickmark::app

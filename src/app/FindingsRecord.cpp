// Recording and editing findings while they are drafts, and what may change later.
#include <algorithm>

#include "app/Access.h"
#include "app/ChecklistAccess.h"
#include "app/FindingAccess.h"
#include "tickmark/app/Findings.h"
#include "tickmark/app/Lists.h"
#include "tickmark/domain/Validation.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/References.h"

namespace tickmark::app {
namespace {

/// Moves the draft's words into the finding; references are resolved and checked.
Result<void> fill(storage::ReadSession& session, const storage::Scope& scope, const domain::Audit& audit,
                  const FindingDraft& draft, domain::Finding& finding) {
    finding.audit = audit.id;
    finding.classCode = draft.classCode;
    finding.title = draft.title;
    finding.clauses = draft.clauses;
    finding.requirement = draft.requirement;
    finding.objectiveEvidence = draft.objectiveEvidence;
    finding.nature = draft.nature;
    finding.extent = draft.extent;
    finding.risk = draft.risk;
    finding.process = draft.process;
    finding.service = draft.service;
    finding.repeatOf = draft.repeatOf;
    finding.sourceRef = draft.sourceRef;
    finding.responseDue = draft.responseDue;
    finding.closeDue = draft.closeDue;
    TM_CHECK(domain::validate(finding));
    TM_TRY(finding.owner, partyNamed(session, "owner", draft.owner));
    TM_CHECK(clausesExist(session, audit, finding.clauses));
    if (!finding.repeatOf.empty()) TM_CHECK(checkRepeat(session, finding.ref, finding.repeatOf));
    TM_TRY(finding.evidence, versionsNamed(session, "evidence", draft.evidence, audit.id, scope));
    return {};
}

}  // namespace

Result<domain::Finding> insertFinding(Context& context, const domain::Actor& actor,
                                      storage::WriteSession& session, const domain::Audit& audit,
                                      const FindingDraft& draft, const std::string& ref) {
    domain::Finding finding;
    finding.ref = domain::FindingRef(ref);
    if (ref.empty()) {
        TM_TRY(const std::string next, storage::nextRef(session, storage::RefSeries::Finding));
        finding.ref = domain::FindingRef(next);
    }
    finding.createdBy = actor.id;
    finding.createdAt = context.now();
    finding.changedAt = finding.createdAt;
    TM_CHECK(fill(session, scopeOf(context, actor), audit, draft, finding));
    ledger::Event event = eventOf(context, actor, "finding.record");
    event.facts.set("audit", audit.ref.text()).set("class", finding.classCode);
    TM_TRY([[maybe_unused]] const auto position, storage::save(session, finding, std::move(event)));
    return finding;
}

Result<domain::Finding> recordFinding(Context& context, const domain::Actor& actor,
                                      const FindingDraft& draft) {
    return context.database->write([&](storage::WriteSession& session) -> Result<domain::Finding> {
        TM_TRY(const domain::Audit audit,
               storage::findAuditVisible(session, domain::AuditRef(draft.audit), scopeOf(context, actor)));
        TM_CHECK(mustAudit(actor, audit, "record a finding"));
        TM_CHECK(mustBeOpen(audit));
        TM_TRY(domain::Finding finding, insertFinding(context, actor, session, audit, draft, {}));
        if (draft.checklistRow != 0) {
            TM_CHECK(linkToChecklist(context, actor, session, audit,
                                     domain::ChecklistRowId{draft.checklistRow}, finding));
        }
        return finding;
    });
}

Result<domain::Finding> editFinding(Context& context, const domain::Actor& actor,
                                    const domain::FindingRef& ref, std::int64_t rev,
                                    const FindingDraft& draft) {
    return changeFinding(context, actor, ref, rev, [&](FindingChange& change) -> Result<ledger::Event> {
        TM_CHECK(mustAudit(actor, change.audit, "edit a draft"));
        if (change.finding.state != domain::FindingState::Draft) {
            return refused(
                "not-a-draft", ref.text() + " was issued and is not edited any more.",
                "Change its class, owner or due dates with a reason, or withdraw it and record a new one.");
        }
        const auto evidence = change.finding.evidence;
        TM_CHECK(fill(change.session, scopeOf(context, actor), change.audit, draft, change.finding));
        if (draft.evidence.empty()) change.finding.evidence = evidence;
        return eventOf(context, actor, "finding.edit");
    });
}

Result<domain::Finding> assignFinding(Context& context, const domain::Actor& actor,
                                      const domain::FindingRef& ref, std::int64_t rev,
                                      const Assignment& assignment) {
    return changeFinding(context, actor, ref, rev, [&](FindingChange& change) -> Result<ledger::Event> {
        TM_CHECK(mustAudit(actor, change.audit, "assign a finding"));
        if (domain::isFinal(change.finding.state)) {
            return refused("final", ref.text() + " is closed; its owner and dates stay.");
        }
        ledger::Event event = eventOf(context, actor, "finding.assign");
        if (assignment.owner) {
            TM_TRY(change.finding.owner, partyNamed(change.session, "owner", *assignment.owner));
            event.facts.set("owner", *assignment.owner);
        }
        if (assignment.responseDue) {
            change.finding.responseDue = assignment.responseDue;
            event.facts.set("response_due", assignment.responseDue->iso());
        }
        if (assignment.closeDue) {
            change.finding.closeDue = assignment.closeDue;
            event.facts.set("close_due", assignment.closeDue->iso());
        }
        if (assignment.repeatOf) {
            if (!assignment.repeatOf->empty()) {
                TM_CHECK(checkRepeat(change.session, ref, *assignment.repeatOf));
            }
            change.finding.repeatOf = *assignment.repeatOf;
            event.facts.set("repeat_of", *assignment.repeatOf);
        }
        if (!assignment.reason.empty()) event.facts.set("reason", assignment.reason);
        TM_CHECK(domain::validate(change.finding));
        return event;
    });
}

Result<domain::Finding> reclassifyFinding(Context& context, const domain::Actor& actor,
                                          const domain::FindingRef& ref, std::int64_t rev,
                                          const std::string& classCode, const std::string& reason) {
    return changeFinding(context, actor, ref, rev, [&](FindingChange& change) -> Result<ledger::Event> {
        TM_CHECK(mustLead(actor, change.audit, "change a finding's class"));
        domain::Finding& finding = change.finding;
        const domain::FindingClass* to = domain::findingClass(classCode);
        const domain::FindingClass* from = domain::findingClass(finding.classCode);
        if (to == nullptr)
            return invalid("unknown-reference", "class", "There is no class \"" + classCode + "\".");
        if (domain::isFinal(finding.state))
            return refused("final", ref.text() + " is closed; its class stays.");
        const bool early =
            finding.state == domain::FindingState::Draft || finding.state == domain::FindingState::Issued;
        if (!early && from != nullptr && from->kind != to->kind) {
            return refused("class-kind",
                           "After the response a nonconformity stays one: " + finding.classCode +
                               " cannot become " + classCode + ".",
                           "Withdraw it with a reason and record a new finding.");
        }
        TM_TRY(const std::string words, cleanText("reason", reason, {1, 2000, true}));
        finding.classHistory.push_back({finding.classCode, classCode, words, actor.id, context.now()});
        ledger::Event event = eventOf(context, actor, "finding.reclassify");
        event.facts.set("from", finding.classCode).set("to", classCode).set("reason", words);
        finding.classCode = classCode;
        return event;
    });
}

Result<domain::Finding> attachEvidence(Context& context, const domain::Actor& actor,
                                       const domain::FindingRef& ref, std::int64_t rev,
                                       const std::vector<std::string>& versions) {
    return changeFinding(context, actor, ref, rev, [&](FindingChange& change) -> Result<ledger::Event> {
        const bool owner = change.finding.owner == actor.id && actor.role == domain::Role::ProcessOwner;
        if (!owner) TM_CHECK(mustAudit(actor, change.audit, "attach evidence"));
        if (domain::isFinal(change.finding.state)) {
            return refused("final", ref.text() + " is closed; nothing is attached any more.");
        }
        TM_TRY(const auto ids,
               versionsNamed(change.session, "evidence", versions, change.audit.id, scopeOf(context, actor)));
        if (addMissing(change.finding.evidence, ids) == 0) {
            return refused("nothing-new", ref.text() + " points at these versions already.");
        }
        ledger::Event event = eventOf(context, actor, "finding.attach-evidence");
        codec::Json names = codec::Json::array();
        for (const std::string& name : versions) names.push(name);
        event.facts.set("evidence", std::move(names));
        return event;
    });
}

}  // namespace tickmark::app

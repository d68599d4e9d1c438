// Moving findings through their states, and the auditee's response.
#include <algorithm>

#include "app/Access.h"
#include "app/FindingAccess.h"
#include "app/ImprovementAccess.h"
#include "tickmark/app/Findings.h"
#include "tickmark/app/Lists.h"
#include "tickmark/domain/Validation.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Actions.h"
#include "tickmark/storage/Audits.h"

namespace tickmark::app {

Result<domain::Finding> changeFinding(Context& context, const domain::Actor& actor,
                                      const domain::FindingRef& ref, std::int64_t rev,
                                      const std::function<Result<ledger::Event>(FindingChange&)>& deed) {
    return context.database->write([&](storage::WriteSession& session) -> Result<domain::Finding> {
        TM_TRY(domain::Finding finding, storage::findFindingVisible(session, ref, scopeOf(context, actor)));
        TM_TRY(domain::Audit audit, storage::findAudit(session, finding.audit));
        TM_CHECK(mustBeOpen(audit));
        TM_CHECK(mustBeCurrent(ref.text(), rev, finding.rev));
        FindingChange change{session, std::move(audit), std::move(finding)};
        TM_TRY(ledger::Event event, deed(change));
        change.finding.changedAt = context.now();
        TM_TRY([[maybe_unused]] const auto position,
               storage::save(session, change.finding, std::move(event)));
        return std::move(change.finding);
    });
}

Result<domain::Finding> changeFindingState(Context& context, const domain::Actor& actor,
                                           const domain::FindingRef& ref, std::int64_t rev,
                                           domain::FindingEvent event, const std::string& reason,
                                           const domain::CheckPlan& check) {
    return changeFinding(context, actor, ref, rev, [&](FindingChange& change) -> Result<ledger::Event> {
        TM_TRY(const auto actions, storage::actionsOf(change.session, change.finding.id));
        const domain::FindingCase item{change.finding, actions, change.audit.state};
        TM_TRY(const domain::FindingState to,
               domain::next(item, event, stepInput(context, actor, change.audit, reason)));
        ledger::Event entry = stepEvent(context, actor, "finding", domain::toText(event),
                                        domain::toText(change.finding.state), domain::toText(to), reason);
        entry.facts.set("round", change.finding.round);
        if (event == domain::FindingEvent::Convert) {
            TM_TRY(const auto made, insertImprovementOf(context, actor, change.session, change.finding));
            entry.facts.set("improvement", made.ref.text());
        }
        if (event == domain::FindingEvent::AcceptPlan) {
            TM_CHECK(domain::bookCheck(change.finding, actions, context.today(), check, actor.id));
            const domain::EffectivenessCheck& booked = change.finding.checks.back();
            entry.facts.set("criterion", booked.criterion).set("check_on", booked.plannedOn->iso());
        }
        change.finding.state = to;
        // A returned answer and a plan that did not work both open a new round, so that no earlier answer is
        // lost.
        if (event == domain::FindingEvent::Return || event == domain::FindingEvent::Reopen)
            ++change.finding.round;
        return entry;
    });
}

namespace {

/// What a place names is there: evidence of the audit, an action of this finding or a finding that the actor
/// sees.
Result<void> checkExtent(Context& context, const domain::Actor& actor, FindingChange& change,
                         const domain::Response& response) {
    const auto scope = scopeOf(context, actor);
    for (std::size_t i = 0; i < response.extentPlaces.size(); ++i) {
        const domain::ExtentPlace& place = response.extentPlaces[i];
        const std::string field = "extent_places[" + std::to_string(i) + "].";
        if (!place.evidence.empty()) {
            TM_TRY([[maybe_unused]] const auto ids, versionsNamed(change.session, field + "evidence",
                                                                  {place.evidence}, change.audit.id, scope));
        }
        if (place.answer.empty()) continue;
        const auto action =
            storage::findActionVisible(change.session, domain::ActionRef(place.answer), scope);
        if (action && action->finding == change.finding.id) continue;
        const auto other =
            storage::findFindingVisible(change.session, domain::FindingRef(place.answer), scope);
        if (other && other->id != change.finding.id) continue;
        return invalid("unknown-reference", field + "answer",
                       "There is no action of this finding and no other finding \"" + place.answer + "\".",
                       "Plan the action first, or name the finding that deals with it.");
    }
    return {};
}

}  // namespace

Result<domain::Finding> saveResponse(Context& context, const domain::Actor& actor,
                                     const domain::FindingRef& ref, std::int64_t rev,
                                     domain::Response response) {
    return changeFinding(context, actor, ref, rev, [&](FindingChange& change) -> Result<ledger::Event> {
        domain::Finding& finding = change.finding;
        if (finding.owner != actor.id || actor.role != domain::Role::ProcessOwner) {
            return forbidden("Only the process owner of " + ref.text() + " can answer it.");
        }
        if (finding.state != domain::FindingState::Issued &&
            finding.state != domain::FindingState::Returned) {
            return refused("forbidden-transition",
                           "The response to " + ref.text() +
                               " can be written while it is issued or returned; it is " +
                               lower(domain::titleOf(finding.state)) + ".");
        }
        const domain::FindingClass* scheme = domain::findingClass(finding.classCode);
        if (scheme == nullptr || scheme->kind != domain::FindingKind::Nonconformity) {
            return refused("class-kind", "Only a nonconformity asks for correction, cause and plan; " +
                                             ref.text() + " is of class " + finding.classCode + ".");
        }
        TM_CHECK(domain::validate(response));
        TM_CHECK(checkExtent(context, actor, change, response));
        response.round = finding.round;
        response.by = actor.id;
        response.at = context.now();
        const auto same = std::find_if(finding.responses.begin(), finding.responses.end(),
                                       [&](const domain::Response& r) { return r.round == finding.round; });
        if (same == finding.responses.end())
            finding.responses.push_back(std::move(response));
        else
            *same = std::move(response);
        ledger::Event event = eventOf(context, actor, "finding.save-response");
        event.facts.set("round", finding.round);
        return event;
    });
}

namespace {

/// Planned once the plan is accepted, judged once the actions are verified.
Result<void> isTimeToCheck(const domain::Finding& finding, bool judged) {
    const bool verified = finding.state == domain::FindingState::Verified;
    const bool ready = verified || finding.state == domain::FindingState::PlanAccepted ||
                       finding.state == domain::FindingState::Implemented;
    if (judged ? verified : ready) return {};
    return refused("forbidden-transition",
                   std::string(judged ? "Effectiveness is judged once the actions are verified; "
                                      : "An effectiveness check is planned once the plan is accepted; ") +
                       finding.ref.text() + " is " + lower(domain::titleOf(finding.state)) + ".");
}

}  // namespace

Result<domain::Finding> saveEffectivenessCheck(Context& context, const domain::Actor& actor,
                                               const domain::FindingRef& ref, std::int64_t rev,
                                               domain::EffectivenessCheck check) {
    return changeFinding(context, actor, ref, rev, [&](FindingChange& change) -> Result<ledger::Event> {
        domain::Finding& finding = change.finding;
        TM_CHECK(mustAudit(actor, change.audit, "record an effectiveness check"));
        TM_TRY(const bool owns, storage::ownsActionOf(change.session, finding.id, actor.id));
        if (owns) return forbidden("Whoever owns an action cannot judge whether it was effective.");
        const bool judged = check.verdict.has_value();
        TM_CHECK(isTimeToCheck(finding, judged));
        TM_CHECK(domain::validate(check));
        check.round = finding.round;
        check.by = actor.id;
        if (judged && !check.doneOn) check.doneOn = context.today();
        const auto same =
            std::find_if(finding.checks.begin(), finding.checks.end(),
                         [&](const domain::EffectivenessCheck& c) { return c.round == finding.round; });
        ledger::Event event =
            eventOf(context, actor, judged ? "finding.judge-effectiveness" : "finding.plan-effectiveness");
        event.facts.set("round", finding.round).set("criterion", check.criterion);
        if (judged) event.facts.set("verdict", domain::toText(*check.verdict));
        if (same == finding.checks.end())
            finding.checks.push_back(std::move(check));
        else
            *same = std::move(check);
        return event;
    });
}

}  // namespace tickmark::app

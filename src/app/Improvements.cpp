// Recording improvement items and carrying them through their steps.
#include "tickmark/app/Improvements.h"

#include <functional>

#include "app/Access.h"
#include "app/ImprovementAccess.h"
#include "app/ImprovementSource.h"
#include "app/LessonAccess.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Ideas.h"
#include "tickmark/app/Lists.h"
#include "tickmark/app/Objectives.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/Kpis.h"
#include "tickmark/storage/Parties.h"
#include "tickmark/storage/References.h"

namespace tickmark::app {
namespace {

using domain::ImprovementEvent;
using domain::ImprovementItem;
using domain::ImprovementState;
using domain::Role;

/// Goals are measured by a KPI that is defined here, so that its series can prove them.
Result<void> kpiMustExist(storage::ReadSession& session, const std::string& kpi) {
    if (kpi.empty()) return {};
    const auto known = storage::kpiByRef(session, domain::KpiRef(kpi));
    if (known) return {};
    if (known.error().kind != ErrorKind::NotFound) return known.error();
    return invalid("unknown-kpi", "kpi", "There is no KPI " + kpi + ".",
                   "Name one of the list of KPIs, or leave it empty until one is defined.");
}

Result<void> fill(storage::ReadSession& session, const ImprovementDraft& draft, ImprovementItem& item) {
    const bool servesAnother = item.objective != draft.objective && !draft.objective.empty();
    item.source = item.finding.stored() ? domain::ImprovementSource::Audit : draft.source;
    item.sourceRef = draft.sourceRef;
    item.title = draft.title;
    item.description = draft.description;
    item.process = draft.process;
    item.service = draft.service;
    item.objective = draft.objective;
    item.value = draft.value;
    item.effort = draft.effort;
    item.cost = draft.cost;
    item.due = draft.due;
    item.kpi = draft.kpi;
    item.unit = draft.unit;
    item.baseline = draft.baseline;
    item.target = draft.target;
    item.analysis = draft.analysis;
    item.plan = draft.plan;
    TM_CHECK(domain::validate(item));
    if (servesAnother) TM_CHECK(objectiveMustBeOpen(session, item.objective));
    TM_CHECK(kpiMustExist(session, item.kpi));
    TM_TRY(item.owner, improvementOwner(session, draft.owner));
    return {};
}

domain::StepInput inputOf(const Context& context, const domain::Actor& actor, const std::string& reason) {
    return {actor, false, reason, context.today()};
}

Result<void> mustWorkOn(const ImprovementItem& item, const domain::Actor& actor, std::string_view deed) {
    if (domain::mayWorkOn(item, actor)) return {};
    return forbidden("Only the owner of " + item.ref.text() + " or the improvement manager can " +
                     std::string(deed) + ".");
}

Result<void> mustBeLive(const ImprovementItem& item) {
    if (!domain::isFinal(item.state)) return {};
    return refused("final", item.ref.text() + " is " + lower(domain::titleOf(item.state)) +
                                "; it is not changed any more.");
}

/// What an item was made of does not change; any other source may, to what is not kept here.
Result<void> sourceMustStay(storage::ReadSession& session, const ImprovementItem& item,
                            const ImprovementDraft& draft) {
    TM_TRY(const auto record, madeFrom(session, item));
    if (!record && draft.sourceRef != item.sourceRef) return mustComeFromOutside(session, draft.sourceRef);
    if (!record || (draft.source == item.source && draft.sourceRef == item.sourceRef)) return {};
    const bool number = draft.sourceRef != item.sourceRef;
    return invalid("own-record", number ? "source_ref" : "source",
                   item.ref.text() + " was made of " + item.sourceRef + ", which names it.",
                   "Leave source and source number as they are.");
}

bool isMeasuring(const ImprovementItem& item) {
    return item.state == ImprovementState::Implementing || item.state == ImprovementState::Evaluating;
}

/// The plan is written anew, its date with it.
void closeOpenExtension(const domain::Actor& actor, ImprovementItem& item) {
    if (item.extensions.empty() || item.extensions.back().approved) return;
    domain::ExtensionRequest& extension = item.extensions.back();
    extension.approved = false;
    extension.decidedBy = actor.id;
    extension.decisionNote = "The plan was opened again; its date is written with it.";
}

/// What a step changes beside the state.
void applyStep(Context& context, const domain::Actor& actor, ImprovementEvent event, ImprovementItem& item) {
    if (event == ImprovementEvent::Hold) item.heldFrom = item.state;
    if (event == ImprovementEvent::ApprovePlan) item.approval = domain::PlanApproval{actor.id, context.now()};
    if (event == ImprovementEvent::Replan) {
        closeOpenExtension(actor, item);
        item.approval.reset();
        item.result.clear();
        item.progress = 0;
        ++item.round;
    }
}

Result<std::vector<domain::EvidenceVersionId>> visibleVersions(storage::ReadSession& session,
                                                               const std::vector<std::string>& names,
                                                               const storage::Scope& scope) {
    std::vector<domain::EvidenceVersionId> ids;
    for (const std::string& name : names) {
        TM_TRY(const VersionName parsed, parseVersionName("versions", name));
        auto version = storage::findEvidenceVersionVisible(session, parsed.ref, parsed.number, scope);
        if (!version && version.error().kind != ErrorKind::NotFound) return std::move(version).error();
        if (!version) {
            return invalid("unknown-reference", "versions", "There is no evidence version \"" + name + "\".",
                           "Check the spelling; it is written like E-0117/v1.");
        }
        if (version->state == domain::EvidenceState::Withdrawn) {
            return invalid("withdrawn", "versions", name + " was withdrawn.", "Name another version.");
        }
        ids.push_back(version->id);
    }
    return ids;
}

}  // namespace

Result<domain::PartyId> improvementOwner(storage::ReadSession& session, const std::string& account) {
    TM_TRY(const domain::PartyId id, partyNamed(session, "owner", account));
    if (!id.stored()) return id;
    TM_TRY(const domain::Party party, storage::findParty(session, id));
    if (canOwn(party.role)) return id;
    return invalid("owner-role", "owner",
                   "\"" + account + "\" cannot own an improvement item: it is the account of a " +
                       std::string(domain::roleName(party.role)) + ".",
                   "Name a process owner, an action owner or the improvement manager.");
}

Result<ImprovementItem> changeImprovement(
    Context& context, const domain::Actor& actor, const domain::ImprovementRef& ref, std::int64_t rev,
    const std::function<Result<ledger::Event>(ImprovementChange&)>& deed) {
    return context.database->write([&](storage::WriteSession& session) -> Result<ImprovementItem> {
        TM_TRY(ImprovementItem item, storage::findImprovementVisible(session, ref, scopeOf(context, actor)));
        TM_CHECK(mustBeCurrent(ref.text(), rev, item.rev));
        ImprovementChange change{session, std::move(item)};
        TM_TRY(ledger::Event event, deed(change));
        change.item.changedAt = context.now();
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, change.item, std::move(event)));
        return std::move(change.item);
    });
}

bool canOwn(Role role) {
    return role == Role::ProcessOwner || role == Role::ActionOwner || role == Role::ImprovementManager;
}

Result<ImprovementItem> insertImprovement(Context& context, const domain::Actor& actor,
                                          storage::WriteSession& session, const ImprovementDraft& draft,
                                          const domain::Finding* finding) {
    ImprovementItem item;
    if (finding != nullptr) item.finding = finding->id;
    item.createdBy = actor.id;
    item.createdAt = context.now();
    item.changedAt = item.createdAt;
    TM_CHECK(fill(session, draft, item));
    TM_TRY(const std::string next, storage::nextRef(session, storage::RefSeries::Improvement));
    item.ref = domain::ImprovementRef(next);
    ledger::Event event = eventOf(context, actor, "improvement.record");
    event.facts.set("source", domain::toText(item.source));
    if (finding != nullptr) event.facts.set("finding", finding->ref.text());
    TM_TRY([[maybe_unused]] const auto position, storage::save(session, item, std::move(event)));
    return item;
}

Result<ImprovementItem> recordImprovement(Context& context, const domain::Actor& actor,
                                          const ImprovementDraft& draft) {
    if (actor.role == Role::CertificationAuditor || actor.role == Role::Administrator) {
        return forbidden("A " + std::string(domain::roleName(actor.role)) +
                         " does not record improvement items.");
    }
    return context.database->write([&](storage::WriteSession& session) -> Result<ImprovementItem> {
        TM_CHECK(mustComeFromOutside(session, draft.sourceRef));
        ImprovementDraft filled = draft;
        if (filled.owner.empty() && canOwn(actor.role)) filled.owner = actor.account;
        return insertImprovement(context, actor, session, filled, nullptr);
    });
}

Result<ImprovementItem> adoptIdea(Context& context, const domain::Actor& actor, const std::string& code) {
    TM_TRY(const Idea idea, findIdea(context, actor, code));
    ImprovementDraft draft;
    draft.source = domain::ImprovementSource::Idea;
    draft.sourceRef = idea.code;
    draft.title = idea.title;
    draft.description = idea.description + "\n\nMoves: " + idea.kpi + " (" + idea.unit + ", " +
                        (idea.direction == "higher_is_better" ? "higher" : "lower") +
                        " is better). Measured by: " + idea.rule;
    draft.process = std::string(ideaProcessTitle(idea.process));
    draft.unit = idea.unit;
    return recordImprovement(context, actor, draft);
}

Result<ImprovementItem> editImprovement(Context& context, const domain::Actor& actor,
                                        const domain::ImprovementRef& ref, std::int64_t rev,
                                        const ImprovementDraft& draft) {
    return changeImprovement(
        context, actor, ref, rev, [&](ImprovementChange& change) -> Result<ledger::Event> {
            TM_CHECK(mustWorkOn(change.item, actor, "edit it"));
            TM_CHECK(mustBeLive(change.item));
            if (!domain::isPlanOpen(change.item)) {
                return refused(
                    "plan-approved",
                    "The plan of " + ref.text() + " is approved; goals and plan are not edited any more.",
                    "Report progress and the result; a missed target opens the plan again.");
            }
            TM_CHECK(sourceMustStay(change.session, change.item, draft));
            TM_CHECK(fill(change.session, draft, change.item));
            return eventOf(context, actor, "improvement.edit");
        });
}

Result<ImprovementItem> reportImprovement(Context& context, const domain::Actor& actor,
                                          const domain::ImprovementRef& ref, std::int64_t rev,
                                          const ImprovementReport& report) {
    return changeImprovement(
        context, actor, ref, rev, [&](ImprovementChange& change) -> Result<ledger::Event> {
            ImprovementItem& item = change.item;
            TM_CHECK(mustWorkOn(item, actor, "report on it"));
            TM_CHECK(mustBeLive(item));
            if (!item.approval) {
                return refused("not-approved", "The plan of " + ref.text() + " is not approved yet.",
                               "Write goals and plan; results are reported once it is carried out.");
            }
            if (report.result != item.result && !isMeasuring(item)) {
                return refused("result-fixed",
                               "The result of " + ref.text() +
                                   " is recorded while it is implementing or evaluating; it is " +
                                   lower(domain::titleOf(item.state)) + ".",
                               "Leave the result as it is.");
            }
            item.progress = report.progress;
            item.result = report.result;
            item.outcome = report.outcome;
            item.lesson = report.lesson;
            TM_CHECK(domain::validate(item));
            ledger::Event event = eventOf(context, actor, "improvement.report");
            event.facts.set("progress", item.progress);
            if (!item.result.empty()) event.facts.set("result", item.result);
            return event;
        });
}

Result<ImprovementItem> changeImprovementState(Context& context, const domain::Actor& actor,
                                               const domain::ImprovementRef& ref, std::int64_t rev,
                                               ImprovementEvent event, const std::string& reason) {
    return changeImprovement(
        context, actor, ref, rev, [&](ImprovementChange& change) -> Result<ledger::Event> {
            ImprovementItem& item = change.item;
            TM_TRY(const ImprovementState to, domain::next(item, event, inputOf(context, actor, reason)));
            ledger::Event entry = stepEvent(context, actor, "improvement", domain::toText(event),
                                            domain::toText(item.state), domain::toText(to), reason);
            entry.facts.set("round", item.round);
            if (event == ImprovementEvent::Replan) entry.facts.set("result", item.result);
            if (event == ImprovementEvent::Close) {
                TM_TRY(const domain::Lesson lesson, insertLessonOf(context, actor, change.session, item));
                entry.facts.set("lesson", lesson.ref.text());
            }
            applyStep(context, actor, event, item);
            item.state = to;
            return entry;
        });
}

Result<ImprovementItem> attachEvidenceToImprovement(Context& context, const domain::Actor& actor,
                                                    const domain::ImprovementRef& ref, std::int64_t rev,
                                                    const std::vector<std::string>& versions) {
    return changeImprovement(
        context, actor, ref, rev, [&](ImprovementChange& change) -> Result<ledger::Event> {
            TM_CHECK(mustWorkOn(change.item, actor, "attach evidence to it"));
            TM_CHECK(mustBeLive(change.item));
            TM_TRY(const auto ids, visibleVersions(change.session, versions, scopeOf(context, actor)));
            if (addMissing(change.item.evidence, ids) == 0) {
                return refused("nothing-new", ref.text() + " points at these versions already.");
            }
            ledger::Event event = eventOf(context, actor, "improvement.attach-evidence");
            codec::Json names = codec::Json::array();
            for (const std::string& name : versions) names.push(name);
            event.facts.set("evidence", std::move(names));
            return event;
        });
}

}  // namespace tickmark::app

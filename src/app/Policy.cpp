#include "tickmark/app/Policy.h"

#include <algorithm>

#include "app/Access.h"
#include "tickmark/storage/Policy.h"
#include "tickmark/storage/References.h"

namespace tickmark::app {
namespace {

using domain::PolicyEvent;
using domain::PolicyState;
using domain::PolicyVersion;
using domain::Role;

constexpr domain::RoleSet readers{Role::LeadAuditor,        Role::Auditor,
                                  Role::ProcessOwner,       Role::ActionOwner,
                                  Role::ImprovementManager, Role::TopManagement};

Result<void> mustRead(const domain::Actor& actor) {
    if (readers.has(actor.role)) return {};
    return forbidden("Only the organisation's own people and its auditors read the improvement policy.");
}

Result<void> mustWrite(const domain::Actor& actor) {
    if (actor.role == Role::ImprovementManager) return {};
    return forbidden("Only the improvement manager writes the improvement policy.");
}

bool isUnderWay(const PolicyVersion& version) noexcept {
    return version.state == PolicyState::Draft || version.state == PolicyState::Submitted;
}

bool mayRead(const domain::Actor& actor, const PolicyVersion& version) noexcept {
    return !isUnderWay(version) || actor.role == Role::ImprovementManager ||
           actor.role == Role::TopManagement;
}

Result<PolicyVersion> readable(storage::ReadSession& session, const domain::Actor& actor,
                               const domain::PolicyVersionRef& ref) {
    TM_TRY(PolicyVersion version, storage::policyVersionByRef(session, ref));
    if (!mayRead(actor, version)) return notFound("version of the policy " + ref.text());
    return version;
}

void fill(const PolicyDraft& draft, PolicyVersion& version) {
    version.title = draft.title;
    version.text = draft.text;
    version.changes = draft.changes;
    version.effectiveOn = draft.effectiveOn;
    version.reviewOn = draft.reviewOn;
}

domain::StepInput inputOf(const Context& context, const domain::Actor& actor, const std::string& reason) {
    return {actor, false, reason, context.today()};
}

/// Moves it and writes down who, when and with which words.
Result<ledger::Event> step(Context& context, const domain::Actor& actor, PolicyVersion& version,
                           PolicyEvent event, const std::string& reason) {
    TM_TRY(const PolicyState to, domain::next(version, event, inputOf(context, actor, reason)));
    ledger::Event entry = stepEvent(context, actor, "policy", domain::toText(event),
                                    domain::toText(version.state), domain::toText(to), reason);
    version.state = to;
    version.changedAt = context.now();
    return entry;
}

void noteStep(const domain::Actor& actor, PolicyVersion& version, PolicyEvent event,
              const std::string& reason) {
    switch (event) {
        case PolicyEvent::Submit:
            domain::addWriter(version, actor.id);
            version.comment.clear();
            return;
        case PolicyEvent::Reject:
            version.decidedBy = actor.id;
            version.comment = reason;
            return;
        case PolicyEvent::Approve:
            version.decidedBy = actor.id;
            version.approvedAt = version.changedAt;
            return;
        case PolicyEvent::Supersede:
            return;
    }
}

/// What was approved before makes way for `successor`.
Result<void> supersedeOthers(Context& context, const domain::Actor& actor, storage::WriteSession& session,
                             const PolicyVersion& successor) {
    TM_TRY(auto versions, storage::policyVersions(session));
    for (PolicyVersion& version : versions) {
        if (version.id == successor.id || version.state != PolicyState::Approved) continue;
        TM_TRY(ledger::Event entry, step(context, actor, version, PolicyEvent::Supersede,
                                         successor.ref.text() + " was approved."));
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, version, std::move(entry)));
    }
    return {};
}

Result<void> mustBeAlone(const std::vector<PolicyVersion>& versions) {
    const auto other = std::find_if(versions.begin(), versions.end(), isUnderWay);
    if (other == versions.end()) return {};
    return refused(
        "version-under-way",
        "Version " + std::to_string(other->version) + " (" + other->ref.text() + ") is not decided yet.",
        "Change that one, or wait until top management has decided on it.");
}

}  // namespace

Result<PolicyVersion> draftPolicy(Context& context, const domain::Actor& actor, const PolicyDraft& draft) {
    TM_CHECK(mustWrite(actor));
    return context.database->write([&](storage::WriteSession& session) -> Result<PolicyVersion> {
        PolicyVersion version;
        fill(draft, version);
        TM_CHECK(domain::validate(version));
        TM_TRY(const auto versions, storage::policyVersions(session));
        TM_CHECK(mustBeAlone(versions));
        version.version = versions.empty() ? 1 : versions.front().version + 1;
        domain::addWriter(version, actor.id);
        version.createdAt = context.now();
        version.changedAt = version.createdAt;
        TM_TRY(const std::string ref, storage::nextRef(session, storage::RefSeries::Policy));
        version.ref = domain::PolicyVersionRef(ref);
        TM_TRY([[maybe_unused]] const auto position,
               storage::save(session, version, eventOf(context, actor, "policy.draft")));
        return version;
    });
}

Result<PolicyVersion> editPolicy(Context& context, const domain::Actor& actor,
                                 const domain::PolicyVersionRef& ref, std::int64_t rev,
                                 const PolicyDraft& draft) {
    TM_CHECK(mustWrite(actor));
    return context.database->write([&](storage::WriteSession& session) -> Result<PolicyVersion> {
        TM_TRY(PolicyVersion version, readable(session, actor, ref));
        TM_CHECK(mustBeCurrent(ref.text(), rev, version.rev));
        if (version.state != PolicyState::Draft) {
            return refused("not-a-draft",
                           ref.text() + " is " + std::string(domain::toText(version.state)) +
                               "; only a draft is changed.",
                           version.state == PolicyState::Submitted
                               ? "Ask top management to reject it with a comment."
                               : "Begin a new version.");
        }
        fill(draft, version);
        TM_CHECK(domain::validate(version));
        domain::addWriter(version, actor.id);
        version.changedAt = context.now();
        TM_TRY([[maybe_unused]] const auto position,
               storage::save(session, version, eventOf(context, actor, "policy.edit")));
        return version;
    });
}

Result<PolicyVersion> movePolicy(Context& context, const domain::Actor& actor,
                                 const domain::PolicyVersionRef& ref, std::int64_t rev, PolicyEvent event,
                                 const std::string& reason) {
    TM_CHECK(mustRead(actor));
    if (event == PolicyEvent::Supersede) {
        return refused("system-step", "A version is superseded when the next one is approved.",
                       "Write, submit and approve the next version.");
    }
    return context.database->write([&](storage::WriteSession& session) -> Result<PolicyVersion> {
        TM_TRY(PolicyVersion version, readable(session, actor, ref));
        TM_CHECK(mustBeCurrent(ref.text(), rev, version.rev));
        TM_TRY(ledger::Event entry, step(context, actor, version, event, reason));
        noteStep(actor, version, event, reason);
        TM_CHECK(domain::validate(version));
        if (event == PolicyEvent::Approve) TM_CHECK(supersedeOthers(context, actor, session, version));
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, version, std::move(entry)));
        return version;
    });
}

Result<PolicyOverview> showPolicy(Context& context, const domain::Actor& actor) {
    TM_CHECK(mustRead(actor));
    return context.database->read([&](storage::ReadSession& session) -> Result<PolicyOverview> {
        PolicyOverview overview;
        TM_TRY(auto versions, storage::policyVersions(session));
        overview.mayDraft = mustWrite(actor).ok() && mustBeAlone(versions).ok();
        if (const PolicyVersion* holds = domain::inForce(versions, context.today()))
            overview.inForce = *holds;
        std::vector<domain::PartyId> people;
        for (PolicyVersion& version : versions) {
            if (!mayRead(actor, version)) continue;
            people.insert(people.end(), version.writers.begin(), version.writers.end());
            people.push_back(version.decidedBy);
            overview.versions.push_back(std::move(version));
        }
        TM_TRY(overview.parties, partiesOf(session, people));
        return overview;
    });
}

Result<PolicyView> showPolicyVersion(Context& context, const domain::Actor& actor,
                                     const domain::PolicyVersionRef& ref) {
    TM_CHECK(mustRead(actor));
    return context.database->read([&](storage::ReadSession& session) -> Result<PolicyView> {
        PolicyView view;
        TM_TRY(view.version, readable(session, actor, ref));
        TM_TRY(const auto versions, storage::policyVersions(session));
        const PolicyVersion* holds = domain::inForce(versions, context.today());
        view.inForce = holds != nullptr && holds->id == view.version.id;
        view.steps = domain::stepsOf(view.version, inputOf(context, actor, {}));
        std::vector<domain::PartyId> people = view.version.writers;
        people.push_back(view.version.decidedBy);
        TM_TRY(view.parties, partiesOf(session, people));
        view.mayEdit = mustWrite(actor).ok() && view.version.state == PolicyState::Draft;
        return view;
    });
}

}  // namespace tickmark::app

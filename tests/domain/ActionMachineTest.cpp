#include "Grid.h"

using namespace tickmark;
using namespace tickmark::domain;
using grid::by;
using grid::forbiddenWith;
using grid::me;
using grid::other;

namespace {

using S = ActionState;
using E = ActionEvent;
using ActionGrid = grid::Machine<ActionCase, S, E>;

/// The action belongs to whoever may need to own it; auditors never own it.
ActionCase action(S state, Role role) {
    ActionCase item;
    item.action.state = state;
    item.action.heldFrom = S::InProgress;
    item.action.kind = ActionKind::Improvement;
    item.action.owner = role == Role::ProcessOwner || role == Role::ActionOwner ? me : other;
    item.finding.owner = other;
    return item;
}

ActionGrid machine() {
    return {S::Cancelled,
            E::Cancel,
            {
                {S::Planned, E::Approve, S::Approved, "LA IM"},
                {S::Approved, E::Start, S::InProgress, "AO PO"},
                {S::InProgress, E::ReportDone, S::Done, "AO PO"},
                {S::Done, E::SendBack, S::InProgress, "AU LA", true},
                {S::Done, E::Verify, S::Verified, "AU LA", true},
                {S::Verified, E::FindEffective, S::Effective, "AU LA"},
                {S::Verified, E::FindNotEffective, S::NotEffective, "AU LA"},
                {S::Planned, E::Hold, S::OnHold, "LA IM PO AO", true},
                {S::Approved, E::Hold, S::OnHold, "LA IM PO AO", true},
                {S::InProgress, E::Hold, S::OnHold, "LA IM PO AO", true},
                {S::OnHold, E::Resume, S::InProgress, "LA IM PO AO"},
                {S::Planned, E::Cancel, S::Cancelled, "LA IM", true},
                {S::Approved, E::Cancel, S::Cancelled, "LA IM", true},
                {S::InProgress, E::Cancel, S::Cancelled, "LA IM", true},
                {S::OnHold, E::Cancel, S::Cancelled, "LA IM", true},
            },
            [](S state, E /*event*/, Role role) { return action(state, role); },
            [](S state) {
                ActionCase item;
                item.action.state = state;
                item.action.owner = other;
                return item;
            }};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(action_machine)

BOOST_AUTO_TEST_CASE(the_table_marks_resume_with_planned_and_has_no_other_arrow) {
    ActionGrid expected = machine();
    for (auto& arrow : expected.arrows) {
        if (arrow.event == E::Resume) arrow.to = S::Planned;
    }
    grid::tableIsExactly(actionTransitions(), expected);
}

BOOST_AUTO_TEST_CASE(every_state_event_and_role_ends_as_the_architecture_says) { grid::gridHolds(machine()); }
BOOST_AUTO_TEST_CASE(reasons_are_asked_where_the_architecture_asks) { grid::reasonsAreAsked(machine()); }
BOOST_AUTO_TEST_CASE(auditors_act_on_their_team_only) { grid::auditorsActOnTheirTeamOnly(machine()); }
BOOST_AUTO_TEST_CASE(steps_agree_with_next) { grid::stepsAgreeWithNext(machine()); }

BOOST_AUTO_TEST_CASE(resume_leads_back_to_where_it_was_held) {
    for (const S from : {S::Planned, S::Approved, S::InProgress}) {
        ActionCase item = action(S::OnHold, Role::LeadAuditor);
        item.action.heldFrom = from;
        BOOST_TEST(toText(next(item, E::Resume, by(Role::LeadAuditor)).value()) == toText(from));
        const auto steps = stepsOf(item, by(Role::LeadAuditor));
        const auto resume =
            std::find_if(steps.begin(), steps.end(), [](const auto& s) { return s.event == E::Resume; });
        BOOST_REQUIRE(resume != steps.end());
        BOOST_TEST(toText(resume->to) == toText(from));
    }
}

BOOST_AUTO_TEST_CASE(an_improvement_manager_decides_about_improvements_only) {
    for (const ActionKind kind : {ActionKind::Correction, ActionKind::Corrective, ActionKind::Preventive}) {
        ActionCase item = action(S::Planned, Role::ImprovementManager);
        item.action.kind = kind;
        forbiddenWith(item, E::Approve, by(Role::ImprovementManager),
                      "Only the lead auditor can approve this action.");
        forbiddenWith(item, E::Cancel, by(Role::ImprovementManager),
                      "Only the lead auditor can cancel this action.");
        forbiddenWith(item, E::Hold, by(Role::ImprovementManager),
                      "Only the lead auditor can put this action on hold.");
        BOOST_TEST(next(item, E::Approve, by(Role::LeadAuditor)).ok());
    }
}

BOOST_AUTO_TEST_CASE(the_owner_of_the_finding_starts_and_holds_what_others_own) {
    ActionCase item = action(S::Approved, Role::LeadAuditor);
    const std::string who = "Only the owner of the action or of its finding can ";
    for (const Role role : {Role::ProcessOwner, Role::ActionOwner}) {
        item.finding.owner = other;
        forbiddenWith(item, E::Start, by(role), who + "start this action.");
        forbiddenWith(item, E::Hold, by(role), who + "put this action on hold.");
        item.finding.owner = me;
        BOOST_TEST(next(item, E::Start, by(role)).ok());
        BOOST_TEST(next(item, E::Hold, by(role)).ok());
    }
}

BOOST_AUTO_TEST_CASE(only_the_action_owner_reports_it_done_unless_no_account_owns_it) {
    ActionCase item = action(S::InProgress, Role::LeadAuditor);
    item.finding.owner = me;
    forbiddenWith(item, E::ReportDone, by(Role::ProcessOwner),
                  "Only the owner of the action can report this action as done.");
    item.action.owner = {};
    BOOST_TEST(next(item, E::ReportDone, by(Role::ProcessOwner)).ok());
    item.finding.owner = other;
    forbiddenWith(item, E::ReportDone, by(Role::ProcessOwner),
                  "Only the owner of its finding can report this action as done.");
    item.finding.owner = {};
    BOOST_TEST(!next(item, E::ReportDone, by(Role::ProcessOwner)).ok());
}

BOOST_AUTO_TEST_CASE(an_actor_without_an_account_owns_nothing) {
    ActionCase item = action(S::Approved, Role::LeadAuditor);
    item.action.owner = {};
    item.finding.owner = {};
    StepInput nobody = by(Role::ActionOwner);
    nobody.actor.id = {};
    BOOST_TEST(!next(item, E::Start, nobody).ok());
}

BOOST_AUTO_TEST_CASE(nobody_verifies_or_judges_their_own_action) {
    for (const Role role : {Role::LeadAuditor, Role::Auditor}) {
        ActionCase item = action(S::Done, role);
        item.action.owner = me;
        forbiddenWith(item, E::Verify, by(role),
                      "Only an auditor who does not own it can verify this action.");
        item.action.state = S::Verified;
        forbiddenWith(item, E::FindEffective, by(role),
                      "Only an auditor who does not own it can find this action effective.");
        forbiddenWith(item, E::FindNotEffective, by(role),
                      "Only an auditor who does not own it can find this action not effective.");
    }
}

BOOST_AUTO_TEST_CASE(a_closed_or_cancelled_audit_locks_its_actions) {
    for (const AuditState locked : {AuditState::Closed, AuditState::Cancelled}) {
        machine().everyPair([&](S state, E event) {
            ActionCase item = action(state, Role::LeadAuditor);
            item.audit = locked;
            const auto result = next(item, event, by(Role::LeadAuditor));
            BOOST_REQUIRE(!result.ok());
            BOOST_TEST(result.error().type == "audit-locked");
            BOOST_TEST(stepsOf(item, by(Role::LeadAuditor)).empty());
        });
    }
}

BOOST_AUTO_TEST_SUITE_END()

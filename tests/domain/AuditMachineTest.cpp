#include "Grid.h"

using namespace tickmark;
using namespace tickmark::domain;
using grid::by;
using grid::refusedWith;

namespace {

using S = AuditState;
using E = AuditEvent;
using AuditGrid = grid::Machine<AuditCase, S, E>;
using BundleGrid = grid::Machine<Bundle, BundleState, BundleEvent>;

AuditCase audit(S state) {
    AuditCase item;
    item.audit.state = state;
    return item;
}

AuditGrid audits() {
    return {S::Cancelled,
            E::Cancel,
            {
                {S::Planned, E::StartFieldwork, S::Fieldwork, "LA"},
                {S::Fieldwork, E::StartReporting, S::Reporting, "LA"},
                {S::Reporting, E::StartFollowUp, S::FollowUp, "LA"},
                {S::FollowUp, E::Close, S::Closed, "LA"},
                {S::Planned, E::Cancel, S::Cancelled, "LA", true},
                {S::Fieldwork, E::Cancel, S::Cancelled, "LA", true},
                {S::Reporting, E::Cancel, S::Cancelled, "LA", true},
                {S::FollowUp, E::Cancel, S::Cancelled, "LA", true},
            },
            [](S state, E /*event*/, Role /*role*/) { return audit(state); },
            [](S state) {
                AuditCase item = audit(state);
                item.openFindings = {"F-0001"};
                return item;
            }};
}

BundleGrid bundles() {
    using B = BundleState;
    using V = BundleEvent;
    return {B::Revoked,
            V::Revoke,
            {
                {B::Draft, V::Seal, B::Sealed, "LA"},
                {B::Sealed, V::Supersede, B::Superseded, "LA"},
                {B::Sealed, V::Revoke, B::Revoked, "LA", true},
            },
            [](B state, V /*event*/, Role /*role*/) {
                Bundle item;
                item.state = state;
                return item;
            },
            {}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(audit_machine)

BOOST_AUTO_TEST_CASE(the_table_holds_the_arrows_of_the_architecture_and_no_other) {
    grid::tableIsExactly(auditTransitions(), audits());
}
BOOST_AUTO_TEST_CASE(every_state_event_and_role_ends_as_the_architecture_says) { grid::gridHolds(audits()); }
BOOST_AUTO_TEST_CASE(reasons_are_asked_where_the_architecture_asks) { grid::reasonsAreAsked(audits()); }
BOOST_AUTO_TEST_CASE(auditors_act_on_their_team_only) { grid::auditorsActOnTheirTeamOnly(audits()); }
BOOST_AUTO_TEST_CASE(steps_agree_with_next) { grid::stepsAgreeWithNext(audits()); }

BOOST_AUTO_TEST_CASE(an_audit_with_open_findings_cannot_be_closed_and_they_are_named) {
    AuditCase item = audit(S::FollowUp);
    item.openFindings = {"F-0092"};
    refusedWith(item, E::Close, by(Role::LeadAuditor), "Cannot be closed yet: F-0092 stands against it.");
    item.openFindings = {"F-0092", "F-0093"};
    refusedWith(item, E::Close, by(Role::LeadAuditor),
                "Cannot be closed yet: F-0092, F-0093 stand against it.");
    item.openFindings.assign(22, "F-1");
    const auto result = next(item, E::Close, by(Role::LeadAuditor));
    BOOST_REQUIRE(!result.ok());
    BOOST_TEST(result.error().message.ends_with("F-1 and 2 more stand against it."));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(bundle_machine)

BOOST_AUTO_TEST_CASE(the_table_holds_the_arrows_of_the_architecture_and_no_other) {
    grid::tableIsExactly(bundleTransitions(), bundles());
}
BOOST_AUTO_TEST_CASE(every_state_event_and_role_ends_as_the_architecture_says) { grid::gridHolds(bundles()); }
BOOST_AUTO_TEST_CASE(reasons_are_asked_where_the_architecture_asks) { grid::reasonsAreAsked(bundles()); }
BOOST_AUTO_TEST_CASE(auditors_act_on_their_team_only) { grid::auditorsActOnTheirTeamOnly(bundles()); }

BOOST_AUTO_TEST_SUITE_END()

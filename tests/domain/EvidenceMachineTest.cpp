#include "Grid.h"

using namespace tickmark;
using namespace tickmark::domain;
using grid::by;
using grid::forbiddenWith;
using grid::me;
using grid::other;
using grid::refusedWith;

namespace {

using S = EvidenceState;
using E = EvidenceEvent;
using EvidenceGrid = grid::Machine<EvidenceVersion, S, E>;
using RequestGrid = grid::Machine<EvidenceRequest, RequestState, RequestEvent>;

EvidenceVersion version(S state, E event = E::Accept) {
    EvidenceVersion item;
    item.state = state;
    item.receivedBy = me;
    if (event == E::ConfirmWithdrawal) item.withdrawalProposedBy = other;
    return item;
}

EvidenceGrid versions() {
    EvidenceGrid machine{S::Withdrawn,
                         E::ConfirmWithdrawal,
                         {
                             {S::Received, E::StartReview, S::UnderReview, "AU LA"},
                             {S::Received, E::Accept, S::Accepted, "AU LA"},
                             {S::Received, E::Reject, S::Rejected, "AU LA", true},
                             {S::UnderReview, E::Accept, S::Accepted, "AU LA"},
                             {S::UnderReview, E::Reject, S::Rejected, "AU LA", true},
                             {S::Accepted, E::Supersede, S::Superseded, "AU LA"},
                             {S::Accepted, E::Expire, S::Expired, "AU LA"},
                         },
                         [](S state, E event, Role /*role*/) { return version(state, event); },
                         [](S state) {
                             EvidenceVersion item;
                             item.state = state;
                             return item;
                         }};
    for (const S live : {S::Received, S::UnderReview, S::Accepted, S::Rejected, S::Superseded, S::Expired}) {
        machine.arrows.push_back({live, E::Quarantine, S::Quarantined, "*"});
    }
    for (const S live :
         {S::Received, S::UnderReview, S::Accepted, S::Rejected, S::Superseded, S::Expired, S::Quarantined}) {
        machine.arrows.push_back({live, E::ProposeWithdrawal, live, "AU LA PO", true});
        machine.arrows.push_back({live, E::ConfirmWithdrawal, S::Withdrawn, "LA"});
    }
    return machine;
}

EvidenceRequest request(RequestState state) {
    EvidenceRequest item;
    item.state = state;
    item.assignee = me;
    item.evidence = {{3}};
    return item;
}

RequestGrid requests() {
    using R = RequestState;
    using V = RequestEvent;
    return {R::Cancelled,
            V::Cancel,
            {
                {R::Draft, V::Open, R::Open, "AU LA"},
                {R::Open, V::Submit, R::Submitted, "PO AO"},
                {R::Returned, V::Submit, R::Submitted, "PO AO"},
                {R::Submitted, V::Accept, R::Accepted, "AU LA"},
                {R::Submitted, V::Return, R::Returned, "AU LA", true},
                {R::Accepted, V::Close, R::Closed, "AU LA"},
                {R::Draft, V::Cancel, R::Cancelled, "AU LA", true},
                {R::Open, V::Cancel, R::Cancelled, "AU LA", true},
                {R::Returned, V::Cancel, R::Cancelled, "AU LA", true},
            },
            [](R state, V /*event*/, Role /*role*/) { return request(state); },
            [](R state) {
                EvidenceRequest item;
                item.state = state;
                return item;
            }};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(evidence_machine)

BOOST_AUTO_TEST_CASE(the_table_holds_the_arrows_of_the_architecture_and_no_other) {
    grid::tableIsExactly(evidenceTransitions(), versions());
}
BOOST_AUTO_TEST_CASE(every_state_event_and_role_ends_as_the_architecture_says) {
    grid::gridHolds(versions());
}
BOOST_AUTO_TEST_CASE(reasons_are_asked_where_the_architecture_asks) { grid::reasonsAreAsked(versions()); }
BOOST_AUTO_TEST_CASE(auditors_act_on_their_team_only) { grid::auditorsActOnTheirTeamOnly(versions()); }
BOOST_AUTO_TEST_CASE(steps_agree_with_next) { grid::stepsAgreeWithNext(versions()); }

BOOST_AUTO_TEST_CASE(the_quarantine_is_never_offered_as_a_step) {
    for (const Role role : grid::allRoles()) {
        for (const EvidenceStep& step : stepsOf(version(S::Accepted), by(role))) {
            BOOST_TEST(toText(step.event) != "quarantine");
        }
        BOOST_TEST(next(version(S::Accepted), E::Quarantine, by(role, "", false)).ok());
    }
}

BOOST_AUTO_TEST_CASE(a_refusal_names_the_steps_of_people_and_not_the_systems) {
    const auto result = next(version(S::Rejected), E::Accept, by(Role::LeadAuditor));
    BOOST_REQUIRE(!result.ok());
    BOOST_TEST(result.error().message ==
               "Nobody can accept this evidence while its state is Rejected. Possible now: Propose the "
               "withdrawal (the "
               "lead auditor, the auditor or the process owner); Confirm the withdrawal (the lead auditor).");
}

BOOST_AUTO_TEST_CASE(a_process_owner_proposes_to_withdraw_only_what_they_handed_over) {
    for (const PartyId giver : {other, PartyId{}}) {
        EvidenceVersion item = version(S::Received);
        item.receivedBy = giver;
        forbiddenWith(
            item, E::ProposeWithdrawal, by(Role::ProcessOwner),
            "Only an auditor or whoever handed it over can propose the withdrawal of this evidence.");
        BOOST_TEST(next(item, E::ProposeWithdrawal, by(Role::Auditor)).ok());
    }
}

BOOST_AUTO_TEST_CASE(a_withdrawal_takes_two_people) {
    EvidenceVersion item = version(S::Accepted);
    refusedWith(item, E::ConfirmWithdrawal, by(Role::LeadAuditor),
                "The withdrawal cannot be confirmed yet: nobody has proposed it.");
    item.withdrawalProposedBy = me;
    forbiddenWith(
        item, E::ConfirmWithdrawal, by(Role::LeadAuditor),
        "Only somebody other than the person who proposed it can confirm the withdrawal of this evidence.");
    refusedWith(
        item, E::ProposeWithdrawal, by(Role::LeadAuditor),
        "The withdrawal cannot be proposed: you have proposed it already; a second person confirms it.");
    item.withdrawalProposedBy = other;
    BOOST_TEST(toText(next(item, E::ConfirmWithdrawal, by(Role::LeadAuditor)).value()) == "withdrawn");
    BOOST_TEST(toText(next(item, E::ProposeWithdrawal, by(Role::LeadAuditor)).value()) == "accepted");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(request_machine)

BOOST_AUTO_TEST_CASE(the_table_holds_the_arrows_of_the_architecture_and_no_other) {
    grid::tableIsExactly(requestTransitions(), requests());
}
BOOST_AUTO_TEST_CASE(every_state_event_and_role_ends_as_the_architecture_says) {
    grid::gridHolds(requests());
}
BOOST_AUTO_TEST_CASE(reasons_are_asked_where_the_architecture_asks) { grid::reasonsAreAsked(requests()); }
BOOST_AUTO_TEST_CASE(auditors_act_on_their_team_only) { grid::auditorsActOnTheirTeamOnly(requests()); }
BOOST_AUTO_TEST_CASE(steps_agree_with_next) { grid::stepsAgreeWithNext(requests()); }

BOOST_AUTO_TEST_CASE(only_the_person_it_was_sent_to_submits_and_with_evidence_only) {
    for (const RequestState state : {RequestState::Open, RequestState::Returned}) {
        for (const PartyId assignee : {other, PartyId{}}) {
            EvidenceRequest item = request(state);
            item.assignee = assignee;
            forbiddenWith(item, RequestEvent::Submit, by(Role::ProcessOwner),
                          "Only the person it was sent to can submit this request.");
        }
        EvidenceRequest item = request(state);
        item.evidence.clear();
        refusedWith(item, RequestEvent::Submit, by(Role::ActionOwner),
                    "Cannot be submitted yet: no evidence version is attached.");
    }
}

BOOST_AUTO_TEST_SUITE_END()

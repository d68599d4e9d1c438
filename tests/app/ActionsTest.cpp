#include "app/House.h"

using namespace tickmark;
using domain::ActionEvent;
using domain::ActionState;
using test::House;
using test::must;
using test::refusedAs;

BOOST_FIXTURE_TEST_SUITE(actions, House)

BOOST_AUTO_TEST_CASE(the_owner_of_the_finding_plans_while_answering_and_the_lead_afterwards) {
    const auto shown = issued();
    app::ActionDraft input;
    input.finding = shown.ref.text();
    input.title = "Make it mandatory";
    BOOST_CHECK(refusedAs(app::planAction(context(), as("po-02"), input), ErrorKind::NotFound, "not-found"));
    BOOST_CHECK(refusedAs(app::planAction(context(), as("au-01"), input), ErrorKind::Forbidden, "forbidden"));
    BOOST_CHECK(app::planAction(context(), as("po-01"), input).ok());
    BOOST_CHECK_EQUAL(lastEvent().kind, "action.plan");
    input.finding = planAccepted().ref.text();
    BOOST_CHECK(refusedAs(app::planAction(context(), as("po-01"), input), ErrorKind::Forbidden, "forbidden"));
    BOOST_CHECK(app::planAction(context(), as("la-01"), input).ok());
}

BOOST_AUTO_TEST_CASE(a_draft_and_a_closed_finding_take_no_action) {
    app::ActionDraft input;
    input.title = "Make it mandatory";
    input.finding = recorded().ref.text();
    BOOST_CHECK(refusedAs(app::planAction(context(), as("la-01"), input), ErrorKind::Refused,
                          "forbidden-transition"));
    input.finding = closed().ref.text();
    BOOST_CHECK(refusedAs(app::planAction(context(), as("la-01"), input), ErrorKind::Refused,
                          "forbidden-transition"));
}

BOOST_AUTO_TEST_CASE(an_action_is_carried_out_by_its_owner_and_verified_by_an_auditor) {
    const auto planned = plan(issued().ref);
    BOOST_CHECK(
        !app::changeActionState(context(), as("ao-01"), planned.ref, planned.rev, ActionEvent::Approve, {})
             .ok());
    actionStep("la-01", planned.ref, ActionEvent::Approve);
    actionStep("ao-01", planned.ref, ActionEvent::Start);
    const auto done = actionStep("ao-01", planned.ref, ActionEvent::ReportDone);
    BOOST_CHECK(done.doneOn == context().today());
    const auto checked =
        actionStep("au-01", planned.ref, ActionEvent::Verify, "Looked at the tool's settings.");
    BOOST_CHECK(checked.state == ActionState::Verified);
    BOOST_CHECK_EQUAL(std::string(lastEvent().facts.textAt("reason")), "Looked at the tool's settings.");
}

BOOST_AUTO_TEST_CASE(an_action_resumes_where_it_was_held) {
    const auto planned = plan(issued().ref);
    actionStep("la-01", planned.ref, ActionEvent::Approve);
    const auto held = actionStep("la-01", planned.ref, ActionEvent::Hold, "Waits for a new release.");
    BOOST_CHECK(held.state == ActionState::OnHold);
    BOOST_CHECK(actionStep("la-01", planned.ref, ActionEvent::Resume).state == ActionState::Approved);
}

BOOST_AUTO_TEST_CASE(an_approved_plan_is_not_edited) {
    const auto planned = plan(issued().ref);
    const auto approved = actionStep("la-01", planned.ref, ActionEvent::Approve);
    app::ActionDraft input;
    input.title = "Something else";
    BOOST_CHECK(refusedAs(app::editAction(context(), as("po-01"), planned.ref, approved.rev, input),
                          ErrorKind::Refused, "not-planned"));
}

BOOST_AUTO_TEST_CASE(a_due_date_moves_only_through_an_approved_extension) {
    const auto planned = plan(issued().ref);
    const Date later = planned.due->plusDays(30);
    BOOST_CHECK(refusedAs(app::requestExtension(context(), as("ao-01"), planned.ref, planned.rev,
                                                planned.due->plusDays(-1), "holidays"),
                          ErrorKind::Invalid, "extension"));
    BOOST_CHECK(!app::requestExtension(context(), as("ao-01"), planned.ref, planned.rev, later, "").ok());
    const auto asked =
        must(app::requestExtension(context(), as("ao-01"), planned.ref, planned.rev, later, "holidays"));
    BOOST_CHECK(asked.due == planned.due);
    BOOST_CHECK(
        refusedAs(app::requestExtension(context(), as("ao-01"), planned.ref, asked.rev, later, "again"),
                  ErrorKind::Refused, "extension-open"));
    BOOST_CHECK(refusedAs(app::decideExtension(context(), as("au-01"), planned.ref, asked.rev, true, ""),
                          ErrorKind::Forbidden, "forbidden"));
    const auto moved = must(app::decideExtension(context(), as("la-01"), planned.ref, asked.rev, true, ""));
    BOOST_CHECK(moved.due == later);
    BOOST_CHECK(refusedAs(app::decideExtension(context(), as("la-01"), planned.ref, moved.rev, true, ""),
                          ErrorKind::Refused, "no-extension"));
    const auto second = must(
        app::requestExtension(context(), as("ao-01"), planned.ref, moved.rev, later.plusDays(10), "more"));
    const auto refused =
        must(app::decideExtension(context(), as("la-01"), planned.ref, second.rev, false, "No."));
    BOOST_CHECK(refused.due == later);
    BOOST_CHECK_EQUAL(refused.extensions.size(), 2U);
}

BOOST_AUTO_TEST_CASE(a_stale_action_and_an_action_of_others_are_refused) {
    const auto planned = plan(issued().ref);
    actionStep("la-01", planned.ref, ActionEvent::Approve);
    BOOST_CHECK(refusedAs(
        app::changeActionState(context(), as("ao-01"), planned.ref, planned.rev, ActionEvent::Start, {}),
        ErrorKind::Stale, "stale-revision"));
    BOOST_CHECK(
        refusedAs(app::showAction(context(), as("po-02"), planned.ref), ErrorKind::NotFound, "not-found"));
    BOOST_CHECK(
        refusedAs(app::showAction(context(), as("la-02"), planned.ref), ErrorKind::NotFound, "not-found"));
    BOOST_CHECK(app::showAction(context(), as("ao-01"), planned.ref).ok());
}

BOOST_AUTO_TEST_CASE(a_cancelled_action_takes_no_files) {
    const auto planned = plan(issued().ref);
    actionStep("la-01", planned.ref, ActionEvent::Cancel, "Another one does it.");
    app::EvidenceInput input;
    input.action = planned.ref.text();
    input.fileName = "late.txt";
    BOOST_CHECK(refusedAs(tryGive("ao-01", input, "late"), ErrorKind::Refused, "final"));
    BOOST_CHECK(objects().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

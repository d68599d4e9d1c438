// Objectives: their rules, their progress, and who may take which step.
#include "tickmark/domain/Objective.h"

#include <boost/test/unit_test.hpp>

#include "support/Outcome.h"

using namespace tickmark;
using namespace tickmark::domain;
using test::must;
using test::refusedAs;

namespace {

constexpr PartyId proposer{7};
constexpr PartyId someone{8};

Objective complete() {
    Objective objective;
    objective.title = "In time";
    objective.unit = "%";
    objective.direction = KpiDirection::HigherIsBetter;
    objective.baseline = 60;
    objective.target = 80;
    objective.targetOn = must(Date::parse("2026-06-30"));
    objective.owner = someone;
    objective.proposedBy = proposer;
    return objective;
}

std::vector<std::string> fieldsOf(Objective objective) {
    const auto checked = validate(objective);
    std::vector<std::string> fields;
    if (!checked) {
        for (const Error& part : checked.error().parts) fields.push_back(part.field);
    }
    return fields;
}
using Fields = std::vector<std::string>;

StepInput inputOf(Role role, PartyId id = someone) {
    Actor actor;
    actor.id = id;
    actor.account = "account";
    actor.role = role;
    return {actor, false, "because", must(Date::parse("2026-07-01"))};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(objectives)

BOOST_AUTO_TEST_CASE(an_objective_is_measurable_and_has_a_day) {
    BOOST_TEST(fieldsOf(complete()).empty());
    Objective bare;
    bare.title = "Better";
    const Fields expected{"unit", "baseline", "target", "direction", "target_on"};
    BOOST_TEST(fieldsOf(bare) == expected);
}

BOOST_AUTO_TEST_CASE(the_target_lies_on_the_better_side_and_the_day_after_the_start) {
    Objective wrong = complete();
    wrong.target = 60;
    BOOST_TEST(fieldsOf(wrong) == Fields{"target"});
    wrong.target = 50;
    BOOST_TEST(fieldsOf(wrong) == Fields{"target"});
    wrong.direction = KpiDirection::LowerIsBetter;
    BOOST_TEST(fieldsOf(wrong).empty());
    wrong.startOn = must(Date::parse("2026-07-01"));
    BOOST_TEST(fieldsOf(wrong) == Fields{"target_on"});
}

BOOST_AUTO_TEST_CASE(progress_is_the_share_of_the_way_covered) {
    const Objective up = complete();
    BOOST_TEST(progressOf(up, 60).value() == 0);
    BOOST_TEST(progressOf(up, 65).value() == 25);
    BOOST_TEST(progressOf(up, 50).value() == 0);
    BOOST_TEST(progressOf(up, 90).value() == 100);
    BOOST_TEST(!progressOf(up, std::nullopt).has_value());
    Objective fine = complete();
    fine.baseline = 0;
    fine.target = 1;
    BOOST_TEST(progressOf(fine, 0.29).value() == 29);
    BOOST_TEST(progressOf(fine, 0.9999999999999).value() == 99);
    Objective down = complete();
    down.direction = KpiDirection::LowerIsBetter;
    down.baseline = 146;
    down.target = 72;
    BOOST_TEST(progressOf(down, 109).value() == 50);
    BOOST_TEST(reaches(down, 72).value());
    BOOST_TEST(!reaches(down, 73).value());
}

BOOST_AUTO_TEST_CASE(every_state_event_and_role_is_decided) {
    constexpr std::array states{ObjectiveState::Proposed, ObjectiveState::Approved, ObjectiveState::Achieved,
                                ObjectiveState::Missed, ObjectiveState::Withdrawn};
    constexpr std::array events{ObjectiveEvent::Approve, ObjectiveEvent::Achieve, ObjectiveEvent::Miss,
                                ObjectiveEvent::Withdraw};
    constexpr std::array roles{
        Role::LeadAuditor,        Role::Auditor,       Role::ProcessOwner,         Role::ActionOwner,
        Role::ImprovementManager, Role::TopManagement, Role::CertificationAuditor, Role::Administrator};
    std::vector<std::string> open;
    for (const auto state : states) {
        for (const auto event : events) {
            for (const auto role : roles) {
                Objective objective = complete();
                objective.state = state;
                const double value = event == ObjectiveEvent::Achieve ? 80 : 70;
                const auto to = next({objective, value}, event, inputOf(role));
                if (!to) continue;
                open.push_back(std::string(toText(state)) + " " + std::string(toText(event)) + " " +
                               std::string(roleCode(role)) + " " + std::string(toText(*to)));
            }
        }
    }
    const std::vector<std::string> expected{
        "proposed approve TM approved", "proposed withdraw IM withdrawn", "proposed withdraw TM withdrawn",
        "approved achieve IM achieved", "approved miss IM missed",        "approved withdraw TM withdrawn"};
    BOOST_TEST(open == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(nobody_approves_what_they_proposed) {
    const auto own = next({complete(), 70}, ObjectiveEvent::Approve, inputOf(Role::TopManagement, proposer));
    BOOST_TEST(refusedAs(own, ErrorKind::Forbidden, "forbidden"));
}

BOOST_AUTO_TEST_CASE(achieved_needs_the_target_and_missed_needs_the_day) {
    Objective objective = complete();
    objective.state = ObjectiveState::Approved;
    BOOST_TEST(!next({objective, 79}, ObjectiveEvent::Achieve, inputOf(Role::ImprovementManager)).ok());
    BOOST_TEST(
        !next({objective, std::nullopt}, ObjectiveEvent::Achieve, inputOf(Role::ImprovementManager)).ok());
    BOOST_TEST(next({objective, 80}, ObjectiveEvent::Achieve, inputOf(Role::ImprovementManager)).ok());
    objective.targetOn = must(Date::parse("2026-07-01"));
    BOOST_TEST(!next({objective, 70}, ObjectiveEvent::Miss, inputOf(Role::ImprovementManager)).ok());
}

BOOST_AUTO_TEST_SUITE_END()

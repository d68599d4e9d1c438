// What is booked when a plan is accepted.
#include "tickmark/domain/Effectiveness.h"

#include <boost/test/unit_test.hpp>

using namespace tickmark;
using namespace tickmark::domain;

namespace {

Action due(std::optional<Date> day, ActionState state = ActionState::Planned) {
    Action action;
    action.due = day;
    action.state = state;
    return action;
}

Finding accepted() {
    Finding finding;
    finding.round = 2;
    finding.responses.resize(2);
    finding.responses[0].round = 1;
    finding.responses[0].rootCauses = {{"RC-9", "earlier"}};
    finding.responses[1].round = 2;
    finding.responses[1].rootCauses = {{"RC-1", "no rule"}, {"RC-2", "no time"}};
    finding.checks = {{1, "earlier", {}, {}, EffectivenessVerdict::NotEffective, "", "", "", {}}};
    return finding;
}

const Date today = Date::of(2026, 3, 2);
const Date later = Date::of(2026, 6, 30);

}  // namespace

BOOST_AUTO_TEST_SUITE(effectiveness)

BOOST_AUTO_TEST_CASE(without_a_word_it_is_planned_ninety_days_after_the_last_due_date) {
    BOOST_TEST((defaultCheckDate({due(today), due(later), due({})}, today) == later.plusDays(90)));
    BOOST_TEST((defaultCheckDate({due(later, ActionState::Cancelled)}, today) == today.plusDays(90)));
    BOOST_TEST((defaultCheckDate({due(today.plusDays(-400))}, today) == today.plusDays(90)));
    BOOST_TEST((defaultCheckDate({}, today) == today.plusDays(90)));
}

BOOST_AUTO_TEST_CASE(the_criterion_names_the_causes_of_this_round) {
    BOOST_TEST(defaultCriterion(accepted()) ==
               "RC-1, RC-2 no longer show in a sample drawn after the last action was done.");
    Finding one = accepted();
    one.responses[1].rootCauses.pop_back();
    BOOST_TEST(defaultCriterion(one).starts_with("RC-1 no longer shows"));
    BOOST_TEST(defaultCriterion({}).starts_with("What was found no longer shows"));
}

BOOST_AUTO_TEST_CASE(booking_keeps_the_checks_of_earlier_rounds_and_replaces_that_of_this_one) {
    Finding finding = accepted();
    BOOST_REQUIRE(bookCheck(finding, {due(later)}, today, {}, PartyId{4}).ok());
    BOOST_REQUIRE(finding.checks.size() == 2U);
    BOOST_TEST(finding.checks[0].criterion == "earlier");
    BOOST_TEST(finding.checks[1].round == 2);
    BOOST_TEST((finding.checks[1].plannedOn == later.plusDays(90)));
    BOOST_TEST((finding.checks[1].by == PartyId{4}));
    BOOST_TEST(!finding.checks[1].verdict.has_value());
    BOOST_REQUIRE(bookCheck(finding, {due(later)}, today, {"None in 40", later}, PartyId{4}).ok());
    BOOST_REQUIRE(finding.checks.size() == 2U);
    BOOST_TEST(finding.checks[1].criterion == "None in 40");
    BOOST_TEST((finding.checks[1].plannedOn == later));
}

BOOST_AUTO_TEST_CASE(a_check_before_the_last_action_is_due_is_refused_with_the_day_that_fits) {
    Finding finding = accepted();
    const auto refused = bookCheck(finding, {due(later)}, today, {"", later.plusDays(-1)}, {});
    BOOST_REQUIRE(!refused.ok());
    BOOST_TEST(refused.error().field == "check_on");
    BOOST_TEST(refused.error().message.find("2026-06-30") != std::string::npos);
    BOOST_TEST(refused.error().fix.find("2026-09-28") != std::string::npos);
    BOOST_TEST(finding.checks.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

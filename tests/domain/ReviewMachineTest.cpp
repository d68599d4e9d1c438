#include "Grid.h"
#include "tickmark/domain/Review.h"

using namespace tickmark;
using namespace tickmark::domain;
using grid::by;
using grid::forbiddenWith;
using grid::me;
using grid::other;
using grid::refusedWith;

namespace {

using S = ReviewState;
using E = ReviewEvent;
using ReviewGrid = grid::Machine<ManagementReview, S, E>;

/// A review for which every guard holds.
ManagementReview ready(S state) {
    ManagementReview review;
    review.state = state;
    review.title = "Review of the second half";
    review.day = Date::of(2022, 11, 18);
    review.chair = "Head of service delivery";
    review.conclusions = "The system works; two decisions were taken.";
    review.writers = {other};
    review.decisions = {{"Staff the afternoons", other, Date::of(2023, 2, 1), {}}};
    review.bundle = "B-0001";
    return review;
}

ReviewGrid machine() {
    return {S::Cancelled,
            E::Cancel,
            {
                {S::Planned, E::Hold, S::Held, "IM TM"},
                {S::Planned, E::Cancel, S::Cancelled, "IM TM", true},
                {S::Held, E::Submit, S::Submitted, "IM TM"},
                {S::Submitted, E::Approve, S::Approved, "TM"},
                {S::Submitted, E::Return, S::Held, "TM", true},
                {S::Approved, E::Close, S::Closed, "IM TM"},
            },
            [](S state, E /*event*/, Role /*role*/) { return ready(state); },
            [](S state) {
                ManagementReview review;
                review.state = state;
                review.writers = {me};
                return review;
            }};
}

std::vector<std::string> problemsOf(ManagementReview review) {
    std::vector<std::string> fields;
    const auto checked = validate(review);
    if (checked) return fields;
    for (const Error& part : checked.error().parts) fields.push_back(part.field);
    if (fields.empty()) fields.push_back(checked.error().field);
    return fields;
}
using Fields = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(review_machine)

BOOST_AUTO_TEST_CASE(the_table_is_exactly_this) { grid::tableIsExactly(reviewTransitions(), machine()); }
BOOST_AUTO_TEST_CASE(every_state_event_and_role_ends_as_stated) { grid::gridHolds(machine()); }
BOOST_AUTO_TEST_CASE(reasons_are_asked_where_stated) { grid::reasonsAreAsked(machine()); }
BOOST_AUTO_TEST_CASE(steps_agree_with_next) { grid::stepsAgreeWithNext(machine()); }

BOOST_AUTO_TEST_CASE(who_wrote_the_minutes_does_not_approve_them) {
    ManagementReview review = ready(S::Submitted);
    review.writers = {other, me};
    forbiddenWith(review, E::Approve, by(Role::TopManagement),
                  "Only somebody of top management who did not write the minutes can approve these minutes.");
}

BOOST_AUTO_TEST_CASE(a_review_is_not_held_before_its_day_or_without_a_chair) {
    ManagementReview review = ready(S::Planned);
    review.day = Date::of(2022, 11, 19);
    refusedWith(review, E::Hold, by(Role::ImprovementManager),
                "Cannot be held yet: its date, 2022-11-19, is still to come.");
    review = ready(S::Planned);
    review.chair = "  ";
    refusedWith(review, E::Hold, by(Role::ImprovementManager),
                "Cannot be held yet: nobody is named as chair.");
}

BOOST_AUTO_TEST_CASE(minutes_need_conclusions_and_closing_needs_the_sealed_minutes) {
    ManagementReview review = ready(S::Held);
    review.conclusions = "\n";
    refusedWith(review, E::Submit, by(Role::ImprovementManager),
                "Cannot be submitted yet: the conclusions are empty.");
    review = ready(S::Approved);
    review.bundle.clear();
    refusedWith(review, E::Close, by(Role::ImprovementManager),
                "Cannot be closed yet: its minutes are not sealed.");
}

BOOST_AUTO_TEST_CASE(a_review_without_a_date_is_refused_and_says_why) {
    ManagementReview review = ready(S::Planned);
    review.day.reset();
    BOOST_TEST((problemsOf(review) == Fields{"day"}));
    BOOST_TEST(validate(review).error().parts.front().message == "The review has no date.");
}

BOOST_AUTO_TEST_CASE(a_decision_needs_text_owner_and_due_date) {
    ManagementReview review = ready(S::Planned);
    review.decisions.push_back({});
    BOOST_TEST((problemsOf(review) == Fields{"decisions[1].text", "decisions[1].owner", "decisions[1].due"}));
}

BOOST_AUTO_TEST_CASE(each_topic_has_one_note_and_the_period_runs_forwards) {
    ManagementReview review = ready(S::Planned);
    review.notes = {{ReviewTopic::Risks, "One"}, {ReviewTopic::Risks, "Two"}};
    review.from = Date::of(2022, 6, 30);
    review.to = Date::of(2022, 1, 1);
    const Fields found = problemsOf(review);
    BOOST_TEST((std::find(found.begin(), found.end(), "notes.risks") != found.end()));
    BOOST_TEST((std::find(found.begin(), found.end(), "to") != found.end()));
}

BOOST_AUTO_TEST_CASE(only_management_writes_and_only_until_the_minutes_are_submitted) {
    const Actor manager{me, "me", Role::ImprovementManager, "session"};
    for (const S state : {S::Planned, S::Held}) BOOST_TEST(mayWrite(ready(state), manager));
    for (const S state : {S::Submitted, S::Approved, S::Closed, S::Cancelled})
        BOOST_TEST(!mayWrite(ready(state), manager));
    BOOST_TEST(!mayWrite(ready(S::Planned), {me, "me", Role::LeadAuditor, "session"}));
}

BOOST_AUTO_TEST_SUITE_END()

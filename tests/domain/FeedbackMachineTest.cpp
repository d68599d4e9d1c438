#include "Grid.h"
#include "tickmark/domain/Feedback.h"
#include "tickmark/domain/ServiceReview.h"

using namespace tickmark;
using namespace tickmark::domain;
using grid::by;
using grid::refusedWith;

namespace {

using S = FeedbackState;
using E = FeedbackEvent;
using FeedbackGrid = grid::Machine<Feedback, S, E>;
using ReviewGrid = grid::Machine<ServiceReview, ServiceReviewState, ServiceReviewEvent>;

Feedback feedbackIn(S state) {
    Feedback feedback;
    feedback.state = state;
    return feedback;
}

FeedbackGrid feedbackMachine() {
    return {S::Dismissed,
            E::Dismiss,
            {{S::New, E::Acknowledge, S::Acknowledged, "PO IM"},
             {S::Acknowledged, E::Answer, S::Answered, "PO IM", true},
             {S::Acknowledged, E::Improve, S::Improving, "PO IM"},
             {S::New, E::Dismiss, S::Dismissed, "PO IM", true},
             {S::Acknowledged, E::Dismiss, S::Dismissed, "PO IM", true}},
            [](S state, E, Role) { return feedbackIn(state); },
            feedbackIn};
}

ServiceReview readyReview(ServiceReviewState state) {
    ServiceReview review;
    review.state = state;
    review.date = Date::of(2022, 11, 18);
    review.attendees = {"Service level manager"};
    review.points = {{"One", {}, {}, PointDecision::NoAction, {}, "Done"}};
    return review;
}

ReviewGrid reviewMachine() {
    return {ServiceReviewState::Closed,
            ServiceReviewEvent::Close,
            {{ServiceReviewState::Planned, ServiceReviewEvent::Hold, ServiceReviewState::Held, "PO IM"},
             {ServiceReviewState::Held, ServiceReviewEvent::Close, ServiceReviewState::Closed, "PO IM"}},
            [](ServiceReviewState state, ServiceReviewEvent, Role) { return readyReview(state); },
            [](ServiceReviewState state) {
                ServiceReview review;
                review.state = state;
                review.points = {{"One", {}, {}, PointDecision::Open, {}, {}}};
                return review;
            }};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(feedback_machine)

BOOST_AUTO_TEST_CASE(the_tables_have_these_arrows_and_no_other) {
    grid::tableIsExactly(feedbackTransitions(), feedbackMachine());
    grid::tableIsExactly(serviceReviewTransitions(), reviewMachine());
}
BOOST_AUTO_TEST_CASE(every_state_event_and_role_ends_as_stated) {
    grid::gridHolds(feedbackMachine());
    grid::gridHolds(reviewMachine());
}
BOOST_AUTO_TEST_CASE(an_answer_and_a_dismissal_need_words) {
    grid::reasonsAreAsked(feedbackMachine());
    grid::reasonsAreAsked(reviewMachine());
}
BOOST_AUTO_TEST_CASE(steps_agree_with_next) {
    grid::stepsAgreeWithNext(feedbackMachine());
    grid::stepsAgreeWithNext(reviewMachine());
}

BOOST_AUTO_TEST_CASE(a_review_to_come_is_not_held) {
    ServiceReview review = readyReview(ServiceReviewState::Planned);
    review.date = Date::of(2022, 11, 19);
    refusedWith(review, ServiceReviewEvent::Hold, by(Role::ImprovementManager),
                "Cannot be recorded as held yet: its day, 2022-11-19, is still to come.");
    review = readyReview(ServiceReviewState::Planned);
    review.attendees.clear();
    refusedWith(review, ServiceReviewEvent::Hold, by(Role::ImprovementManager),
                "Cannot be recorded as held yet: no function that attended is named.");
}

BOOST_AUTO_TEST_CASE(a_review_with_open_points_is_not_closed) {
    ServiceReview review = readyReview(ServiceReviewState::Held);
    review.points.push_back({"Two", {}, {}, PointDecision::Open, {}, {}});
    review.points.push_back({"Three", {}, {}, PointDecision::Open, {}, {}});
    refusedWith(review, ServiceReviewEvent::Close, by(Role::ImprovementManager),
                "Cannot be closed yet: these points are not decided: 2, 3.");
}

BOOST_AUTO_TEST_CASE(feedback_needs_a_day_that_has_come) {
    Feedback feedback;
    feedback.givenBy = "Payroll";
    feedback.text = "The form is slow.";
    const Date today = Date::of(2022, 11, 18);
    BOOST_REQUIRE(!validate(feedback, today));
    BOOST_TEST(validate(feedback, today).error().parts.front().field == "received_on");
    feedback.received = today.plusDays(1);
    BOOST_TEST(validate(feedback, today).error().parts.front().message == "2022-11-19 is in the future.");
    feedback.received = today;
    BOOST_TEST(validate(feedback, today).ok());
    feedback.text.clear();
    feedback.givenBy.clear();
    BOOST_TEST(validate(feedback, today).error().parts.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_review_needs_a_day_and_a_period_in_order) {
    ServiceReview review = readyReview(ServiceReviewState::Held);
    review.service = "Service desk";
    review.counterpart = "Payroll";
    BOOST_TEST(validate(review).ok());
    review.date.reset();
    review.from = Date::of(2022, 11, 2);
    review.to = Date::of(2022, 11, 1);
    review.attendees.clear();
    BOOST_TEST(validate(review).error().parts.size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_title_is_the_first_line_cut_between_words) {
    BOOST_TEST(titleFrom(" One line \nand more") == "One line");
    const std::string title = titleFrom(std::string(30, 'a') + " " + std::string(100, 'b'));
    BOOST_TEST(title == std::string(30, 'a') + "\u2026");
    BOOST_TEST(titleFrom(std::string(200, 'c')) == std::string(119, 'c') + "\u2026");
}

BOOST_AUTO_TEST_CASE(feedback_from_inside_and_outside_has_its_source) {
    Feedback feedback;
    BOOST_TEST(toText(sourceOf(feedback)) == "customer_feedback");
    feedback.from = FeedbackSide::Supplier;
    BOOST_TEST(toText(sourceOf(feedback)) == "customer_feedback");
    feedback.from = FeedbackSide::Employee;
    BOOST_TEST(toText(sourceOf(feedback)) == "employee_feedback");
}

BOOST_AUTO_TEST_SUITE_END()

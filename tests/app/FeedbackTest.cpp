// Feedback and service reviews feed the register.
#include <boost/test/unit_test.hpp>

#include "app/House.h"
#include "tickmark/app/Maintenance.h"
#include "tickmark/app/ServiceReviews.h"

using namespace tickmark;
using domain::FeedbackEvent;
using domain::ServiceReviewEvent;
using test::House;
using test::must;
using test::refusedAs;

namespace {

app::FeedbackDraft complaint(const House& house) {
    app::FeedbackDraft draft;
    draft.from = domain::FeedbackSide::Employee;
    draft.givenBy = "Payroll";
    draft.received = house.context().today();
    draft.channel = "Phone";
    draft.process = "Incident management";
    draft.service = "Service desk";
    draft.text = "Nobody calls back.\nWe wait for days.";
    return draft;
}

app::ServiceReviewDraft review(const House& house) {
    app::ServiceReviewDraft draft;
    draft.service = "Service desk";
    draft.counterpart = "Payroll";
    draft.date = house.context().today();
    draft.attendees = {"Service level manager", "Head of payroll"};
    draft.levels = {{"Resolved within target", {}, "65 %", "70 %", false}};
    draft.points = {{"Callbacks are late", "po-01", {}}, {"The portal is slow", {}, {}}};
    return draft;
}

domain::Feedback move(const House& house, const domain::Feedback& feedback, FeedbackEvent event,
                      const std::string& reason = {}) {
    return must(app::changeFeedbackState(house.context(), house.as("po-01"), feedback.ref, feedback.rev,
                                         event, reason));
}

domain::ServiceReview held(const House& house) {
    const auto planned = must(app::planServiceReview(house.context(), house.as("im-01"), review(house)));
    return must(app::changeServiceReviewState(house.context(), house.as("im-01"), planned.ref, planned.rev,
                                              ServiceReviewEvent::Hold));
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(feedback, House)

BOOST_AUTO_TEST_CASE(feedback_becomes_an_item_that_names_it) {
    const auto made = must(app::recordFeedback(context(), as("ao-01"), complaint(*this)));
    BOOST_TEST(made.ref.text() == "FB-0001");
    BOOST_TEST(lastEvent().kind == "feedback.record");
    BOOST_CHECK(refusedAs(
        app::changeFeedbackState(context(), as("po-01"), made.ref, made.rev, FeedbackEvent::Improve, {}),
        ErrorKind::Refused, "forbidden-transition"));
    const auto known = move(*this, made, FeedbackEvent::Acknowledge);
    const auto improving = move(*this, known, FeedbackEvent::Improve);
    BOOST_TEST(improving.item == "II-0001");
    BOOST_TEST(domain::toText(improving.state) == "improving");
    const auto item =
        must(app::showImprovement(context(), as("im-01"), domain::ImprovementRef("II-0001"))).item;
    BOOST_TEST(item.sourceRef == "FB-0001");
    BOOST_TEST(domain::toText(item.source) == "employee_feedback");
    BOOST_TEST(item.title == "Nobody calls back.");
    BOOST_TEST(item.description == "Nobody calls back.\nWe wait for days.");
    BOOST_TEST(item.service == "Service desk");
    const auto view = must(app::showFeedback(context(), as("tm-01"), made.ref));
    BOOST_TEST(view.history.size() == 3U);
    BOOST_TEST(view.steps.empty());
    BOOST_TEST(must(app::check(context(), false)).problems.empty());
}

BOOST_AUTO_TEST_CASE(an_item_made_of_a_record_keeps_its_source_and_no_item_claims_one_by_hand) {
    const auto made = must(app::recordFeedback(context(), as("ao-01"), complaint(*this)));
    app::ImprovementDraft draft;
    draft.source = domain::ImprovementSource::EmployeeFeedback;
    draft.title = "Call back";
    draft.process = "Incident management";
    draft.sourceRef = "FB-0001";
    const Error claimed = test::refusal(app::recordImprovement(context(), as("im-01"), draft));
    BOOST_TEST(claimed.type == "own-record");
    BOOST_TEST(claimed.field == "source_ref");
    draft.sourceRef = "FB-0815";  // of some other system
    const auto outside = must(app::recordImprovement(context(), as("im-01"), draft));
    draft.sourceRef = "FB-0001/2";
    BOOST_CHECK(refusedAs(app::editImprovement(context(), as("im-01"), outside.ref, outside.rev, draft),
                          ErrorKind::Invalid, "own-record"));
    move(*this, move(*this, made, FeedbackEvent::Acknowledge), FeedbackEvent::Improve);
    const auto ref = domain::ImprovementRef("II-0002");
    const auto item = must(app::showImprovement(context(), as("im-01"), ref)).item;
    for (const std::string& source : {std::string(), std::string("FB-0815")}) {
        draft.sourceRef = source;
        BOOST_CHECK(refusedAs(app::editImprovement(context(), as("im-01"), ref, item.rev, draft),
                              ErrorKind::Invalid, "own-record"));
    }
    draft.sourceRef = "FB-0001";
    draft.source = domain::ImprovementSource::Risk;
    const Error moved = test::refusal(app::editImprovement(context(), as("im-01"), ref, item.rev, draft));
    BOOST_TEST(moved.field == "source");
    draft.source = item.source;
    must(app::editImprovement(context(), as("im-01"), ref, item.rev, draft));
    const auto linked = [&](const char* account, const domain::ImprovementRef& one) {
        return must(app::showImprovement(context(), as(account), one)).madeFrom.has_value();
    };
    BOOST_TEST(linked("im-01", ref));
    BOOST_TEST(!linked("im-01", outside.ref));
}

BOOST_AUTO_TEST_CASE(the_answer_and_the_reason_are_kept) {
    const auto first = must(app::recordFeedback(context(), as("ao-01"), complaint(*this)));
    const auto answered = move(*this, move(*this, first, FeedbackEvent::Acknowledge), FeedbackEvent::Answer,
                               "We call back within a day from now on.");
    BOOST_TEST(answered.answer == "We call back within a day from now on.");
    const auto second = must(app::recordFeedback(context(), as("ao-01"), complaint(*this)));
    const auto dismissed = move(*this, second, FeedbackEvent::Dismiss, "It is FB-0001 again.");
    BOOST_TEST(dismissed.reason == "It is FB-0001 again.");
    BOOST_CHECK(refusedAs(app::changeFeedbackState(context(), as("po-01"), second.ref, second.rev,
                                                   FeedbackEvent::Acknowledge, {}),
                          ErrorKind::Stale, "stale-revision"));
    const auto list = must(app::listFeedback(context(), as("au-01"), {domain::FeedbackState::Answered}, {}));
    BOOST_REQUIRE(list.rows.size() == 1U);
    BOOST_TEST(list.rows.front().ref.text() == "FB-0001");
}

BOOST_AUTO_TEST_CASE(feedback_without_a_day_is_refused_and_leaves_nothing) {
    auto draft = complaint(*this);
    draft.received.reset();
    BOOST_CHECK(
        refusedAs(app::recordFeedback(context(), as("im-01"), draft), ErrorKind::Invalid, "validation"));
    draft.received = context().today().plusDays(1);
    BOOST_CHECK(
        refusedAs(app::recordFeedback(context(), as("im-01"), draft), ErrorKind::Invalid, "validation"));
    BOOST_TEST(must(app::listFeedback(context(), as("im-01"), {}, {})).rows.empty());
    for (const char* account : {"xa-01", "ad-01"}) {
        BOOST_CHECK(refusedAs(app::recordFeedback(context(), as(account), complaint(*this)),
                              ErrorKind::Forbidden, "forbidden"));
        BOOST_CHECK(refusedAs(app::listServiceReviews(context(), as(account), {}, {}), ErrorKind::Forbidden,
                              "forbidden"));
    }
}

BOOST_AUTO_TEST_CASE(each_point_is_decided_before_a_review_closes) {
    auto review = held(*this);
    BOOST_TEST(review.ref.text() == "SR-0001");
    BOOST_CHECK(refusedAs(app::changeServiceReviewState(context(), as("im-01"), review.ref, review.rev,
                                                        ServiceReviewEvent::Close),
                          ErrorKind::Refused, "guard"));
    review = must(app::improvePoint(context(), as("im-01"), review.ref, review.rev, 1));
    const auto item =
        must(app::showImprovement(context(), as("im-01"), domain::ImprovementRef(review.points[0].item)));
    BOOST_TEST(item.item.sourceRef == "SR-0001/1");
    BOOST_TEST(domain::toText(item.item.source) == "service_review");
    BOOST_CHECK((item.item.owner == as("po-01").id));
    BOOST_CHECK(refusedAs(app::improvePoint(context(), as("im-01"), review.ref, review.rev, 1),
                          ErrorKind::Refused, "point-decided"));
    BOOST_CHECK(refusedAs(app::improvePoint(context(), as("im-01"), review.ref, review.rev, 3),
                          ErrorKind::NotFound, "not-found"));
    BOOST_CHECK(!app::dropPoint(context(), as("im-01"), review.ref, review.rev, 2, " "));
    review =
        must(app::dropPoint(context(), as("im-01"), review.ref, review.rev, 2, "The portal is replaced."));
    review = must(app::changeServiceReviewState(context(), as("im-01"), review.ref, review.rev,
                                                ServiceReviewEvent::Close));
    BOOST_TEST(domain::toText(review.state) == "closed");
    BOOST_CHECK(
        refusedAs(app::editServiceReview(context(), as("im-01"), review.ref, review.rev, ::review(*this)),
                  ErrorKind::Refused, "closed"));
    BOOST_TEST(must(app::check(context(), false)).problems.empty());
}

BOOST_AUTO_TEST_CASE(a_decided_point_keeps_its_number_and_words) {
    auto review = held(*this);
    review = must(app::improvePoint(context(), as("im-01"), review.ref, review.rev, 1));
    auto draft = ::review(*this);
    draft.points.erase(draft.points.begin());
    BOOST_CHECK(refusedAs(app::editServiceReview(context(), as("im-01"), review.ref, review.rev, draft),
                          ErrorKind::Refused, "point-decided"));
    draft = ::review(*this);
    draft.points.push_back({"A third one", {}, {}});
    const auto edited = must(app::editServiceReview(context(), as("im-01"), review.ref, review.rev, draft));
    BOOST_TEST(edited.points.size() == 3U);
    BOOST_TEST(edited.points[0].item == "II-0001");
}

BOOST_AUTO_TEST_CASE(a_planned_review_decides_nothing_and_names_what_exists) {
    const auto planned = must(app::planServiceReview(context(), as("po-01"), review(*this)));
    BOOST_CHECK(refusedAs(app::improvePoint(context(), as("im-01"), planned.ref, planned.rev, 1),
                          ErrorKind::Refused, "not-held"));
    auto draft = review(*this);
    draft.levels[0].kpi = "K-0099";
    BOOST_CHECK(
        refusedAs(app::planServiceReview(context(), as("im-01"), draft), ErrorKind::Invalid, "unknown-kpi"));
    draft = review(*this);
    draft.points[0].owner = "tm-01";
    BOOST_CHECK(
        refusedAs(app::planServiceReview(context(), as("im-01"), draft), ErrorKind::Invalid, "owner-role"));
    draft = review(*this);
    draft.date.reset();
    BOOST_CHECK(
        refusedAs(app::planServiceReview(context(), as("im-01"), draft), ErrorKind::Invalid, "validation"));
    BOOST_CHECK(refusedAs(app::planServiceReview(context(), as("ao-01"), review(*this)), ErrorKind::Forbidden,
                          "forbidden"));
}

BOOST_AUTO_TEST_SUITE_END()

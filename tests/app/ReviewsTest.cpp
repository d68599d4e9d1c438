#include "tickmark/app/Reviews.h"

#include <fstream>

#include "app/House.h"
#include "app/Timestamping.h"
#include "tickmark/app/Improvements.h"
#include "tickmark/app/Kpis.h"
#include "tickmark/app/Maintenance.h"
#include "tickmark/app/Objectives.h"
#include "tickmark/app/Policy.h"
#include "tickmark/app/ServiceReviews.h"
#include "tickmark/archive/Archive.h"
#include "tickmark/crypto/Sha256.h"

using namespace tickmark;
using codec::Json;
using domain::ReviewEvent;
using domain::ReviewState;
using test::House;
using test::must;
using test::refusal;
using test::refusedAs;

namespace {

constexpr std::int64_t daySeconds = 24 * 60 * 60;

struct ReviewHouse : House {
    domain::Kpi kpi = must(app::defineKpi(context(), as("im-01"), kpiDraft()));

    static app::KpiDraft kpiDraft() {
        app::KpiDraft draft;
        draft.name = "Incidents with a confirmed priority";
        draft.unit = "%";
        draft.direction = domain::KpiDirection::HigherIsBetter;
        draft.baseline = 20;
        draft.target = 90;
        return draft;
    }
    void measure(double value) {
        app::HandMeasurement input;
        input.on = context().today();
        input.value = value;
        input.evidence = proof;
        must(app::recordMeasurement(context(), as("im-01"), kpi.ref, input));
    }
    void nextDay() { clock().set(clock().now().plusSeconds(daySeconds)); }

    [[nodiscard]] app::ReviewDraft draft() const {
        app::ReviewDraft made;
        made.title = "Management review of the second half";
        made.day = context().today();
        made.chair = "Head of service delivery";
        made.participants = {"tm-01", "Service desk"};
        made.notes = {{domain::ReviewTopic::Risks, "One supplier for the night shift."}};
        made.conclusions = "The system works; the afternoons need people.";
        made.decisions = {{"Staff the afternoons", "po-01", context().today().plusDays(60)},
                          {"Show the time left in the queue", "im-01", context().today().plusDays(30)}};
        return made;
    }
    domain::ManagementReview planned() { return must(app::planReview(context(), as("im-01"), draft())); }
    app::ReviewView at(const domain::ReviewRef& ref) {
        return must(app::showReview(context(), as("im-01"), ref));
    }
    Result<domain::ManagementReview> tryMove(const std::string& account, const domain::ReviewRef& ref,
                                             ReviewEvent event, const std::string& reason = {}) {
        return app::changeReviewState(context(), as(account), ref, at(ref).review.rev, event, reason);
    }
    domain::ManagementReview move(const std::string& account, const domain::ReviewRef& ref, ReviewEvent event,
                                  const std::string& reason = {}) {
        return must(tryMove(account, ref, event, reason));
    }
    domain::ManagementReview held() { return move("im-01", planned().ref, ReviewEvent::Hold); }
    domain::ManagementReview approved() {
        const auto ref = held().ref;
        move("im-01", ref, ReviewEvent::Submit);
        return move("tm-01", ref, ReviewEvent::Approve);
    }

    std::string proof = app::versionName(give("au-01", toAudit("sample.csv"), "a,b\n1,2\n").version);
};

/// The cells of one topic's row whose first cell is this.
std::vector<std::string> rowOf(const Json& inputs, std::string_view topic, std::string_view first) {
    for (const Json& one : *inputs.find("topics")->items()) {
        if (one.textAt("topic") != topic) continue;
        for (const Json& row : *one.find("rows")->items()) {
            std::vector<std::string> cells;
            for (const Json& cell : *row.items()) cells.push_back(*cell.text());
            if (cells.front() == first) return cells;
        }
    }
    return {};
}
using Cells = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(reviews, ReviewHouse)

BOOST_AUTO_TEST_CASE(a_review_without_a_date_is_refused) {
    app::ReviewDraft undated = draft();
    undated.day.reset();
    const Error error = refusal(app::planReview(context(), as("im-01"), undated));
    BOOST_TEST(error.parts.front().field == "day");
    BOOST_TEST(error.parts.front().message == "The review has no date.");
}

BOOST_AUTO_TEST_CASE(an_owner_who_is_unknown_or_cannot_carry_an_item_is_refused) {
    app::ReviewDraft wrong = draft();
    wrong.decisions[1].owner = "nobody-here";
    const Error unknown = refusal(app::planReview(context(), as("im-01"), wrong));
    BOOST_TEST(unknown.type == "unknown-reference");
    BOOST_TEST(unknown.field == "decisions[1].owner");
    wrong.decisions[1].owner = "la-01";
    BOOST_TEST(refusedAs(app::planReview(context(), as("im-01"), wrong), ErrorKind::Invalid, "owner-role"));
}

BOOST_AUTO_TEST_CASE(only_management_writes_and_only_management_and_lead_auditors_read) {
    const auto review = planned();
    BOOST_TEST(review.ref.text() == "MR-0001");
    for (const char* account : {"la-01", "au-01", "po-01", "ao-01", "xa-01", "ad-01"}) {
        BOOST_TEST_CONTEXT(account)
        BOOST_TEST(
            refusedAs(app::planReview(context(), as(account), draft()), ErrorKind::Forbidden, "forbidden"));
    }
    for (const char* account : {"la-01", "im-01", "tm-01"})
        BOOST_TEST(app::showReview(context(), as(account), review.ref).ok());
    for (const char* account : {"au-01", "po-01", "ao-01", "xa-01", "ad-01"})
        BOOST_TEST(!app::showReview(context(), as(account), review.ref).ok());
}

BOOST_AUTO_TEST_CASE(a_planned_review_shows_the_live_figures_of_its_day) {
    measure(40);
    const auto ref = planned().ref;
    BOOST_TEST(rowOf(at(ref).inputs, "performance", "K-0001") ==
                   (Cells{"K-0001", "Incidents with a confirmed priority", "%", "20", "90", "40", "one value",
                          "missed"}),
               boost::test_tools::per_element());
    nextDay();
    measure(95);
    BOOST_TEST(rowOf(at(ref).inputs, "performance", "K-0001")[5] == "40");
    app::ReviewDraft later = draft();
    const auto second = must(app::planReview(context(), as("im-01"), later)).ref;
    const Cells now = rowOf(at(second).inputs, "performance", "K-0001");
    BOOST_TEST(now[5] == "95");
    BOOST_TEST(now[6] == "up, better");
    BOOST_TEST(now[7] == "met");
}

BOOST_AUTO_TEST_CASE(findings_count_as_they_stood_on_the_day) {
    const auto finding = issued();
    const auto ref = planned().ref;
    const Cells then = rowOf(at(ref).inputs, "nonconformities", "Minor nonconformity");
    BOOST_TEST(then == (Cells{"Minor nonconformity", "1", "0", "0"}), boost::test_tools::per_element());
    nextDay();
    step("la-01", finding.ref, domain::FindingEvent::Withdraw, "Recorded twice.");
    BOOST_TEST(rowOf(at(ref).inputs, "nonconformities", "Minor nonconformity") == then,
               boost::test_tools::per_element());
    const auto today = must(app::planReview(context(), as("im-01"), draft())).ref;
    BOOST_TEST(rowOf(at(today).inputs, "nonconformities", "Minor nonconformity")[1] == "0");
}

BOOST_AUTO_TEST_CASE(holding_freezes_the_inputs_whatever_happens_afterwards) {
    measure(40);
    const auto review = held();
    BOOST_TEST((review.state == ReviewState::Held));
    BOOST_TEST((review.inputsDigest == crypto::Sha256::of(review.inputs)));
    BOOST_TEST(lastEvent().facts.textAt("inputs_sha256") == review.inputsDigest.hex());
    BOOST_TEST(codec::canonicalJson(*codec::parseJson(review.inputs)) == review.inputs);
    measure(95);
    issued();
    app::KpiDraft changed = kpiDraft();
    changed.target = 30;
    must(app::editKpi(context(), as("im-01"), kpi.ref, kpi.rev, changed));
    nextDay();
    const auto view = at(review.ref);
    BOOST_TEST(view.review.inputs == review.inputs);
    BOOST_TEST(codec::canonicalJson(view.inputs) == review.inputs);
    BOOST_TEST(rowOf(view.inputs, "performance", "K-0001")[5] == "40");
    BOOST_TEST(rowOf(view.inputs, "performance", "K-0001")[4] == "90");
}

BOOST_AUTO_TEST_CASE(a_held_review_keeps_its_day_and_takes_minutes) {
    const auto review = held();
    app::ReviewDraft minutes = draft();
    minutes.conclusions = "Written in the meeting.";
    const auto written = must(app::editReview(context(), as("tm-01"), review.ref, review.rev, minutes));
    BOOST_TEST(written.conclusions == "Written in the meeting.");
    BOOST_TEST(written.inputs == review.inputs);
    minutes.day = review.day->plusDays(-1);
    BOOST_TEST(refusedAs(app::editReview(context(), as("im-01"), review.ref, written.rev, minutes),
                         ErrorKind::Refused, "day-fixed"));
    BOOST_TEST(refusedAs(app::editReview(context(), as("im-01"), review.ref, review.rev, minutes),
                         ErrorKind::Stale, "stale-revision"));
}

BOOST_AUTO_TEST_CASE(a_review_is_not_held_before_its_day) {
    app::ReviewDraft early = draft();
    early.day = context().today().plusDays(1);
    const auto ref = must(app::planReview(context(), as("im-01"), early)).ref;
    BOOST_TEST(refusedAs(tryMove("im-01", ref, ReviewEvent::Hold), ErrorKind::Refused, "guard"));
    nextDay();
    BOOST_TEST((move("im-01", ref, ReviewEvent::Hold).state == ReviewState::Held));
}

BOOST_AUTO_TEST_CASE(who_wrote_the_minutes_does_not_approve_them) {
    const auto review = held();
    must(app::editReview(context(), as("tm-01"), review.ref, review.rev, draft()));
    move("im-01", review.ref, ReviewEvent::Submit);
    BOOST_TEST(
        refusedAs(tryMove("tm-01", review.ref, ReviewEvent::Approve), ErrorKind::Forbidden, "forbidden"));
    BOOST_TEST(
        refusedAs(tryMove("im-01", review.ref, ReviewEvent::Approve), ErrorKind::Forbidden, "forbidden"));
}

BOOST_AUTO_TEST_CASE(minutes_are_returned_with_a_comment_and_then_approved) {
    const auto ref = held().ref;
    move("im-01", ref, ReviewEvent::Submit);
    BOOST_TEST(refusedAs(app::editReview(context(), as("im-01"), ref, at(ref).review.rev, draft()),
                         ErrorKind::Refused, "minutes-submitted"));
    BOOST_TEST(!tryMove("tm-01", ref, ReviewEvent::Return).ok());
    BOOST_TEST(move("tm-01", ref, ReviewEvent::Return, "Name the budget.").comment == "Name the budget.");
    BOOST_TEST(move("im-01", ref, ReviewEvent::Submit).comment == "");
    const auto done = move("tm-01", ref, ReviewEvent::Approve);
    BOOST_TEST((done.state == ReviewState::Approved));
    BOOST_TEST((done.approvedBy == as("tm-01").id));
    BOOST_TEST(refusedAs(tryMove("im-01", ref, ReviewEvent::Close), ErrorKind::Refused, "guard"));
}

BOOST_AUTO_TEST_CASE(an_approved_decision_becomes_an_item_once_and_both_keep_the_link) {
    const auto unapproved = held();
    BOOST_TEST(refusedAs(app::followUpDecision(context(), as("im-01"), unapproved.ref, unapproved.rev, 1),
                         ErrorKind::Refused, "not-approved"));
    const auto review = approved();
    const auto item = must(app::followUpDecision(context(), as("im-01"), review.ref, review.rev, 1));
    BOOST_TEST((item.source == domain::ImprovementSource::ManagementReview));
    BOOST_TEST(item.sourceRef == review.ref.text());
    BOOST_TEST(item.title == "Staff the afternoons");
    BOOST_TEST((item.owner == as("po-01").id));
    BOOST_TEST((item.due == review.decisions.front().due));
    const auto after = at(review.ref).review;
    BOOST_TEST(after.decisions[0].item == item.ref.text());
    BOOST_TEST(after.decisions[1].item == "");
    BOOST_TEST(refusedAs(app::followUpDecision(context(), as("im-01"), review.ref, after.rev, 1),
                         ErrorKind::Refused, "already-item"));
    for (const std::int64_t number : {0, 3}) {
        BOOST_TEST(refusedAs(app::followUpDecision(context(), as("im-01"), review.ref, after.rev, number),
                             ErrorKind::NotFound, "not-found"));
    }
}

BOOST_AUTO_TEST_CASE(objectives_policies_feedback_and_service_reviews_of_the_period_are_inputs) {
    const Date today = context().today();
    app::ObjectiveDraft aim;
    aim.title = "Priorities are confirmed";
    aim.owner = "im-01";
    aim.kpi = kpi.ref.text();
    aim.target = 90;
    aim.targetOn = today.plusDays(100);
    const auto proposed = must(app::proposeObjective(context(), as("im-01"), aim));
    must(app::moveObjective(context(), as("tm-01"), proposed.ref, proposed.rev,
                            domain::ObjectiveEvent::Approve, {}));
    aim.title = "Still only proposed";
    must(app::proposeObjective(context(), as("im-01"), aim));
    measure(55);
    const auto policy = must(
        app::draftPolicy(context(), as("im-01"), {"Policy", "We improve.", {}, today, today.plusDays(30)}));
    must(app::movePolicy(context(), as("im-01"), policy.ref, 1, domain::PolicyEvent::Submit, {}));
    must(app::movePolicy(context(), as("tm-01"), policy.ref, 2, domain::PolicyEvent::Approve, {}));
    app::FeedbackDraft said;
    said.givenBy = "A caller";
    said.received = today;
    said.process = "Incident management";
    said.service = "Service desk";
    said.text = "Nobody calls back.";
    const auto first = must(app::recordFeedback(context(), as("im-01"), said));
    must(app::changeFeedbackState(context(), as("im-01"), first.ref, 1, domain::FeedbackEvent::Dismiss,
                                  "Wrong desk."));
    must(app::recordFeedback(context(), as("im-01"), said));
    said.received = today.plusDays(-400);
    must(app::recordFeedback(context(), as("im-01"), said));
    app::ServiceReviewDraft met;
    met.side = domain::ServiceReviewSide::Supplier;
    met.service = "Hosting";
    met.counterpart = "Data centre";
    met.date = today;
    met.attendees = {"Supplier manager"};
    met.levels = {{"Available", {}, "99.9 %", "99.5 %", true}, {"Restored", {}, "5 hours", "4 hours", false}};
    met.points = {{"Restore faster", "po-01", {}}};
    const auto planned = must(app::planServiceReview(context(), as("im-01"), met));
    must(app::changeServiceReviewState(context(), as("im-01"), planned.ref, 1,
                                       domain::ServiceReviewEvent::Hold));

    const auto ref = this->planned().ref;
    const auto same = [&](const char* topic, const Cells& row) {
        BOOST_TEST_CONTEXT(topic)
        BOOST_TEST(rowOf(at(ref).inputs, topic, row.front()) == row, boost::test_tools::per_element());
    };
    same("objectives",
         {"O-0001", "Priorities are confirmed", "90 %", aim.targetOn->iso(), "55 %", "50 %", "Approved"});
    BOOST_TEST(rowOf(at(ref).inputs, "objectives", "O-0002").empty());
    same("policies", {"Policy", "1", today.iso(), today.plusDays(30).iso(), "Approved"});
    same("feedback", {"Customer: Complaint", "2", "1", "0"});
    same("other_parties", {"SR-0001", "Data centre", "Hosting", today.iso(), "1 of 2", "1"});
    nextDay();
    const auto late = must(app::listFeedback(context(), as("im-01"), {domain::FeedbackState::New}, {})).rows;
    must(app::changeFeedbackState(context(), as("im-01"), late.back().ref, 1, domain::FeedbackEvent::Dismiss,
                                  "No."));
    same("feedback", {"Customer: Complaint", "2", "1", "0"});  // as it stood on the review's day
}

BOOST_AUTO_TEST_CASE(the_next_review_begins_with_the_decisions_of_the_earlier_ones) {
    const auto review = approved();
    const auto item = must(app::followUpDecision(context(), as("im-01"), review.ref, review.rev, 1));
    nextDay();
    const auto next = must(app::planReview(context(), as("im-01"), draft())).ref;
    const auto inputs = at(next).inputs;
    const Json& first = inputs.find("topics")->items()->front();
    BOOST_TEST(first.textAt("topic") == "earlier_actions");
    const auto& rows = *first.find("rows")->items();
    BOOST_REQUIRE(rows.size() == 2U);
    BOOST_TEST(*rows[0].items()->at(1).text() == "Staff the afternoons");
    BOOST_TEST(*rows[0].items()->at(4).text() == item.ref.text() + ": Identified");
    BOOST_TEST(*rows[1].items()->at(4).text() == "not an item yet");
    BOOST_TEST(at(review.ref).inputs.find("topics")->items()->front().find("rows")->items()->empty());
}

BOOST_AUTO_TEST_CASE(sealing_signs_the_minutes_and_closes_the_review) {
    measure(40);
    const auto unapproved = held();
    BOOST_TEST(refusedAs(app::sealReview(context(), as("im-01"), unapproved.ref, unapproved.rev),
                         ErrorKind::Refused, "not-approved"));
    const auto review = approved();
    const auto sealed = must(app::sealReview(context(), as("im-01"), review.ref, review.rev));
    BOOST_TEST((sealed.state == ReviewState::Closed));
    BOOST_TEST(sealed.bundle == "B-0001");
    const auto file = must(app::reviewFile(context(), as("la-01"), review.ref));
    const auto report = must(app::verifyHere(context(), file, app::Approval::MayFollow));
    BOOST_TEST((report.verdict == bundle::Verdict::Pass));
    BOOST_TEST(report.auditRef == "");
    BOOST_TEST(report.selection == "the minutes of a management review");
    const std::string bytes = must(archive::readSmallFile(file, 16U << 20U));
    BOOST_TEST(test::holds(bytes, review.inputs));
    BOOST_TEST(test::holds(bytes, "<h1>Minutes: Management review of the second half</h1>"));
    BOOST_TEST(!test::holds(bytes, "data/oscal/"));
    BOOST_TEST(refusedAs(app::sealReview(context(), as("im-01"), review.ref, sealed.rev), ErrorKind::Refused,
                         "not-approved"));
    BOOST_TEST(must(app::check(context(), true)).problems.empty());
}

BOOST_AUTO_TEST_CASE(changed_minutes_are_refused_and_other_minutes_are_not_handed_out) {
    const auto review = approved();
    const auto sealed = must(app::sealReview(context(), as("im-01"), review.ref, review.rev));
    const auto file = must(app::reviewFile(context(), as("im-01"), review.ref));
    std::string bytes = must(archive::readSmallFile(file, 16U << 20U));
    const std::size_t at = bytes.find("\"conclusions\":\"The system works");
    BOOST_REQUIRE(at != std::string::npos);
    bytes[at + 20] = 'N';
    std::filesystem::permissions(file, std::filesystem::perms::owner_write,
                                 std::filesystem::perm_options::add);
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
    const auto report = must(app::verifyHere(context(), file, app::Approval::MayFollow));
    BOOST_TEST((report.verdict == bundle::Verdict::Fail));
    BOOST_TEST(
        refusedAs(app::reviewFile(context(), as("im-01"), review.ref), ErrorKind::Damaged, "object-damaged"));
}

BOOST_AUTO_TEST_SUITE_END()

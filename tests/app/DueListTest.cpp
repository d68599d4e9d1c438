// What has a date and waits for one person.
#include <boost/test/unit_test.hpp>

#include "app/House.h"
#include "tickmark/app/DueList.h"
#include "tickmark/app/Improvements.h"
#include "tickmark/app/Kpis.h"

using namespace tickmark;
using test::House;
using test::must;

namespace {

class Dated : public House {
  public:
    /// An issued finding of po-01 to answer by `response` and to close by `close`.
    domain::Finding finding(const std::string& response, const std::string& close) {
        const auto made = issued();
        app::Assignment dates;
        dates.responseDue = must(Date::parse(response));
        dates.closeDue = must(Date::parse(close));
        return must(app::assignFinding(context(), as("la-01"), made.ref, made.rev, dates));
    }
    [[nodiscard]] app::DueList list(const std::string& account) const {
        return must(app::dueList(context(), as(account)));
    }
    /// "action AC-0001 2026-06-30: Start" for each.
    [[nodiscard]] std::vector<std::string> lines(const std::string& account) const {
        std::vector<std::string> lines;
        for (const auto& item : list(account).items)
            lines.push_back(std::string(app::toText(item.kind)) + " " + item.ref + " " + item.due.iso() +
                            ": " + item.verb);
        return lines;
    }
    void setDay(const std::string& day) { clock().set(must(Timestamp::parse(day + "T10:00:00Z"))); }
};

using Lines = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(due_list, Dated)

BOOST_AUTO_TEST_CASE(an_owner_sees_the_answer_first_and_the_closing_later) {
    const auto made = finding("2026-03-10", "2026-04-30");
    BOOST_TEST(lines("po-01") == Lines{"finding " + made.ref.text() + " 2026-03-10: Respond"});
    BOOST_TEST(lines("po-02").empty());
    must(app::saveResponse(context(), as("po-01"), made.ref, made.rev, response()));
    const auto planned = plan(made.ref);
    step("po-01", made.ref, domain::FindingEvent::Respond);
    BOOST_TEST(lines("po-01").empty());
    const Lines judged{"finding " + made.ref.text() + " 2026-04-30: Judge the response",
                       "action " + planned.ref.text() + " 2026-06-30: Approve"};
    BOOST_TEST(lines("la-01") == judged);
    BOOST_TEST(lines("au-02").empty());
}

BOOST_AUTO_TEST_CASE(what_is_past_its_date_is_counted) {
    finding("2026-03-10", "2026-04-30");
    finding("2026-03-20", "2026-04-30");
    setDay("2026-03-15");
    const auto due = list("po-01");
    BOOST_TEST(due.count().overdue == 1);
    BOOST_TEST(due.count().soon == 1);
    BOOST_TEST(due.count().all == 2);
    BOOST_TEST(due.countOf(app::DueKind::Finding).all == 2);
    BOOST_TEST(due.countOf(app::DueKind::Finding).overdue == 1);
    BOOST_TEST(due.countOf(app::DueKind::Action).all == 0);
    setDay("2026-03-10");
    BOOST_TEST(list("po-01").count().overdue == 0);  // on the day itself it is not late
    setDay("2026-03-13");
    BOOST_TEST(list("po-01").count().soon == 1);  // the seventh day after counts
    setDay("2026-03-12");
    BOOST_TEST(list("po-01").count().soon == 0);  // the eighth does not
}

BOOST_AUTO_TEST_CASE(of_many_the_earliest_are_given_and_all_are_counted) {
    finding("2026-03-20", "2026-04-30");
    const auto first = finding("2026-03-10", "2026-04-30");
    finding("2026-03-15", "2026-04-30");
    const auto due = must(app::dueList(context(), as("po-01"), 1));
    BOOST_REQUIRE(due.items.size() == 1U);
    BOOST_TEST(due.items.front().ref == first.ref.text());
    BOOST_TEST(due.countOf(app::DueKind::Finding).all == 3);
    BOOST_TEST(due.more());
    BOOST_TEST(!list("po-01").more());
}

BOOST_AUTO_TEST_CASE(an_extension_waits_for_the_lead_until_it_is_decided) {
    const auto planned = plan(issued().ref);
    const auto approved = actionStep("la-01", planned.ref, domain::ActionEvent::Approve);
    const auto asked = must(app::requestExtension(context(), as("ao-01"), planned.ref, approved.rev,
                                                  planned.due->plusDays(31), "holidays"));
    const std::string line =
        "extension " + planned.ref.text() + " 2026-06-30: Decide on the new date 2026-07-31";
    BOOST_TEST(lines("la-01") == Lines{line});
    BOOST_TEST(lines("au-01").empty());
    BOOST_TEST(lines("la-02").empty());
    BOOST_TEST(lines("ao-01") == Lines{"action " + planned.ref.text() + " 2026-06-30: Start"});
    must(app::decideExtension(context(), as("la-01"), planned.ref, asked.rev, false, "No."));
    BOOST_TEST(lines("la-01").empty());
}

BOOST_AUTO_TEST_CASE(a_booked_check_waits_for_the_auditors_until_it_is_done) {
    const auto done = verified();
    domain::EffectivenessCheck check;
    check.criterion = "None in four weeks";
    check.plannedOn = must(Date::parse("2026-05-04"));
    const auto booked = must(app::saveEffectivenessCheck(context(), as("la-01"), done.ref, done.rev, check));
    const std::string verify = "action AC-0001 2026-06-30: Verify";
    const Lines expected{"check " + done.ref.text() + " 2026-05-04: Check the effectiveness", verify};
    BOOST_TEST(lines("la-01") == expected);
    BOOST_TEST(lines("au-01") == expected);
    BOOST_TEST(lines("po-01").empty());
    check.verdict = domain::EffectivenessVerdict::Effective;
    must(app::saveEffectivenessCheck(context(), as("au-01"), done.ref, booked.rev, check));
    BOOST_TEST(lines("au-01") == Lines{verify});
}

BOOST_AUTO_TEST_CASE(a_request_waits_for_whom_it_is_put_to) {
    app::RequestDraft wish;
    wish.audit = "IA-1";
    wish.text = "The change log\nof May";
    wish.assignee = "po-01";
    wish.due = must(Date::parse("2026-03-09"));
    const auto asked = must(app::createRequest(context(), as("au-01"), wish));
    if (asked.state == domain::RequestState::Draft)
        must(app::changeRequestState(context(), as("au-01"), asked.ref, asked.rev, domain::RequestEvent::Open,
                                     {}));
    BOOST_TEST(lines("po-01") == Lines{"request " + asked.ref.text() + " 2026-03-09: Hand over a file"});
    BOOST_TEST(list("po-01").items.front().title == "The change log of May");
    BOOST_TEST(list("po-01").items.front().path() == "/requests/" + asked.ref.text());
    BOOST_TEST(lines("im-01").empty());
}

BOOST_AUTO_TEST_CASE(whom_nothing_waits_for_has_an_empty_list) {
    finding("2026-03-10", "2026-04-30");
    for (const char* account : {"tm-01", "xa-01", "ad-01"}) BOOST_TEST(lines(account).empty());
}

BOOST_AUTO_TEST_CASE(an_item_waits_for_its_owner_and_for_the_manager_in_turn) {
    app::ImprovementDraft draft;
    draft.title = "Order the queues";
    draft.process = "Incident management";
    draft.owner = "po-01";
    draft.due = must(Date::parse("2026-06-30"));
    draft.analysis = "The newest come first.";
    draft.plan = "Order them by the time left.";
    app::KpiDraft kpi;
    kpi.name = "Met";
    kpi.unit = "%";
    kpi.process = "Incident management";
    kpi.direction = domain::KpiDirection::HigherIsBetter;
    kpi.source = "log";
    kpi.baseline = 65;
    kpi.target = 70;
    kpi.owner = "po-01";
    draft.kpi = must(app::defineKpi(context(), as("im-01"), kpi)).ref.text();
    draft.unit = "%";
    draft.baseline = "65";
    draft.target = "70";
    auto item = must(app::recordImprovement(context(), as("im-01"), draft));
    const auto line = [&](const std::string& verb) {
        return Lines{"improvement " + item.ref.text() + " 2026-06-30: " + verb};
    };
    const auto go = [&](const std::string& account, domain::ImprovementEvent event) {
        item = must(app::changeImprovementState(context(), as(account), item.ref, item.rev, event, ""));
    };
    BOOST_TEST(lines("po-01") == line("Set the goals"));
    BOOST_TEST(lines("im-01").empty());
    BOOST_TEST(lines("la-01").empty());
    go("po-01", domain::ImprovementEvent::SetGoals);
    go("po-01", domain::ImprovementEvent::Analyse);
    BOOST_TEST(lines("po-01").empty());
    BOOST_TEST(lines("im-01") == line("Approve the plan"));
    go("im-01", domain::ImprovementEvent::ApprovePlan);
    BOOST_TEST(lines("im-01").empty());
    BOOST_TEST(lines("po-01").size() == 1U);
    item = must(app::changeImprovementState(context(), as("po-01"), item.ref, item.rev,
                                            domain::ImprovementEvent::Hold, "frozen until the release"));
    BOOST_TEST(lines("po-01").empty());
}

BOOST_AUTO_TEST_SUITE_END()

#include "tickmark/app/Bulk.h"

#include <algorithm>

#include "app/House.h"
#include "tickmark/app/Assign.h"
#include "tickmark/app/Improvements.h"
#include "tickmark/app/Kpis.h"

using namespace tickmark;
using app::BulkDeed;
using app::BulkKind;
using domain::ActionEvent;
using domain::FindingEvent;
using domain::FindingState;
using domain::ImprovementEvent;
using test::House;
using test::must;
using test::refusedAs;

namespace {

struct BulkHouse : House {
    [[nodiscard]] static app::BulkOrder order(BulkKind kind, BulkDeed deed,
                                              std::vector<app::BulkItem> items) {
        app::BulkOrder made;
        made.kind = kind;
        made.deed = deed;
        made.items = std::move(items);
        return made;
    }
    [[nodiscard]] static app::BulkOrder issueAll(std::vector<app::BulkItem> items) {
        app::BulkOrder made = order(BulkKind::Finding, BulkDeed::Move, std::move(items));
        made.event = "issue";
        return made;
    }
    [[nodiscard]] static app::BulkItem seen(const domain::Finding& finding) {
        return {finding.ref.text(), finding.rev};
    }
    app::BulkReport run(const std::string& account, const app::BulkOrder& asked) {
        return must(app::changeMany(context(), as(account), asked));
    }
    /// A draft that lacks what issuing asks for.
    domain::Finding thin() {
        app::FindingDraft input = draft();
        input.objectiveEvidence.clear();
        input.evidence.clear();
        return must(app::recordFinding(context(), as("au-01"), input));
    }
    /// An item whose plan is approved.
    domain::ImprovementItem approved() {
        app::KpiDraft kpi;
        kpi.name = "Incidents with a confirmed priority";
        kpi.unit = "%";
        app::ImprovementDraft input;
        input.kpi = must(app::defineKpi(context(), as("im-01"), kpi)).ref.text();
        input.title = "Confirm the priority at intake";
        input.owner = "po-01";
        input.value = 4;
        input.effort = 2;
        input.due = context().today().plusDays(60);
        input.unit = "%";
        input.baseline = "22";
        input.target = "95";
        input.analysis = "The field can be skipped.";
        input.plan = "Make it mandatory.";
        auto item = must(app::recordImprovement(context(), as("im-01"), input));
        for (const auto event :
             {ImprovementEvent::SetGoals, ImprovementEvent::Analyse, ImprovementEvent::ApprovePlan}) {
            item = must(app::changeImprovementState(context(), as("im-01"), item.ref, item.rev, event, {}));
        }
        return item;
    }
    [[nodiscard]] domain::ImprovementItem item(const domain::ImprovementRef& ref) const {
        return must(app::showImprovement(context(), as("im-01"), ref)).item;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(bulk, BulkHouse)

BOOST_AUTO_TEST_CASE(what_may_go_goes_and_what_may_not_says_why_by_reference) {
    const auto good = recorded();
    const auto lacking = thin();
    const auto done = issued();
    const auto before = entries();
    const auto report = run("la-01", issueAll({seen(good), seen(lacking), seen(done), {"F-9999", 1}}));
    BOOST_TEST(report.done == 1U);
    BOOST_TEST(report.refused == 3U);
    BOOST_REQUIRE(report.outcomes.size() == 4U);
    BOOST_TEST(report.outcomes[0].ref == good.ref.text());
    BOOST_TEST(report.outcomes[0].state == "issued");
    BOOST_TEST(!report.outcomes[0].refusal.has_value());
    BOOST_REQUIRE(report.outcomes[1].refusal.has_value());
    BOOST_TEST(report.outcomes[1].refusal->type == "guard");
    BOOST_REQUIRE(report.outcomes[2].refusal.has_value());
    BOOST_TEST(report.outcomes[2].refusal->type == "forbidden-transition");
    BOOST_REQUIRE(report.outcomes[3].refusal.has_value());
    BOOST_CHECK(report.outcomes[3].refusal->kind == ErrorKind::NotFound);
    BOOST_TEST(entries() == before + 1);
    BOOST_CHECK(finding(lacking.ref).state == FindingState::Draft);
}

BOOST_AUTO_TEST_CASE(each_item_that_goes_has_its_own_entry_with_the_one_reason) {
    const auto first = issued();
    const auto second = issued();
    app::BulkOrder asked = order(BulkKind::Finding, BulkDeed::Move, {seen(first), seen(second)});
    asked.event = "withdraw";
    asked.reason = "Raised against the wrong audit.";
    const auto before = entries();
    BOOST_TEST(run("la-01", asked).done == 2U);
    BOOST_TEST(entries() == before + 2);
    BOOST_TEST(lastEvent().kind == "finding.withdraw");
    BOOST_TEST(lastEvent().ref == second.ref.text());
    BOOST_TEST(std::string(lastEvent().facts.textAt("reason")) == asked.reason);
}

BOOST_AUTO_TEST_CASE(a_dry_run_says_the_same_and_changes_nothing) {
    const auto good = recorded();
    const auto lacking = thin();
    app::BulkOrder asked = issueAll({seen(good), seen(lacking)});
    asked.dryRun = true;
    const auto before = entries();
    const auto foretold = run("la-01", asked);
    BOOST_TEST(foretold.dryRun);
    BOOST_TEST(foretold.done == 1U);
    BOOST_TEST(entries() == before);
    BOOST_CHECK(finding(good.ref).state == FindingState::Draft);
    BOOST_TEST(finding(good.ref).rev == good.rev);
    asked.dryRun = false;
    const auto real = run("la-01", asked);
    BOOST_REQUIRE(real.outcomes.size() == foretold.outcomes.size());
    for (std::size_t i = 0; i < real.outcomes.size(); ++i) {
        BOOST_TEST(real.outcomes[i].state == foretold.outcomes[i].state);
        BOOST_TEST(real.outcomes[i].refusal.has_value() == foretold.outcomes[i].refusal.has_value());
    }
    BOOST_TEST(entries() == before + 1);
}

BOOST_AUTO_TEST_CASE(after_a_dry_run_this_thread_writes_again) {
    const auto good = recorded();
    app::BulkOrder asked = issueAll({seen(good)});
    asked.dryRun = true;
    BOOST_TEST(run("la-01", asked).done == 1U);
    BOOST_TEST(!storage::Rehearsal::isUnderWay());
    BOOST_CHECK(step("la-01", good.ref, FindingEvent::Issue).state == FindingState::Issued);
}

BOOST_AUTO_TEST_CASE(a_stale_revision_refuses_its_item_alone) {
    const auto first = recorded();
    const auto second = recorded();
    const auto report = run("la-01", issueAll({{first.ref.text(), first.rev + 1}, seen(second)}));
    BOOST_REQUIRE(report.outcomes[0].refusal.has_value());
    BOOST_TEST(report.outcomes[0].refusal->type == "stale-revision");
    BOOST_TEST(report.done == 1U);
}

BOOST_AUTO_TEST_CASE(rights_are_those_of_the_single_step) {
    const auto made = recorded();
    for (const char* account : {"po-01", "im-01", "tm-01", "xa-01", "la-02"}) {
        const auto report = run(account, issueAll({seen(made)}));
        BOOST_TEST(report.done == 0U, account);
        BOOST_CHECK(finding(made.ref).state == FindingState::Draft);
    }
}

BOOST_AUTO_TEST_CASE(owners_dates_and_evidence_are_set_for_many) {
    const auto first = issued();
    const auto second = issued();
    app::BulkOrder asked = order(BulkKind::Finding, BulkDeed::Assign, {seen(first), seen(second)});
    asked.owner = "po-02";
    BOOST_TEST(run("la-01", asked).done == 2U);
    BOOST_CHECK(finding(second.ref).owner == as("po-02").id);
    asked.deed = BulkDeed::Due;
    asked.due = context().today().plusDays(20);
    asked.items = {seen(finding(first.ref)), seen(finding(second.ref))};
    BOOST_TEST(run("la-01", asked).done == 2U);
    BOOST_CHECK(finding(first.ref).closeDue == asked.due);
    asked.deed = BulkDeed::Attach;
    asked.evidence = {give("au-01", toAudit("seen.txt"), "what was seen").version.ref.text() + "/v1"};
    asked.items = {seen(finding(first.ref)), seen(finding(second.ref))};
    BOOST_TEST(run("la-01", asked).done == 2U);
}

BOOST_AUTO_TEST_CASE(an_order_that_makes_no_sense_is_refused_whole) {
    const auto made = recorded();
    const auto asked = [&](const app::BulkOrder& given) {
        return app::changeMany(context(), as("la-01"), given);
    };
    BOOST_CHECK(refusedAs(asked(issueAll({})), ErrorKind::Invalid, "nothing-chosen"));
    BOOST_CHECK(refusedAs(asked(issueAll({seen(made), seen(made)})), ErrorKind::Invalid, "twice"));
    std::vector<app::BulkItem> many;
    for (std::size_t i = 0; i <= app::largestBulk; ++i) many.push_back({"F-" + std::to_string(i), 1});
    BOOST_CHECK(refusedAs(asked(issueAll(many)), ErrorKind::Invalid, "too-many"));
    auto unknown = issueAll({seen(made)});
    unknown.event = "explode";
    BOOST_CHECK(refusedAs(asked(unknown), ErrorKind::Invalid, "unknown-word"));
    BOOST_CHECK(refusedAs(asked(order(BulkKind::Evidence, BulkDeed::Assign, {{"E-0001/v1", 1}})),
                          ErrorKind::Invalid, "bulk-deed"));
    BOOST_CHECK(refusedAs(asked(order(BulkKind::Finding, BulkDeed::Due, {seen(made)})), ErrorKind::Invalid,
                          "missing-member"));
    BOOST_CHECK(refusedAs(asked(order(BulkKind::Finding, BulkDeed::Attach, {seen(made)})), ErrorKind::Invalid,
                          "missing-member"));
}

BOOST_AUTO_TEST_CASE(every_kind_takes_its_steps_in_bulk) {
    const auto answered = issued();
    const auto action = plan(answered.ref);
    auto asked = order(BulkKind::Action, BulkDeed::Move, {{action.ref.text(), action.rev}});
    asked.event = "approve";
    BOOST_TEST(run("la-01", asked).outcomes[0].state == "approved");

    const auto received = give("au-01", toAudit("paper.txt"), "a paper").version;
    asked = order(BulkKind::Evidence, BulkDeed::Move, {{received.ref.text() + "/v1", received.rev}});
    asked.event = "start-review";
    const auto reviewed = run("la-01", asked);
    BOOST_TEST(reviewed.outcomes[0].state == "under_review");

    app::RequestDraft input;
    input.audit = "IA-1";
    input.text = "The list of changes";
    input.assignee = "po-01";
    const auto wanted = must(app::createRequest(context(), as("la-01"), input));
    asked = order(BulkKind::Request, BulkDeed::Assign, {{wanted.ref.text(), wanted.rev}});
    asked.owner = "po-02";
    BOOST_TEST(run("po-01", asked).done == 0U);
    BOOST_TEST(run("la-01", asked).done == 1U);
    BOOST_TEST(lastEvent().kind == "request.assign");

    asked = order(BulkKind::Audit, BulkDeed::Move, {{"IA-1", audit().rev}});
    asked.event = "close";
    BOOST_TEST(run("la-01", asked).done == 0U);
}

BOOST_AUTO_TEST_CASE(an_approved_action_goes_to_another_owner_with_a_reason_and_its_date_stays) {
    const auto planned = plan(issued().ref);
    app::Handover handover;
    handover.owner = "po-02";
    const auto approved = actionStep("la-01", planned.ref, ActionEvent::Approve);
    BOOST_CHECK(!app::assignAction(context(), as("la-01"), planned.ref, approved.rev, handover).ok());
    handover.reason = "The owner left.";
    BOOST_CHECK(refusedAs(app::assignAction(context(), as("ao-01"), planned.ref, approved.rev, handover),
                          ErrorKind::Forbidden, "forbidden"));
    const auto moved = must(app::assignAction(context(), as("la-01"), planned.ref, approved.rev, handover));
    BOOST_CHECK(moved.owner == as("po-02").id);
    handover.due = context().today().plusDays(500);
    BOOST_CHECK(refusedAs(app::assignAction(context(), as("la-01"), planned.ref, moved.rev, handover),
                          ErrorKind::Refused, "not-planned"));
    BOOST_CHECK(refusedAs(app::assignAction(context(), as("la-01"), planned.ref, moved.rev, {}),
                          ErrorKind::Invalid, "nothing-given"));
}

BOOST_AUTO_TEST_CASE(an_approved_item_goes_to_another_owner_by_the_improvement_manager_with_a_reason) {
    const auto made = approved();
    app::Handover handover;
    handover.owner = "po-02";
    BOOST_CHECK(!app::assignImprovement(context(), as("im-01"), made.ref, made.rev, handover).ok());
    handover.reason = "The process has a new owner.";
    BOOST_CHECK(refusedAs(app::assignImprovement(context(), as("po-01"), made.ref, made.rev, handover),
                          ErrorKind::Forbidden, "forbidden"));
    const auto moved = must(app::assignImprovement(context(), as("im-01"), made.ref, made.rev, handover));
    BOOST_CHECK(moved.owner == as("po-02").id);
    BOOST_TEST(lastEvent().kind == "improvement.assign");
    handover.owner = "tm-01";
    BOOST_CHECK(refusedAs(app::assignImprovement(context(), as("im-01"), made.ref, moved.rev, handover),
                          ErrorKind::Invalid, "owner-role"));
    app::Handover date;
    date.due = context().today().plusDays(400);
    date.reason = "Later.";
    BOOST_CHECK(refusedAs(app::assignImprovement(context(), as("im-01"), made.ref, moved.rev, date),
                          ErrorKind::Refused, "plan-approved"));
}

BOOST_AUTO_TEST_CASE(an_approved_items_date_moves_through_an_extension_that_the_manager_grants) {
    const auto made = approved();
    const Date later = made.due->plusDays(30);
    const auto ask = [&](const char* account, std::int64_t rev, Date day, const char* why) {
        return app::requestImprovementExtension(context(), as(account), made.ref, rev, day, why);
    };
    BOOST_CHECK(refusedAs(ask("po-01", made.rev, *made.due, "holidays"), ErrorKind::Invalid, "extension"));
    BOOST_CHECK(!ask("po-01", made.rev, later, "").ok());
    const auto asked = must(ask("po-01", made.rev, later, "The tool comes late."));
    BOOST_CHECK(asked.due == made.due);
    BOOST_CHECK(refusedAs(ask("po-01", asked.rev, later, "again"), ErrorKind::Refused, "extension-open"));
    BOOST_CHECK(
        refusedAs(app::decideImprovementExtension(context(), as("po-01"), made.ref, asked.rev, true, ""),
                  ErrorKind::Forbidden, "forbidden"));
    const auto granted =
        must(app::decideImprovementExtension(context(), as("im-01"), made.ref, asked.rev, true, ""));
    BOOST_CHECK(granted.due == later);
    BOOST_TEST(granted.extensions.size() == 1U);
    BOOST_CHECK(
        refusedAs(app::decideImprovementExtension(context(), as("im-01"), made.ref, granted.rev, true, ""),
                  ErrorKind::Refused, "no-extension"));
    const auto second = must(ask("im-01", granted.rev, later.plusDays(1), "One more day."));
    BOOST_CHECK(
        !app::decideImprovementExtension(context(), as("im-01"), made.ref, second.rev, false, "").ok());
    const auto kept =
        must(app::decideImprovementExtension(context(), as("im-01"), made.ref, second.rev, false, "No."));
    BOOST_CHECK(kept.due == later);
    BOOST_TEST(lastEvent().kind == "improvement.refuse-extension");
}

BOOST_AUTO_TEST_CASE(a_plan_that_is_open_is_edited_and_takes_no_extension) {
    app::ImprovementDraft input;
    input.title = "Confirm the priority at intake";
    input.owner = "po-01";
    const auto made = must(app::recordImprovement(context(), as("im-01"), input));
    BOOST_CHECK(refusedAs(app::requestImprovementExtension(context(), as("po-01"), made.ref, made.rev,
                                                           context().today().plusDays(5), "Later."),
                          ErrorKind::Refused, "plan-open"));
    auto asked = order(BulkKind::Improvement, BulkDeed::Due, {{made.ref.text(), made.rev}});
    asked.due = context().today().plusDays(5);
    BOOST_TEST(run("po-01", asked).done == 1U);
    BOOST_CHECK(item(made.ref).due == asked.due);
}

BOOST_AUTO_TEST_CASE(planning_again_closes_an_extension_that_waits) {
    const auto made = approved();
    auto now = must(
        app::changeImprovementState(context(), as("po-01"), made.ref, made.rev, ImprovementEvent::Start, {}));
    now = must(app::requestImprovementExtension(context(), as("po-01"), made.ref, now.rev,
                                                made.due->plusDays(9), "The tool comes late."));
    now = must(app::reportImprovement(context(), as("po-01"), made.ref, now.rev, {100, "30", {}, {}}));
    now = must(app::changeImprovementState(context(), as("po-01"), made.ref, now.rev,
                                           ImprovementEvent::Evaluate, {}));
    now = must(app::changeImprovementState(context(), as("im-01"), made.ref, now.rev,
                                           ImprovementEvent::Replan, "The target was missed."));
    BOOST_REQUIRE(now.extensions.size() == 1U);
    BOOST_CHECK(now.extensions.back().approved == false);
}

BOOST_AUTO_TEST_SUITE_END()

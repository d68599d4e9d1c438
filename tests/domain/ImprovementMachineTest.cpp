#include "Grid.h"
#include "tickmark/domain/ImprovementSteps.h"

using namespace tickmark;
using namespace tickmark::domain;
using grid::by;
using grid::forbiddenWith;
using grid::me;
using grid::other;
using grid::refusedWith;

namespace {

using S = ImprovementState;
using E = ImprovementEvent;
using ImprovementGrid = grid::Machine<ImprovementItem, S, E>;

/// An item for which every guard holds when `event` is tried.
ImprovementItem ready(S state, E event) {
    ImprovementItem item;
    item.state = state;
    item.heldFrom = S::Implementing;
    item.title = "Confirm priorities at intake";
    item.owner = me;
    item.kpi = "K-0001";
    item.unit = "%";
    item.baseline = "22";
    item.target = "95";
    item.due = Date::of(2022, 12, 31);
    item.analysis = "The form lets an operator skip the field.";
    item.plan = "Make the field mandatory.";
    if (event != E::ApprovePlan) item.approval = PlanApproval{other, {}};
    item.result = event == E::Replan ? "60" : "96";
    item.evidence = {{5}};
    item.lesson = ImprovementLesson{ImprovementLessonKind::Success, "Intake", "A mandatory field helps.", {}};
    return item;
}

ImprovementGrid machine() {
    ImprovementGrid grid{S::Cancelled,
                         E::Cancel,
                         {
                             {S::Identified, E::SetGoals, S::GoalsSet, "PO AO IM"},
                             {S::GoalsSet, E::Analyse, S::Analysed, "PO AO IM"},
                             {S::Analysed, E::ApprovePlan, S::Planned, "IM"},
                             {S::Planned, E::ApprovePlan, S::Planned, "IM"},
                             {S::Planned, E::Start, S::Implementing, "PO AO IM"},
                             {S::Implementing, E::Evaluate, S::Evaluating, "PO AO IM"},
                             {S::Evaluating, E::Replan, S::Planned, "PO AO IM", true},
                             {S::Evaluating, E::Standardise, S::Standardised, "PO AO IM"},
                             {S::Standardised, E::Close, S::Closed, "IM"},
                             {S::OnHold, E::Resume, S::Implementing, "PO AO IM"},
                         },
                         [](S state, E event, Role /*role*/) { return ready(state, event); },
                         [](S state) {
                             ImprovementItem item;
                             item.state = state;
                             item.owner = other;
                             return item;
                         }};
    for (const S from : {S::Identified, S::GoalsSet, S::Analysed}) {
        grid.arrows.push_back({from, E::Reject, S::Rejected, "IM", true});
    }
    for (const S from :
         {S::Identified, S::GoalsSet, S::Analysed, S::Planned, S::Implementing, S::Evaluating}) {
        grid.arrows.push_back({from, E::Hold, S::OnHold, "PO AO IM", true});
    }
    for (const S from : {S::Planned, S::Implementing, S::Evaluating, S::OnHold}) {
        grid.arrows.push_back({from, E::Cancel, S::Cancelled, "IM", true});
    }
    return grid;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(improvement_machine)

BOOST_AUTO_TEST_CASE(the_table_marks_resume_with_identified_and_has_no_other_arrow) {
    ImprovementGrid expected = machine();
    for (auto& arrow : expected.arrows) {
        if (arrow.event == E::Resume) arrow.to = S::Identified;
    }
    grid::tableIsExactly(improvementTransitions(), expected);
}

BOOST_AUTO_TEST_CASE(every_state_event_and_role_ends_as_the_architecture_says) { grid::gridHolds(machine()); }
BOOST_AUTO_TEST_CASE(reasons_are_asked_where_the_architecture_asks) { grid::reasonsAreAsked(machine()); }
BOOST_AUTO_TEST_CASE(steps_agree_with_next) { grid::stepsAgreeWithNext(machine()); }

BOOST_AUTO_TEST_CASE(resume_leads_back_to_where_it_was_held) {
    for (const S from :
         {S::Identified, S::GoalsSet, S::Analysed, S::Planned, S::Implementing, S::Evaluating}) {
        ImprovementItem item = ready(S::OnHold, E::Resume);
        item.heldFrom = from;
        BOOST_TEST(toText(next(item, E::Resume, by(Role::ImprovementManager)).value()) == toText(from));
    }
}

BOOST_AUTO_TEST_CASE(goals_need_kpi_baseline_target_and_due_date) {
    const auto refusedWithout = [](auto ImprovementItem::*member, const std::string& words) {
        ImprovementItem item = ready(S::Identified, E::SetGoals);
        item.*member = {};
        refusedWith(item, E::SetGoals, by(Role::ImprovementManager),
                    "The goals cannot be set yet: " + words + ".");
    };
    refusedWithout(&ImprovementItem::kpi, "no KPI is named");
    refusedWithout(&ImprovementItem::baseline, "the baseline is empty");
    refusedWithout(&ImprovementItem::target, "the target is empty");
    refusedWithout(&ImprovementItem::due, "the due date is empty");
}

BOOST_AUTO_TEST_CASE(an_analysis_is_concluded_with_words) {
    ImprovementItem item = ready(S::GoalsSet, E::Analyse);
    item.analysis = " \n ";
    refusedWith(item, E::Analyse, by(Role::ImprovementManager),
                "The analysis cannot be concluded yet: the analysis is empty.");
}

BOOST_AUTO_TEST_CASE(a_plan_is_approved_with_an_owner_and_its_text) {
    ImprovementItem item = ready(S::Analysed, E::ApprovePlan);
    item.owner = {};
    refusedWith(item, E::ApprovePlan, by(Role::ImprovementManager),
                "The plan cannot be approved yet: nobody owns it.");
    item = ready(S::Analysed, E::ApprovePlan);
    item.plan.clear();
    refusedWith(item, E::ApprovePlan, by(Role::ImprovementManager),
                "The plan cannot be approved yet: the plan is empty.");
    // What was cleared after the goals were set is missed again here.
    item = ready(S::Analysed, E::ApprovePlan);
    item.kpi.clear();
    refusedWith(item, E::ApprovePlan, by(Role::ImprovementManager),
                "The plan cannot be approved yet: no KPI is named.");
}

BOOST_AUTO_TEST_CASE(a_plan_that_returned_is_approved_again_before_it_starts) {
    ImprovementItem item = ready(S::Planned, E::Start);
    refusedWith(item, E::ApprovePlan, by(Role::ImprovementManager),
                "The plan cannot be approved yet: it is approved already.");
    item.approval.reset();
    refusedWith(item, E::Start, by(Role::ProcessOwner),
                "Cannot be started yet: the plan is not approved again since the target was missed.");
    BOOST_TEST(toText(next(item, E::ApprovePlan, by(Role::ImprovementManager)).value()) == "planned");
}

BOOST_AUTO_TEST_CASE(a_missed_target_leads_back_and_a_met_one_forward) {
    ImprovementItem item = ready(S::Evaluating, E::Standardise);
    item.result = "94.999999";
    refusedWith(item, E::Standardise, by(Role::ImprovementManager),
                "Cannot be standardised yet: the result misses the target, so it returns to planning.");
    BOOST_TEST(toText(next(item, E::Replan, by(Role::ImprovementManager)).value()) == "planned");
    item.result = "95";
    refusedWith(item, E::Replan, by(Role::ImprovementManager),
                "Cannot return to planning: the result meets the target.");
    BOOST_TEST(toText(next(item, E::Standardise, by(Role::ImprovementManager)).value()) == "standardised");
    item.result.clear();
    refusedWith(item, E::Standardise, by(Role::ImprovementManager),
                "Cannot be standardised yet: no result is recorded.");
    refusedWith(item, E::Replan, by(Role::ImprovementManager),
                "Cannot return to planning: no result is recorded.");
}

BOOST_AUTO_TEST_CASE(standardising_needs_the_changed_document_and_closing_a_lesson) {
    ImprovementItem item = ready(S::Evaluating, E::Standardise);
    item.evidence.clear();
    refusedWith(item, E::Standardise, by(Role::ImprovementManager),
                "Cannot be standardised yet: the changed document is not attached as evidence.");
    item = ready(S::Standardised, E::Close);
    item.lesson.reset();
    refusedWith(item, E::Close, by(Role::ImprovementManager), "Cannot be closed yet: no lesson is recorded.");
}

BOOST_AUTO_TEST_CASE(owners_move_only_what_they_own) {
    for (const Role role : {Role::ProcessOwner, Role::ActionOwner}) {
        ImprovementItem item = ready(S::Identified, E::SetGoals);
        item.owner = other;
        forbiddenWith(item, E::SetGoals, by(role),
                      "Only its owner or the improvement manager can set the goals of this item.");
        item.owner = {};
        BOOST_TEST(!next(item, E::SetGoals, by(role)).ok());
        item.owner = me;
        BOOST_TEST(next(item, E::SetGoals, by(role)).ok());
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(improvement_items)

BOOST_AUTO_TEST_CASE(the_score_is_value_by_effort_in_hundredths) {
    ImprovementItem item;
    const auto score = [&](std::int64_t value, std::int64_t effort) {
        item.value = value;
        item.effort = effort;
        return priorityScore(item);
    };
    BOOST_TEST(score(5, 1) == 500);
    BOOST_TEST(score(1, 5) == 20);
    BOOST_TEST(score(2, 3) == 67);
    BOOST_TEST(score(1, 3) == 33);
    BOOST_TEST(score(3, 3) == 100);
    BOOST_TEST(score(0, 3) == 0);
    BOOST_TEST(score(3, 0) == 0);
    BOOST_TEST(priorityOf(200) == "high");
    BOOST_TEST(priorityOf(199) == "medium");
    BOOST_TEST(priorityOf(100) == "medium");
    BOOST_TEST(priorityOf(99) == "low");
    BOOST_TEST(priorityOf(0).empty());
}

BOOST_AUTO_TEST_CASE(the_phase_follows_from_the_step) {
    ImprovementItem item;
    const auto phase = [&](S state, S held = S::Identified) {
        item.state = state;
        item.heldFrom = held;
        const auto found = phaseOf(item);
        return found ? std::string(toText(*found)) : std::string();
    };
    for (const S state : {S::Identified, S::GoalsSet, S::Analysed, S::Planned})
        BOOST_TEST(phase(state) == "plan");
    BOOST_TEST(phase(S::Implementing) == "do");
    BOOST_TEST(phase(S::Evaluating) == "check");
    BOOST_TEST(phase(S::Standardised) == "act");
    BOOST_TEST(phase(S::Closed) == "act");
    BOOST_TEST(phase(S::OnHold, S::Evaluating) == "check");
    BOOST_TEST(phase(S::Rejected).empty());
    BOOST_TEST(phase(S::Cancelled).empty());
    BOOST_TEST(stepNumber(S::Identified) == 1);
    BOOST_TEST(stepNumber(S::Standardised) == 7);
    BOOST_TEST(stepNumber(S::Closed) == 0);
}

BOOST_AUTO_TEST_CASE(a_target_is_met_in_its_own_direction) {
    ImprovementItem item;
    const auto met = [&](const char* from, const char* to, const char* result) {
        item.baseline = from;
        item.target = to;
        item.result = result;
        return targetMet(item);
    };
    BOOST_TEST((met("22", "95", "95.000") == true));
    BOOST_TEST((met("22", "95", "94.9") == false));
    BOOST_TEST((met("12.5", "8", "7.999999") == true));
    BOOST_TEST((met("12.5", "8", "8.1") == false));
    BOOST_TEST((met("-1", "-2", "-2.5") == true));
    BOOST_TEST((met("-1", "-2", "-1.9") == false));
    BOOST_TEST(!met("22", "95", "").has_value());
    BOOST_TEST(!met("", "95", "96").has_value());
}

BOOST_AUTO_TEST_CASE(the_change_from_the_baseline_has_its_sign_and_no_needless_digit) {
    ImprovementItem item;
    const auto change = [&](const char* from, const char* result) {
        item.baseline = from;
        item.result = result;
        return changeFromBaseline(item);
    };
    BOOST_TEST(change("64.7", "52.9") == "-11.8");
    BOOST_TEST(change("52.9", "64.70") == "+11.8");
    BOOST_TEST(change("10", "12") == "+2");
    BOOST_TEST(change("1", "0.999999") == "-0.000001");
    BOOST_TEST(change("-3", "-3.000") == "0");
    BOOST_TEST(change("", "3").empty());
    BOOST_TEST(change("3", "").empty());
}

BOOST_AUTO_TEST_CASE(what_is_due_today_is_not_overdue_and_what_ended_never_is) {
    ImprovementItem item;
    item.due = Date::of(2022, 11, 18);
    BOOST_TEST(!isOverdue(item, Date::of(2022, 11, 18)));
    BOOST_TEST(isOverdue(item, Date::of(2022, 11, 19)));
    for (const S state : {S::Closed, S::Rejected, S::Cancelled}) {
        item.state = state;
        BOOST_TEST(!isOverdue(item, Date::of(2022, 11, 19)));
    }
}

BOOST_AUTO_TEST_CASE(every_broken_rule_of_the_fields_is_named) {
    ImprovementItem item;
    item.value = 6;
    item.effort = -1;
    item.progress = 101;
    item.kpi = "KPI 1";
    item.baseline = "12,5";
    item.objective = "no reference!";
    item.lesson = ImprovementLesson{};
    const auto result = validate(item);
    BOOST_REQUIRE(!result.ok());
    std::vector<std::string> fields;
    for (const Error& part : result.error().parts) fields.push_back(part.field);
    const std::vector<std::string> expected{"title",    "objective", "value",    "effort",
                                            "progress", "kpi",       "baseline", "lesson.insight"};
    BOOST_TEST(fields == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(decimals_are_held_to_their_form) {
    const auto accepted = [](const char* text) {
        ImprovementItem item;
        item.title = "T";
        item.baseline = text;
        return validate(item).ok();
    };
    for (const char* good : {"0", "-1", "61.5", "123456789012.123456", " 7 "})
        BOOST_TEST(accepted(good), good);
    for (const char* bad : {"+1", "1.", ".5", "1e3", "1 000", "1234567890123", "0.1234567", "--1", "-", "5%"})
        BOOST_TEST(!accepted(bad), bad);
}

BOOST_AUTO_TEST_CASE(a_target_equal_to_the_baseline_has_no_direction) {
    ImprovementItem item;
    item.title = "T";
    item.baseline = "5.0";
    item.target = "5";
    const auto result = validate(item);
    BOOST_REQUIRE(!result.ok());
    BOOST_TEST(result.error().parts.front().field == "target");
}

BOOST_AUTO_TEST_CASE(an_approved_plan_is_closed_to_edits) {
    ImprovementItem item = ready(S::Planned, E::Start);
    BOOST_TEST(!isPlanOpen(item));
    item.approval.reset();
    BOOST_TEST(isPlanOpen(item));
    item.state = S::Rejected;
    BOOST_TEST(!isPlanOpen(item));
}

BOOST_AUTO_TEST_CASE(who_recorded_an_item_works_on_it_until_its_goals_are_set) {
    ImprovementItem item;
    item.createdBy = me;
    item.owner = other;
    BOOST_TEST(mayWorkOn(item, by(Role::Auditor).actor));
    item.state = S::GoalsSet;
    BOOST_TEST(!mayWorkOn(item, by(Role::Auditor).actor));
    BOOST_TEST(mayWorkOn(item, by(Role::ImprovementManager).actor));
    item.owner = me;
    BOOST_TEST(mayWorkOn(item, by(Role::ProcessOwner).actor));
    BOOST_TEST(!mayWorkOn(item, by(Role::Auditor).actor));
}

BOOST_AUTO_TEST_SUITE_END()

// Who may plan and judge the effectiveness check, in which state: the whole grid; and what a verdict decides.
#include "app/House.h"

using namespace tickmark;
using domain::EffectivenessVerdict;
using domain::FindingEvent;
using domain::FindingState;
using test::House;
using test::must;
using test::refusedAs;

namespace {

domain::EffectivenessCheck judged(EffectivenessVerdict verdict) {
    domain::EffectivenessCheck check;
    check.criterion = "None in four weeks";
    check.verdict = verdict;
    return check;
}

domain::EffectivenessCheck planned() {
    domain::EffectivenessCheck check;
    check.criterion = "None in four weeks";
    check.plannedOn = Date::of(2026, 12, 1);
    return check;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(effectiveness_checks, House)

BOOST_AUTO_TEST_CASE(accepting_a_plan_books_the_check_and_tells_the_ledger) {
    const auto accepted = planAccepted();
    BOOST_REQUIRE_EQUAL(accepted.checks.size(), 1U);
    const auto& check = accepted.checks.front();
    BOOST_CHECK_EQUAL(check.criterion,
                      "RC-1 no longer shows in a sample drawn after the last action was done.");
    const auto view = must(app::showFinding(context(), as("la-01"), accepted.ref));
    BOOST_REQUIRE_EQUAL(view.actions.size(), 1U);
    BOOST_CHECK(check.plannedOn == view.actions.front().due->plusDays(90));
    BOOST_CHECK_EQUAL(lastEvent().kind, "finding.accept-plan");
    BOOST_CHECK_EQUAL(std::string(lastEvent().facts.textAt("check_on")), check.plannedOn->iso());
    BOOST_CHECK_EQUAL(std::string(lastEvent().facts.textAt("criterion")), check.criterion);
}

BOOST_AUTO_TEST_CASE(the_lead_may_choose_criterion_and_day_of_the_booked_check) {
    const auto answered = responded();
    const auto offered = must(app::showFinding(context(), as("la-01"), answered.ref)).checkPlan;
    const auto early = app::changeFindingState(context(), as("la-01"), answered.ref, answered.rev,
                                               FindingEvent::AcceptPlan, {}, {"C", context().today()});
    BOOST_CHECK(refusedAs(early, ErrorKind::Invalid, "effectiveness"));
    BOOST_CHECK(finding(answered.ref).state == FindingState::Responded);
    const Date day = offered.plannedOn->plusDays(7);
    const auto accepted = must(app::changeFindingState(context(), as("la-01"), answered.ref, answered.rev,
                                                       FindingEvent::AcceptPlan, {}, {"None in 40", day}));
    BOOST_CHECK_EQUAL(accepted.checks.front().criterion, "None in 40");
    BOOST_CHECK(accepted.checks.front().plannedOn == day);
}

BOOST_AUTO_TEST_CASE(in_every_state_every_role_may_plan_and_judge_as_the_rule_says_and_no_other) {
    const std::vector<std::pair<FindingState, domain::FindingRef>> all{
        {FindingState::Draft, recorded().ref},
        {FindingState::Issued, issued().ref},
        {FindingState::Responded, responded().ref},
        {FindingState::PlanAccepted, planAccepted().ref},
        {FindingState::Implemented, implemented().ref},
        {FindingState::Verified, verified().ref},
        {FindingState::Closed, closed().ref}};
    const auto returned = responded();
    step("au-01", returned.ref, FindingEvent::Return, "The extent is missing.");
    auto states = all;
    states.emplace_back(FindingState::Returned, returned.ref);
    for (const auto& [state, ref] : states) {
        const bool plan = state == FindingState::PlanAccepted || state == FindingState::Implemented ||
                          state == FindingState::Verified;
        const bool judge = state == FindingState::Verified;
        for (const char* account :
             {"la-01", "au-01", "la-02", "au-02", "po-01", "ao-01", "im-01", "tm-01", "xa-01", "ad-01"}) {
            const std::string name(account);
            const bool auditor = name == "la-01" || name == "au-01";
            BOOST_TEST_CONTEXT(domain::toText(state) << " by " << name) {
                const auto shown = app::showFinding(context(), as(name), ref);
                if (shown.ok()) BOOST_TEST(shown->mayCheckEffectiveness == (auditor && plan));
                const auto now = finding(ref);
                BOOST_CHECK_EQUAL(
                    app::saveEffectivenessCheck(context(), as(name), ref, now.rev, planned()).ok(),
                    auditor && plan);
                const auto after = finding(ref);
                const auto verdict = app::saveEffectivenessCheck(context(), as(name), ref, after.rev,
                                                                 judged(EffectivenessVerdict::Effective));
                BOOST_CHECK_EQUAL(verdict.ok(), auditor && judge);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(an_auditor_who_owns_an_action_neither_plans_nor_judges) {
    const auto answered = issued();
    const auto saved =
        must(app::saveResponse(context(), as("po-01"), answered.ref, answered.rev, response()));
    plan(saved.ref, "au-01");
    step("po-01", saved.ref, FindingEvent::Respond);
    const auto accepted = step("la-01", saved.ref, FindingEvent::AcceptPlan);
    BOOST_CHECK(!must(app::showFinding(context(), as("au-01"), accepted.ref)).mayCheckEffectiveness);
    BOOST_CHECK(
        refusedAs(app::saveEffectivenessCheck(context(), as("au-01"), accepted.ref, accepted.rev, planned()),
                  ErrorKind::Forbidden, "forbidden"));
    BOOST_CHECK(
        app::saveEffectivenessCheck(context(), as("la-01"), accepted.ref, accepted.rev, planned()).ok());
}

BOOST_AUTO_TEST_CASE(the_verdict_decides_whether_a_finding_closes) {
    const auto done = verified();
    const auto refused = test::refusal(tryStep("la-01", done.ref, FindingEvent::Close));
    BOOST_CHECK(test::holds(refused.message, "the effectiveness check has no verdict"));
    const auto bad = must(app::saveEffectivenessCheck(context(), as("au-01"), done.ref, done.rev,
                                                      judged(EffectivenessVerdict::NotEffective)));
    BOOST_CHECK(!tryStep("la-01", done.ref, FindingEvent::Close).ok());
    must(app::saveEffectivenessCheck(context(), as("au-01"), done.ref, bad.rev,
                                     judged(EffectivenessVerdict::Effective)));
    BOOST_CHECK(tryStep("la-01", done.ref, FindingEvent::Close).ok());
}

BOOST_AUTO_TEST_CASE(words_that_suggest_a_cause_are_shown_to_auditors_of_the_team_only) {
    app::FindingDraft input = draft();
    input.nature = "It is missing because nobody was trained.";
    const auto made = must(app::recordFinding(context(), as("au-01"), input));
    BOOST_CHECK_EQUAL(must(app::showFinding(context(), as("la-01"), made.ref)).warnings.size(), 1U);
    const auto clean = responded();
    step("au-01", clean.ref, FindingEvent::Return, "We recommend a mandatory field.");
    const auto warnings = must(app::showFinding(context(), as("au-01"), clean.ref)).warnings;
    BOOST_REQUIRE_EQUAL(warnings.size(), 1U);
    BOOST_CHECK_EQUAL(warnings.front().field, "reason");
    BOOST_CHECK(must(app::showFinding(context(), as("po-01"), clean.ref)).warnings.empty());
    BOOST_CHECK(must(app::showFinding(context(), as("tm-01"), clean.ref)).warnings.empty());
}

BOOST_AUTO_TEST_SUITE_END()

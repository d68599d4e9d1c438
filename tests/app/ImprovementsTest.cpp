#include "tickmark/app/Ideas.h"
#include "tickmark/app/Improvements.h"
#include "tickmark/app/Kpis.h"

#include "app/House.h"
#include "tickmark/foundation/Text.h"

using namespace tickmark;
using domain::FindingEvent;
using domain::FindingState;
using domain::ImprovementEvent;
using domain::ImprovementState;
using test::House;
using test::must;
using test::refusedAs;

namespace {

struct RegisterHouse : House {
    RegisterHouse() {
        for (const char* name : {"Incidents with a confirmed priority", "Reopened incidents"}) {
            app::KpiDraft kpi;
            kpi.name = name;
            kpi.unit = "%";
            must(app::defineKpi(context(), as("im-01"), kpi));
        }
    }
    [[nodiscard]] app::ImprovementDraft idea() const {
        app::ImprovementDraft draft;
        draft.title = "Confirm the priority at intake";
        draft.process = "Incident management";
        draft.owner = "po-01";
        draft.value = 4;
        draft.effort = 2;
        draft.due = context().today().plusDays(60);
        draft.kpi = "K-0001";
        draft.unit = "%";
        draft.baseline = "22";
        draft.target = "95";
        draft.analysis = "The field can be skipped.";
        draft.plan = "Make it mandatory.";
        return draft;
    }
    domain::ImprovementItem made() { return must(app::recordImprovement(context(), as("im-01"), idea())); }
    domain::ImprovementItem at(const domain::ImprovementRef& ref) const {
        return must(app::showImprovement(context(), as("im-01"), ref)).item;
    }
    Result<domain::ImprovementItem> tryMove(const std::string& account, const domain::ImprovementRef& ref,
                                            ImprovementEvent event, const std::string& reason = {}) {
        return app::changeImprovementState(context(), as(account), ref, at(ref).rev, event, reason);
    }
    domain::ImprovementItem move(const std::string& account, const domain::ImprovementRef& ref,
                                 ImprovementEvent event, const std::string& reason = {}) {
        return must(tryMove(account, ref, event, reason));
    }
    Result<domain::ImprovementItem> tryReport(const domain::ImprovementRef& ref,
                                              const app::ImprovementReport& report) {
        return app::reportImprovement(context(), as("po-01"), ref, at(ref).rev, report);
    }
    domain::ImprovementItem implementing() {
        const auto item = made();
        move("po-01", item.ref, ImprovementEvent::SetGoals);
        move("po-01", item.ref, ImprovementEvent::Analyse);
        move("im-01", item.ref, ImprovementEvent::ApprovePlan);
        return move("po-01", item.ref, ImprovementEvent::Start);
    }
    domain::ImprovementItem evaluating(const std::string& result) {
        const auto item = implementing();
        must(tryReport(item.ref, {100, result, {}, {}}));
        return move("po-01", item.ref, ImprovementEvent::Evaluate);
    }
    /// An observation of po-01 that was acknowledged.
    domain::Finding acknowledged() {
        app::FindingDraft input = draft();
        input.classCode = "observation";
        input.process = "Incident management";
        input.evidence = {give("au-01", toAudit("seen.txt"), "what was seen").version.ref.text() + "/v1"};
        const auto finding = must(app::recordFinding(context(), as("au-01"), input));
        step("la-01", finding.ref, FindingEvent::Issue);
        return step("po-01", finding.ref, FindingEvent::Acknowledge);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(improvements, RegisterHouse)

BOOST_AUTO_TEST_CASE(an_item_goes_through_its_seven_steps_and_keeps_who_approved_and_what_was_learnt) {
    const auto item = evaluating("96");
    const auto receipt = give("la-01", toAudit("procedure.txt"), "the changed procedure");
    BOOST_CHECK(
        refusedAs(tryMove("po-01", item.ref, ImprovementEvent::Standardise), ErrorKind::Refused, "guard"));
    must(app::attachEvidenceToImprovement(context(), as("im-01"), item.ref, at(item.ref).rev,
                                          {receipt.version.ref.text() + "/v1"}));
    BOOST_CHECK_EQUAL(lastEvent().kind, "improvement.attach-evidence");
    move("po-01", item.ref, ImprovementEvent::Standardise);
    BOOST_CHECK(refusedAs(tryMove("im-01", item.ref, ImprovementEvent::Close), ErrorKind::Refused, "guard"));
    app::ImprovementReport report{100, "96", "Nearly all are confirmed.", {}};
    report.lesson = domain::ImprovementLesson{
        domain::ImprovementLessonKind::Success, "Intake", "What is mandatory is filled in.", {"intake"}};
    must(tryReport(item.ref, report));
    const auto closed = move("im-01", item.ref, ImprovementEvent::Close);
    BOOST_CHECK(closed.state == ImprovementState::Closed);
    BOOST_REQUIRE(closed.approval.has_value());
    BOOST_CHECK(closed.approval->by == as("im-01").id);
    BOOST_CHECK(closed.lesson->kind == domain::ImprovementLessonKind::Success);
    BOOST_CHECK(refusedAs(tryReport(item.ref, report), ErrorKind::Refused, "final"));
    const auto view = must(app::showImprovement(context(), as("po-01"), item.ref));
    BOOST_CHECK_EQUAL(view.history.size(), 11U);
    BOOST_CHECK_EQUAL(view.history.front().event.kind, "improvement.record");
    BOOST_CHECK_EQUAL(view.history.back().event.kind, "improvement.close");
}

BOOST_AUTO_TEST_CASE(a_missed_target_opens_the_plan_again_and_a_new_round) {
    const auto item = evaluating("60");
    BOOST_CHECK(refusedAs(app::editImprovement(context(), as("po-01"), item.ref, item.rev, idea()),
                          ErrorKind::Refused, "plan-approved"));
    const auto back =
        move("po-01", item.ref, ImprovementEvent::Replan, "The field was filled with defaults.");
    BOOST_CHECK(back.state == ImprovementState::Planned);
    BOOST_CHECK(!back.approval);
    BOOST_CHECK(back.result.empty());
    BOOST_CHECK_EQUAL(back.round, 2);
    BOOST_CHECK_EQUAL(std::string(lastEvent().facts.textAt("result")), "60");
    BOOST_CHECK(refusedAs(tryMove("po-01", item.ref, ImprovementEvent::Start), ErrorKind::Refused, "guard"));
    app::ImprovementDraft better = idea();
    better.plan = "Leave the field without a default.";
    must(app::editImprovement(context(), as("po-01"), item.ref, back.rev, better));
    move("im-01", item.ref, ImprovementEvent::ApprovePlan);
    BOOST_CHECK(move("po-01", item.ref, ImprovementEvent::Start).state == ImprovementState::Implementing);
}

BOOST_AUTO_TEST_CASE(a_result_stays_once_it_led_to_standardising) {
    const auto item = evaluating("96");
    const auto receipt = give("la-01", toAudit("procedure.txt"), "the changed procedure");
    must(app::attachEvidenceToImprovement(context(), as("im-01"), item.ref, at(item.ref).rev,
                                          {receipt.version.ref.text() + "/v1"}));
    move("po-01", item.ref, ImprovementEvent::Standardise);
    BOOST_CHECK(refusedAs(tryReport(item.ref, {100, "99", {}, {}}), ErrorKind::Refused, "result-fixed"));
}

BOOST_AUTO_TEST_CASE(an_item_resumes_where_it_was_held) {
    const auto item = implementing();
    BOOST_CHECK(refusedAs(tryMove("po-01", item.ref, ImprovementEvent::Hold), ErrorKind::Invalid, "text"));
    move("po-01", item.ref, ImprovementEvent::Hold, "Waits for the release.");
    BOOST_CHECK(move("po-01", item.ref, ImprovementEvent::Resume).state == ImprovementState::Implementing);
}

BOOST_AUTO_TEST_CASE(only_those_whom_it_concerns_see_change_or_move_an_item) {
    const auto item = made();
    BOOST_CHECK(
        refusedAs(app::showImprovement(context(), as("po-02"), item.ref), ErrorKind::NotFound, "not-found"));
    BOOST_CHECK(
        refusedAs(app::showImprovement(context(), as("la-01"), item.ref), ErrorKind::NotFound, "not-found"));
    BOOST_CHECK(app::showImprovement(context(), as("tm-01"), item.ref).ok());
    BOOST_CHECK(refusedAs(app::editImprovement(context(), as("tm-01"), item.ref, item.rev, idea()),
                          ErrorKind::Forbidden, "forbidden"));
    BOOST_CHECK(
        refusedAs(tryMove("tm-01", item.ref, ImprovementEvent::SetGoals), ErrorKind::Forbidden, "forbidden"));
    BOOST_CHECK(refusedAs(app::editImprovement(context(), as("po-01"), item.ref, item.rev + 1, idea()),
                          ErrorKind::Stale, "stale-revision"));
    for (const char* account : {"xa-01", "ad-01"}) {
        BOOST_CHECK(refusedAs(app::recordImprovement(context(), as(account), idea()), ErrorKind::Forbidden,
                              "forbidden"));
    }
}

BOOST_AUTO_TEST_CASE(an_owner_is_somebody_who_can_move_the_item) {
    app::ImprovementDraft draft = idea();
    draft.owner = "au-01";
    BOOST_CHECK(
        refusedAs(app::recordImprovement(context(), as("im-01"), draft), ErrorKind::Invalid, "owner-role"));
    draft.owner = "nobody-here";
    BOOST_CHECK(refusedAs(app::recordImprovement(context(), as("im-01"), draft), ErrorKind::Invalid,
                          "unknown-reference"));
    draft.owner.clear();
    BOOST_CHECK(must(app::recordImprovement(context(), as("ao-01"), draft)).owner == as("ao-01").id);
    BOOST_CHECK(!must(app::recordImprovement(context(), as("tm-01"), draft)).owner.stored());
}

BOOST_AUTO_TEST_CASE(an_acknowledged_observation_is_converted_in_one_step_with_the_link_both_ways) {
    const auto finding = acknowledged();
    const auto item = must(app::improveFinding(context(), as("po-01"), finding.ref, finding.rev));
    BOOST_CHECK_EQUAL(lastEvent().kind, "finding.convert");
    BOOST_CHECK_EQUAL(std::string(lastEvent().facts.textAt("improvement")), item.ref.text());
    BOOST_CHECK(this->finding(finding.ref).state == FindingState::Converted);
    BOOST_CHECK(item.finding == finding.id);
    BOOST_CHECK(item.source == domain::ImprovementSource::Audit);
    BOOST_CHECK_EQUAL(item.title, finding.title);
    BOOST_CHECK_EQUAL(item.process, finding.process);
    BOOST_CHECK(item.owner == as("po-01").id);
    const auto view = must(app::showImprovement(context(), as("la-01"), item.ref));
    BOOST_CHECK_EQUAL(view.findingRef, finding.ref.text());
}

BOOST_AUTO_TEST_CASE(the_finding_s_own_step_makes_the_item_as_well) {
    const auto finding = acknowledged();
    step("im-01", finding.ref, FindingEvent::Convert);
    const std::string ref(lastEvent().facts.textAt("improvement"));
    BOOST_CHECK_EQUAL(ref, "II-0001");
    BOOST_CHECK(at(domain::ImprovementRef(ref)).finding == finding.id);
}

BOOST_AUTO_TEST_CASE(a_nonconformity_stays_as_it_is_when_an_item_is_made_of_it) {
    const auto finding = issued();
    const auto item = must(app::improveFinding(context(), as("la-01"), finding.ref, finding.rev));
    BOOST_CHECK_EQUAL(lastEvent().kind, "improvement.record");
    BOOST_CHECK_EQUAL(std::string(lastEvent().facts.textAt("finding")), finding.ref.text());
    BOOST_CHECK(this->finding(finding.ref) == finding);
    BOOST_CHECK(item.createdBy == as("la-01").id);
}

BOOST_AUTO_TEST_CASE(a_finding_that_does_not_stand_or_is_not_theirs_makes_no_item) {
    const auto draft = recorded();
    const auto entriesBefore = entries();
    BOOST_CHECK(refusedAs(app::improveFinding(context(), as("la-01"), draft.ref, draft.rev),
                          ErrorKind::Refused, "forbidden-transition"));
    BOOST_CHECK(refusedAs(app::improveFinding(context(), as("po-02"), draft.ref, draft.rev),
                          ErrorKind::NotFound, "not-found"));
    BOOST_CHECK_EQUAL(entries(), entriesBefore);
    const auto shown = issued();
    BOOST_CHECK(refusedAs(app::improveFinding(context(), as("tm-01"), shown.ref, shown.rev),
                          ErrorKind::Forbidden, "forbidden"));
    BOOST_CHECK(refusedAs(app::improveFinding(context(), as("la-01"), shown.ref, shown.rev - 1),
                          ErrorKind::Stale, "stale-revision"));
}

BOOST_AUTO_TEST_CASE(evidence_that_the_caller_may_not_see_cannot_be_attached_or_counted_out_by_name) {
    const auto item = made();
    const auto receipt = give("la-01", toAudit("secret.txt"), "for the team");
    const std::string name = receipt.version.ref.text() + "/v1";
    BOOST_CHECK(
        refusedAs(app::attachEvidenceToImprovement(context(), as("po-01"), item.ref, item.rev, {name}),
                  ErrorKind::Invalid, "unknown-reference"));
    const auto attached =
        must(app::attachEvidenceToImprovement(context(), as("im-01"), item.ref, item.rev, {name}));
    BOOST_CHECK(
        refusedAs(app::attachEvidenceToImprovement(context(), as("im-01"), item.ref, attached.rev, {name}),
                  ErrorKind::Refused, "nothing-new"));
    const auto owners = must(app::showImprovement(context(), as("po-01"), item.ref));
    BOOST_CHECK(owners.evidence.empty());
    BOOST_CHECK_EQUAL(owners.hiddenEvidence, 1U);
    BOOST_CHECK_EQUAL(must(app::showImprovement(context(), as("im-01"), item.ref)).evidence.size(), 1U);
}

BOOST_AUTO_TEST_CASE(an_export_runs_no_formula_and_keeps_to_what_the_caller_sees) {
    app::ImprovementDraft draft = idea();
    draft.title = "=HYPERLINK(\"x\")";
    draft.owner = "po-02";
    must(app::recordImprovement(context(), as("im-01"), draft));
    made();
    const std::string all = must(app::exportImprovements(context(), as("im-01"), {}));
    BOOST_CHECK(all.find("'=HYPERLINK") != std::string::npos);
    BOOST_CHECK(all.find(",=HYPERLINK") == std::string::npos);
    BOOST_CHECK(all.find("II-0002,identified,plan,idea") != std::string::npos);
    BOOST_CHECK(all.find(",4,2,200,high,") != std::string::npos);
    const std::string own = must(app::exportImprovements(context(), as("po-01"), {}));
    BOOST_CHECK(own.find("II-0002") != std::string::npos);
    BOOST_CHECK(own.find("II-0001") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_import_makes_every_row_or_none) {
    const std::string header = "source,title,description,process,service,owner,value,effort,due,kpi\n";
    const std::string good =
        header + "idea,'=1+1,,,,po-01,5,1,2023-06-30,K-0002\nrisk,Two,,Problem management,,,,,,\n";
    BOOST_CHECK(must(app::importImprovements(context(), as("im-01"), good, true)).dryRun);
    const auto entriesBefore = entries();
    const auto done = must(app::importImprovements(context(), as("im-01"), good, false));
    BOOST_CHECK_EQUAL(done.created, 2);
    BOOST_CHECK_EQUAL(entries(), entriesBefore + 2);
    BOOST_CHECK_EQUAL(at(domain::ImprovementRef(done.refs.front())).title, "=1+1");
    BOOST_CHECK(!app::importImprovements(context(), as("po-01"), good, false).ok());

    const std::string bad =
        header + "idea,Good,,,,po-01,5,1,2023-06-30,\nwish,,,,,nobody,much,9,31.12.2023,KPI\n";
    const auto refusedRows = app::importImprovements(context(), as("im-01"), bad, false);
    BOOST_REQUIRE(refusedAs(refusedRows, ErrorKind::Invalid, "import"));
    std::vector<std::string> fields;
    for (const Error& part : refusedRows.error().parts) {
        fields.push_back(part.field);
        BOOST_CHECK(part.message.starts_with("line 3: "));
    }
    for (const char* field : {"source", "title", "value", "effort", "due", "kpi"})
        BOOST_CHECK_MESSAGE(std::find(fields.begin(), fields.end(), field) != fields.end(), field);
    BOOST_CHECK_EQUAL(entries(), entriesBefore + 2);
}

BOOST_AUTO_TEST_CASE(an_import_with_missing_or_unknown_columns_is_refused_as_a_whole_by_their_names) {
    const auto missing = app::importImprovements(context(), as("im-01"), "source,title\nidea,One\n", false);
    BOOST_REQUIRE(!missing.ok());
    BOOST_CHECK_EQUAL(missing.error().type, "csv");
    const std::string words = describe(missing.error());
    for (const char* column : {"description", "process", "service", "owner", "value", "effort", "due"})
        BOOST_CHECK_MESSAGE(words.find(column) != std::string::npos, words);
    const auto unknown = app::importImprovements(
        context(), as("im-01"),
        "source,title,description,process,service,owner,value,effort,due,score\nidea,One,,,,,,,,500\n",
        false);
    BOOST_REQUIRE(refusedAs(unknown, ErrorKind::Invalid, "import"));
    BOOST_CHECK_EQUAL(unknown.error().parts.front().field, "score");
}

BOOST_AUTO_TEST_CASE(a_kpi_that_is_not_defined_measures_no_goal) {
    app::ImprovementDraft draft = idea();
    draft.kpi = "K-0099";
    const auto refusal = app::recordImprovement(context(), as("im-01"), draft);
    BOOST_TEST(refusedAs(refusal, ErrorKind::Invalid, "unknown-kpi"));
    BOOST_TEST(refusal.error().field == "kpi");
    BOOST_TEST(refusal.error().message == "There is no KPI K-0099.");
}

BOOST_AUTO_TEST_CASE(an_idea_of_the_bank_is_adopted_with_its_kpi_and_its_rule_in_words) {
    const auto idea = must(app::listIdeas(context(), as("po-01"))).front();
    const auto item = must(app::adoptIdea(context(), as("po-01"), idea.code));
    BOOST_TEST(item.title == idea.title);
    BOOST_TEST(item.sourceRef == idea.code);
    BOOST_TEST((item.source == domain::ImprovementSource::Idea));
    BOOST_TEST(item.unit == idea.unit);
    BOOST_TEST(item.description.find(idea.kpi) != std::string::npos);
    BOOST_TEST(item.description.find(idea.rule) != std::string::npos);
    BOOST_TEST((item.owner == as("po-01").id));
    BOOST_TEST(refusedAs(app::adoptIdea(context(), as("po-01"), "NO-99"), ErrorKind::NotFound, "not-found"));
}

BOOST_AUTO_TEST_SUITE_END()

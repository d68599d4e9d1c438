// Objectives from proposal to outcome, and what serves them.
#include "tickmark/app/Objectives.h"

#include "app/House.h"
#include "tickmark/app/Improvements.h"
#include "tickmark/app/Kpis.h"

using namespace tickmark;
using domain::ImprovementEvent;
using domain::ObjectiveEvent;
using domain::ObjectiveState;
using test::House;
using test::must;
using test::refusedAs;

namespace {

app::ObjectiveDraft draftOf() {
    app::ObjectiveDraft draft;
    draft.title = "In time";
    draft.unit = "%";
    draft.direction = domain::KpiDirection::HigherIsBetter;
    draft.baseline = 60;
    draft.target = 80;
    draft.owner = "po-01";
    draft.targetOn = must(Date::parse("2026-06-30"));
    return draft;
}

struct Aimed : House {
    domain::Objective propose() { return must(app::proposeObjective(context(), as("im-01"), draftOf())); }
    domain::Objective move(const std::string& account, const domain::Objective& objective,
                           ObjectiveEvent event, const std::string& reason = {}) {
        return must(app::moveObjective(context(), as(account), objective.ref, objective.rev, event, reason));
    }
    domain::Objective approved() { return move("tm-01", propose(), ObjectiveEvent::Approve); }
    std::string sample() {
        return app::versionName(give("au-01", toAudit("sample.txt"), "39 of 40").version);
    }
    app::ObjectiveView view(const domain::Objective& objective) {
        return must(app::showObjective(context(), as("im-01"), objective.ref));
    }
    Result<domain::ImprovementItem> item(const std::string& objective) {
        app::ImprovementDraft draft;
        draft.title = "Order the queues";
        draft.process = "Incident management";
        draft.objective = objective;
        draft.owner = "po-01";
        return app::recordImprovement(context(), as("im-01"), draft);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(objectives, Aimed)

BOOST_AUTO_TEST_CASE(an_objective_is_proposed_approved_and_not_rewritten) {
    const auto proposed = propose();
    BOOST_TEST(proposed.ref.text() == "O-0001");
    BOOST_TEST(lastEvent().kind == "objective.propose");
    auto draft = draftOf();
    draft.target = 85;
    const auto edited = must(app::editObjective(context(), as("im-01"), proposed.ref, proposed.rev, draft));
    BOOST_TEST(edited.target.value() == 85);
    BOOST_TEST(refusedAs(app::editObjective(context(), as("im-01"), proposed.ref, proposed.rev, draft),
                         ErrorKind::Stale, "stale-revision"));
    const auto approved = move("tm-01", edited, ObjectiveEvent::Approve);
    BOOST_TEST((approved.state == ObjectiveState::Approved));
    BOOST_TEST(lastEvent().kind == "objective.approve");
    BOOST_TEST(refusedAs(app::editObjective(context(), as("im-01"), approved.ref, approved.rev, draft),
                         ErrorKind::Refused, "approved"));
    const auto another = propose();
    BOOST_TEST(refusedAs(app::editObjective(context(), as("tm-01"), another.ref, another.rev, draft),
                         ErrorKind::Forbidden, "forbidden"));
    BOOST_TEST(
        refusedAs(app::proposeObjective(context(), as("po-01"), draft), ErrorKind::Forbidden, "forbidden"));
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_a_proposal_is_named) {
    auto draft = draftOf();
    draft.owner = "nobody-here";
    BOOST_TEST(refusedAs(app::proposeObjective(context(), as("im-01"), draft), ErrorKind::Invalid,
                         "unknown-reference"));
    draft = draftOf();
    draft.kpi = "K-0009";
    BOOST_TEST(
        refusedAs(app::proposeObjective(context(), as("im-01"), draft), ErrorKind::Invalid, "unknown-kpi"));
    draft = draftOf();
    draft.direction.reset();
    BOOST_TEST(
        refusedAs(app::proposeObjective(context(), as("im-01"), draft), ErrorKind::Invalid, "validation"));
}

BOOST_AUTO_TEST_CASE(its_value_is_entered_or_comes_from_its_kpi_but_not_both) {
    const auto objective = approved();
    BOOST_TEST(!view(objective).progress.has_value());
    const auto measured =
        must(app::measureObjective(context(), as("im-01"), objective.ref, objective.rev, 70, sample()));
    BOOST_TEST(std::string(lastEvent().facts.textAt("evidence")) == view(measured).evidence);
    BOOST_TEST(view(measured).progress.value() == 50);
    app::KpiDraft kpi;
    kpi.name = "Met";
    kpi.unit = "%";
    kpi.direction = domain::KpiDirection::HigherIsBetter;
    kpi.process = "Incident management";
    kpi.baseline = 55;
    kpi.target = 80;
    const auto defined = must(app::defineKpi(context(), as("im-01"), kpi));
    app::ObjectiveDraft draft;
    draft.title = "By the KPI";
    draft.kpi = defined.ref.text();
    draft.target = 80;
    draft.targetOn = must(Date::parse("2026-06-30"));
    const auto made = must(app::proposeObjective(context(), as("im-01"), draft));
    BOOST_TEST(made.unit == "%");
    BOOST_TEST(made.baseline.value() == 55);
    BOOST_TEST(refusedAs(app::measureObjective(context(), as("im-01"), made.ref, made.rev, 70, ""),
                         ErrorKind::Refused, "measured-by-kpi"));
}

BOOST_AUTO_TEST_CASE(a_value_is_proved_by_an_evidence_version_that_whoever_enters_it_sees) {
    const auto objective = approved();
    const auto enter = [&](const char* account, const std::string& evidence) {
        return app::measureObjective(context(), as(account), objective.ref, objective.rev, 70, evidence);
    };
    for (const char* evidence : {"", "the log", "E-0001"})
        BOOST_TEST(enter("im-01", evidence).error().field == "evidence");
    BOOST_TEST(refusedAs(enter("im-01", "E-0099/v1"), ErrorKind::Invalid, "unknown-reference"));
    BOOST_TEST(refusedAs(enter("po-01", sample()), ErrorKind::Invalid, "unknown-reference"));
    BOOST_TEST(!view(objective).value.has_value());
}

BOOST_AUTO_TEST_CASE(an_import_names_the_row_of_an_unknown_objective_and_takes_nothing) {
    const std::string head = "source,title,description,process,service,owner,value,effort,due,objective\r\n";
    const auto row = [](const std::string& ref) {
        return "risk,Order the queues,,Incident management,Service desk,po-01,4,2,," + ref + "\r\n";
    };
    const auto objective = approved();
    const auto refusal = app::importImprovements(context(), as("im-01"),
                                                 head + row(objective.ref.text()) + row("O-0099"), false);
    BOOST_REQUIRE(!refusal.ok());
    const Error& error = refusal.error();
    BOOST_REQUIRE(error.parts.size() == 1U);
    BOOST_TEST(error.parts.at(0).message == "line 3: There is no objective O-0099.");
    BOOST_TEST(error.parts.at(0).field == "objective");
    BOOST_TEST(!error.parts.at(0).fix.empty());
    BOOST_TEST(view(objective).items.empty());
    must(app::importImprovements(context(), as("im-01"), head + row(objective.ref.text()) + row(""), false));
    BOOST_TEST(view(objective).items.size() == 1U);
}

BOOST_AUTO_TEST_CASE(items_serve_what_exists_and_their_progress_rolls_up_beside_the_measure) {
    const auto objective = approved();
    BOOST_TEST(refusedAs(item("O-0099"), ErrorKind::Invalid, "unknown-objective"));
    const auto first = must(item(objective.ref.text()));
    must(item(objective.ref.text()));
    const auto loose = must(item(""));
    must(app::changeImprovementState(context(), as("im-01"), first.ref, first.rev, ImprovementEvent::Reject,
                                     "not now"));
    const auto seen = view(objective);
    BOOST_TEST(seen.items.size() == 2U);
    BOOST_TEST(seen.itemProgress.value() == 0);
    const auto none = must(context().database->read([&](storage::ReadSession& session) {
        storage::ImprovementFilter filter;
        filter.openOnly = true;
        filter.servesNone = true;
        return storage::listImprovements(session, storage::everything(), filter, {});
    }));
    BOOST_TEST(none.rows.size() == 1U);
    BOOST_TEST(none.rows.at(0).ref == loose.ref.text());
    const auto list = must(app::listObjectives(context(), as("la-01"), {}, {}));
    BOOST_TEST(list.lines.at(0).row.items == 2);
    BOOST_TEST(list.lines.at(0).row.openItems == 1);
}

BOOST_AUTO_TEST_CASE(nothing_new_serves_what_is_decided) {
    const auto gone = move("tm-01", approved(), ObjectiveEvent::Withdraw, "another way");
    BOOST_TEST(refusedAs(item(gone.ref.text()), ErrorKind::Invalid, "unknown-objective"));
    const auto check = must(app::showObjective(context(), as("la-01"), gone.ref));
    BOOST_TEST(check.objective.stateReason == "another way");
}

BOOST_AUTO_TEST_SUITE_END()

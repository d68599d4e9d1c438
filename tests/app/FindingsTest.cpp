#include "app/House.h"
#include "storage/RawDatabase.h"

using namespace tickmark;
using domain::FindingEvent;
using domain::FindingState;
using test::House;
using test::must;
using test::refusedAs;

BOOST_FIXTURE_TEST_SUITE(findings, House)

BOOST_AUTO_TEST_CASE(a_finding_goes_from_draft_to_closed_with_one_ledger_event_for_each_step) {
    const auto draft = recorded();
    BOOST_CHECK_EQUAL(lastEvent().kind, "finding.record");
    const auto before = entries();
    step("la-01", draft.ref, FindingEvent::Issue);
    BOOST_CHECK_EQUAL(entries(), before + 1);
    const auto event = lastEvent();
    BOOST_CHECK_EQUAL(event.kind, "finding.issue");
    BOOST_CHECK_EQUAL(event.ref, draft.ref.text());
    BOOST_CHECK_EQUAL(event.actor, "la-01");
    BOOST_CHECK_EQUAL(std::string(event.facts.textAt("from")), "draft");
    BOOST_CHECK_EQUAL(std::string(event.facts.textAt("to")), "issued");
    BOOST_CHECK(closed().state == FindingState::Closed);
}

BOOST_AUTO_TEST_CASE(only_auditors_on_the_team_record_findings) {
    for (const char* account : {"po-01", "ao-01", "im-01", "tm-01"}) {
        const auto made = app::recordFinding(context(), as(account), draft());
        BOOST_REQUIRE_MESSAGE(!made, account);
        BOOST_TEST_CONTEXT(account)
        BOOST_CHECK(made.error().kind == ErrorKind::Forbidden || made.error().kind == ErrorKind::NotFound);
    }
    // An audit of others, or one that nobody shared, cannot even be told to exist.
    for (const char* account : {"la-02", "au-02", "xa-01", "ad-01"}) {
        BOOST_TEST_CONTEXT(account)
        BOOST_CHECK(
            refusedAs(app::recordFinding(context(), as(account), draft()), ErrorKind::NotFound, "not-found"));
    }
}

BOOST_AUTO_TEST_CASE(a_finding_is_hidden_from_those_it_does_not_concern) {
    const auto shown = issued();
    for (const char* account : {"la-02", "au-02", "po-02", "ao-01", "xa-01", "ad-01"}) {
        BOOST_TEST_CONTEXT(account)
        BOOST_CHECK(
            refusedAs(app::showFinding(context(), as(account), shown.ref), ErrorKind::NotFound, "not-found"));
    }
    for (const char* account : {"la-01", "au-01", "po-01", "im-01", "tm-01"}) {
        BOOST_TEST_CONTEXT(account)
        BOOST_CHECK(app::showFinding(context(), as(account), shown.ref).ok());
    }
}

BOOST_AUTO_TEST_CASE(a_draft_is_seen_by_the_team_only) {
    const auto hidden = recorded();
    for (const char* account : {"po-01", "tm-01", "im-01"}) {
        BOOST_TEST_CONTEXT(account)
        BOOST_CHECK(refusedAs(app::showFinding(context(), as(account), hidden.ref), ErrorKind::NotFound,
                              "not-found"));
    }
}

BOOST_AUTO_TEST_CASE(a_step_by_the_wrong_role_is_forbidden_and_changes_nothing) {
    const auto draft = recorded();
    const auto before = entries();
    BOOST_CHECK(
        refusedAs(tryStep("au-01", draft.ref, FindingEvent::Issue), ErrorKind::Forbidden, "forbidden"));
    BOOST_CHECK_EQUAL(entries(), before);
    BOOST_CHECK(finding(draft.ref).state == FindingState::Draft);
}

BOOST_AUTO_TEST_CASE(a_guard_names_what_is_missing) {
    app::FindingDraft input = draft();
    input.clauses.clear();
    const auto empty = must(app::recordFinding(context(), as("au-01"), input));
    const auto refused = test::refusal(tryStep("la-01", empty.ref, FindingEvent::Issue));
    BOOST_CHECK(refused.kind == ErrorKind::Refused);
    BOOST_CHECK_EQUAL(refused.type, "guard");
    BOOST_CHECK(test::holds(refused.message, "no clause is named"));
    BOOST_CHECK(test::holds(refused.message, "no evidence version is attached"));
}

BOOST_AUTO_TEST_CASE(a_forbidden_step_names_the_state_and_what_is_possible) {
    const auto refused = test::refusal(tryStep("la-01", issued().ref, FindingEvent::Close));
    BOOST_CHECK_EQUAL(refused.type, "forbidden-transition");
    BOOST_CHECK(test::holds(refused.message, "Issued") || test::holds(refused.message, "issued"));
}

BOOST_AUTO_TEST_CASE(a_stale_revision_is_refused_and_says_both_revisions) {
    const auto draft = recorded();
    step("la-01", draft.ref, FindingEvent::Issue);
    const auto stale = test::refusal(app::changeFindingState(context(), as("au-01"), draft.ref, draft.rev,
                                                             FindingEvent::Withdraw, "no longer stands"));
    BOOST_CHECK(stale.kind == ErrorKind::Stale);
    BOOST_CHECK(test::holds(stale.message, "revision " + std::to_string(draft.rev)));
}

BOOST_AUTO_TEST_CASE(a_locked_audit_locks_its_findings) {
    const auto shut = closed();
    moveAudit("IA-1", domain::AuditEvent::StartReporting);
    moveAudit("IA-1", domain::AuditEvent::StartFollowUp);
    moveAudit("IA-1", domain::AuditEvent::Close);
    BOOST_CHECK(
        refusedAs(app::recordFinding(context(), as("au-01"), draft()), ErrorKind::Refused, "audit-locked"));
    BOOST_CHECK(
        refusedAs(app::assignFinding(context(), as("la-01"), shut.ref, shut.rev, {"po-02", {}, {}, {}, {}}),
                  ErrorKind::Refused, "audit-locked"));
    BOOST_CHECK(refusedAs(tryGive("au-01", toAudit("late.txt"), "late"), ErrorKind::Refused, "audit-locked"));
}

BOOST_AUTO_TEST_CASE(an_issued_finding_is_not_edited) {
    const auto shown = issued();
    BOOST_CHECK(refusedAs(app::editFinding(context(), as("au-01"), shown.ref, shown.rev, draft()),
                          ErrorKind::Refused, "not-a-draft"));
}

BOOST_AUTO_TEST_CASE(editing_a_draft_without_naming_evidence_keeps_its_evidence) {
    const auto before = recorded();
    app::FindingDraft input = draft();
    input.title = "Another title";
    const auto after = must(app::editFinding(context(), as("au-01"), before.ref, before.rev, input));
    BOOST_CHECK_EQUAL(after.title, "Another title");
    BOOST_CHECK(after.evidence == before.evidence);
}

BOOST_AUTO_TEST_CASE(every_unknown_reference_is_named_by_its_field) {
    const auto fieldOf = [&](const app::FindingDraft& input) {
        const auto refused = test::refusal(app::recordFinding(context(), as("au-01"), input));
        BOOST_CHECK_EQUAL(refused.type, "unknown-reference");
        return refused.field;
    };
    app::FindingDraft input = draft();
    input.owner = "po-99";
    BOOST_CHECK_EQUAL(fieldOf(input), "owner");
    input = draft();
    input.clauses = {"8.6.99"};
    BOOST_CHECK_EQUAL(fieldOf(input), "clauses");
    input = draft();
    input.repeatOf = "F-9999";
    BOOST_CHECK_EQUAL(fieldOf(input), "repeat_of");
    input = draft();
    input.evidence = {"E-9999/v1"};
    BOOST_CHECK_EQUAL(fieldOf(input), "evidence");
}

BOOST_AUTO_TEST_CASE(evidence_that_one_may_not_see_cannot_be_attached_by_guessing_its_name) {
    const auto hidden = give("au-01", toAudit("of-others.txt"), "of others");
    const auto mine = issued();
    const std::string name = app::versionName(hidden.version);
    BOOST_CHECK(refusedAs(app::attachEvidence(context(), as("po-01"), mine.ref, mine.rev, {name}),
                          ErrorKind::Invalid, "unknown-reference"));
    const auto attached = must(app::attachEvidence(context(), as("au-01"), mine.ref, mine.rev, {name}));
    BOOST_CHECK_EQUAL(attached.evidence.size(), mine.evidence.size() + 1);
    BOOST_CHECK(refusedAs(app::attachEvidence(context(), as("au-01"), mine.ref, attached.rev, {name}),
                          ErrorKind::Refused, "nothing-new"));
}

BOOST_AUTO_TEST_CASE(only_the_process_owner_it_is_assigned_to_answers) {
    const auto shown = issued();
    BOOST_CHECK(refusedAs(app::saveResponse(context(), as("la-01"), shown.ref, shown.rev, response()),
                          ErrorKind::Forbidden, "forbidden"));
    BOOST_CHECK(refusedAs(app::saveResponse(context(), as("po-02"), shown.ref, shown.rev, response()),
                          ErrorKind::NotFound, "not-found"));
    BOOST_CHECK(app::saveResponse(context(), as("po-01"), shown.ref, shown.rev, response()).ok());
}

BOOST_AUTO_TEST_CASE(an_answer_is_not_written_once_it_was_handed_in) {
    const auto handed = responded();
    BOOST_CHECK(refusedAs(app::saveResponse(context(), as("po-01"), handed.ref, handed.rev, response()),
                          ErrorKind::Refused, "forbidden-transition"));
}

BOOST_AUTO_TEST_CASE(an_observation_takes_no_response) {
    const auto receipt = give("au-01", toAudit("seen.txt"), "seen");
    app::FindingDraft input = draft();
    input.classCode = "observation";
    input.evidence = {app::versionName(receipt.version)};
    const auto draft = must(app::recordFinding(context(), as("au-01"), input));
    const auto shown = step("la-01", draft.ref, FindingEvent::Issue);
    BOOST_CHECK(refusedAs(app::saveResponse(context(), as("po-01"), shown.ref, shown.rev, response()),
                          ErrorKind::Refused, "class-kind"));
}

BOOST_AUTO_TEST_CASE(a_returned_answer_opens_a_new_round_and_keeps_the_old_one) {
    const auto first = responded();
    const auto returned = step("au-01", first.ref, FindingEvent::Return, "The extent says nothing of March.");
    BOOST_CHECK_EQUAL(returned.round, 2);
    domain::Response second = response();
    second.extent = "March was looked at as well.";
    must(app::saveResponse(context(), as("po-01"), first.ref, returned.rev, second));
    const auto again = step("po-01", first.ref, FindingEvent::Respond);
    BOOST_REQUIRE_EQUAL(again.responses.size(), 2U);
    BOOST_CHECK_EQUAL(again.responses[0].extent, response().extent);
    BOOST_CHECK_EQUAL(again.responses[1].extent, second.extent);
}

BOOST_AUTO_TEST_CASE(where_else_it_was_found_is_dealt_with_before_the_answer_is_given) {
    const auto finding = issued();
    domain::Response answer = response();
    answer.extentPlaces = {{domain::ExtentKind::Site, "Lyon", "The log of October", 40, 400, 2, {}, {}}};
    const auto save = [&] {
        return app::saveResponse(context(), as("po-01"), finding.ref, this->finding(finding.ref).rev, answer);
    };
    answer.extentPlaces[0].evidence = "E-0099/v1";
    BOOST_CHECK_EQUAL(test::refusal(save()).field, "extent_places[0].evidence");
    answer.extentPlaces[0].evidence = "E-0001/v1";
    for (const std::string wrong : {"AC-0099", finding.ref.text().c_str()}) {
        answer.extentPlaces[0].answer = wrong;
        BOOST_CHECK_EQUAL(test::refusal(save()).field, "extent_places[0].answer");
    }
    answer.extentPlaces[0].answer.clear();
    must(save());
    const auto action = plan(finding.ref);
    const auto refused = test::refusal(tryStep("po-01", finding.ref, domain::FindingEvent::Respond));
    BOOST_CHECK(test::holds(describe(refused), "found again at Lyon"));
    answer.extentPlaces[0].answer = action.ref.text();
    must(save());
    BOOST_CHECK(this->finding(finding.ref).responses.back().extentPlaces == answer.extentPlaces);
    BOOST_CHECK(step("po-01", finding.ref, domain::FindingEvent::Respond).state ==
                domain::FindingState::Responded);
    must(app::sealBundle(context(), as("la-01"), {"IA-1", {}, {}, {}}));
}

BOOST_AUTO_TEST_CASE(returning_without_saying_why_is_refused) {
    const auto refused = test::refusal(tryStep("au-01", responded().ref, FindingEvent::Return));
    BOOST_CHECK_EQUAL(refused.field, "reason");
}

BOOST_AUTO_TEST_CASE(a_plan_that_did_not_work_reopens_the_finding) {
    const auto done = verified();
    domain::EffectivenessCheck check;
    check.criterion = "No incident closed without confirmation in four weeks";
    check.verdict = domain::EffectivenessVerdict::NotEffective;
    must(app::saveEffectivenessCheck(context(), as("au-01"), done.ref, done.rev, check));
    BOOST_CHECK(refusedAs(tryStep("la-01", done.ref, FindingEvent::Close), ErrorKind::Refused, "guard"));
    const auto again = step("la-01", done.ref, FindingEvent::Reopen, "Two more were found.");
    BOOST_CHECK(again.state == FindingState::Returned);
    BOOST_CHECK_EQUAL(again.round, 2);
}

BOOST_AUTO_TEST_CASE(effectiveness_is_planned_after_acceptance_and_judged_after_verification) {
    const auto early = issued();
    domain::EffectivenessCheck check;
    check.criterion = "None in four weeks";
    BOOST_CHECK(refusedAs(app::saveEffectivenessCheck(context(), as("la-01"), early.ref, early.rev, check),
                          ErrorKind::Refused, "forbidden-transition"));
    const auto accepted = planAccepted();
    const auto planned =
        must(app::saveEffectivenessCheck(context(), as("la-01"), accepted.ref, accepted.rev, check));
    check.verdict = domain::EffectivenessVerdict::Effective;
    BOOST_CHECK(
        refusedAs(app::saveEffectivenessCheck(context(), as("la-01"), planned.ref, planned.rev, check),
                  ErrorKind::Refused, "forbidden-transition"));
}

BOOST_AUTO_TEST_CASE(a_change_of_class_after_issue_is_the_leads_and_is_kept_with_its_reason) {
    const auto shown = issued();
    BOOST_CHECK(
        refusedAs(app::reclassifyFinding(context(), as("au-01"), shown.ref, shown.rev, "major", "worse"),
                  ErrorKind::Forbidden, "forbidden"));
    BOOST_CHECK(!app::reclassifyFinding(context(), as("la-01"), shown.ref, shown.rev, "major", "").ok());
    const auto major = must(app::reclassifyFinding(context(), as("la-01"), shown.ref, shown.rev, "major",
                                                   "It affects every site."));
    BOOST_REQUIRE_EQUAL(major.classHistory.size(), 1U);
    BOOST_CHECK_EQUAL(major.classHistory[0].from, "minor");
    BOOST_CHECK_EQUAL(major.classHistory[0].reason, "It affects every site.");
}

BOOST_AUTO_TEST_CASE(when_the_ledger_cannot_be_written_nothing_happens) {
    const auto draft = recorded();
    const auto before = entries();
    storage::sample::RawDatabase raw(root() / "tickmark.db");
    raw.execute("CREATE TRIGGER no_event BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'full'); END");
    BOOST_CHECK(!tryStep("la-01", draft.ref, FindingEvent::Issue).ok());
    BOOST_CHECK(!app::recordFinding(context(), as("au-01"), this->draft()).ok());
    BOOST_CHECK(!app::downloadEvidence(context(), as("au-01"), {domain::EvidenceRef("E-0001"), 1}).ok());
    raw.execute("DROP TRIGGER no_event");
    BOOST_CHECK_EQUAL(entries(), before);
    BOOST_CHECK(finding(draft.ref).state == FindingState::Draft);
    BOOST_CHECK_EQUAL(finding(draft.ref).rev, draft.rev);
    BOOST_CHECK(tryStep("la-01", draft.ref, FindingEvent::Issue).ok());
}

BOOST_AUTO_TEST_CASE(a_data_directory_opened_for_reading_takes_no_change) {
    const auto draft = recorded();
    close();
    open(app::OpenMode::ReadOnly);
    BOOST_CHECK(refusedAs(tryStep("la-01", draft.ref, FindingEvent::Issue), ErrorKind::Refused, "read-only"));
    BOOST_CHECK(finding(draft.ref).state == FindingState::Draft);
}

BOOST_AUTO_TEST_CASE(the_history_of_a_finding_tells_of_its_actions_too) {
    const auto done = implemented();
    const auto view = must(app::showFinding(context(), as("tm-01"), done.ref));
    std::vector<std::string> kinds;
    for (const auto& line : view.history) kinds.push_back(line.event.kind);
    const auto has = [&](const char* kind) {
        return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
    };
    BOOST_CHECK(has("finding.record"));
    BOOST_CHECK(has("action.plan"));
    BOOST_CHECK(has("action.report-done"));
    BOOST_CHECK(has("finding.report-implemented"));
    BOOST_CHECK(std::is_sorted(view.history.begin(), view.history.end(),
                               [](const auto& a, const auto& b) { return a.position < b.position; }));
}

BOOST_AUTO_TEST_SUITE_END()

// The working papers: who makes them, who writes them, what a finding does to its row, CSV in and out.
#include <boost/test/unit_test.hpp>

#include "app/House.h"
#include "tickmark/app/Checklist.h"

using namespace tickmark;
using domain::ChecklistRowId;
using domain::CheckResult;
using test::House;
using test::must;
using test::refusal;
using test::refusedAs;

namespace {

struct Papers : House {
    domain::AuditRef ref{"IA-1"};

    domain::Audit added(const std::vector<std::string>& clauses) {
        return must(app::addClauses(context(), as("la-01"), ref, audit().rev, clauses));
    }
    [[nodiscard]] app::ChecklistView papers(const char* account = "la-01") const {
        return must(app::showChecklist(context(), as(account), ref));
    }
    [[nodiscard]] domain::ChecklistItem row(std::int64_t number) const {
        const auto view = papers();
        const auto* found = domain::rowOf(view.audit.checklist, ChecklistRowId{number});
        BOOST_REQUIRE(found != nullptr);
        return *found;
    }
    static app::CheckInput seen(const std::string& clause = "8.6.1") {
        app::CheckInput input;
        input.clause = clause;
        input.question = "Are incidents recorded?";
        input.sample = {"890 incidents", "every tenth", 89, "Numbers ending in 0"};
        input.result = CheckResult::Conforming;
        return input;
    }
    Result<domain::Audit> write(const char* account, std::int64_t number, const app::CheckInput& input) {
        return app::recordCheck(context(), as(account), ref, ChecklistRowId{number},
                                app::revisionOf(row(number)), input);
    }
    Result<app::ImportOutcome> import(const std::string& csv, bool dry = false,
                                      const char* account = "la-01") {
        return app::importChecklist(context(), as(account), ref, csv, dry);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(checklist, Papers)

BOOST_AUTO_TEST_CASE(the_lead_makes_one_row_for_each_chosen_clause) {
    added({"8.6.1", "8.6.3"});
    const auto view = papers();
    BOOST_REQUIRE_EQUAL(view.audit.checklist.size(), 2U);
    BOOST_CHECK_EQUAL(view.audit.checklist[0].row.value, 1);
    BOOST_CHECK_EQUAL(view.audit.checklist[1].clause, "8.6.3");
    BOOST_CHECK(view.audit.checklist[1].question.find("8.6.3") != std::string::npos);
    BOOST_CHECK_EQUAL(view.progress.open(), 2);
    BOOST_CHECK_EQUAL(lastEvent().kind, "audit.add-checks");
    BOOST_CHECK_EQUAL(refusal(app::addClauses(context(), as("la-01"), ref, audit().rev, {"8.6.1"})).field,
                      "clauses");
    BOOST_CHECK_EQUAL(refusal(app::addClauses(context(), as("la-01"), ref, audit().rev, {"99.9"})).field,
                      "clauses");
    BOOST_CHECK_EQUAL(refusal(app::addClauses(context(), as("la-01"), ref, audit().rev, {})).field,
                      "clauses");
    BOOST_CHECK(refusedAs(app::addClauses(context(), as("la-01"), ref, 1, {"8.6.2"}), ErrorKind::Stale,
                          "stale-revision"));
    BOOST_CHECK(refusedAs(app::addClauses(context(), as("au-01"), ref, audit().rev, {"8.6.2"}),
                          ErrorKind::Forbidden, "forbidden"));
    BOOST_CHECK_EQUAL(papers().audit.checklist.size(), 2U);
}

BOOST_AUTO_TEST_CASE(an_auditor_of_the_team_writes_a_row_and_it_says_who_and_when) {
    added({"8.6.1"});
    must(write("au-01", 1, seen()));
    const auto written = row(1);
    BOOST_CHECK(written.result == CheckResult::Conforming);
    BOOST_CHECK(written.by == as("au-01").id);
    BOOST_CHECK(written.at == context().now());
    BOOST_CHECK_EQUAL(written.sample.size, 89);
    BOOST_CHECK_EQUAL(lastEvent().kind, "audit.check");
    BOOST_CHECK_EQUAL(lastEvent().facts.textAt("result"), "conforming");
}

BOOST_AUTO_TEST_CASE(people_outside_the_team_neither_read_nor_write) {
    added({"8.6.1"});
    for (const char* account : {"la-02", "au-02", "po-01", "ao-01", "im-01", "tm-01", "xa-01", "ad-01"}) {
        BOOST_TEST_CONTEXT(account) {
            BOOST_CHECK(
                refusedAs(app::showChecklist(context(), as(account), ref), ErrorKind::NotFound, "not-found"));
            BOOST_CHECK(!app::recordCheck(context(), as(account), ref, {1}, 1, seen()));
        }
    }
    must(app::shareAudit(context(), as("la-01"), ref, audit().rev, "xa-01", context().today().plusDays(5)));
    const auto shared = papers("xa-01");
    BOOST_CHECK_EQUAL(shared.audit.checklist.size(), 1U);
    BOOST_CHECK(!shared.mayRecord && !shared.mayMake);
    BOOST_CHECK(refusedAs(write("xa-01", 1, seen()), ErrorKind::Forbidden, "forbidden"));
}

BOOST_AUTO_TEST_CASE(two_auditors_write_different_rows_at_once_but_not_the_same_one) {
    added({"8.6.1", "8.6.3"});
    const std::int64_t first = app::revisionOf(row(1));
    const std::int64_t second = app::revisionOf(row(2));
    must(app::recordCheck(context(), as("la-01"), ref, {1}, first, seen()));
    must(app::recordCheck(context(), as("au-01"), ref, {2}, second, seen("8.6.3")));
    BOOST_CHECK(refusedAs(app::recordCheck(context(), as("au-01"), ref, {1}, first, seen()), ErrorKind::Stale,
                          "stale-revision"));
    BOOST_CHECK(refusedAs(app::recordCheck(context(), as("au-01"), ref, {9}, first, seen()),
                          ErrorKind::NotFound, "not-found"));
}

BOOST_AUTO_TEST_CASE(a_row_names_clauses_findings_and_evidence_of_its_own_audit_only) {
    added({"8.6.1"});
    app::CheckInput input = seen("99.9");
    BOOST_CHECK_EQUAL(refusal(write("la-01", 1, input)).field, "clause");
    input = seen();
    input.findings = {"F-9999"};
    BOOST_CHECK_EQUAL(refusal(write("la-01", 1, input)).field, "findings");
    input = seen();
    input.evidence = {"E-9999/v1"};
    BOOST_CHECK_EQUAL(refusal(write("la-01", 1, input)).field, "evidence");
    input = seen();
    const auto receipt = give("au-01", toAudit("log.txt"), "opened, closed");
    const auto finding = recorded();
    input.evidence = {receipt.version.ref.text() + "/v1"};
    input.findings = {finding.ref.text(), finding.ref.text()};
    input.result = CheckResult::Finding;
    must(write("la-01", 1, input));
    const auto view = papers();
    BOOST_CHECK_EQUAL(view.audit.checklist[0].findings.size(), 1U);
    BOOST_CHECK_EQUAL(view.findings.at(finding.id).ref, finding.ref.text());
    BOOST_CHECK_EQUAL(view.evidence.at(receipt.version.id), input.evidence[0]);
}

BOOST_AUTO_TEST_CASE(drafts_are_not_shown_to_whom_the_papers_are_shared_with) {
    added({"8.6.1"});
    app::CheckInput input = seen();
    const auto finding = recorded();
    input.findings = {finding.ref.text()};
    must(write("la-01", 1, input));
    must(app::shareAudit(context(), as("la-01"), ref, audit().rev, "xa-01", context().today().plusDays(5)));
    BOOST_CHECK(papers("xa-01").findings.empty());
    BOOST_CHECK_EQUAL(papers("au-01").findings.size(), 1U);
}

BOOST_AUTO_TEST_CASE(a_finding_recorded_from_a_row_is_linked_there_at_once) {
    added({"8.6.1"});
    app::FindingDraft from = draft();
    from.checklistRow = 1;
    const auto finding = must(app::recordFinding(context(), as("au-01"), from));
    BOOST_CHECK(row(1).result == CheckResult::Finding);
    BOOST_CHECK(row(1).findings == std::vector<domain::FindingId>{finding.id});
    BOOST_CHECK_EQUAL(lastEvent().facts.textAt("finding"), finding.ref.text());
    from.checklistRow = 5;
    const auto before = entries();
    BOOST_CHECK_EQUAL(refusal(app::recordFinding(context(), as("au-01"), from)).field, "row");
    BOOST_CHECK_EQUAL(entries(), before);
}

BOOST_AUTO_TEST_CASE(a_row_is_removed_with_a_reason_unless_findings_hang_on_it) {
    added({"8.6.1", "8.6.3"});
    const auto remove = [&](const char* account, std::int64_t number, const std::string& reason) {
        return app::removeCheck(context(), as(account), ref, {number}, app::revisionOf(row(number)), reason);
    };
    BOOST_CHECK_EQUAL(refusal(remove("la-01", 1, " ")).field, "reason");
    BOOST_CHECK(refusedAs(remove("au-01", 1, "Out of scope"), ErrorKind::Forbidden, "forbidden"));
    must(remove("la-01", 1, "Out of scope"));
    BOOST_CHECK_EQUAL(lastEvent().facts.textAt("reason"), "Out of scope");
    BOOST_CHECK_EQUAL(papers().audit.checklist.size(), 1U);
    app::FindingDraft from = draft();
    from.checklistRow = 2;
    must(app::recordFinding(context(), as("au-01"), from));
    BOOST_CHECK(refusedAs(remove("la-01", 2, "Out of scope"), ErrorKind::Refused, "row-has-findings"));
}

BOOST_AUTO_TEST_CASE(a_closed_audit_keeps_its_papers_as_they_are) {
    added({"8.6.1"});
    moveAudit("IA-1", domain::AuditEvent::Cancel, "The service ended");
    BOOST_CHECK(refusedAs(write("la-01", 1, seen()), ErrorKind::Refused, "audit-locked"));
    BOOST_CHECK(refusedAs(app::addClauses(context(), as("la-01"), ref, audit().rev, {"8.6.3"}),
                          ErrorKind::Refused, "audit-locked"));
    BOOST_CHECK(refusedAs(import("clause,question\r\n8.6.3,Q\r\n"), ErrorKind::Refused, "audit-locked"));
    const auto view = papers();
    BOOST_CHECK(!view.mayRecord && !view.mayMake);
}

BOOST_AUTO_TEST_CASE(changing_the_audit_leaves_its_checklist_alone) {
    added({"8.6.1"});
    must(write("au-01", 1, seen()));
    domain::Audit input = audit();
    input.title = "Another title";
    input.checklist.clear();
    must(app::changeAudit(context(), as("la-01"), input));
    BOOST_CHECK(row(1).result == CheckResult::Conforming);
}

// ---- CSV

BOOST_AUTO_TEST_CASE(an_exported_file_comes_back_without_a_change) {
    added({"8.6.1", "8.6.3"});
    app::CheckInput input = seen();
    input.note = "=1+1, \"quoted\"\nsecond line";
    const auto finding = recorded();
    input.findings = {finding.ref.text()};
    must(write("au-01", 1, input));
    const std::string csv = app::checklistCsv(papers());
    const auto before = entries();
    const auto outcome = must(import(csv));
    BOOST_CHECK_EQUAL(outcome.created, 0);
    BOOST_CHECK_EQUAL(entries(), before);
    BOOST_CHECK_EQUAL(row(1).note, input.note);
}

BOOST_AUTO_TEST_CASE(lines_with_a_number_change_rows_and_lines_without_add_them) {
    added({"8.6.1", "8.6.3"});
    const std::string csv =
        "row,clause,question,size,result,looked_at\r\n"
        "2,8.6.3,Are problems managed?,12,conforming,All problems of May\r\n"
        ",8.6.2,Are requests fulfilled?,,,\r\n";
    BOOST_CHECK_EQUAL(must(import(csv, true)).created, 2);
    BOOST_CHECK_EQUAL(papers().audit.checklist.size(), 2U);
    const auto outcome = must(import(csv));
    BOOST_CHECK((outcome.refs == std::vector<std::string>{"2", "3"}));
    BOOST_CHECK_EQUAL(row(2).sample.size, 12);
    BOOST_CHECK_EQUAL(row(3).clause, "8.6.2");
    BOOST_CHECK_EQUAL(lastEvent().kind, "audit.import-checklist");
}

BOOST_AUTO_TEST_CASE(an_import_takes_all_or_nothing_and_names_every_bad_line) {
    added({"8.6.1", "8.6.3"});
    const auto before = entries();
    const auto refused =
        refusal(import("row,clause,question,size,result,reason\r\n"
                       "1,8.6.1,Changed,3,,\r\n"
                       "2,8.6.3,Q,many,,\r\n"
                       "7,8.6.3,Q,,,\r\n"
                       ",99.9,Q,,,\r\n"
                       ",8.6.2,Q,,passed,\r\n"
                       ",8.6.2,Q,,not_examined,\r\n"
                       ",8.6.2,,,,\r\n"
                       "1,8.6.1,Twice,,,\r\n"));
    BOOST_CHECK_EQUAL(refused.type, "import");
    std::vector<std::string> lines;
    for (const Error& part : refused.parts) lines.push_back(part.message.substr(0, 6) + " " + part.field);
    const std::vector<std::string> expected{"line 3 size",   "line 4 row",    "line 5 clause",
                                            "line 6 result", "line 7 reason", "line 8 question",
                                            "line 9 row"};
    BOOST_CHECK_EQUAL_COLLECTIONS(lines.begin(), lines.end(), expected.begin(), expected.end());
    BOOST_CHECK_EQUAL(entries(), before);
    BOOST_CHECK(row(1).question != "Changed");
}

BOOST_AUTO_TEST_CASE(a_line_made_on_an_older_state_of_its_row_is_refused) {
    added({"8.6.1"});
    const std::string csv = app::checklistCsv(papers());
    must(write("au-01", 1, seen()));
    const auto refused = refusal(import(csv));
    BOOST_REQUIRE_EQUAL(refused.parts.size(), 1U);
    BOOST_CHECK_EQUAL(refused.parts[0].field, "rev");
    BOOST_CHECK(row(1).result == CheckResult::Conforming);
}

BOOST_AUTO_TEST_CASE(files_with_missing_unknown_or_broken_columns_are_refused) {
    BOOST_CHECK_EQUAL(refusal(import("clause\r\n8.6.1\r\n")).type, "csv");
    BOOST_CHECK_EQUAL(refusal(import("clause,question,colour\r\n8.6.1,Q,red\r\n")).type, "import");
    BOOST_CHECK_EQUAL(refusal(import("clause,question\r\n\"8.6.1,Q\r\n")).type, "csv");
    BOOST_CHECK_EQUAL(refusal(import("clause,question\r\n8.6.1,Q,more\r\n")).type, "csv");
    BOOST_CHECK_EQUAL(refusal(import("")).type, "csv");
}

BOOST_AUTO_TEST_CASE(an_auditor_imports_results_but_adds_no_rows) {
    added({"8.6.1"});
    must(import("row,clause,question,size,result\r\n1,8.6.1,Q,5,conforming\r\n", false, "au-01"));
    BOOST_CHECK(row(1).by == as("au-01").id);
    const auto refused = refusal(import("clause,question\r\n8.6.3,Q\r\n", false, "au-01"));
    BOOST_CHECK_EQUAL(refused.type, "import");
    BOOST_CHECK_EQUAL(papers().audit.checklist.size(), 1U);
}

BOOST_AUTO_TEST_SUITE_END()

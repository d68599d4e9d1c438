#include "app/House.h"
#include "tickmark/app/Findings.h"
#include "tickmark/app/Ledgers.h"
#include "tickmark/app/Lists.h"
#include "tickmark/storage/References.h"

using namespace tickmark;
using domain::AuditEvent;
using domain::AuditState;
using test::House;
using test::must;
using test::refusedAs;

namespace {

domain::Audit blank() {
    domain::Audit audit;
    audit.title = "Second audit";
    audit.auditee = "Change management";
    audit.catalog = "iso20000-1";
    return audit;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(audits, House)

BOOST_AUTO_TEST_CASE(a_lead_auditor_creates_an_audit_and_leads_it_under_the_next_reference) {
    const auto made = must(app::createAudit(context(), as("la-02"), blank()));
    BOOST_CHECK_EQUAL(made.ref.text(), "IA-2026-01");
    BOOST_CHECK(made.team.front().lead);
    BOOST_CHECK_EQUAL(must(app::createAudit(context(), as("la-02"), blank())).ref.text(), "IA-2026-02");
    BOOST_CHECK(
        refusedAs(app::showAudit(context(), as("la-01"), made.ref), ErrorKind::NotFound, "not-found"));
}

BOOST_AUTO_TEST_CASE(nobody_else_creates_an_audit) {
    for (const char* account : {"au-01", "po-01", "im-01", "tm-01", "xa-01", "ad-01"}) {
        BOOST_TEST_CONTEXT(account)
        BOOST_CHECK(
            refusedAs(app::createAudit(context(), as(account), blank()), ErrorKind::Forbidden, "forbidden"));
    }
}

BOOST_AUTO_TEST_CASE(a_team_consists_of_auditors_and_an_audit_names_a_known_catalog) {
    domain::Audit input = blank();
    input.team = {{as("po-01").id, false, ""}};
    BOOST_CHECK_EQUAL(test::refusal(app::createAudit(context(), as("la-01"), input)).field, "team");
    input = blank();
    input.team = {{as("au-01").id, true, ""}};
    BOOST_CHECK_EQUAL(test::refusal(app::createAudit(context(), as("la-01"), input)).field, "team");
    input = blank();
    input.catalog = "no-such";
    BOOST_CHECK_EQUAL(test::refusal(app::createAudit(context(), as("la-01"), input)).field, "catalog");
}

BOOST_AUTO_TEST_CASE(only_its_lead_changes_an_audit_and_cannot_leave_it_without_one) {
    domain::Audit input = audit();
    input.title = "Another title";
    BOOST_CHECK(
        refusedAs(app::changeAudit(context(), as("au-01"), input), ErrorKind::Forbidden, "forbidden"));
    BOOST_CHECK(refusedAs(app::changeAudit(context(), as("la-02"), input), ErrorKind::NotFound, "not-found"));
    domain::Audit without = input;
    without.team = {{as("au-01").id, false, ""}};
    BOOST_CHECK_EQUAL(test::refusal(app::changeAudit(context(), as("la-01"), without)).field, "team");
    const auto changed = must(app::changeAudit(context(), as("la-01"), input));
    BOOST_CHECK_EQUAL(changed.title, "Another title");
    BOOST_CHECK(changed.state == AuditState::Fieldwork);
    BOOST_CHECK(
        refusedAs(app::changeAudit(context(), as("la-01"), input), ErrorKind::Stale, "stale-revision"));
}

BOOST_AUTO_TEST_CASE(an_audit_does_not_close_while_a_finding_stands_against_it) {
    const auto open = issued();
    moveAudit("IA-1", AuditEvent::StartReporting);
    moveAudit("IA-1", AuditEvent::StartFollowUp);
    const auto refused = test::refusal(
        app::changeAuditState(context(), as("la-01"), audit().ref, audit().rev, AuditEvent::Close, {}));
    BOOST_CHECK_EQUAL(refused.type, "guard");
    BOOST_CHECK(test::holds(refused.message, open.ref.text()));
}

BOOST_AUTO_TEST_CASE(cancelling_an_audit_takes_a_reason) {
    BOOST_CHECK_EQUAL(test::refusal(app::changeAuditState(context(), as("la-01"), audit().ref, audit().rev,
                                                          AuditEvent::Cancel, ""))
                          .field,
                      "reason");
    BOOST_CHECK(moveAudit("IA-1", AuditEvent::Cancel, "The site was closed.").state == AuditState::Cancelled);
}

BOOST_AUTO_TEST_CASE(a_certification_auditor_sees_a_shared_audit_read_only_until_the_date) {
    const auto shown = issued();
    const auto share = [&](const char* account, std::optional<Date> until) {
        return app::shareAudit(context(), as("la-01"), audit().ref, audit().rev, account, until);
    };
    BOOST_CHECK(
        refusedAs(share("po-01", context().today().plusDays(1)), ErrorKind::Invalid, "unknown-reference"));
    BOOST_CHECK(refusedAs(share("xa-01", context().today().plusDays(-1)), ErrorKind::Invalid, "share"));
    BOOST_CHECK(refusedAs(share("xa-01", {}), ErrorKind::Refused, "not-shared"));
    must(share("xa-01", context().today().plusDays(2)));
    BOOST_CHECK(app::showFinding(context(), as("xa-01"), shown.ref).ok());
    BOOST_CHECK(
        refusedAs(app::assignFinding(context(), as("xa-01"), shown.ref, shown.rev, {"po-02", {}, {}, {}}),
                  ErrorKind::Forbidden, "forbidden"));
    BOOST_CHECK(refusedAs(tryGive("xa-01", toAudit("x.txt"), "x"), ErrorKind::Forbidden, "forbidden"));
    clock().set(start().plusSeconds(2 * 86'400));
    BOOST_CHECK(app::showFinding(context(), as("xa-01"), shown.ref).ok());
    clock().set(start().plusSeconds(3 * 86'400));
    BOOST_CHECK(
        refusedAs(app::showFinding(context(), as("xa-01"), shown.ref), ErrorKind::NotFound, "not-found"));
    must(share("xa-01", {}));
    BOOST_CHECK(audit().shares.empty());
}

BOOST_AUTO_TEST_CASE(nothing_stops_at_a_page_of_two_hundred) {
    constexpr int many = 203;
    const auto finding = recorded();
    const auto audit = context().database->read(
        [&](storage::ReadSession& session) { return storage::findAudit(session, finding.audit); });
    const auto actor = as("la-01");
    for (int i = 0; i < many; ++i) {
        static_cast<void>(must(app::recordFinding(context(), actor, draft())));
        app::RequestDraft request;
        request.audit = must(audit).ref.text();
        request.finding = finding.ref.text();
        request.text = "A record";
        static_cast<void>(must(app::createRequest(context(), as("au-01"), request)));
    }
    must(context().database->write([&](storage::WriteSession& session) -> Result<bool> {
        for (int i = 0; i < many; ++i) {
            domain::Bundle bundle;
            TM_TRY(const std::string ref, storage::nextRef(session, storage::RefSeries::Bundle));
            bundle.ref = domain::BundleRef(ref);
            bundle.audit = finding.audit;
            bundle.title = "B";
            ledger::Event event;
            event.at = context().now();
            event.actor = "la-01";
            event.kind = "bundle.prepare";
            TM_CHECK(storage::save(session, bundle, std::move(event)));
        }
        return true;
    }));
    BOOST_CHECK_EQUAL(must(app::showFinding(context(), actor, finding.ref)).requests.size(), many);
    const auto view = must(app::showAudit(context(), actor, must(audit).ref));
    BOOST_CHECK_EQUAL(view.requests, many);
    BOOST_CHECK_EQUAL(view.bundles, many);
    const auto home = must(app::showHome(context(), actor));
    BOOST_CHECK_EQUAL(home.waiting.size(), many + 1);
    BOOST_CHECK(!home.moreWaiting);
}

BOOST_AUTO_TEST_CASE(what_waits_for_a_person_is_on_their_home_page) {
    const auto shown = issued();
    const auto owner = must(app::showHome(context(), as("po-01")));
    BOOST_REQUIRE_EQUAL(owner.waiting.size(), 1U);
    BOOST_CHECK_EQUAL(owner.waiting.front().ref, shown.ref.text());
    BOOST_CHECK_EQUAL(owner.waiting.front().verb, "Respond");
    BOOST_CHECK(must(app::showHome(context(), as("po-02"))).waiting.empty());
    const auto nobody = must(app::showHome(context(), as("ad-01")));
    BOOST_CHECK(nobody.waiting.empty() && nobody.audits.empty() && nobody.open == 0);
    BOOST_CHECK_EQUAL(must(app::showHome(context(), as("la-01"))).open, 1);
}

BOOST_AUTO_TEST_CASE(a_request_is_opened_answered_with_a_file_returned_and_accepted) {
    app::RequestDraft draft;
    draft.audit = "IA-1";
    draft.text = "The procedure in force in March";
    draft.assignee = "po-01";
    BOOST_CHECK(
        refusedAs(app::createRequest(context(), as("po-01"), draft), ErrorKind::NotFound, "not-found"));
    auto request = must(app::createRequest(context(), as("au-01"), draft));
    app::EvidenceInput input;
    input.request = request.ref.text();
    input.fileName = "procedure.txt";
    BOOST_CHECK(!tryGive("po-01", input, "procedure").ok());  // a draft is seen by the team only
    const auto move = [&](const char* account, domain::RequestEvent event, const std::string& reason = {}) {
        const auto view = must(app::showRequest(context(), as("au-01"), request.ref));
        return app::changeRequestState(context(), as(account), request.ref, view.request.rev, event, reason);
    };
    must(move("au-01", domain::RequestEvent::Open));
    BOOST_CHECK(refusedAs(move("po-01", domain::RequestEvent::Submit), ErrorKind::Refused, "guard"));
    give("po-01", input, "procedure");
    must(move("po-01", domain::RequestEvent::Submit));
    BOOST_CHECK(refusedAs(tryGive("po-01", input, "afterthought"), ErrorKind::Refused, "request-state"));
    must(move("au-01", domain::RequestEvent::Return, "The approval is missing."));
    give("po-01", input, "approval");
    must(move("po-01", domain::RequestEvent::Submit));
    must(move("au-01", domain::RequestEvent::Accept));
    const auto view = must(app::showRequest(context(), as("po-01"), request.ref));
    BOOST_CHECK_EQUAL(view.evidence.size(), 2U);
    BOOST_CHECK(!view.mayAttach);
}

BOOST_AUTO_TEST_CASE(the_ledger_is_read_by_those_who_answer_for_it_and_proves_its_entries) {
    issued();
    for (const char* account : {"po-01", "ao-01", "xa-01"}) {
        BOOST_TEST_CONTEXT(account)
        BOOST_CHECK(
            refusedAs(app::listLedger(context(), as(account), 0, 10), ErrorKind::Forbidden, "forbidden"));
    }
    const auto lines = must(app::listLedger(context(), as("au-01"), 3, 5));
    BOOST_REQUIRE_EQUAL(lines.size(), 5U);
    BOOST_CHECK_EQUAL(lines.front().position, 3);
    const auto proof = must(app::proveEntry(context(), as("au-01"), 3));
    const auto head = must(ledger::openCheckpoint(proof.checkpoint, context().keys->ledgerPublic));
    BOOST_CHECK(
        ledger::inclusionHolds(3, head.size, ledger::leafHash(lines.front().leaf), proof.path, head.root));
    BOOST_CHECK(
        refusedAs(app::proveEntry(context(), as("au-01"), 1'000'000), ErrorKind::NotFound, "not-found"));
    BOOST_CHECK(refusedAs(app::proveConsistency(context(), 1'000'000), ErrorKind::Invalid, "size"));
    BOOST_CHECK(app::proveConsistency(context(), 5).ok());
}

BOOST_AUTO_TEST_SUITE_END()

// Steps that sign or cannot be undone ask for a code of the second factor again.
#include "app/Door.h"
#include "tickmark/app/Bulk.h"
#include "tickmark/app/Keys.h"
#include "tickmark/app/Reviews.h"
#include "tickmark/app/Signing.h"

using namespace tickmark;
using test::Door;
using test::must;
using test::refusedAs;

BOOST_FIXTURE_TEST_SUITE(step_up, Door)

BOOST_AUTO_TEST_CASE(tokens_and_commands_are_not_asked_for_codes) {
    context().settings.secondFactor = "required";
    turnOn("po-01");
    const auto made =
        must(app::createToken(context(), as("po-01"), {"ci", {"read"}, context().today().plusDays(5)}));
    BOOST_CHECK(app::resumeToken(context(), made.token).ok());
    domain::Actor actor = as("po-01");
    actor.via = "token:ci";
    BOOST_CHECK(app::stepUp(context(), actor, {}).ok());
    actor.via = "cli";
    BOOST_CHECK(app::stepUp(context(), actor, {}).ok());
}

BOOST_AUTO_TEST_CASE(a_step_up_takes_each_code_once_and_waits_after_wrong_ones) {
    BOOST_CHECK(app::stepUp(context(), as("la-01"), {}).ok());
    turnOn("la-01");
    BOOST_CHECK(refusedAs(app::stepUp(context(), as("la-01"), " "), ErrorKind::Invalid, "code-needed"));
    const std::string given = code();
    BOOST_CHECK(app::stepUp(context(), as("la-01"), given).ok());
    BOOST_CHECK(refusedAs(app::stepUp(context(), as("la-01"), given), ErrorKind::Invalid, "code"));
    BOOST_CHECK_EQUAL(lastEvent().kind, "party.proof-failed");
    for (int i = 0; i < 4; ++i) static_cast<void>(app::stepUp(context(), as("la-01"), wrong()));
    BOOST_CHECK(
        refusedAs(app::stepUp(context(), as("la-01"), code(1)), ErrorKind::Throttled, "proof-throttled"));
}

BOOST_AUTO_TEST_CASE(sealing_asks_a_lead_auditor_with_a_second_factor_for_a_code) {
    closed();
    turnOn("la-01");
    app::BundleDraft draft;
    draft.audit = "IA-1";
    draft.title = "Evidence";
    BOOST_CHECK(refusedAs(app::sealBundle(context(), as("la-01"), draft), ErrorKind::Invalid, "code-needed"));
    draft.code = code();
    BOOST_CHECK(app::sealBundle(context(), as("la-01"), draft).ok());
}

BOOST_AUTO_TEST_CASE(signing_with_a_kept_key_and_revoking_one_ask_for_a_code) {
    closed();
    app::BundleDraft draft;
    draft.audit = "IA-1";
    draft.title = "Evidence";
    const auto sealed = must(app::sealBundle(context(), as("la-01"), draft));
    turnOn("la-01");
    app::SignWish wish{sealed.rev, "approved", "", Secret("a passphrase of mine"), ""};
    const auto sign = [&] { return app::signStoredBundle(context(), as("la-01"), sealed.ref, wish); };
    BOOST_CHECK(refusedAs(sign(), ErrorKind::Invalid, "code-needed"));
    wish.code = code();
    BOOST_CHECK(refusedAs(sign(), ErrorKind::Refused, "no-signing-key"));  // which the code leads to
    turnOn("ad-01");
    app::KeyRevocation revocation;
    revocation.serialHex = "01";
    revocation.reason = "lost";
    const auto revoke = [&] { return app::revokeKey(context(), as("ad-01"), revocation); };
    BOOST_CHECK(refusedAs(revoke(), ErrorKind::Invalid, "code-needed"));
    revocation.code = wrong();
    BOOST_CHECK(refusedAs(revoke(), ErrorKind::Invalid, "code"));
    revocation.code = code();
    BOOST_CHECK(refusedAs(revoke(), ErrorKind::Refused, "passphrase"));
}

BOOST_AUTO_TEST_CASE(confirming_a_withdrawal_asks_for_a_code_and_proposing_does_not) {
    using domain::EvidenceEvent;
    const auto receipt = give("au-01", toAudit("log.txt"), "the log");
    const auto name = must(app::parseVersionName("", app::versionName(receipt.version)));
    domain::Audit wider = audit();
    wider.team.push_back({as("la-02").id, true, "none"});
    must(app::changeAudit(context(), as("la-01"), wider));
    turnOn("la-02");
    const Secret second = secret;
    turnOn("la-01");
    const auto proposed = must(app::changeEvidenceState(context(), as("la-01"), name, receipt.version.rev,
                                                        EvidenceEvent::ProposeWithdrawal, "personal data"));
    secret = second;
    const auto confirm = [&](const std::string& given) {
        return app::changeEvidenceState(context(), as("la-02"), name, proposed.rev,
                                        EvidenceEvent::ConfirmWithdrawal, "", given);
    };
    BOOST_CHECK(refusedAs(confirm({}), ErrorKind::Invalid, "code-needed"));
    BOOST_CHECK(refusedAs(confirm(wrong()), ErrorKind::Invalid, "code"));
    BOOST_CHECK(must(confirm(code())).state == domain::EvidenceState::Withdrawn);
}

BOOST_AUTO_TEST_CASE(withdrawing_many_at_once_leads_to_the_page_that_asks) {
    const auto receipt = give("au-01", toAudit("log.txt"), "the log");
    const auto proposed = must(app::changeEvidenceState(
        context(), as("la-01"), must(app::parseVersionName("", app::versionName(receipt.version))),
        receipt.version.rev, domain::EvidenceEvent::ProposeWithdrawal, "personal data"));
    turnOn("la-02");
    app::BulkOrder order;
    order.kind = app::BulkKind::Evidence;
    order.deed = app::BulkDeed::Move;
    order.event = "confirm-withdrawal";
    order.items = {{app::versionName(proposed), proposed.rev}};
    const auto report = must(app::changeMany(context(), as("la-02"), order));
    BOOST_REQUIRE(report.outcomes.front().refusal);
    BOOST_CHECK_EQUAL(report.outcomes.front().refusal->type, "code-needed");
    BOOST_CHECK(test::holds(report.outcomes.front().refusal->fix, "page of the evidence itself"));
}

BOOST_AUTO_TEST_CASE(sealing_minutes_asks_for_a_code) {
    turnOn("im-01");
    const domain::ReviewRef none("MR-0001");
    BOOST_CHECK(
        refusedAs(app::sealReview(context(), as("im-01"), none, 1), ErrorKind::Invalid, "code-needed"));
    BOOST_CHECK(refusedAs(app::sealReview(context(), as("im-01"), none, 1, code()), ErrorKind::NotFound,
                          "not-found"));
}

BOOST_AUTO_TEST_SUITE_END()

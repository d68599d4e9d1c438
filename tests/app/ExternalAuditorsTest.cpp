#include "app/House.h"
#include "tickmark/app/Accounts.h"
#include "tickmark/app/Audits.h"
#include "tickmark/app/ExternalAuditors.h"
#include "tickmark/app/OpenSessions.h"

using namespace tickmark;
using test::House;
using test::must;
using test::refusedAs;

namespace {

constexpr const char* address = "192.0.2.7";
constexpr const char* firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

struct Hall : House {
    app::CreatedAccount invite(std::int32_t first, std::int32_t last) {
        return must(
            app::createExternalAuditor(context(), as("ad-01"),
                                       {"xa-02", "Certification body", context().today().plusDays(first),
                                        context().today().plusDays(last), "Stage 2 audit"}));
    }
    void pass(std::int32_t days) { clock().set(clock().now().plusSeconds(std::int64_t{days} * 86'400)); }
    Result<app::SignedIn> enter(const std::string& account, const Secret& secret = Secret(password)) {
        return app::signIn(context(), account, secret, address, firefox);
    }
    [[nodiscard]] domain::Party party(const std::string& account) const {
        for (const auto& one : must(app::listAccounts(context(), as("ad-01")))) {
            if (one.account == account) return one;
        }
        return {};
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(external_auditors, Hall)

BOOST_AUTO_TEST_CASE(an_external_auditor_signs_in_from_the_first_day_to_the_last_and_is_told_why_not) {
    const auto made = invite(2, 5);
    const Error early = test::refusal(enter("xa-02", made.password));
    BOOST_CHECK_EQUAL(early.type, "account-early");
    BOOST_CHECK(early.message.find(made.party.validFrom->iso()) != std::string::npos);
    pass(2);
    BOOST_CHECK(enter("xa-02", made.password).ok());
    pass(3);
    BOOST_CHECK(enter("xa-02", made.password).ok());
    pass(1);
    const Error late = test::refusal(enter("xa-02", made.password));
    BOOST_CHECK_EQUAL(late.type, "account-ended");
    BOOST_CHECK(late.message.find(made.party.validUntil->iso()) != std::string::npos);
    BOOST_CHECK_EQUAL(test::refusal(enter("xa-02", Secret("not the password"))).type, "sign-in");
}

BOOST_AUTO_TEST_CASE(the_end_of_the_last_day_stops_a_session_and_a_token_that_were_just_in_use) {
    const auto made = invite(0, 3);
    pass(3);
    const auto midnight = Timestamp::fromSeconds((std::int64_t{context().today().days} + 1) * 86'400);
    clock().set(midnight.plusSeconds(-2));
    const auto in = must(enter("xa-02", made.password));
    const auto token =
        must(app::createToken(context(), as("xa-02"), {"reader", {"read"}, context().today().plusDays(30)}));
    BOOST_REQUIRE(app::resumeSession(context(), in.cookie).ok());
    BOOST_REQUIRE(app::resumeToken(context(), token.token).ok());
    clock().set(midnight.plusSeconds(-1));
    BOOST_REQUIRE(app::resumeSession(context(), in.cookie).ok());
    BOOST_REQUIRE(app::resumeToken(context(), token.token).ok());
    clock().set(midnight);
    BOOST_CHECK(
        refusedAs(app::resumeSession(context(), in.cookie), ErrorKind::Unauthenticated, "no-session"));
    BOOST_CHECK(refusedAs(app::resumeToken(context(), token.token), ErrorKind::Unauthenticated, "token"));
}

BOOST_AUTO_TEST_CASE(ending_stops_sessions_and_tokens_at_once_and_extending_lets_in_again) {
    const auto made = invite(0, 3);
    const auto in = must(enter("xa-02", made.password));
    const auto token =
        must(app::createToken(context(), as("xa-02"), {"reader", {"read"}, context().today().plusDays(2)}));
    BOOST_REQUIRE(app::resumeSession(context(), in.cookie).ok());
    BOOST_REQUIRE(app::resumeToken(context(), token.token).ok());
    const auto ended = must(app::endExternalAuditor(context(), as("ad-01"), "xa-02", 1, "Contract ended"));
    BOOST_CHECK(
        refusedAs(app::resumeSession(context(), in.cookie), ErrorKind::Unauthenticated, "no-session"));
    BOOST_CHECK(refusedAs(app::resumeToken(context(), token.token), ErrorKind::Unauthenticated, "token"));
    BOOST_CHECK(refusedAs(enter("xa-02", made.password), ErrorKind::Unauthenticated, "account-disabled"));
    BOOST_CHECK(refusedAs(app::endExternalAuditor(context(), as("ad-01"), "xa-02", ended.rev, "Again"),
                          ErrorKind::Refused, "ended-already"));
    must(app::extendExternalAuditor(context(), as("ad-01"), "xa-02", ended.rev,
                                    context().today().plusDays(10), "Follow-up audit"));
    BOOST_CHECK_EQUAL(lastEvent().kind, "party.extend");
    BOOST_CHECK(enter("xa-02", made.password).ok());
}

BOOST_AUTO_TEST_CASE(an_extension_needs_a_reason_and_a_later_day_within_two_years) {
    invite(0, 3);
    const auto extend = [&](std::int32_t days, const std::string& reason, std::int64_t rev = 1) {
        return app::extendExternalAuditor(context(), as("ad-01"), "xa-02", rev,
                                          context().today().plusDays(days), reason);
    };
    BOOST_CHECK_EQUAL(test::refusal(extend(10, "")).field, "reason");
    BOOST_CHECK_EQUAL(test::refusal(extend(3, "Why not")).field, "valid_until");
    BOOST_CHECK_EQUAL(test::refusal(extend(-1, "Why not")).field, "valid_until");
    BOOST_CHECK_EQUAL(test::refusal(extend(1000, "Why not")).field, "valid_until");
    BOOST_CHECK(refusedAs(extend(10, "Why not", 7), ErrorKind::Stale, "stale-revision"));
    BOOST_CHECK(refusedAs(app::extendExternalAuditor(context(), as("ad-01"), "po-01", 1,
                                                     context().today().plusDays(10), "Why not"),
                          ErrorKind::Refused, "role"));
    BOOST_CHECK(extend(10, "Follow-up").ok());
}

BOOST_AUTO_TEST_CASE(the_list_says_what_is_shared_with_whom) {
    invite(0, 30);
    must(app::shareAudit(context(), as("la-01"), domain::AuditRef("IA-1"), audit().rev, "xa-02",
                         context().today().plusDays(9)));
    const auto auditors = must(app::listExternalAuditors(context(), as("ad-01")));
    BOOST_REQUIRE_EQUAL(auditors.size(), 2U);
    BOOST_CHECK_EQUAL(auditors[0].party.account, "xa-01");
    BOOST_CHECK_EQUAL(auditors[1].party.account, "xa-02");
    BOOST_REQUIRE_EQUAL(auditors[1].shared.size(), 1U);
    BOOST_CHECK_EQUAL(auditors[1].shared[0].audit, "IA-1");
    BOOST_CHECK(auditors[1].shared[0].until == context().today().plusDays(9));
}

BOOST_AUTO_TEST_CASE(another_role_ends_the_sessions_and_a_team_keeps_its_auditor) {
    const auto in = must(enter("po-01"));
    app::AccountChange change;
    change.role = domain::Role::ActionOwner;
    change.rev = 1;
    must(app::changeAccount(context(), as("ad-01"), "po-01", change));
    BOOST_CHECK(
        refusedAs(app::resumeSession(context(), in.cookie), ErrorKind::Unauthenticated, "no-session"));
    BOOST_CHECK(party("po-01").role == domain::Role::ActionOwner);
    BOOST_CHECK(refusedAs(app::changeAccount(context(), as("ad-01"), "la-01", change), ErrorKind::Refused,
                          "on-team"));
    change.role = domain::Role::Auditor;
    BOOST_CHECK(refusedAs(app::changeAccount(context(), as("ad-01"), "la-01", change), ErrorKind::Refused,
                          "on-team"));
    BOOST_CHECK(app::changeAccount(context(), as("ad-01"), "la-02", change).ok());
    change.role = domain::Role::TopManagement;
    BOOST_CHECK(refusedAs(app::changeAccount(context(), as("ad-01"), "ad-01", change), ErrorKind::Refused,
                          "own-account"));
}

BOOST_AUTO_TEST_CASE(open_sessions_show_where_they_come_from_and_end_one_by_one_or_all) {
    const auto own = must(enter("ad-01"));
    const auto first = must(enter("po-01"));
    const auto second = must(app::signIn(context(), "po-01", Secret(password), "192.0.2.9", "curl/8.0"));
    const auto other = must(enter("po-02"));
    const auto open = must(app::listOpenSessions(context(), as("ad-01"), own.cookie));
    BOOST_REQUIRE_EQUAL(open.size(), 4U);
    std::string curl;
    for (const auto& session : open) {
        BOOST_CHECK_EQUAL(session.own, session.account == "ad-01");
        if (session.agent == "curl")
            curl = session.id;
        else
            BOOST_CHECK_EQUAL(session.agent, "Firefox on Linux");
    }
    must(app::endOpenSession(context(), as("ad-01"), curl, own.cookie));
    BOOST_CHECK_EQUAL(lastEvent().kind, "party.end-session");
    BOOST_CHECK(!app::resumeSession(context(), second.cookie).ok());
    BOOST_CHECK(app::resumeSession(context(), first.cookie).ok());
    BOOST_CHECK_EQUAL(must(app::endSessionsOfAccount(context(), as("ad-01"), "po-01", own.cookie)), 1);
    BOOST_CHECK(!app::resumeSession(context(), first.cookie).ok());
    BOOST_CHECK(app::resumeSession(context(), other.cookie).ok());
    BOOST_CHECK_EQUAL(must(app::endSessionsOfAccount(context(), as("ad-01"), "ad-01", own.cookie)), 0);
    BOOST_CHECK(app::resumeSession(context(), own.cookie).ok());
    for (const auto& session : must(app::listOpenSessions(context(), as("ad-01"), own.cookie))) {
        if (!session.own) continue;
        BOOST_CHECK(refusedAs(app::endOpenSession(context(), as("ad-01"), session.id, own.cookie),
                              ErrorKind::Refused, "own-session"));
    }
    pass(1);
    BOOST_CHECK(must(app::listOpenSessions(context(), as("ad-01"), {})).empty());
}

BOOST_AUTO_TEST_CASE(nobody_but_the_administrator_keeps_sessions_and_external_auditors) {
    for (const char* account : {"la-01", "au-01", "po-01", "ao-01", "im-01", "tm-01", "xa-01"}) {
        BOOST_CHECK(!app::listOpenSessions(context(), as(account), {}).ok());
        BOOST_CHECK(!app::endSessionsOfAccount(context(), as(account), "po-02", {}).ok());
        BOOST_CHECK(!app::endOpenSession(context(), as(account), "0", {}).ok());
        BOOST_CHECK(!app::listExternalAuditors(context(), as(account)).ok());
        BOOST_CHECK(!app::createExternalAuditor(context(), as(account), {"x1", "X", {}, {}, "Why"}).ok());
        BOOST_CHECK(!app::endExternalAuditor(context(), as(account), "xa-01", 1, "Why").ok());
        BOOST_CHECK(
            !app::extendExternalAuditor(context(), as(account), "xa-01", 1, context().today(), "Why").ok());
    }
}

BOOST_AUTO_TEST_SUITE_END()

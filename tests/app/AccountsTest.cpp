#include "app/House.h"
#include "tickmark/app/Accounts.h"

using namespace tickmark;
using test::House;
using test::must;
using test::refusedAs;

namespace {

constexpr const char* address = "192.0.2.7";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(accounts, House)

BOOST_AUTO_TEST_CASE(signing_in_gives_a_session_and_signing_out_ends_it) {
    const auto in = must(app::signIn(context(), "po-01", Secret(password), address));
    BOOST_CHECK_EQUAL(lastEvent().kind, "party.sign-in");
    const auto session = must(app::resumeSession(context(), in.cookie));
    BOOST_CHECK_EQUAL(session.actor.account, "po-01");
    BOOST_CHECK(session.actor.role == domain::Role::ProcessOwner);
    must(app::signOut(context(), in.cookie));
    BOOST_CHECK_EQUAL(lastEvent().kind, "party.sign-out");
    BOOST_CHECK(
        refusedAs(app::resumeSession(context(), in.cookie), ErrorKind::Unauthenticated, "no-session"));
}

BOOST_AUTO_TEST_CASE(a_wrong_password_and_an_unknown_account_get_the_same_words) {
    const auto wrong = test::refusal(app::signIn(context(), "po-01", Secret("not the password"), address));
    const auto unknown = test::refusal(app::signIn(context(), "nobody", Secret("not the password"), address));
    BOOST_CHECK_EQUAL(wrong.message, unknown.message);
    BOOST_CHECK_EQUAL(wrong.type, unknown.type);
    BOOST_CHECK_EQUAL(lastEvent().kind, "party.sign-in-failed");
}

BOOST_AUTO_TEST_CASE(after_five_failures_an_account_waits_and_longer_each_time) {
    for (int i = 0; i < 5; ++i) {
        BOOST_CHECK(refusedAs(app::signIn(context(), "po-01", Secret("wrong"), address),
                              ErrorKind::Unauthenticated, "sign-in"));
    }
    BOOST_CHECK(refusedAs(app::signIn(context(), "po-01", Secret(password), address), ErrorKind::Throttled,
                          "sign-in-throttled"));
    BOOST_CHECK(app::signIn(context(), "po-02", Secret(password), address).ok());
    clock().set(start().plusSeconds(16));
    BOOST_CHECK(app::signIn(context(), "po-01", Secret(password), address).ok());
    BOOST_CHECK(app::signIn(context(), "po-01", Secret(password), address).ok());
}

BOOST_AUTO_TEST_CASE(after_twenty_failures_an_address_waits_for_every_account) {
    for (int i = 0; i < 20; ++i) {
        static_cast<void>(app::signIn(context(), "guess-" + std::to_string(i), Secret("wrong"), address));
    }
    BOOST_CHECK(refusedAs(app::signIn(context(), "po-01", Secret(password), address), ErrorKind::Throttled,
                          "sign-in-throttled"));
    BOOST_CHECK(app::signIn(context(), "po-01", Secret(password), "192.0.2.8").ok());
}

BOOST_AUTO_TEST_CASE(a_session_ends_after_its_idle_time) {
    const auto in = must(app::signIn(context(), "po-01", Secret(password), address));
    const auto idle = context().settings.sessionIdleMinutes * 60;
    clock().set(start().plusSeconds(idle - 1));
    BOOST_CHECK(app::resumeSession(context(), in.cookie).ok());
    clock().set(start().plusSeconds(2 * idle - 2));
    BOOST_CHECK(app::resumeSession(context(), in.cookie).ok());
    clock().set(start().plusSeconds(3 * idle));
    BOOST_CHECK(
        refusedAs(app::resumeSession(context(), in.cookie), ErrorKind::Unauthenticated, "no-session"));
}

BOOST_AUTO_TEST_CASE(a_clock_that_is_set_back_keeps_nobody_out_and_no_session_alive) {
    const Timestamp right = context().now();
    clock().set(right.plusSeconds(10LL * 365 * 86400));
    const auto in = must(app::signIn(context(), "la-01", Secret(password), address));
    for (int attempt = 0; attempt < 5; ++attempt) {
        BOOST_CHECK(!app::signIn(context(), "po-01", Secret("not the password"), address));
    }
    clock().set(right);
    BOOST_CHECK(
        refusedAs(app::resumeSession(context(), in.cookie), ErrorKind::Unauthenticated, "no-session"));
    BOOST_CHECK(app::signIn(context(), "po-01", Secret(password), address).ok());
    for (int attempt = 0; attempt < 5; ++attempt) {
        BOOST_CHECK(!app::signIn(context(), "po-01", Secret("not the password"), address));
    }
    BOOST_CHECK(refusedAs(app::signIn(context(), "po-01", Secret(password), address), ErrorKind::Throttled,
                          "sign-in-throttled"));
}

BOOST_AUTO_TEST_CASE(a_throttled_sign_in_says_in_seconds_when_it_may_work) {
    for (int i = 0; i < 5; ++i) static_cast<void>(app::signIn(context(), "po-01", Secret("wrong"), address));
    const Error early = test::refusal(app::signIn(context(), "po-01", Secret(password), address));
    BOOST_CHECK_EQUAL(early.waitSeconds, 16);
    clock().set(start().plusSeconds(10));
    const Error late = test::refusal(app::signIn(context(), "po-01", Secret(password), address));
    BOOST_CHECK_EQUAL(late.waitSeconds, 6);
}

BOOST_AUTO_TEST_CASE(sweeping_removes_what_lets_nobody_in_any_more_and_nothing_else) {
    const auto idle = must(app::signIn(context(), "po-01", Secret(password), address));
    static_cast<void>(app::signIn(context(), "po-02", Secret("wrong"), address));
    const auto token = [&](const char* name, std::int32_t days) {
        return must(
            app::createToken(context(), as("po-01"), {name, {"read"}, context().today().plusDays(days)}));
    };
    token("short", 1);
    const auto longer = token("long", 300);
    token("revoked", 300);
    must(app::revokeToken(context(), as("po-01"), "revoked"));
    clock().set(start().plusSeconds(context().settings.sessionIdleMinutes * 60 + 1));
    const auto fresh = must(app::signIn(context(), "po-02", Secret(password), address));
    static_cast<void>(app::signIn(context(), "ao-01", Secret("wrong"), address));
    const auto first = must(app::sweepSignIns(context()));
    BOOST_CHECK_EQUAL(first.sessions, 1);
    BOOST_CHECK_EQUAL(first.tokens, 0);
    BOOST_CHECK_EQUAL(first.throttles, 0);
    BOOST_CHECK(app::resumeSession(context(), fresh.cookie).ok());
    BOOST_CHECK(
        refusedAs(app::resumeSession(context(), idle.cookie), ErrorKind::Unauthenticated, "no-session"));
    clock().set(start().plusSeconds(33 * 86'400));
    const auto second = must(app::sweepSignIns(context()));
    BOOST_CHECK_EQUAL(second.sessions, 1);
    BOOST_CHECK_EQUAL(second.tokens, 2);
    BOOST_CHECK_EQUAL(second.throttles, 2);
    BOOST_CHECK(app::resumeToken(context(), longer.token).ok());
    BOOST_CHECK_EQUAL(must(app::listTokens(context(), as("po-01"))).size(), 1U);
}

BOOST_AUTO_TEST_CASE(a_session_ends_after_its_hours_however_busy_it_is) {
    const auto in = must(app::signIn(context(), "po-01", Secret(password), address));
    const auto end = context().settings.sessionHours * 3600;
    for (std::int64_t at = 0; at < end; at += 1800) {
        clock().set(start().plusSeconds(at));
        BOOST_REQUIRE(app::resumeSession(context(), in.cookie).ok());
    }
    clock().set(start().plusSeconds(end));
    BOOST_CHECK(
        refusedAs(app::resumeSession(context(), in.cookie), ErrorKind::Unauthenticated, "no-session"));
}

BOOST_AUTO_TEST_CASE(disabling_an_account_ends_its_session_at_once_and_its_signing_in) {
    const auto in = must(app::signIn(context(), "po-01", Secret(password), address));
    const auto token =
        must(app::createToken(context(), as("po-01"), {"ci", {"read"}, context().today().plusDays(5)}));
    BOOST_REQUIRE(app::resumeSession(context(), in.cookie).ok());
    BOOST_REQUIRE(app::resumeToken(context(), token.token).ok());
    app::AccountChange change;
    change.disabled = true;
    change.rev = 1;
    must(app::changeAccount(context(), as("ad-01"), "po-01", change));
    BOOST_CHECK(
        refusedAs(app::resumeSession(context(), in.cookie), ErrorKind::Unauthenticated, "no-session"));
    BOOST_CHECK(refusedAs(app::resumeToken(context(), token.token), ErrorKind::Unauthenticated, "token"));
    BOOST_CHECK(refusedAs(app::signIn(context(), "po-01", Secret(password), address),
                          ErrorKind::Unauthenticated, "account-disabled"));
    BOOST_CHECK(refusedAs(app::actorForCommand(context(), "po-01"), ErrorKind::Refused, "account-disabled"));
}

BOOST_AUTO_TEST_CASE(an_account_is_open_until_its_last_day) {
    app::AccountChange change;
    change.validUntil = std::optional<Date>(context().today());
    change.rev = 1;
    must(app::changeAccount(context(), as("ad-01"), "po-01", change));
    const auto in = must(app::signIn(context(), "po-01", Secret(password), address));
    clock().set(start().plusSeconds(24 * 3600));
    BOOST_CHECK(refusedAs(app::signIn(context(), "po-01", Secret(password), address),
                          ErrorKind::Unauthenticated, "account-ended"));
    BOOST_CHECK(
        refusedAs(app::resumeSession(context(), in.cookie), ErrorKind::Unauthenticated, "no-session"));
    BOOST_CHECK(refusedAs(app::actorForCommand(context(), "po-01"), ErrorKind::Refused, "account-expired"));
}

BOOST_AUTO_TEST_CASE(only_the_administrator_makes_and_changes_accounts) {
    for (const char* account : {"la-01", "au-01", "po-01", "tm-01", "xa-01"}) {
        BOOST_TEST_CONTEXT(account) {
            BOOST_CHECK(refusedAs(
                app::createAccount(context(), as(account), {"new-01", "New", domain::Role::Auditor, {}, {}}),
                ErrorKind::Forbidden, "forbidden"));
            BOOST_CHECK(refusedAs(app::changeAccount(context(), as(account), "po-02", {}),
                                  ErrorKind::Forbidden, "forbidden"));
            BOOST_CHECK(
                refusedAs(app::listAccounts(context(), as(account)), ErrorKind::Forbidden, "forbidden"));
        }
    }
}

BOOST_AUTO_TEST_CASE(an_account_is_made_once_with_a_password_that_is_good_enough) {
    const auto made =
        must(app::createAccount(context(), as("ad-01"), {"new-01", "New", domain::Role::Auditor, {}, {}}));
    BOOST_CHECK(!made.password.empty());
    BOOST_CHECK(app::signIn(context(), "new-01", made.password, address).ok());
    BOOST_CHECK(refusedAs(
        app::createAccount(context(), as("ad-01"), {"new-01", "New", domain::Role::Auditor, {}, {}}),
        ErrorKind::Conflict, "duplicate"));
    BOOST_CHECK(!app::createAccount(context(), as("ad-01"),
                                    {"new-02", "New", domain::Role::Auditor, {}, Secret("short")})
                     .ok());
    BOOST_CHECK(
        !app::createAccount(context(), as("ad-01"), {"Bad Name", "New", domain::Role::Auditor, {}, {}}).ok());
}

BOOST_AUTO_TEST_CASE(changing_ones_password_asks_for_the_old_one_and_ends_the_sessions) {
    const auto in = must(app::signIn(context(), "po-01", Secret(password), address));
    const Secret next("another-long-password");
    BOOST_CHECK_EQUAL(
        test::refusal(app::setPassword(context(), as("po-01"), "po-01", Secret("wrong"), next)).field,
        "old_password");
    BOOST_CHECK(refusedAs(app::setPassword(context(), as("po-01"), "po-02", Secret(password), next),
                          ErrorKind::Forbidden, "forbidden"));
    must(app::setPassword(context(), as("po-01"), "po-01", Secret(password), next));
    BOOST_CHECK(!app::resumeSession(context(), in.cookie).ok());
    BOOST_CHECK(!app::signIn(context(), "po-01", Secret(password), address).ok());
    BOOST_CHECK(app::signIn(context(), "po-01", next, address).ok());
}

BOOST_AUTO_TEST_CASE(no_one_disables_the_account_they_are_signed_in_with) {
    app::AccountChange change;
    change.disabled = true;
    change.rev = 1;
    BOOST_CHECK(refusedAs(app::changeAccount(context(), as("ad-01"), "ad-01", change), ErrorKind::Refused,
                          "own-account"));
}

BOOST_AUTO_TEST_CASE(a_token_works_through_its_last_day_and_not_after) {
    const Date last = context().today().plusDays(1);
    const auto made = must(app::createToken(context(), as("po-01"), {"ci", {"read", "evidence"}, last}));
    BOOST_CHECK_EQUAL(lastEvent().kind, "token.create");
    const auto session = must(app::resumeToken(context(), made.token));
    BOOST_CHECK_EQUAL(session.actor.account, "po-01");
    BOOST_CHECK_EQUAL(session.actor.via, "token:ci");
    BOOST_CHECK_EQUAL(session.scopes.size(), 2U);
    BOOST_CHECK(must(app::listTokens(context(), as("po-01"))).front().expires == last);
    clock().set(start().plusSeconds(36 * 3600));
    BOOST_CHECK(app::resumeToken(context(), made.token).ok());
    clock().set(start().plusSeconds(40 * 3600));
    BOOST_CHECK(refusedAs(app::resumeToken(context(), made.token), ErrorKind::Unauthenticated, "token"));
}

BOOST_AUTO_TEST_CASE(a_revoked_or_altered_token_is_unknown) {
    const auto made =
        must(app::createToken(context(), as("po-01"), {"ci", {"read"}, context().today().plusDays(5)}));
    BOOST_REQUIRE(app::resumeToken(context(), made.token).ok());
    BOOST_CHECK(!app::resumeToken(context(), Secret(made.token.reveal() + "A")).ok());
    BOOST_CHECK(refusedAs(app::revokeToken(context(), as("po-02"), "ci"), ErrorKind::NotFound, "not-found"));
    must(app::revokeToken(context(), as("po-01"), "ci"));
    BOOST_CHECK(refusedAs(app::resumeToken(context(), made.token), ErrorKind::Unauthenticated, "token"));
}

BOOST_AUTO_TEST_CASE(a_token_has_a_name_known_scopes_and_an_end) {
    const Date soon = context().today().plusDays(5);
    BOOST_CHECK(refusedAs(app::createToken(context(), as("po-01"), {"ci", {"everything"}, soon}),
                          ErrorKind::Invalid, "scope"));
    BOOST_CHECK(
        refusedAs(app::createToken(context(), as("po-01"), {"ci", {}, soon}), ErrorKind::Invalid, "scope"));
    BOOST_CHECK(refusedAs(app::createToken(context(), as("po-01"), {"ci", {"admin"}, soon}),
                          ErrorKind::Forbidden, "forbidden"));
    BOOST_CHECK(
        refusedAs(app::createToken(context(), as("po-01"), {"ci", {"read"}, context().today().plusDays(400)}),
                  ErrorKind::Invalid, "expires"));
    must(app::createToken(context(), as("po-01"), {"ci", {"read"}, soon}));
    BOOST_CHECK(refusedAs(app::createToken(context(), as("po-01"), {"ci", {"read"}, soon}),
                          ErrorKind::Conflict, "duplicate"));
    BOOST_CHECK(must(app::listTokens(context(), as("po-02"))).empty());
}

BOOST_AUTO_TEST_CASE(secrets_are_never_written_into_the_database_or_the_ledger) {
    const auto in = must(app::signIn(context(), "po-01", Secret(password), address));
    const auto token =
        must(app::createToken(context(), as("po-01"), {"ci", {"read"}, context().today().plusDays(5)}));
    close();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root())) {
        if (!entry.is_regular_file()) continue;
        const std::string bytes = must(archive::readSmallFile(entry.path(), 1U << 30U));
        for (const Secret& secret : {Secret(password), in.cookie, token.token}) {
            BOOST_CHECK_MESSAGE(!test::holds(bytes, secret.reveal()), entry.path());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

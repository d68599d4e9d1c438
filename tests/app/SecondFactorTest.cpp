// Codes by time beside the password: turning on and off, signing in, recovery, reset.
#include <set>

#include "app/Door.h"
#include "tickmark/app/Ledgers.h"
#include "tickmark/storage/SecondFactors.h"

using namespace tickmark;
using test::Door;
using test::must;
using test::refusedAs;

namespace {

constexpr const char* address = test::doorAddress;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(second_factor, Door)

BOOST_AUTO_TEST_CASE(turning_it_on_takes_the_password_and_a_first_code) {
    BOOST_CHECK(refusedAs(app::beginSecondFactor(context(), as("po-01"), Secret("not the password")),
                          ErrorKind::Invalid, "password"));
    BOOST_CHECK_EQUAL(lastEvent().kind, "party.proof-failed");
    secret = must(app::beginSecondFactor(context(), as("po-01"), Secret(password))).secret;
    BOOST_CHECK(
        refusedAs(app::confirmSecondFactor(context(), as("po-01"), wrong(), {}), ErrorKind::Invalid, "code"));
    BOOST_CHECK(in("po-01", {}).ok());
    const auto codes = must(app::confirmSecondFactor(context(), as("po-01"), code(), {}));
    BOOST_CHECK_EQUAL(lastEvent().kind, "party.second-factor-on");
    std::set<std::string> different;
    for (const Secret& one : codes) different.insert(one.reveal());
    BOOST_CHECK_EQUAL(different.size(), 10U);
    const auto view = must(app::showSecondFactor(context(), as("po-01")));
    BOOST_CHECK(view.since == clock().now());
    BOOST_CHECK_EQUAL(view.recoveryLeft, 10);
    BOOST_CHECK(refusedAs(app::beginSecondFactor(context(), as("po-01"), Secret(password)),
                          ErrorKind::Refused, "second-factor-on"));
    BOOST_CHECK(refusedAs(in("po-01", {}), ErrorKind::Unauthenticated, "code-needed"));
}

BOOST_AUTO_TEST_CASE(a_secret_that_nobody_proved_runs_out) {
    BOOST_CHECK(refusedAs(app::confirmSecondFactor(context(), as("po-01"), "123456", {}), ErrorKind::Refused,
                          "second-factor-not-begun"));
    secret = must(app::beginSecondFactor(context(), as("po-01"), Secret(password))).secret;
    BOOST_CHECK_EQUAL(must(app::begunSecondFactor(context(), as("po-01"))).secret.reveal(), secret.reveal());
    later(15 * 60);
    BOOST_CHECK(refusedAs(app::confirmSecondFactor(context(), as("po-01"), code(), {}), ErrorKind::Refused,
                          "second-factor-not-begun"));
    BOOST_CHECK(refusedAs(app::begunSecondFactor(context(), as("po-01")), ErrorKind::Refused,
                          "second-factor-not-begun"));
}

BOOST_AUTO_TEST_CASE(turning_it_on_ends_the_other_sessions) {
    const auto other = must(in("po-01", {}));
    turnOn("po-01");
    BOOST_CHECK(
        refusedAs(app::resumeSession(context(), other.cookie), ErrorKind::Unauthenticated, "no-session"));
    BOOST_CHECK(must(app::resumeSession(context(), session)).secondFactor);
}

BOOST_AUTO_TEST_CASE(a_code_signs_in_once) {
    turnOn("po-01");
    const std::string given = code();
    BOOST_CHECK(must(in("po-01", given)).session.secondFactor);
    BOOST_CHECK_EQUAL(lastEvent().kind, "party.sign-in");
    BOOST_CHECK_EQUAL(lastEvent().facts.textAt("second_factor"), "app");
    BOOST_CHECK(refusedAs(in("po-01", given), ErrorKind::Unauthenticated, "code"));
    BOOST_CHECK_EQUAL(lastEvent().kind, "party.proof-failed");
    BOOST_CHECK_EQUAL(lastEvent().actor, "system");  // whoever it was, it was not shown to be po-01
    BOOST_CHECK_EQUAL(lastEvent().ref, "po-01");
    BOOST_CHECK(refusedAs(in("po-01", code(-1)), ErrorKind::Unauthenticated, "code"));
    later(30);
    BOOST_CHECK(in("po-01", code()).ok());
}

BOOST_AUTO_TEST_CASE(the_code_that_turned_it_on_does_not_sign_in) {
    secret = must(app::beginSecondFactor(context(), as("po-01"), Secret(password))).secret;
    const std::string first = code();
    must(app::confirmSecondFactor(context(), as("po-01"), first, {}));
    BOOST_CHECK(refusedAs(in("po-01", first), ErrorKind::Unauthenticated, "code"));
}

BOOST_AUTO_TEST_CASE(clocks_may_differ_by_one_step) {
    turnOn("po-01");
    BOOST_CHECK(refusedAs(in("po-01", code(2)), ErrorKind::Unauthenticated, "code"));
    BOOST_CHECK(refusedAs(in("po-01", code(-2)), ErrorKind::Unauthenticated, "code"));
    BOOST_CHECK(in("po-01", code(-1)).ok());
    BOOST_CHECK(in("po-01", code(1).insert(3, " ")).ok());
}

BOOST_AUTO_TEST_CASE(after_five_wrong_codes_the_next_one_waits_and_is_told_for_how_long) {
    turnOn("po-01");
    for (int i = 0; i < 5; ++i)
        BOOST_CHECK(refusedAs(in("po-01", wrong()), ErrorKind::Unauthenticated, "code"));
    const Error waits = test::refusal(in("po-01", code()));
    BOOST_CHECK_EQUAL(waits.type, "proof-throttled");
    BOOST_CHECK_EQUAL(waits.waitSeconds, 16);
    later(16);
    BOOST_CHECK(in("po-01", code()).ok());
    later(30);
    BOOST_CHECK(refusedAs(in("po-01", wrong()), ErrorKind::Unauthenticated, "code"));
}

BOOST_AUTO_TEST_CASE(wrong_codes_count_for_the_address_too) {
    turnOn("po-01");
    for (int i = 0; i < 19; ++i) {
        static_cast<void>(app::signIn(context(), "guess-" + std::to_string(i), Secret("wrong"), address));
    }
    BOOST_CHECK(refusedAs(in("po-01", wrong()), ErrorKind::Unauthenticated, "code"));
    BOOST_CHECK(refusedAs(in("po-02", {}), ErrorKind::Throttled, "sign-in-throttled"));
}

BOOST_AUTO_TEST_CASE(who_does_not_know_the_password_learns_nothing_of_the_code) {
    turnOn("po-01");
    const auto without = test::refusal(app::signIn(context(), "po-02", Secret("wrong"), address, {}, "1"));
    const auto with = test::refusal(app::signIn(context(), "po-01", Secret("wrong"), address, {}, code()));
    BOOST_CHECK_EQUAL(with.message, without.message);
    BOOST_CHECK(in("po-01", code()).ok());
}

BOOST_AUTO_TEST_CASE(a_recovery_code_signs_in_once_and_says_so) {
    turnOn("po-01");
    const std::string given = recovery.front().reveal();
    BOOST_CHECK(in("po-01", given).ok());
    BOOST_CHECK_EQUAL(lastEvent().facts.textAt("second_factor"), "recovery-code");
    const auto before = must(app::listLedger(context(), as("la-01"), entries() - 2, 1)).front().event;
    BOOST_CHECK_EQUAL(before.kind, "party.recovery-code-used");
    BOOST_CHECK(refusedAs(in("po-01", given), ErrorKind::Unauthenticated, "code"));
    BOOST_CHECK_EQUAL(must(app::showSecondFactor(context(), as("po-01"))).recoveryLeft, 9);
    BOOST_CHECK(in("po-01", recovery.back().reveal()).ok());
}

BOOST_AUTO_TEST_CASE(recovery_codes_are_of_one_account) {
    turnOn("po-02");
    const std::string others = recovery.front().reveal();
    turnOn("po-01");
    BOOST_CHECK(refusedAs(in("po-01", others), ErrorKind::Unauthenticated, "code"));
}

BOOST_AUTO_TEST_CASE(a_right_password_waits_five_minutes_for_its_code) {
    turnOn("po-01");
    const auto begin = [&] {
        const auto step = must(app::beginSignIn(context(), "po-01", Secret(password), address, {}));
        BOOST_REQUIRE(!step.done);
        return step.pending;
    };
    const Secret first = begin();
    BOOST_CHECK(!app::resumeSession(context(), first).ok());
    BOOST_CHECK(app::mayFinishSignIn(context(), first).ok());
    BOOST_CHECK(refusedAs(app::finishSignIn(context(), Secret("another"), code(), address, {}),
                          ErrorKind::Unauthenticated, "sign-in-expired"));
    BOOST_CHECK(refusedAs(app::finishSignIn(context(), first, wrong(), address, {}),
                          ErrorKind::Unauthenticated, "code"));
    later(299);
    const auto done = must(app::finishSignIn(context(), first, code(), address, {}));
    BOOST_CHECK_EQUAL(must(app::resumeSession(context(), done.cookie)).actor.account, "po-01");
    later(30);
    BOOST_CHECK(refusedAs(app::finishSignIn(context(), first, code(), address, {}),
                          ErrorKind::Unauthenticated, "sign-in-expired"));
    const Secret second = begin();
    later(300);
    BOOST_CHECK(refusedAs(app::finishSignIn(context(), second, code(), address, {}),
                          ErrorKind::Unauthenticated, "sign-in-expired"));
}

BOOST_AUTO_TEST_CASE(a_new_password_ends_sign_ins_that_wait) {
    turnOn("po-01");
    const auto step = must(app::beginSignIn(context(), "po-01", Secret(password), address, {}));
    must(app::setPassword(context(), as("ad-01"), "po-01", {}, Secret("another-long-password")));
    BOOST_CHECK(refusedAs(app::finishSignIn(context(), step.pending, code(), address, {}),
                          ErrorKind::Unauthenticated, "sign-in-expired"));
}

BOOST_AUTO_TEST_CASE(a_disabled_account_does_not_finish_its_sign_in) {
    turnOn("po-01");
    const auto step = must(app::beginSignIn(context(), "po-01", Secret(password), address, {}));
    app::AccountChange change;
    change.disabled = true;
    change.rev = 1;
    must(app::changeAccount(context(), as("ad-01"), "po-01", change));
    BOOST_CHECK(refusedAs(app::finishSignIn(context(), step.pending, code(), address, {}),
                          ErrorKind::Unauthenticated, "account-disabled"));
}

BOOST_AUTO_TEST_CASE(turning_it_off_takes_password_and_code) {
    turnOn("po-01");
    BOOST_CHECK(refusedAs(app::endSecondFactor(context(), as("po-01"), Secret("wrong"), code()),
                          ErrorKind::Invalid, "password"));
    BOOST_CHECK(refusedAs(app::endSecondFactor(context(), as("po-01"), Secret(password), wrong()),
                          ErrorKind::Invalid, "code"));
    must(app::endSecondFactor(context(), as("po-01"), Secret(password), code()));
    BOOST_CHECK_EQUAL(lastEvent().kind, "party.second-factor-off");
    BOOST_CHECK(in("po-01", {}).ok());
    BOOST_CHECK(refusedAs(app::endSecondFactor(context(), as("po-01"), Secret(password), code()),
                          ErrorKind::Refused, "no-second-factor"));
}

BOOST_AUTO_TEST_CASE(new_recovery_codes_take_the_place_of_the_old_ones) {
    turnOn("po-01");
    BOOST_CHECK(refusedAs(app::renewRecoveryCodes(context(), as("po-01"), Secret("wrong"), code()),
                          ErrorKind::Invalid, "password"));
    const auto fresh = must(app::renewRecoveryCodes(context(), as("po-01"), Secret(password), code()));
    BOOST_CHECK_EQUAL(lastEvent().kind, "party.recovery-codes");
    BOOST_CHECK(refusedAs(in("po-01", recovery.front().reveal()), ErrorKind::Unauthenticated, "code"));
    BOOST_CHECK(in("po-01", fresh.front().reveal()).ok());
}

BOOST_AUTO_TEST_CASE(an_administrator_resets_it_with_a_reason) {
    turnOn("po-01");
    for (const char* account : {"la-01", "po-01", "xa-01"}) {
        BOOST_CHECK(refusedAs(app::resetSecondFactor(context(), as(account), "po-01", "phone lost"),
                              ErrorKind::Forbidden, "forbidden"));
    }
    BOOST_CHECK(
        refusedAs(app::resetSecondFactor(context(), as("ad-01"), "po-01", " "), ErrorKind::Invalid, "text"));
    BOOST_CHECK(refusedAs(app::resetSecondFactor(context(), as("ad-01"), "po-02", "phone lost"),
                          ErrorKind::Refused, "no-second-factor"));
    BOOST_CHECK_EQUAL(must(app::accountsWithSecondFactor(context(), as("ad-01"))).size(), 1U);
    must(app::resetSecondFactor(context(), as("ad-01"), "po-01", "phone lost"));
    const auto event = must(app::listLedger(context(), as("la-01"), entries() - 2, 1)).front().event;
    BOOST_CHECK_EQUAL(event.kind, "party.second-factor-reset");
    BOOST_CHECK_EQUAL(event.facts.textAt("reason"), "phone lost");
    BOOST_CHECK_EQUAL(event.ref, "po-01");
    BOOST_CHECK(refusedAs(app::resumeSession(context(), session), ErrorKind::Unauthenticated, "no-session"));
    BOOST_CHECK(in("po-01", {}).ok());
    BOOST_CHECK(must(app::accountsWithSecondFactor(context(), as("ad-01"))).empty());
}

BOOST_AUTO_TEST_CASE(no_administrator_resets_their_own) {
    turnOn("ad-01");
    BOOST_CHECK(refusedAs(app::resetSecondFactor(context(), as("ad-01"), "ad-01", "phone lost"),
                          ErrorKind::Refused, "own-account"));
}

BOOST_AUTO_TEST_CASE(the_settings_say_who_must_turn_one_on) {
    using domain::Role;
    app::Settings settings;
    BOOST_CHECK(!app::asksSecondFactor(settings, Role::Administrator));
    settings.secondFactor = "required-for-leads";
    BOOST_CHECK(app::asksSecondFactor(settings, Role::Administrator));
    BOOST_CHECK(app::asksSecondFactor(settings, Role::LeadAuditor));
    BOOST_CHECK(!app::asksSecondFactor(settings, Role::Auditor));
    BOOST_CHECK(!app::asksSecondFactor(settings, Role::CertificationAuditor));
    settings.secondFactor = "required";
    BOOST_CHECK(app::asksSecondFactor(settings, Role::CertificationAuditor));
}

BOOST_AUTO_TEST_CASE(who_must_have_one_is_known_by_the_session_until_it_is_on) {
    context().settings.secondFactor = "required-for-leads";
    const auto lead = must(in("la-01", {}));
    BOOST_CHECK(lead.session.mustEnrol);
    BOOST_CHECK(must(app::resumeSession(context(), lead.cookie)).mustEnrol);
    BOOST_CHECK(!must(in("po-01", {})).session.mustEnrol);
    turnOn("la-01");
    BOOST_CHECK(!must(app::resumeSession(context(), session)).mustEnrol);
    BOOST_CHECK(!must(in("la-01", code())).session.mustEnrol);
    later(30);
    must(app::endSecondFactor(context(), as("la-01"), Secret(password), code()));
    BOOST_CHECK(must(app::resumeSession(context(), session)).mustEnrol);
}

BOOST_AUTO_TEST_CASE(no_secret_and_no_code_stands_in_the_ledger_and_no_recovery_code_in_the_database) {
    turnOn("po-01");
    const std::string given = code();
    must(in("po-01", given));
    must(in("po-01", recovery.front().reveal()));
    const auto step = must(app::beginSignIn(context(), "po-01", Secret(password), address, {}));
    std::string facts;
    for (const auto& line : must(app::listLedger(context(), as("la-01"), 0, entries())))
        facts += line.event.leaf() + "\n";
    BOOST_REQUIRE(test::holds(facts, "party.second-factor-on"));
    BOOST_CHECK(!test::holds(facts, secret.reveal()));
    BOOST_CHECK(!test::holds(facts, "\"" + given + "\""));
    close();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root())) {
        if (!entry.is_regular_file()) continue;
        const std::string bytes = must(archive::readSmallFile(entry.path(), 1U << 30U));
        for (const Secret& one : {recovery.front(), recovery.back(), step.pending})
            BOOST_CHECK_MESSAGE(!test::holds(bytes, one.reveal()), entry.path());
    }
}

BOOST_AUTO_TEST_CASE(sweeping_forgets_secrets_that_nobody_proved_and_keeps_the_others) {
    turnOn("po-01");
    must(app::beginSecondFactor(context(), as("po-02"), Secret(password)));
    later(15 * 60 + 1);
    must(app::sweepSignIns(context()));
    BOOST_CHECK(in("po-01", code()).ok());
    const auto left = must(context().database->read(
        [&](storage::ReadSession& read) { return storage::secondFactorOf(read, as("po-02").id); }));
    BOOST_CHECK(!left);
}

BOOST_AUTO_TEST_SUITE_END()

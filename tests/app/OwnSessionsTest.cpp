// One's own sessions, seen and ended by oneself; one's password with a second factor.
#include "app/Door.h"
#include "tickmark/app/OpenSessions.h"

using namespace tickmark;
using test::Door;
using test::must;
using test::refusedAs;

BOOST_FIXTURE_TEST_SUITE(own_sessions, Door)

BOOST_AUTO_TEST_CASE(one_sees_ones_own_sessions_and_nobody_elses) {
    const auto here = must(app::signIn(context(), "po-01", Secret(password), "192.0.2.1"));
    later(60);
    const auto there = must(app::signIn(context(), "po-01", Secret(password), "192.0.2.2"));
    must(app::signIn(context(), "la-01", Secret(password), "192.0.2.3"));
    const auto mine = must(app::listOwnSessions(context(), as("po-01"), here.cookie));
    BOOST_REQUIRE_EQUAL(mine.size(), 2U);
    for (const auto& one : mine) {
        BOOST_CHECK_EQUAL(one.account, "po-01");
        BOOST_CHECK_EQUAL(one.own, one.address == "192.0.2.1");
    }
    must(app::endOwnSession(context(), as("po-01"), mine.front().own ? mine.back().id : mine.front().id,
                            here.cookie));
    BOOST_CHECK_EQUAL(lastEvent().kind, "party.end-session");
    BOOST_CHECK(!app::resumeSession(context(), there.cookie).ok());
    BOOST_CHECK(app::resumeSession(context(), here.cookie).ok());
}

BOOST_AUTO_TEST_CASE(nobody_ends_anothers_session_or_the_one_that_is_worked_in) {
    const auto here = must(app::signIn(context(), "po-01", Secret(password), "192.0.2.1"));
    const auto lead = must(app::signIn(context(), "la-01", Secret(password), "192.0.2.3"));
    const auto theirs = must(app::listOwnSessions(context(), as("la-01"), lead.cookie)).front().id;
    const auto mine = must(app::listOwnSessions(context(), as("po-01"), here.cookie)).front().id;
    BOOST_CHECK(app::endOwnSession(context(), as("po-01"), theirs, here.cookie).error().kind ==
                ErrorKind::NotFound);
    BOOST_CHECK(refusedAs(app::endOwnSession(context(), as("po-01"), mine, here.cookie), ErrorKind::Refused,
                          "own-session"));
    BOOST_CHECK(app::resumeSession(context(), lead.cookie).ok());
    BOOST_CHECK(app::resumeSession(context(), here.cookie).ok());
}

BOOST_AUTO_TEST_CASE(ending_sessions_asks_for_a_code_where_a_second_factor_is_on) {
    turnOn("po-01");
    must(app::signIn(context(), "po-01", Secret(password), "192.0.2.2", {}, code()));
    later(60);
    const auto mine = must(app::listOwnSessions(context(), as("po-01"), session));
    BOOST_REQUIRE_EQUAL(mine.size(), 2U);
    const auto other = mine.front().own ? mine.back().id : mine.front().id;
    BOOST_CHECK(refusedAs(app::endOwnSession(context(), as("po-01"), other, session), ErrorKind::Invalid,
                          "code-needed"));
    BOOST_CHECK(
        refusedAs(app::endOtherSessions(context(), as("po-01"), session), ErrorKind::Invalid, "code-needed"));
    BOOST_CHECK_EQUAL(must(app::listOwnSessions(context(), as("po-01"), session)).size(), 2U);
    BOOST_CHECK_EQUAL(must(app::endOtherSessions(context(), as("po-01"), session, code())), 1);
    BOOST_CHECK_EQUAL(must(app::listOwnSessions(context(), as("po-01"), session)).size(), 1U);
}

BOOST_AUTO_TEST_CASE(changing_ones_password_asks_for_a_code_where_a_second_factor_is_on) {
    turnOn("po-01");
    const Secret next("another-long-password");
    const auto change = [&](const std::string& proof) {
        return app::setPassword(context(), as("po-01"), "po-01", Secret(password), next, proof);
    };
    BOOST_CHECK(refusedAs(change({}), ErrorKind::Invalid, "code-needed"));
    BOOST_CHECK(refusedAs(change(wrong()), ErrorKind::Invalid, "code"));
    BOOST_CHECK(app::resumeSession(context(), session).ok());
    BOOST_CHECK(change(code()).ok());
    BOOST_CHECK(!app::resumeSession(context(), session).ok());
}

BOOST_AUTO_TEST_SUITE_END()

// The feed's secret, and the digest: one a day and person, whatever happens in between.
#include <boost/test/unit_test.hpp>
#include <map>

#include "app/House.h"
#include "storage/RawDatabase.h"
#include "tickmark/app/Accounts.h"
#include "tickmark/app/DailyDigest.h"
#include "tickmark/app/Reminders.h"

using namespace tickmark;
using test::House;
using test::must;
using test::refusedAs;

namespace {

/// po-01 has a finding to answer by 2026-03-10 and an address; mails are collected.
class Mailed : public House {
  public:
    Mailed() {
        const auto made = issued();
        app::Assignment dates;
        dates.responseDue = must(Date::parse("2026-03-10"));
        must(app::assignFinding(context(), as("la-01"), made.ref, made.rev, dates));
        must(app::setMailAddress(context(), as("po-01"), "po@example.org"));
        must(app::setMailAddress(context(), as("po-02"), "other@example.org"));
        configure();
        at("2026-03-09T06:00:00Z");
    }

    void configure() const {
        context().settings.smtpUrl = "smtp://localhost:1";
        context().settings.digestFrom = "tickmark@example.org";
        context().settings.digestHour = 6;
    }
    void at(const std::string& moment) { clock().set(must(Timestamp::parse(moment))); }

    /// What became of each person by account.
    std::map<std::string, std::string> pass(app::DigestRun run = {}) {
        if (!run.send) run.send = [this](const outbound::Mail& mail) { return post(mail); };
        std::map<std::string, std::string> fates;
        for (const auto& outcome : must(app::sendDigests(context(), run)))
            fates[outcome.account] = app::toText(outcome.fate);
        return fates;
    }

    Result<void> post(const outbound::Mail& mail) {
        ++tried;
        if (crash) throw std::runtime_error("the program ends here");
        if (failure) return *failure;
        mails.push_back(mail);
        return {};
    }

    std::vector<outbound::Mail> mails{};
    int tried = 0;
    bool crash = false;
    std::optional<Error> failure{};
};

using Fates = std::map<std::string, std::string>;
bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(daily_digest, Mailed)

BOOST_AUTO_TEST_CASE(one_mail_goes_to_whom_something_is_due_and_none_to_others) {
    BOOST_CHECK((pass() == Fates{{"po-01", "sent"}, {"po-02", "nothing"}}));
    BOOST_REQUIRE_EQUAL(mails.size(), 1U);
    const outbound::Mail& mail = mails.front();
    BOOST_TEST(mail.to == "po@example.org");
    BOOST_TEST(mail.from == "tickmark@example.org");
    BOOST_TEST(mail.subject == "Tickmark: 0 past the date, 1 due by 2026-03-16");
    BOOST_TEST(has(mail.text, "F-0001 Priority not confirmed"));
    BOOST_TEST(has(mail.text, "Respond (2026-03-10, tomorrow; audit IA-1)"));
    BOOST_TEST(!has(mail.text, "http"));
}

BOOST_AUTO_TEST_CASE(nobody_is_written_to_twice_on_a_day_and_again_on_the_next) {
    pass();
    BOOST_CHECK((pass() == Fates{{"po-01", "earlier"}, {"po-02", "nothing"}}));
    app::DigestRun now;
    now.now = true;
    at("2026-03-09T23:59:59Z");
    pass(now);
    BOOST_TEST(mails.size() == 1U);
    at("2026-03-10T06:00:00Z");
    pass();
    BOOST_REQUIRE_EQUAL(mails.size(), 2U);
    BOOST_TEST(mails[0].messageId != mails[1].messageId);
    at("2026-03-11T06:00:00Z");
    pass();
    BOOST_REQUIRE_EQUAL(mails.size(), 3U);
    BOOST_TEST(mails[2].subject == "Tickmark: 1 past the date, 0 due by 2026-03-18");
    BOOST_TEST(has(mails[2].text, "yesterday"));
}

BOOST_AUTO_TEST_CASE(before_the_hour_nobody_is_written_to_unless_asked_now) {
    at("2026-03-09T05:59:59Z");
    BOOST_TEST(pass().empty());
    app::DigestRun now;
    now.now = true;
    BOOST_TEST(pass(now)["po-01"] == "sent");
}

BOOST_AUTO_TEST_CASE(after_a_crash_while_sending_nobody_is_written_to_again_that_day) {
    crash = true;
    BOOST_CHECK_THROW(pass(), std::runtime_error);
    crash = false;
    close();
    open();
    configure();
    BOOST_TEST(pass()["po-01"] == "earlier");
    BOOST_TEST(mails.empty());
    at("2026-03-10T06:00:00Z");
    BOOST_TEST(pass()["po-01"] == "sent");
}

BOOST_AUTO_TEST_CASE(what_was_certainly_not_taken_is_tried_four_times_a_day) {
    failure = environment("mail-unreachable", "The mail server cannot be reached.", "Later.");
    BOOST_TEST(pass()["po-01"] == "waits");
    BOOST_TEST(pass()["po-01"] == "waits");
    BOOST_TEST(tried == 1);  // not within a quarter of an hour
    at("2026-03-09T06:15:00Z");
    BOOST_TEST(pass()["po-01"] == "waits");
    at("2026-03-09T07:00:00Z");
    BOOST_TEST(pass()["po-01"] == "waits");
    at("2026-03-09T08:00:00Z");
    BOOST_TEST(pass()["po-01"] == "given-up");
    at("2026-03-09T09:00:00Z");
    BOOST_TEST(pass()["po-01"] == "given-up");
    BOOST_TEST(tried == 4);
    failure.reset();
    BOOST_TEST(pass()["po-01"] == "given-up");
    at("2026-03-10T06:00:00Z");
    BOOST_TEST(pass()["po-01"] == "sent");
}

BOOST_AUTO_TEST_CASE(a_mail_that_comes_through_at_the_second_try_is_sent_once) {
    failure = environment("mail-unreachable", "The mail server cannot be reached.", "Later.");
    pass();
    failure.reset();
    at("2026-03-09T06:20:00Z");
    BOOST_TEST(pass()["po-01"] == "sent");
    BOOST_TEST(pass()["po-01"] == "earlier");
    BOOST_TEST(mails.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_mail_that_may_have_arrived_is_not_sent_again) {
    failure = Error{ErrorKind::Undecided, "mail-unsure", "It broke off."};
    BOOST_TEST(pass()["po-01"] == "unsure");
    failure.reset();
    at("2026-03-09T12:00:00Z");
    BOOST_TEST(pass()["po-01"] == "earlier");
    BOOST_TEST(mails.empty());
}

BOOST_AUTO_TEST_CASE(a_dry_run_shows_everything_and_changes_nothing) {
    app::DigestRun dry;
    dry.now = true;
    dry.dryRun = true;
    context().settings.smtpUrl.clear();
    const auto before = entries();
    const auto shown = must(app::sendDigests(context(), dry));
    BOOST_REQUIRE_EQUAL(shown.size(), 2U);
    BOOST_TEST(app::toText(shown.front().fate) == "shown");
    BOOST_TEST(has(shown.front().text, "F-0001"));
    BOOST_TEST(entries() == before);
    configure();
    BOOST_TEST(pass()["po-01"] == "sent");
}

BOOST_AUTO_TEST_CASE(an_account_that_is_shut_gets_none) {
    const auto party = must(app::changeAccount(context(), as("ad-01"), "po-01", {{}, true, {}, 1}));
    BOOST_TEST(party.disabled);
    BOOST_TEST(pass().count("po-01") == 0U);
}

BOOST_AUTO_TEST_CASE(without_a_mail_server_it_is_refused_and_an_address_can_be_taken_back) {
    context().settings.smtpUrl.clear();
    BOOST_CHECK(refusedAs(app::sendDigests(context(), {}), ErrorKind::Refused, "no-mail-server"));
    configure();
    must(app::setMailAddress(context(), as("po-01"), ""));
    BOOST_TEST(pass().count("po-01") == 0U);
    for (const char* bad : {"x", "a@", "@b.org", "a b@c.org", "a@b..org", "a@-b.org",
                            "a@b.org\r\nBcc: c@d.org", "<a@b.org>", ".a@b.org", "ä@b.org"}) {
        BOOST_TEST_CONTEXT(bad) {
            BOOST_CHECK(refusedAs(app::setMailAddress(context(), as("po-01"), bad), ErrorKind::Invalid,
                                  "mail-address"));
        }
    }
}

BOOST_AUTO_TEST_CASE(links_stand_in_the_mail_when_the_address_of_the_pages_is_known) {
    context().settings.publicUrl = "https://audit.example.org";
    pass();
    BOOST_TEST(has(mails.at(0).text, "  https://audit.example.org/findings/F-0001\n"));
    BOOST_TEST(has(mails.at(0).text, "https://audit.example.org/due\n"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(calendar_feed, Mailed)

BOOST_AUTO_TEST_CASE(the_feed_holds_what_is_due_under_names_that_stay) {
    context().settings.publicUrl = "https://audit.example.org";
    const Secret secret = must(app::renewFeed(context(), as("po-01")));
    const std::string first = must(app::readFeed(context(), secret, "192.0.2.1"));
    BOOST_TEST(has(first, "DTSTART;VALUE=DATE:20260310\r\n"));
    BOOST_TEST(has(first, "SUMMARY:F-0001 Respond: Priority not confirmed\r\n"));
    BOOST_TEST(has(first, "URL:https://audit.example.org/findings/F-0001\r\n"));
    at("2026-03-12T08:00:00Z");
    const std::string later = must(app::readFeed(context(), secret, "192.0.2.1"));
    const auto uid = [](const std::string& text) {
        const auto at = text.find("UID:");
        return text.substr(at, text.find("\r\n", at) - at);
    };
    BOOST_TEST(uid(first) == uid(later));
    BOOST_TEST(has(later, "DTSTAMP:20260312T080000Z"));
}

BOOST_AUTO_TEST_CASE(a_new_address_ends_the_old_one_and_a_revoked_one_is_gone) {
    BOOST_TEST(!must(app::showReminders(context(), as("po-01"))).feedSince.has_value());
    const Secret old = must(app::renewFeed(context(), as("po-01")));
    const Secret fresh = must(app::renewFeed(context(), as("po-01")));
    BOOST_TEST(old.reveal() != fresh.reveal());
    BOOST_TEST(lastEvent().kind == "calendar.renew");
    BOOST_CHECK(refusedAs(app::readFeed(context(), old, "192.0.2.1"), ErrorKind::NotFound, "not-found"));
    must(app::readFeed(context(), fresh, "192.0.2.1"));
    BOOST_TEST(must(app::showReminders(context(), as("po-01"))).feedSince.has_value());
    must(app::revokeFeed(context(), as("po-01")));
    BOOST_CHECK(refusedAs(app::readFeed(context(), fresh, "192.0.2.1"), ErrorKind::NotFound, "not-found"));
    BOOST_CHECK(refusedAs(app::revokeFeed(context(), as("po-01")), ErrorKind::NotFound, "not-found"));
}

BOOST_AUTO_TEST_CASE(only_the_digest_of_the_secret_is_kept) {
    const Secret secret = must(app::renewFeed(context(), as("po-01")));
    storage::sample::RawDatabase raw(root() / "tickmark.db");
    BOOST_TEST(raw.text("SELECT count(*) FROM calendar_feed WHERE secret = '" + secret.reveal() + "'") ==
               "0");
    BOOST_TEST(raw.text("SELECT count(*) FROM calendar_feed") == "1");
}

BOOST_AUTO_TEST_CASE(guessing_makes_an_address_wait_and_nobody_else) {
    const Secret secret = must(app::renewFeed(context(), as("po-01")));
    for (int i = 0; i < 20; ++i) {
        BOOST_CHECK(refusedAs(app::readFeed(context(), Secret("guess" + std::to_string(i)), "192.0.2.7"),
                              ErrorKind::NotFound, "not-found"));
    }
    BOOST_CHECK(
        refusedAs(app::readFeed(context(), secret, "192.0.2.7"), ErrorKind::Throttled, "calendar-throttled"));
    must(app::readFeed(context(), secret, "192.0.2.8"));
    clock().set(context().now().plusSeconds(16));
    must(app::readFeed(context(), secret, "192.0.2.7"));
    // Signing in from there is another matter.
    must(app::signIn(context(), "po-01", Secret(House::password), "192.0.2.7"));
}

BOOST_AUTO_TEST_CASE(a_feed_ends_with_its_account) {
    const Secret secret = must(app::renewFeed(context(), as("po-01")));
    must(app::changeAccount(context(), as("ad-01"), "po-01", {{}, true, {}, 1}));
    BOOST_CHECK(refusedAs(app::readFeed(context(), secret, "192.0.2.1"), ErrorKind::NotFound, "not-found"));
}

BOOST_AUTO_TEST_SUITE_END()

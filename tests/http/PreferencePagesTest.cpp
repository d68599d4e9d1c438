// What one prefers shows on every page, in every browser one signs in with.
#include <boost/test/unit_test.hpp>

#include "http/ApiFixture.h"

namespace tickmark::http::test {
namespace {

Reply save(const Client& client, const std::string& fields) {
    return client.send(
        {"POST", "/me/preferences", fields, "application/x-www-form-urlencoded", "Accept: text/html\r\n"});
}

bool says(const Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

std::string rootOf(const Reply& reply) {
    const auto begin = reply.body.find("<html");
    return reply.body.substr(begin, reply.body.find('>', begin) + 1 - begin);
}

const std::string everything =
    "theme=dark&density=compact&motion=reduced&shortcuts=off&time_zone=Asia%2FKolkata&language=en";

}  // namespace

BOOST_AUTO_TEST_SUITE(preference_pages)

BOOST_AUTO_TEST_CASE(a_page_says_nothing_of_what_nobody_chose) {
    Site site;
    BOOST_TEST(rootOf(site.as("pia").get("/findings")) == "<html lang=\"en\">");
    BOOST_TEST(rootOf(site.nobody().get("/login")) == "<html lang=\"en\">");
}

BOOST_AUTO_TEST_CASE(choices_stand_on_the_root_of_every_page_from_the_next_request_on) {
    Site site;
    const Client& pia = site.as("pia");
    must(200, pia.get("/me"));
    const Reply saved = must(303, save(pia, everything));
    BOOST_TEST(saved.header("Location") == "/me?saved=preferences");
    for (const char* page : {"/", "/findings", "/me", "/no-such-page"}) {
        BOOST_TEST(rootOf(pia.send({"GET", page, {}, {}, "Accept: text/html\r\n"})) ==
                   "<html lang=\"en\" data-theme=\"dark\" data-rows=\"compact\" data-keys=\"off\" "
                   "data-motion=\"reduced\">");
    }
    BOOST_TEST(rootOf(site.as("lea").get("/")) == "<html lang=\"en\">");
    const Reply me = must(200, pia.get("/me?saved=preferences"));
    BOOST_TEST(says(me, "Your preferences are kept."));
    BOOST_TEST(says(me, "<option value=\"Asia/Kolkata\" selected>Kolkata</option>"));
    BOOST_TEST(says(me, "<option value=\"dark\" selected>"));
}

BOOST_AUTO_TEST_CASE(times_are_shown_in_the_persons_zone_with_utc_on_hover) {
    Site site(std::make_shared<SetClock>(*Timestamp::parse("2022-10-14T22:12:33Z")));
    const std::string audit = site.newAudit();
    const std::string evidence = site.newEvidence(audit, "a record");
    const Client& lea = site.as("lea");
    BOOST_TEST(says(lea.get("/evidence/" + evidence), "2022-10-14 22:12 UTC"));
    must(303, save(lea, everything));
    const Reply shown = must(200, lea.get("/evidence/" + evidence));
    BOOST_TEST(says(shown,
                    "<time datetime=\"2022-10-14T22:12:33Z\" title=\"2022-10-14 22:12 UTC\">2022-10-15 03:42 "
                    "IST</time>"));
    // The log keeps UTC in sight.
    BOOST_TEST(says(shown,
                    "<time datetime=\"2022-10-14T22:12:33Z\" title=\"2022-10-15 03:42 IST\">2022-10-14 22:12 "
                    "UTC</time>"));
}

BOOST_AUTO_TEST_CASE(a_wrong_choice_names_its_field_and_keeps_the_others) {
    Site site;
    const Reply refused = save(site.as("pia"), "theme=dark&time_zone=Mars%2FOlympus");
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(says(refused, "This machine knows no time zone of that name."));
    BOOST_TEST(says(refused, "<option value=\"dark\" selected>"));
    BOOST_TEST(says(refused, "<option value=\"Mars/Olympus\" selected>"));
    BOOST_TEST(rootOf(site.as("pia").get("/")) == "<html lang=\"en\">");
}

BOOST_AUTO_TEST_CASE(the_language_is_the_persons_or_else_the_browsers) {
    Site site;
    const auto german = [](const Client& client, const char* page) {
        return rootOf(
            client.send({"GET", page, {}, {}, "Accept: text/html\r\nAccept-Language: de-AT, en;q=0.5\r\n"}));
    };
    BOOST_TEST(german(site.nobody(), "/login") == "<html lang=\"de\">");
    const Client& pia = site.as("pia");
    BOOST_TEST(german(pia, "/") == "<html lang=\"de\">");
    must(303, save(pia, "language=en"));
    BOOST_TEST(german(pia, "/") == "<html lang=\"en\">");
    must(303, save(pia, "language=de"));
    BOOST_TEST(rootOf(pia.get("/")) == "<html lang=\"de\">");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

// Signing in by the page: the cookie, where it leads, what a wrong password looks like.
#include <boost/test/unit_test.hpp>

#include "http/ApiFixture.h"

namespace tickmark::http::test {
namespace {

Reply signIn(Site& site, const std::string& password, const std::string& next) {
    return site.nobody().send({"POST", "/login", "account=lea&password=" + password + "&next=" + next,
                               "application/x-www-form-urlencoded", "Accept: text/html\r\n"});
}

Reply asBrowser(const Client& client, const std::string& target) {
    return client.send({"GET", target, {}, {}, "Accept: text/html\r\n"});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(page_sign_in)

BOOST_AUTO_TEST_CASE(the_right_password_sets_a_cookie_no_script_can_read) {
    Site site;
    const Reply reply = signIn(site, Site::passwordOf("lea"), "");
    BOOST_TEST(reply.status == 303);
    BOOST_TEST(reply.header("Location") == "/");
    const std::string cookie = reply.header("Set-Cookie");
    BOOST_TEST(cookie.find("HttpOnly") != std::string::npos);
    BOOST_TEST(cookie.find("SameSite=Strict") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_page_that_needs_somebody_leads_back_after_signing_in) {
    Site site;
    const Reply sent = asBrowser(site.nobody(), "/findings?q=caf%C3%A9&open=1");
    BOOST_TEST(sent.status == 303);
    const std::string location = sent.header("Location");
    BOOST_REQUIRE(location.starts_with("/login?next="));
    const Reply back = signIn(site, Site::passwordOf("lea"), location.substr(12));
    BOOST_TEST(back.header("Location") == "/findings?q=caf%C3%A9&open=1");
}

BOOST_AUTO_TEST_CASE(signing_in_never_leads_to_another_host) {
    Site site;
    for (const char* next : {"https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example",
                             "%2F%09%2Fevil.example", "%2F%0D%0ASet-Cookie%3Ax%3D1", "%5C%5Cevil.example",
                             "javascript%3Aalert(1)", "%2F%C3%A9", "findings"}) {
        BOOST_TEST_CONTEXT(next) {
            const Reply reply = signIn(site, Site::passwordOf("lea"), next);
            BOOST_TEST(reply.status == 303);
            BOOST_TEST(reply.header("Location") == "/");
        }
    }
}

BOOST_AUTO_TEST_CASE(a_wrong_password_keeps_the_account_and_not_the_password) {
    Site site;
    const Reply reply = signIn(site, "not-the-password", "%2Ffindings");
    BOOST_TEST(reply.status == 401);
    BOOST_TEST(reply.header("Set-Cookie").empty());
    BOOST_TEST(reply.body.find("role=\"alert\"") != std::string::npos);
    BOOST_TEST(reply.body.find("value=\"lea\"") != std::string::npos);
    BOOST_TEST(reply.body.find("value=\"/findings\"") != std::string::npos);
    BOOST_TEST(reply.body.find("not-the-password") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_address_that_leads_nowhere_is_a_page_for_a_browser_and_a_problem_for_a_program) {
    Site site;
    const Reply page = asBrowser(site.as("lea"), "/no-such-page");
    BOOST_TEST(page.status == 404);
    BOOST_TEST(page.header("Content-Type").find("text/html") != std::string::npos);
    BOOST_TEST(page.body.find("<h1") != std::string::npos);
    BOOST_TEST(site.as("lea").get("/no-such-page").header("Content-Type").find("problem+json") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_asset_with_its_tag_may_be_kept_and_another_is_asked_for_again) {
    Site site;
    const Reply first = site.nobody().get("/assets/tickmark.css");
    BOOST_TEST(first.header("Cache-Control") == "no-cache");
    const std::string tag = first.tag();
    BOOST_REQUIRE(tag.size() == 18U);
    const Reply kept = site.nobody().get("/assets/tickmark.css?v=" + tag.substr(1, 16));
    BOOST_TEST(kept.header("Cache-Control").find("immutable") != std::string::npos);
    const Reply same =
        site.nobody().send({"GET", "/assets/tickmark.css", {}, {}, "If-None-Match: " + tag + "\r\n"});
    BOOST_TEST(same.status == 304);
    BOOST_TEST(same.body.empty());
    BOOST_TEST(site.nobody().get("/assets/..%2Ftickmark.css").status >= 400);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

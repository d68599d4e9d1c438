// Refusals as pages: each says what happened, what to do next, one way on, and the number of the request.
#include <boost/test/unit_test.hpp>
#include <string>

#include "http/ApiFixture.h"

namespace tickmark::http::test {
namespace {

constexpr const char* html = "Accept: text/html\r\n";
constexpr const char* formType = "application/x-www-form-urlencoded";

bool says(std::string_view text, std::string_view words) {
    return text.find(words) != std::string_view::npos;
}

Reply look(const Client& client, const std::string& target) {
    return client.send({"GET", target, {}, "application/json", html});
}

Reply fill(const Client& client, const std::string& target, const std::string& fields,
           const std::string& headers = {}) {
    return client.send({"POST", target, fields, formType, html + headers});
}

std::size_t countOf(std::string_view text, std::string_view words) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text.find(words, at)) != std::string_view::npos; ++at) ++count;
    return count;
}

/// What every one of these pages has.
void checkPage(const Reply& reply, int status, const std::string& headline) {
    BOOST_TEST(reply.status == status, headline);
    BOOST_TEST(says(reply.body, "<h1>" + headline + "</h1>"), reply.body);
    BOOST_TEST(says(reply.body, "<h2>What to do next</h2><p>"), headline);
    BOOST_TEST(!says(reply.body, "<h2>What to do next</h2><p></p>"), headline);
    BOOST_TEST(countOf(reply.body, "class=\"button primary\"") == 1U, headline);
    BOOST_TEST(says(reply.body, "Request <code>"), headline);
    BOOST_TEST(!says(reply.body, "Request <code></code>"), headline);
    BOOST_TEST(says(reply.body, "status <span lang=\"en\">" + std::to_string(status) + " "), headline);
}

/// What web.errorPage makes of an error that a request cannot bring about at will.
Reply shaped(Site& site, const Error& error, int status) {
    Request request;
    request.method = "GET";
    request.path = "/findings";
    request.id = "r-1";
    const auto response = site.web.errorPage(request, error, status);
    BOOST_REQUIRE(response.has_value());
    return {response->status, {}, response->body, {}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(error_pages)

BOOST_AUTO_TEST_CASE(an_unknown_address_keeps_the_frame_of_who_is_signed_in) {
    Site site;
    const Reply reply = look(site.as("aud"), "/no-such-page");
    checkPage(reply, 404, "There is nothing here");
    BOOST_TEST(says(reply.body, "aria-label=\"Main\""));
    BOOST_TEST(says(reply.body, "class=\"button primary\" href=\"/\">Home</a>"));
    const Reply stranger = look(site.nobody(), "/no-such-page");
    checkPage(stranger, 404, "There is nothing here");
    BOOST_TEST(!says(stranger.body, "aria-label=\"Main\""));
    BOOST_TEST(says(stranger.body, "class=\"button primary\" href=\"/login\">Sign in</a>"));
}

BOOST_AUTO_TEST_CASE(a_form_of_somebody_else_a_form_without_a_session_and_a_wrong_method_are_said) {
    Site site;
    checkPage(fill(site.as("tom"), "/audits", "title=T"), 403, "This is not yours to do");
    checkPage(fill(site.nobody(), "/audits", "title=T"), 401, "You are not signed in");
    const Reply method = site.as("aud").send({"PUT", "/help", "x", "text/plain", html});
    checkPage(method, 405, "This address does not take that");
    BOOST_TEST(says(method.body, "Use one of: "));
}

BOOST_AUTO_TEST_CASE(a_body_over_the_cap_names_the_cap) {
    Site site;
    const Reply reply = fill(site.as("aud"), "/bulk", std::string(3U * 1024U * 1024U, 'a'));
    checkPage(reply, 413, "This is too large");
    BOOST_TEST(says(reply.body, "Rule: At most "));
}

BOOST_AUTO_TEST_CASE(a_refused_form_leads_back_to_the_page_it_came_from) {
    Site site;
    const std::string page = "/findings/" + site.newIssuedFinding(site.newAudit());
    const Reply stale = fill(site.as("lea"), page + "/class", "rev=1&class=major&reason=R",
                             "Referer: http://127.0.0.1" + page + "\r\n");
    checkPage(stale, 409, "Someone was quicker");
    BOOST_TEST(says(stale.body, "class=\"button primary\" href=\"" + page + "\">Back to the page</a>"));
    BOOST_TEST(says(stale.body, "What you typed is not lost"));
}

BOOST_AUTO_TEST_CASE(a_page_of_another_server_is_never_the_way_back) {
    Site site;
    const std::string page = "/findings/" + site.newIssuedFinding(site.newAudit());
    for (const std::string from :
         {"http://evil.example/x", "http://127.0.0.1:1/x", "http://127.0.0.1//evil"}) {
        const Reply reply =
            fill(site.as("lea"), page + "/class", "rev=1&class=major&reason=R", "Referer: " + from + "\r\n");
        checkPage(reply, 409, "Someone was quicker");
        BOOST_TEST(says(reply.body, "class=\"button primary\" href=\"/\">Home</a>"), from);
    }
}

BOOST_AUTO_TEST_CASE(a_form_that_cannot_be_read_names_each_field) {
    Site site;
    Error error = invalid("validation", "", "2 fields need a correction.");
    error.parts = {invalid("date", "due", "The day is no date.", "Write it like 2026-03-01."),
                   invalid("length", "title", "The title is too long.", "Shorten it.")};
    const Reply reply = shaped(site, error, 400);
    checkPage(reply, 400, "This cannot be taken as it is");
    BOOST_TEST(says(reply.body, "<code>due</code>: The day is no date. Write it like 2026-03-01."),
               reply.body);
    BOOST_TEST(says(reply.body, "<code>title</code>: The title is too long."));
}

BOOST_AUTO_TEST_CASE(a_bug_says_nothing_of_itself_and_what_the_server_lacks_is_said) {
    Site site;
    const Reply bug = shaped(site, internal("a secret path"), 500);
    checkPage(bug, 500, "Something went wrong");
    BOOST_TEST(!says(bug.body, "a secret path"));
    checkPage(shaped(site, environment("database", "The database is busy."), 503), 503,
              "Tickmark cannot answer right now");
    checkPage(shaped(site, refused("guard", "It has no owner."), 422), 422, "A rule stands against this");
    Error often{ErrorKind::Throttled, "throttled", "That was tried too often."};
    checkPage(shaped(site, often, 429), 429, "Too many attempts");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

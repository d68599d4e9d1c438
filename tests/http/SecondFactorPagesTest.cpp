// The second factor over HTTP: turning it on, signing in with it, being made to have one, steps that ask for
// it.
#include <boost/test/unit_test.hpp>

#include "http/ApiFixture.h"
#include "tickmark/app/SecondFactor.h"
#include "tickmark/crypto/OneTimeCode.h"

namespace tickmark::http::test {
namespace {

/// A site whose clock is set by hand, and the app of one of its people.
struct Guarded {
    std::shared_ptr<SetClock> clock = std::make_shared<SetClock>(*Timestamp::parse("2026-03-02T09:00:00Z"));
    Site site{clock};
    Secret secret{};
    std::string shown{};  ///< the page with the recovery codes

    [[nodiscard]] std::string code() const {
        return crypto::codeOf(secret, crypto::codeStepAt(clock->now())).reveal();
    }
    void later(std::int64_t seconds) const { clock->set(clock->now().plusSeconds(seconds)); }

    [[nodiscard]] static Reply form(const Client& client, const std::string& target,
                                    const std::string& fields, const std::string& headers = {}) {
        const std::string csrf = client.csrf.empty() ? "" : "csrf=" + client.csrf + "&";
        return client.send({"POST", target, csrf + fields, "application/x-www-form-urlencoded",
                            "Accept: text/html\r\n" + headers});
    }
    [[nodiscard]] static Reply open(const Client& client, const std::string& target,
                                    const std::string& headers = {}) {
        return client.send({"GET", target, {}, {}, "Accept: text/html\r\n" + headers});
    }
    /// Through the pages, and until the code has run out.
    Reply turnOn(const std::string& account) {
        const Client& person = site.as(account);
        const Reply begun = form(person, "/me/second-factor/begin", "password=" + Site::passwordOf(account));
        BOOST_REQUIRE(begun.status == 200);
        const std::string_view before = "<p class=\"secret\"><code>";
        const std::size_t at = begun.body.find(before);
        BOOST_REQUIRE(at != std::string::npos);
        std::string text;
        for (const char c : begun.body.substr(at + before.size(), 39)) {
            if (c != ' ') text += c;
        }
        secret = Secret(text);
        const Reply done = form(person, "/me/second-factor/confirm", "code=" + code());
        BOOST_REQUIRE(done.status == 200);
        shown = done.body;
        later(60);
        return begun;
    }
    /// Sends account and password; the header line with the cookie that then waits for a code.
    [[nodiscard]] std::string password(const std::string& account, const std::string& next = {}) {
        const Reply reply = form(site.nobody(), "/login",
                                 "account=" + account + "&password=" + Site::passwordOf(account) +
                                     (next.empty() ? "" : "&next=" + next));
        BOOST_REQUIRE(reply.status == 303);
        BOOST_TEST(reply.header("Location").starts_with("/login/code?next="));
        const std::string cookie = reply.header("Set-Cookie");
        BOOST_REQUIRE(cookie.starts_with("tickmark-code="));
        BOOST_TEST(cookie.find("HttpOnly") != std::string::npos);
        BOOST_TEST(cookie.find("SameSite=Strict") != std::string::npos);
        BOOST_TEST(cookie.find("Max-Age=300") != std::string::npos);
        return "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\n";
    }
};

std::size_t countOf(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

bool has(const Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(second_factor_pages, Guarded)

BOOST_AUTO_TEST_CASE(turning_it_on_shows_secret_and_picture_and_then_ten_codes_once) {
    BOOST_TEST(has(open(site.as("pia"), "/me"), "Turn it on"));
    const Reply begun = turnOn("pia");
    BOOST_TEST(has(begun, "<svg class=\"qr\""));
    BOOST_TEST(has(begun, "otpauth://totp/Tickmark%20Test%20organisation:pia?secret=" + secret.reveal()));
    BOOST_TEST(begun.header("Content-Security-Policy").find("default-src 'none'") != std::string::npos);
    BOOST_TEST(begun.header("Content-Security-Policy").find("unsafe") == std::string::npos);
    BOOST_TEST(begun.header("Cache-Control") == "no-store");
    BOOST_TEST(countOf(shown, "<li><code>") >= 10U);
    const Reply later = open(site.as("pia"), "/me/second-factor");
    BOOST_TEST(later.status == 200);
    BOOST_TEST(!has(later, secret.reveal().substr(0, 4) + " " + secret.reveal().substr(4, 4)));
    BOOST_TEST(has(later, "recovery codes left: <strong>10</strong>"));
}

BOOST_AUTO_TEST_CASE(a_wrong_first_code_shows_the_same_secret_again) {
    const Client& pia = site.as("pia");
    const Reply begun = form(pia, "/me/second-factor/begin", "password=" + Site::passwordOf("pia"));
    const std::size_t at = begun.body.find("<p class=\"secret\">");
    const Reply again = form(pia, "/me/second-factor/confirm", "code=12345");
    BOOST_TEST(again.status == 400);
    BOOST_TEST(has(again, begun.body.substr(at, 70)));
    BOOST_TEST(form(pia, "/me/second-factor/begin", "password=wrong").status == 400);
}

BOOST_AUTO_TEST_CASE(ones_other_sessions_are_ended_at_ones_page_with_a_code) {
    turnOn("pia");
    const Client& pia = site.as("pia");
    BOOST_TEST(countOf(open(pia, "/me").body, "name=\"code\"") == 1U);  // the password's
    const Reply in = form(site.nobody(), "/login/code", "code=" + code(), password("pia"));
    BOOST_REQUIRE(in.status == 303);
    const std::size_t at = in.head.find("tickmark=");
    BOOST_REQUIRE(at != std::string::npos);
    const std::string other = "Cookie: " + in.head.substr(at, in.head.find(';', at) - at) + "\r\n";
    BOOST_TEST(open(site.nobody(), "/me", other).status == 200);
    later(60);
    BOOST_TEST(countOf(open(pia, "/me").body, "name=\"code\"") == 2U);
    BOOST_TEST(form(pia, "/me/sessions", "id=others").status == 400);
    BOOST_TEST(open(site.nobody(), "/me", other).status == 200);
    BOOST_TEST(form(pia, "/me/sessions", "id=others&code=" + code()).status == 303);
    BOOST_TEST(open(site.nobody(), "/me", other).status == 303);
    BOOST_TEST(open(pia, "/me").status == 200);
}

BOOST_AUTO_TEST_CASE(signing_in_takes_a_second_page_and_leads_on) {
    turnOn("pia");
    const std::string cookie = password("pia", "%2Ffindings");
    BOOST_TEST(open(site.nobody(), "/login/code?next=%2Ffindings").header("Location") ==
               "/login?next=%2Ffindings");
    BOOST_TEST(open(site.nobody(), "/findings", cookie).status == 303);  // nobody is in yet
    const Reply page = open(site.nobody(), "/login/code?next=%2Ffindings", cookie);
    BOOST_TEST(page.status == 200);
    BOOST_TEST(has(page, "name=\"code\""));
    const Reply wrong = form(site.nobody(), "/login/code", "code=wrong-guess&next=%2Ffindings", cookie);
    BOOST_TEST(wrong.status == 401);
    BOOST_TEST(wrong.header("Set-Cookie").empty());
    BOOST_TEST(!has(wrong, "wrong-guess"));
    BOOST_TEST(has(wrong, "value=\"/findings\""));
    const Reply in = form(site.nobody(), "/login/code", "code=" + code() + "&next=%2Ffindings", cookie);
    BOOST_TEST(in.status == 303);
    BOOST_TEST(in.header("Location") == "/findings");
    BOOST_TEST(in.head.find("tickmark-code=; ") != std::string::npos);
    const std::size_t session = in.head.find("tickmark=");
    BOOST_REQUIRE(session != std::string::npos);
    const std::string line = in.head.substr(session, in.head.find(';', session) - session);
    BOOST_TEST(open(site.nobody(), "/findings", "Cookie: " + line + "\r\n").status == 200);
    later(30);
    BOOST_TEST(form(site.nobody(), "/login/code", "code=" + code(), cookie).status == 401);
}

BOOST_AUTO_TEST_CASE(the_code_never_leads_to_another_host) {
    turnOn("pia");
    const std::string cookie = password("pia");
    const Reply in =
        form(site.nobody(), "/login/code", "code=" + code() + "&next=%2F%2Fevil.example", cookie);
    BOOST_TEST(in.header("Location") == "/");
}

BOOST_AUTO_TEST_CASE(wrong_codes_make_the_next_one_wait) {
    turnOn("pia");
    const std::string cookie = password("pia");
    for (int i = 0; i < 5; ++i)
        BOOST_TEST(form(site.nobody(), "/login/code", "code=x", cookie).status == 401);
    const Reply waits = form(site.nobody(), "/login/code", "code=" + code(), cookie);
    BOOST_TEST(waits.status == 429);
    BOOST_TEST(waits.header("Retry-After") == "16");
}

BOOST_AUTO_TEST_CASE(a_program_signs_in_with_password_and_code) {
    turnOn("pia");
    const std::string who = R"({"account":"pia","password":")" + Site::passwordOf("pia") + "\"";
    const Client nobody = site.nobody();
    const Reply without = nobody.post("/api/v1/session", who + "}");
    BOOST_TEST(without.status == 401);
    BOOST_TEST(without.problem() == "code-needed");
    const std::string body = who + R"(,"code":")" + code() + "\"}";
    BOOST_TEST(nobody.post("/api/v1/session", body).status == 200);
    BOOST_TEST(nobody.post("/api/v1/session", body).status == 401);
}

BOOST_AUTO_TEST_CASE(who_must_have_one_can_do_nothing_but_turn_it_on) {
    const Client lea = site.as("lea");
    const Reply made =
        must(201, lea.post("/api/v1/tokens", R"({"name":"ci","scopes":["read"],"expires":"2026-06-01"})"));
    Client program = site.nobody();
    program.token = made.text("token");
    site.context->settings.secondFactor = "required-for-leads";
    later(6);
    for (const char* page : {"/", "/findings", "/me", "/audits"}) {
        const Reply sent = open(lea, page);
        BOOST_TEST(sent.status == 303, page);
        BOOST_TEST(sent.header("Location") == "/me/second-factor");
    }
    BOOST_TEST(lea.get("/api/v1/findings").status == 403);
    BOOST_TEST(lea.get("/api/v1/findings").problem() == "second-factor-needed");
    BOOST_TEST(form(lea, "/me/tokens", "name=robot&scope=read&expires=2026-06-01").status == 403);
    BOOST_TEST(lea.get("/api/v1/session").status == 200);
    BOOST_TEST(program.get("/api/v1/findings").status == 200);
    BOOST_TEST(open(site.as("pia"), "/findings").status == 200);
    const Reply there = open(lea, "/me/second-factor");
    BOOST_TEST(there.status == 200);
    BOOST_TEST(has(there, "needs a second factor"));
    BOOST_TEST(!has(there, "href=\"/findings\""));
    turnOn("lea");
    BOOST_TEST(open(site.as("lea"), "/findings").status == 200);
}

BOOST_AUTO_TEST_CASE(sealing_by_page_and_program_asks_for_a_code_where_there_is_one) {
    const std::string audit = site.newAudit();
    static_cast<void>(site.newIssuedFinding(audit));
    const std::string prepare = "/bundles/new?audit=" + audit;
    BOOST_TEST(!has(open(site.as("lea"), prepare), "name=\"code\""));
    turnOn("lea");
    const Client& lea = site.as("lea");
    BOOST_TEST(has(open(lea, prepare), "name=\"code\""));
    const std::string fields = "audit=" + audit + "&title=Bundle&step=seal";
    const Reply refused = form(lea, "/bundles", fields);
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(has(refused, "asks for a code of your second factor"));
    BOOST_TEST(form(lea, "/bundles", fields + "&code=" + code()).status == 303);
    const std::string body = R"({"audit":")" + audit + R"("})";
    const auto seal = [&](const std::string& headers) {
        return lea.send({"POST", "/api/v1/bundles", body, "application/json", headers});
    };
    later(30);
    BOOST_TEST(seal({}).problem() == "code-needed");
    BOOST_TEST(seal("X-Second-Factor: " + code() + "\r\n").status == 201);
    BOOST_TEST(seal("X-Second-Factor: " + code() + "\r\n").problem() == "code");
}

BOOST_AUTO_TEST_CASE(an_administrator_resets_it_on_the_page_of_accounts) {
    const Client admin = site.as("admin");
    BOOST_TEST(!has(open(admin, "/admin/accounts"), "/second-factor\""));
    turnOn("pia");
    const Reply accounts = open(admin, "/admin/accounts");
    BOOST_TEST(countOf(accounts.body, "action=\"/admin/accounts/pia/second-factor\"") == 1U);
    BOOST_TEST(countOf(accounts.body, "/second-factor\"") == 1U);
    BOOST_TEST(form(admin, "/admin/accounts/pia/second-factor", "reason=").status == 400);
    BOOST_TEST(form(admin, "/admin/accounts/pia/second-factor", "reason=Phone+lost").status == 303);
    BOOST_TEST(!has(open(admin, "/admin/accounts"), "/second-factor\""));
    BOOST_TEST(open(site.as("pia"), "/findings").status == 303);  // her sessions ended
}

BOOST_AUTO_TEST_CASE(new_codes_and_turning_it_off_take_password_and_code) {
    turnOn("pia");
    const Client& pia = site.as("pia");
    const std::string right = "password=" + Site::passwordOf("pia") + "&code=";
    for (const char* target : {"/me/second-factor/codes", "/me/second-factor/off"}) {
        BOOST_TEST(form(pia, target, right + "x").status == 400);
        BOOST_TEST(form(pia, target, "password=wrong&code=" + code()).status == 400);
    }
    BOOST_TEST(countOf(form(pia, "/me/second-factor/codes", right + code()).body, "<li><code>") >= 10U);
    later(30);
    const Reply off = form(pia, "/me/second-factor/off", right + code());
    BOOST_TEST(off.header("Location") == "/me/second-factor?off=1");
    BOOST_TEST(has(open(pia, "/me/second-factor"), "action=\"/me/second-factor/begin\""));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

// Who gets in: sessions, tokens, CSRF, throttling; and what every answer carries.
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <fstream>
#include <thread>

#include "http/ApiFixture.h"
#include "http/gate/AccessLog.h"
#include "http/gate/SecurityHeaders.h"
#include "tickmark/app/Accounts.h"

namespace tickmark::http::test {
namespace {

constexpr const char* findings = "/api/v1/findings";

std::string credentials(const std::string& account, const std::string& password) {
    return R"({"account":")" + account + R"(","password":")" + password + R"("})";
}

std::string tokenFor(Site& site, const std::string& account, const std::string& scope) {
    const std::string expires = site.context->today().plusDays(30).iso();
    return must(201, site.as(account).post("/api/v1/tokens", R"({"name":"script )" + account + scope +
                                                                 R"(","scopes":[")" + scope +
                                                                 R"("],"expires":")" + expires + R"("})"))
        .text("token");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gate)

BOOST_AUTO_TEST_CASE(signing_in_gives_a_cookie_that_scripts_and_other_sites_cannot_use) {
    Site site;
    const Reply reply = site.nobody().post("/api/v1/session", credentials("lea", Site::passwordOf("lea")));
    BOOST_TEST(reply.status == 200);
    const std::string cookie = reply.header("Set-Cookie");
    BOOST_TEST(cookie.starts_with("tickmark="));
    BOOST_TEST(cookie.find("; HttpOnly") != std::string::npos);
    BOOST_TEST(cookie.find("; SameSite=Strict") != std::string::npos);
    BOOST_TEST(cookie.find("; Path=/") != std::string::npos);
    BOOST_TEST(reply.text("role") == "LA");
    BOOST_TEST(site.as("lea").get("/api/v1/session").text("csrf_token") == site.as("lea").csrf);
    BOOST_TEST(sessionCookie(true, Secret("x")) ==
               "__Host-tickmark=x; Path=/; HttpOnly; SameSite=Strict; Secure");
}

BOOST_AUTO_TEST_CASE(a_wrong_password_and_an_unknown_account_get_the_same_words) {
    Site site;
    const Reply wrong = site.nobody().post("/api/v1/session", credentials("lea", "something else 1"));
    const Reply unknown =
        site.nobody().post("/api/v1/session", credentials("nobody-here", "something else 1"));
    BOOST_TEST(wrong.status == 401);
    BOOST_TEST(unknown.status == 401);
    BOOST_TEST(wrong.text("detail") == unknown.text("detail"));
    BOOST_TEST(wrong.header("Set-Cookie").empty());
}

BOOST_AUTO_TEST_CASE(after_five_failures_an_account_waits) {
    Site site;
    for (int i = 0; i < 5; ++i) {
        BOOST_TEST(site.nobody().post("/api/v1/session", credentials("aud", "wrong password 1")).status ==
                   401);
    }
    const Reply throttled =
        site.nobody().post("/api/v1/session", credentials("aud", Site::passwordOf("aud")));
    BOOST_TEST(throttled.status == 429);
    BOOST_TEST(throttled.problem() == "sign-in-throttled");
    const int seconds = std::stoi("0" + throttled.header("Retry-After"));
    BOOST_TEST((seconds > 0 && seconds <= 16));
    const Reply page =
        site.nobody().send({"POST", "/login", "account=aud&password=" + Site::passwordOf("aud"),
                            "application/x-www-form-urlencoded", "Accept: text/html\r\n"});
    BOOST_TEST(page.status == 429);
    BOOST_TEST(!page.header("Retry-After").empty());
    const Reply wrong = site.nobody().post("/api/v1/session", credentials("tom", "wrong password 1"));
    BOOST_TEST(wrong.status == 401);
    BOOST_TEST(wrong.header("Retry-After").empty());
    BOOST_TEST(site.as("lea").get(findings).status == 200);
}

BOOST_AUTO_TEST_CASE(signing_in_again_ends_the_session_before) {
    Site site;
    const Client before = site.as("lea");
    const Reply reply =
        site.nobody().send({"POST", "/api/v1/session", credentials("lea", Site::passwordOf("lea")),
                            "application/json", "Cookie: tickmark=" + before.cookie + "\r\n"});
    BOOST_TEST(reply.status == 200);
    BOOST_TEST(reply.header("Set-Cookie").find(before.cookie) == std::string::npos);
    BOOST_TEST(before.get(findings).status == 401);
}

BOOST_AUTO_TEST_CASE(signing_out_ends_the_session_on_the_server) {
    Site site;
    const Client lea = site.as("lea");
    const Reply reply = lea.send({"DELETE", "/api/v1/session"});
    BOOST_TEST(reply.status == 204);
    BOOST_TEST(reply.header("Set-Cookie").find("Max-Age=0") != std::string::npos);
    BOOST_TEST(reply.header("Clear-Site-Data") == R"("cache", "storage")");
    BOOST_TEST(lea.get(findings).status == 401);
}

BOOST_AUTO_TEST_CASE(a_session_ends_when_idle_and_when_too_old) {
    const auto clock = std::make_shared<SetClock>(Timestamp::fromSeconds(1'800'000'000));
    Site site(clock);
    const Client lea = site.as("lea");
    clock->set(clock->now().plusSeconds(59 * 60));
    BOOST_TEST(lea.get(findings).status == 200);
    clock->set(clock->now().plusSeconds(61 * 60));
    BOOST_TEST(lea.get(findings).status == 401);

    const Client aud = site.as("aud");
    for (int i = 0; i < 13 * 2; ++i) {
        clock->set(clock->now().plusSeconds(1800));
        if (aud.get(findings).status != 200) break;
    }
    const std::int64_t hours = (clock->now().seconds() - 1'800'000'000 - 7200) / 3600;
    BOOST_TEST(hours == 12);
    BOOST_TEST(aud.get(findings).status == 401);
}

BOOST_AUTO_TEST_CASE(a_change_by_session_needs_the_csrf_token) {
    Site site;
    Client lea = site.as("lea");
    const std::string body = R"({"title":"An audit","auditee":"Somebody"})";
    const std::string secret = lea.csrf;
    lea.csrf.clear();
    BOOST_TEST(lea.post("/api/v1/audits", body).problem() == "csrf");
    lea.csrf = std::string(secret.size(), 'x');
    BOOST_TEST(lea.post("/api/v1/audits", body).status == 403);
    lea.csrf = site.as("aud").csrf;
    BOOST_TEST(lea.post("/api/v1/audits", body).status == 403);
    lea.csrf = secret;
    BOOST_TEST(lea.post("/api/v1/audits", body).status == 201);
}

BOOST_AUTO_TEST_CASE(a_change_from_another_site_is_refused_even_with_the_token) {
    Site site;
    const Client& lea = site.as("lea");
    const auto post = [&](const std::string& headers) {
        return lea.send({"POST", "/api/v1/audits", R"({"title":"An audit","auditee":"Somebody"})",
                         "application/json", headers});
    };
    BOOST_TEST(post("Origin: https://evil.example\r\n").problem() == "cross-site");
    BOOST_TEST(post("Origin: null\r\n").problem() == "cross-site");
    BOOST_TEST(post("Sec-Fetch-Site: cross-site\r\n").problem() == "cross-site");
    BOOST_TEST(post("Sec-Fetch-Site: same-site\r\n").problem() == "cross-site");
    BOOST_TEST(post("Sec-Fetch-Site: same-origin\r\nOrigin: http://127.0.0.1\r\n").status == 201);
    BOOST_TEST(site.nobody()
                   .send({"POST", "/api/v1/session", credentials("lea", Site::passwordOf("lea")),
                          "application/json", "Origin: https://evil.example\r\n"})
                   .status == 403);
}

BOOST_AUTO_TEST_CASE(a_token_reaches_what_its_scopes_say) {
    Site site;
    const std::string audit = site.newAudit();
    const auto with = [&](const std::string& account, const std::string& scope) {
        return Client{site.server->port(), {}, {}, tokenFor(site, account, scope)};
    };
    const Client reader = with("lea", "read");
    const Client writer = with("lea", "write");
    const Client giver = with("lea", "evidence");
    const std::string draft = R"({"audit":")" + audit + R"(","title":"By a script"})";
    const std::string file = "audit=" + audit + "&file_name=a.txt&title=A";
    BOOST_TEST(reader.get(findings).status == 200);
    BOOST_TEST(reader.post(findings, draft).problem() == "token-scope");
    BOOST_TEST(writer.post(findings, draft).status == 201);
    BOOST_TEST(writer.get(findings).status == 403);
    BOOST_TEST(giver.upload(file, "bytes").status == 201);
    BOOST_TEST(giver.get("/api/v1/evidence/E-0001/v/1/receipt").status == 200);
    BOOST_TEST(giver.get("/api/v1/evidence/E-0001/v/1/content").status == 403);
    BOOST_TEST(giver.get(findings).status == 403);
    BOOST_TEST(giver.post(findings, draft).status == 403);
    const Client keeper = with("admin", "admin");
    BOOST_TEST(keeper.get("/api/v1/accounts").status == 200);
    BOOST_TEST(with("admin", "read").get("/api/v1/accounts").status == 403);
    BOOST_TEST(writer.post("/api/v1/tokens", R"({"name":"x","scopes":["write"],"expires":"2027-01-01"})")
                   .problem() == "token-scope");
}

BOOST_AUTO_TEST_CASE(an_unknown_or_revoked_token_is_refused) {
    Site site;
    Client program{site.server->port(), {}, {}, "tm_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"};
    const Reply unknown = program.get(findings);
    BOOST_TEST(unknown.status == 401);
    BOOST_TEST(unknown.header("WWW-Authenticate").find("invalid_token") != std::string::npos);
    program.token = tokenFor(site, "lea", "read");
    BOOST_TEST(program.get(findings).status == 200);
    BOOST_TEST(site.as("lea").send({"DELETE", "/api/v1/tokens/script%20learead"}).status == 204);
    BOOST_TEST(program.get(findings).status == 401);
}

BOOST_AUTO_TEST_CASE(a_disabled_account_is_out_at_once) {
    Site site;
    const Client aud = site.as("aud");
    BOOST_TEST(aud.get(findings).status == 200);
    const Reply changed = site.as("admin").send(
        {"PATCH", "/api/v1/accounts/aud", R"({"disabled":true})", "application/json", {}, "\"1\""});
    BOOST_TEST(changed.status == 200);
    BOOST_TEST(aud.get(findings).status == 401);
}

BOOST_AUTO_TEST_CASE(only_the_worker_that_computes_digests_may_compile_and_it_reaches_nothing) {
    Site site;
    const auto policy = [&](const char* target) {
        return must(200, site.as("lea").get(target)).header("Content-Security-Policy");
    };
    BOOST_TEST(policy("/assets/digest.js") == "default-src 'none'; script-src 'wasm-unsafe-eval'");
    BOOST_TEST(policy("/assets/upload.js").find("unsafe") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_answer_carries_the_security_headers) {
    Site site;
    for (const char* target : {findings, "/healthz", "/api/v1/nothing", "/nowhere"}) {
        const Reply reply = site.as("lea").get(target);
        BOOST_TEST_CONTEXT(target) {
            BOOST_TEST(reply.header("X-Content-Type-Options") == "nosniff");
            BOOST_TEST(reply.header("Referrer-Policy") == "same-origin");
            BOOST_TEST(reply.header("Cross-Origin-Opener-Policy") == "same-origin");
            BOOST_TEST(reply.header("Cache-Control") == "no-store");
            BOOST_TEST(
                reply.header("Content-Security-Policy").starts_with("default-src 'none'; script-src 'self'"));
            BOOST_TEST(reply.header("Content-Security-Policy").find("unsafe") == std::string::npos);
        }
    }
}

BOOST_AUTO_TEST_CASE(over_tls_the_browser_is_told_to_come_back_over_tls_only) {
    Request request;
    Response plain;
    addSecurityHeaders(request, plain);
    BOOST_TEST(plain.header("Strict-Transport-Security").empty());
    request.secure = true;
    Response secure;
    addSecurityHeaders(request, secure);
    BOOST_TEST(secure.header("Strict-Transport-Security") == "max-age=31536000; includeSubDomains");
}

BOOST_AUTO_TEST_CASE(tracing_is_no_method_of_any_address) {
    Site site;
    for (const char* path : {"/", "/login", "/healthz", "/api/v1/findings", "/assets/app.js"}) {
        BOOST_TEST_CONTEXT(path)
        BOOST_TEST(site.nobody().send({"TRACE", path}).status == 405);
    }
}

BOOST_AUTO_TEST_CASE(the_access_log_has_one_line_per_request_that_nobody_can_forge) {
    Site site;
    BOOST_TEST(site.as("lea").get("/api/v1/findings/F%22%7D%7B%22status%22:200").status == 404);
    BOOST_TEST(site.nobody().get("/api/v1/findings").status == 401);
    site.server->stop();
    site.web.telemetry.reset();
    std::ifstream log(site.context->directory.log() / "access.log");
    std::string line;
    int forged = 0;
    int refused = 0;
    while (std::getline(log, line)) {
        const auto entry = codec::parseJson(line);
        BOOST_REQUIRE_MESSAGE(entry.ok(), line);
        BOOST_TEST(!entry->textAt("id").empty());
        if (entry->integerAt("status") == 404 && entry->textAt("account") == "lea") ++forged;
        if (entry->integerAt("status") == 401 && entry->textAt("route") == "findings.list") ++refused;
    }
    BOOST_TEST(forged == 1);
    BOOST_TEST(refused == 1);
}

BOOST_AUTO_TEST_CASE(a_line_feed_never_reaches_the_log_and_large_logs_are_rotated) {
    const tickmark::test::TemporaryFolder folder;
    const auto file = folder.path() / "log" / "access.log";
    {
        auto log = AccessLog::open(file, {.rotateBytes = 100, .kept = 2, .bufferedBytes = 1000});
        BOOST_REQUIRE(log.ok());
        for (int i = 0; i < 4; ++i) {
            (*log)->write("one\ntwo " + std::string(60, 'x'));
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
        }
        (*log)->write(std::string(2000, 'y'));
    }
    const auto lines = [](const std::filesystem::path& path) {
        std::ifstream stream(path);
        std::vector<std::string> all;
        for (std::string line; std::getline(stream, line);) all.push_back(line);
        return all;
    };
    const auto newest = lines(file);
    BOOST_REQUIRE(!newest.empty());
    BOOST_TEST(newest.back() == "{\"dropped\":1}");
    BOOST_TEST(lines(file.string() + ".1").front() == "onetwo " + std::string(60, 'x'));
    BOOST_TEST(std::filesystem::exists(file.string() + ".2"));
    BOOST_TEST(!std::filesystem::exists(file.string() + ".3"));
}

BOOST_AUTO_TEST_CASE(health_says_ok_and_nothing_else) {
    Site site;
    const Reply reply = site.nobody().get("/healthz");
    BOOST_TEST(reply.status == 200);
    BOOST_TEST(reply.body == "ok\n");
    site.context->settings.diskReserve = UINT64_MAX;
    BOOST_TEST(site.nobody().get("/healthz").status == 503);
}

BOOST_AUTO_TEST_CASE(metrics_count_requests_by_route) {
    Site site;
    BOOST_TEST(site.nobody().get(findings).status == 401);
    BOOST_TEST(site.as("lea").get(findings).status == 200);
    const Reply reply = site.nobody().get("/metrics");
    BOOST_TEST(reply.status == 200);
    BOOST_TEST(reply.body.find("tickmark_requests_total{route=\"findings.list\",status=\"4xx\"} 1\n") !=
               std::string::npos);
    BOOST_TEST(reply.body.find("tickmark_requests_total{route=\"findings.list\",status=\"2xx\"} 1\n") !=
               std::string::npos);
    BOOST_TEST(reply.body.find("tickmark_ledger_entries ") != std::string::npos);
    BOOST_TEST(reply.body.find("tickmark_connections_open ") != std::string::npos);
    BOOST_TEST(reply.body.find("tickmark_request_seconds_bucket{route=\"findings.list\"") !=
               std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

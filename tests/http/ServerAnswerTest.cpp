// Answers: status, fields, bodies, problems, routes.
#include <boost/test/unit_test.hpp>

#include "http/ServerFixture.h"
#include "tickmark/codec/Json.h"
#include "tickmark/http/server/Problem.h"

namespace {

using tickmark::Error;
using tickmark::ErrorKind;
using tickmark::http::contentDisposition;
using tickmark::http::problem;
using tickmark::http::Request;
using tickmark::http::Response;
using tickmark::http::Route;
using tickmark::http::Router;
using tickmark::http::ServerOptions;
using tickmark::http::statusOf;
using tickmark::http::test::Answer;
using tickmark::http::test::get;
using tickmark::http::test::post;
using tickmark::http::test::RawClient;
using tickmark::http::test::TestServer;

Route route(std::string method, std::string pattern) {
    Route row;
    row.name = method + pattern;
    row.method = std::move(method);
    row.pattern = std::move(pattern);
    row.handler = [](Request&, const auto&) { return Response{}; };
    return row;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ServerAnswer)

BOOST_AUTO_TEST_CASE(an_answer_carries_date_and_length_but_no_server_name) {
    const TestServer server;
    const Answer answer = server.ask(get("/hello"));
    BOOST_TEST(answer.head.starts_with("HTTP/1.1 200 OK\r\nDate: "));
    BOOST_TEST(answer.has(" GMT\r\n"));
    BOOST_TEST(answer.has("Content-Length: 5\r\n"));
    BOOST_TEST(answer.has("X-After: yes\r\n"));
    BOOST_TEST(!answer.has("Server:"));
}

BOOST_AUTO_TEST_CASE(head_is_answered_like_get_without_a_body) {
    const TestServer server;
    RawClient client = server.client();
    client.send("HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n");
    const Answer answer = client.read(true);
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(answer.has("Content-Length: 5"));
    client.send("HEAD /large/123456789 HTTP/1.1\r\nHost: a\r\n\r\n");
    BOOST_TEST(client.read(true).has("Content-Length: 123456789"));
    client.send("HEAD /nowhere HTTP/1.1\r\nHost: a\r\n\r\n");
    BOOST_TEST(client.read(true).status == 404);
    BOOST_TEST(client.ask(get("/hello")).body == "hello");
}

BOOST_AUTO_TEST_CASE(no_content_and_not_modified_have_no_body) {
    const TestServer server;
    RawClient client = server.client();
    const Answer empty = client.ask(get("/empty"));
    BOOST_TEST(empty.status == 204);
    BOOST_TEST(!empty.has("Content-Length"));
    const Answer same = client.ask(get("/same"));
    BOOST_TEST(same.status == 304);
    BOOST_TEST(same.has("ETag: \"1\""));
    BOOST_TEST(client.ask(get("/hello")).body == "hello");
}

BOOST_AUTO_TEST_CASE(a_large_stream_arrives_whole) {
    const TestServer server;
    const Answer answer = server.ask(get("/large/30000001"));
    BOOST_TEST(answer.body.size() == 30000001U);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < answer.body.size(); ++i) {
        if (static_cast<unsigned char>(answer.body[i]) != i % 251U) ++wrong;
    }
    BOOST_TEST(wrong == 0U);
}

BOOST_AUTO_TEST_CASE(a_stream_that_ends_early_cuts_the_connection) {
    TestServer server;
    RawClient client = server.client();
    const Answer answer = client.ask(get("/short"));
    BOOST_TEST(answer.has("Content-Length: 1000"));
    BOOST_TEST(answer.body.size() == 10U);
    BOOST_TEST(client.ends());
    const std::scoped_lock lock(server.mutex);
    BOOST_REQUIRE(server.logged.size() == 1U);
    BOOST_TEST(server.logged.front() == "answer cut off: the stream ended 990 bytes early");
}

BOOST_AUTO_TEST_CASE(an_exception_becomes_a_500_whose_text_is_only_logged) {
    TestServer server;
    RawClient client = server.client();
    const Answer answer = client.ask(get("/throws"));
    BOOST_TEST(answer.status == 500);
    BOOST_TEST(answer.has("\"request\""));
    BOOST_TEST(!answer.has("inner secret text"));
    BOOST_TEST(client.ask(get("/hello")).status == 200);
    const std::scoped_lock lock(server.mutex);
    BOOST_REQUIRE(server.logged.size() == 1U);
    BOOST_TEST(server.logged.front() == "GET /throws: inner secret text");
}

BOOST_AUTO_TEST_CASE(a_header_value_with_a_line_break_is_held_back) {
    const TestServer server;
    const Answer answer = server.ask(get("/splits"));
    BOOST_TEST(answer.status == 500);
    BOOST_TEST(!answer.has("Set-Cookie"));
}

BOOST_AUTO_TEST_CASE(unknown_paths_are_404_and_wrong_methods_405_with_allow) {
    const TestServer server;
    BOOST_TEST(server.ask(get("/nowhere")).status == 404);
    BOOST_TEST(server.ask(get("/things/")).status == 404);
    BOOST_TEST(server.ask(get("/things/1/2")).status == 404);
    const Answer wrong = server.ask("DELETE /hello HTTP/1.1\r\nHost: a\r\n\r\n");
    BOOST_TEST(wrong.status == 405);
    BOOST_TEST(wrong.has("Allow: GET, HEAD\r\n"));
    BOOST_TEST(wrong.has("X-After: yes"));
    BOOST_TEST(server.ask(get("/files/a/b/c.txt")).has("p:rest=a/b/c.txt "));
}

BOOST_AUTO_TEST_CASE(the_before_hook_can_answer_and_the_failure_hook_can_shape) {
    ServerOptions options;
    options.hooks.before = [](Request& request, const Route& row) -> std::optional<Response> {
        request.context = row.name;
        if (request.hasHeader("x-stop")) return tickmark::http::textResponse("stopped", 403);
        return std::nullopt;
    };
    options.hooks.failure = [](Request& request, const Error&, int status) -> std::optional<Response> {
        if (request.header("accept") != "text/html") return std::nullopt;
        return tickmark::http::htmlResponse("<p>page</p>", status);
    };
    TestServer server(std::move(options));
    BOOST_TEST(server.ask(get("/hello", "X-Stop: 1\r\n")).body == "stopped");
    BOOST_TEST(server.ask(get("/hello")).body == "hello");
    BOOST_TEST(server.ask(get("/nowhere", "Accept: text/html\r\n")).body == "<p>page</p>");
    BOOST_TEST(server.ask(get("/nowhere")).has("application/problem+json"));
    BOOST_TEST(server.afterCalls == 4);
}

BOOST_AUTO_TEST_CASE(problems_tell_field_rule_fix_and_parts) {
    Error error{ErrorKind::Invalid, "body", "Two fields are wrong."};
    error.parts.push_back({ErrorKind::Invalid, "text", "Too long.", "title", "at most 200", "Shorten it."});
    const Response response = problem(error, "id-1");
    const auto document = tickmark::codec::parseJson(response.body);
    BOOST_REQUIRE(document.ok());
    BOOST_TEST(document->textAt("type") == "/problems/body");
    BOOST_TEST(document->textAt("title") == "Bad Request");
    BOOST_TEST(document->integerAt("status") == 400);
    BOOST_TEST(document->textAt("request") == "id-1");
    const auto& part = document->find("errors")->items()->front();
    BOOST_TEST(part.textAt("field") == "title");
    BOOST_TEST(part.textAt("rule") == "at most 200");
    BOOST_TEST(part.textAt("fix") == "Shorten it.");
    BOOST_TEST(response.header("content-type") == "application/problem+json");
}

BOOST_AUTO_TEST_CASE(internal_problems_tell_nothing) {
    const Response response = problem({ErrorKind::Internal, "sql", "no such table: users"});
    BOOST_TEST(response.body.find("users") == std::string::npos);
    BOOST_TEST(response.body.find("sql") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(each_kind_has_its_status) {
    const std::vector<std::pair<ErrorKind, int>> table{
        {ErrorKind::Invalid, 400},         {ErrorKind::Refused, 422},   {ErrorKind::Forbidden, 403},
        {ErrorKind::Unauthenticated, 401}, {ErrorKind::NotFound, 404},  {ErrorKind::Stale, 409},
        {ErrorKind::Conflict, 409},        {ErrorKind::TooLarge, 413},  {ErrorKind::Throttled, 429},
        {ErrorKind::Damaged, 500},         {ErrorKind::Undecided, 422}, {ErrorKind::Environment, 503},
        {ErrorKind::Internal, 500}};
    for (const auto& [kind, status] : table) BOOST_TEST(statusOf({kind, "x", "y"}) == status);
    BOOST_TEST(statusOf({ErrorKind::Environment, "disk-full", "y"}) == 507);
}

BOOST_AUTO_TEST_CASE(fixed_segments_win_over_parameters) {
    Router router;
    BOOST_TEST(router.add(route("GET", "/a/{rest...}")).ok());
    BOOST_TEST(router.add(route("GET", "/a/{x}")).ok());
    BOOST_TEST(router.add(route("GET", "/a/new")).ok());
    BOOST_TEST(router.add(route("POST", "/a/{y}")).ok());
    BOOST_TEST(router.match("GET", "/a/new").route->pattern == "/a/new");
    BOOST_TEST(router.match("GET", "/a/other").route->pattern == "/a/{x}");
    BOOST_TEST(router.match("GET", "/a/b/c").route->pattern == "/a/{rest...}");
    BOOST_TEST(router.match("POST", "/a/new").parameters.at("y") == "new");
    BOOST_TEST(router.match("PUT", "/a/new").allowed.size() == 3U);
    BOOST_TEST(router.routes().size() == 4U);
}

BOOST_AUTO_TEST_CASE(a_malformed_or_doubled_route_is_refused) {
    Router router;
    BOOST_TEST(router.add(route("GET", "/a/{x}")).ok());
    Route doubled = route("GET", "/a/{y}");
    BOOST_TEST(!router.add(std::move(doubled)).ok());
    for (const char* pattern : {"a", "/{", "/{}", "/{a b}", "/x{a}", "/{a...}/b", "/{...}"}) {
        BOOST_TEST(!router.add(route("GET", pattern)).ok(), pattern);
    }
    BOOST_TEST(!router.add(route("G T", "/b")).ok());
    BOOST_TEST(router.routes().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_file_name_of_any_characters_fits_the_disposition) {
    BOOST_TEST(contentDisposition("attachment", "a b.txt") == "attachment; filename=\"a b.txt\"");
    BOOST_TEST(contentDisposition("attachment", "\xC3\xA4\"\r\n.txt") ==
               "attachment; filename=\"____.txt\"; filename*=UTF-8''%C3%A4%22%0D%0A.txt");
}

BOOST_AUTO_TEST_SUITE_END()

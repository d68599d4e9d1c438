// Heads that other servers take and this one refuses.
#include <boost/test/unit_test.hpp>

#include "http/ServerFixture.h"

namespace {

using tickmark::http::ServerOptions;
using tickmark::http::test::Answer;
using tickmark::http::test::get;
using tickmark::http::test::post;
using tickmark::http::test::RawClient;
using tickmark::http::test::TestServer;

/// Sends the bytes on a connection of its own: the answer must have the status and end the connection.
void refused(const TestServer& server, std::string_view bytes, int status = 400) {
    BOOST_TEST_CONTEXT(bytes.substr(0, 120)) {
        RawClient client = server.client();
        const Answer answer = client.ask(bytes);
        BOOST_TEST(answer.status == status);
        BOOST_TEST(answer.has("application/problem+json"));
        BOOST_TEST(answer.has("Connection: close"));
        BOOST_TEST(client.ends());
    }
}

std::string withLine(const std::string& line) { return get("/hello", line + "\r\n"); }

}  // namespace

BOOST_AUTO_TEST_SUITE(ServerStrictness)

BOOST_AUTO_TEST_CASE(a_chunked_body_is_refused_with_411) {
    const TestServer server;
    refused(server,
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            411);
    refused(server, "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n", 411);
}

BOOST_AUTO_TEST_CASE(transfer_encoding_beside_content_length_is_refused) {
    const TestServer server;
    refused(server,
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello");
    refused(server,
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nhello");
}

BOOST_AUTO_TEST_CASE(two_content_lengths_are_refused_even_when_equal) {
    const TestServer server;
    refused(server, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello");
    refused(server, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\ncontent-length: 6\r\n\r\nhello!");
    refused(server, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\nhello");
}

BOOST_AUTO_TEST_CASE(a_content_length_that_is_not_all_digits_is_refused) {
    const TestServer server;
    for (const char* value : {"+5", "-1", "5 5", "0x5", "5.0", "", "99999999999999999999", "5;"}) {
        refused(server,
                "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::string(value) + "\r\n\r\nhello");
    }
}

BOOST_AUTO_TEST_CASE(exactly_one_sound_host_is_demanded) {
    const TestServer server;
    refused(server, "GET /hello HTTP/1.1\r\n\r\n");
    refused(server, "GET /hello HTTP/1.0\r\n\r\n");
    refused(server, "GET /hello HTTP/1.1\r\nHost:\r\n\r\n");
    refused(server, "GET /hello HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n");
    refused(server, "GET /hello HTTP/1.1\r\nHost: a/b\r\n\r\n");
    refused(server, "GET /hello HTTP/1.1\r\nHost: a@b\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(header_values_with_encoded_words_or_control_bytes_are_refused) {
    const TestServer server;
    refused(server, withLine("X-A: =?utf-8?q?a=0D=0ASet-Cookie:x=y?="));
    refused(server, withLine(std::string("X-A: a\0b", 8)));
    refused(server, withLine("X-A: a\x01"
                             "b"));
    refused(server, withLine("X-A: a\x7F"
                             "b"));
    refused(server, withLine("X-A: a\rb"));
    refused(server, withLine("X-A: \xFF\xFE"));
}

BOOST_AUTO_TEST_CASE(a_referer_with_an_encoded_word_is_left_out_and_the_request_served) {
    const TestServer server;
    BOOST_TEST(server.ask(withLine("Referer: http://localhost/findings?q=?a?=")).status == 200);
}

BOOST_AUTO_TEST_CASE(malformed_field_lines_are_refused) {
    const TestServer server;
    refused(server, withLine("X-A: a\r\n folded"));
    refused(server, withLine("X-A: a\r\n\tfolded"));
    refused(server, withLine("no colon here"));
    refused(server, withLine("X-A : a"));
    refused(server, withLine(": nameless"));
    refused(server, withLine("X(A): a"));
}

BOOST_AUTO_TEST_CASE(bare_line_feeds_and_carriage_returns_are_refused) {
    const TestServer server;
    refused(server, "GET /hello HTTP/1.1\nHost: a\n\n");
    refused(server, "GET /hello HTTP/1.1\r\nHost: a\r\n\n");
    refused(server, "GET /hello HTTP/1.1\r\nHost: a\nX-A: b\r\n\r\n");
    refused(server, "\n\nGET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(unknown_versions_and_malformed_request_lines_are_refused) {
    const TestServer server;
    refused(server, "GET /hello HTTP/9.9\r\nHost: a\r\n\r\n", 505);
    refused(server, "GET /hello HTTP/2.0\r\nHost: a\r\n\r\n", 505);
    for (const char* line :
         {"GET /hello http/1.1", "GET /hello HTTP/1.10", "GET /hello", "GET  /hello HTTP/1.1",
          "GET /he llo HTTP/1.1", "GET\t/hello HTTP/1.1", "G(T /hello HTTP/1.1", "GET /hello HTTP/1.1 ",
          "GET /h\xC3\xA4 HTTP/1.1", "GET /a#b HTTP/1.1"}) {
        refused(server, std::string(line) + "\r\nHost: a\r\n\r\n");
    }
}

BOOST_AUTO_TEST_CASE(a_tls_greeting_on_the_plain_port_is_refused_at_once) {
    const TestServer server;
    refused(server, std::string("\x16\x03\x01\x02\x00\x01", 6));
}

BOOST_AUTO_TEST_CASE(paths_that_could_mean_two_things_are_refused) {
    const TestServer server;
    for (const char* path :
         {"/files/%00", "/files/../secret", "/files/a/..", "/files/%2e%2e/secret", "/./hello", "/files/a%2Fb",
          "/files/a%2fb", "/files/a%5Cb", "/files/a\\b", "/files/%zz", "/files/%4", "/files/%", "/files/%FF",
          "/files/%C0%AF", "/files/a%0Ab", "/files/%ED%A0%80"}) {
        refused(server, get(path));
    }
    for (const char* query : {"/hello?a=%", "/hello?a=%00", "/hello?a=%FF", "/hello?%zz=1"}) {
        refused(server, get(query));
    }
}

BOOST_AUTO_TEST_CASE(an_absolute_target_must_be_our_own) {
    const TestServer server;
    BOOST_TEST(server.ask("GET http://localhost/hello HTTP/1.1\r\nHost: LOCALHOST\r\n\r\n").status == 200);
    refused(server, "GET http://other/hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
    refused(server, "GET https://localhost/hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
    refused(server, "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    refused(server, "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(caps_on_the_head_hold) {
    const TestServer server;
    refused(server, get("/hello?" + std::string(9000, 'a')), 414);
    refused(server, withLine("X-A: " + std::string(8100, 'a')), 431);
    std::string many;
    for (int i = 0; i < 101; ++i) many += "X-" + std::to_string(i) + ": a\r\n";
    refused(server, get("/hello", many), 431);
    std::string large;
    for (int i = 0; i < 10; ++i) large += "X-" + std::to_string(i) + ": " + std::string(4000, 'a') + "\r\n";
    refused(server, get("/hello", large), 431);
    refused(server, "GET /" + std::string(40000, 'a'), 431);
}

BOOST_AUTO_TEST_CASE(an_expectation_other_than_100_continue_is_refused) {
    const TestServer server;
    refused(server, post("/echo", "hello", "Expect: tea\r\n"), 417);
}

BOOST_AUTO_TEST_CASE(what_is_allowed_passes) {
    const TestServer server;
    const Answer answer = server.ask(get("/things/%C3%A4%20b?x=1+2&y=%3D&x=%C3%BC",
                                         "Cookie: a=1; sid=s3\r\nX-A: \xC3\xA4 \t\r\nX-A: b\r\n"));
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(
        answer.body ==
        "GET /things/\xC3\xA4 b q:x=1 2 q:y== q:x=\xC3\xBC p:id=\xC3\xA4 b cookie:s3 plain from 127.0.0.1");
    BOOST_TEST(server.ask("\r\n" + get("/hello")).status == 200);
    BOOST_TEST(server.ask(get("/things/1", "Cookie: sid=a; sid=b\r\n")).has("cookie:none"));
}

BOOST_AUTO_TEST_CASE(a_host_that_is_not_in_the_list_is_misdirected) {
    ServerOptions options;
    options.hostNames = {"tickmark.example", "127.0.0.1"};
    const TestServer server(std::move(options));
    BOOST_TEST(server.ask(get("/hello")).status == 421);
    BOOST_TEST(server.ask("GET /hello HTTP/1.1\r\nHost: Tickmark.example:8080\r\n\r\n").status == 200);
}

BOOST_AUTO_TEST_SUITE_END()

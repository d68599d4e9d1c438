// Connections: bodies, deadlines, keep-alive, parking, caps, stopping.
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <future>
#include <thread>
#include <vector>

#include "http/ServerFixture.h"

namespace {

using namespace std::chrono_literals;
using tickmark::ErrorKind;
using tickmark::http::Router;
using tickmark::http::Server;
using tickmark::http::ServerOptions;
using tickmark::http::test::Answer;
using tickmark::http::test::get;
using tickmark::http::test::post;
using tickmark::http::test::RawClient;
using tickmark::http::test::TestServer;

ServerOptions hasty() {
    ServerOptions options;
    options.threads = 4;
    options.limits.headDeadline = 400ms;
    options.limits.idleDeadline = 400ms;
    options.limits.rateGrace = 400ms;
    options.limits.minimumRate = 100'000;
    options.limits.bufferedBody = 1024;
    return options;
}

/// Waits up to 10 s for the condition.
bool comesTrue(const std::function<bool()>& condition) {
    for (int i = 0; i < 1000; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(10ms);
    }
    return false;
}

std::string lastErrorOf(TestServer& server) {
    const std::scoped_lock lock(server.mutex);
    return server.lastError;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ServerConnection)

BOOST_AUTO_TEST_CASE(a_connection_serves_many_requests) {
    const TestServer server;
    RawClient client = server.client();
    for (int i = 0; i < 50; ++i) {
        BOOST_TEST(client.ask(get("/hello")).body == "hello");
        BOOST_TEST(client.ask(post("/echo", "body " + std::to_string(i))).body ==
                   "body " + std::to_string(i));
    }
    BOOST_TEST(server.server->statistics().accepted == 1U);
    BOOST_TEST(server.server->statistics().requests == 100U);
}

BOOST_AUTO_TEST_CASE(pipelined_requests_are_answered_in_order) {
    const TestServer server;
    RawClient client = server.client();
    client.send(get("/things/1") + post("/echo", "two") + get("/things/3"));
    BOOST_TEST(client.read().has("p:id=1"));
    BOOST_TEST(client.read().body == "two");
    BOOST_TEST(client.read().has("p:id=3"));
}

BOOST_AUTO_TEST_CASE(a_head_that_comes_byte_by_byte_is_read) {
    const TestServer server;
    RawClient client = server.client();
    for (const char c : post("/echo", "abc")) client.send({&c, 1});
    BOOST_TEST(client.read().body == "abc");
}

BOOST_AUTO_TEST_CASE(connection_close_and_http_1_0_end_the_connection) {
    const TestServer server;
    RawClient closing = server.client();
    BOOST_TEST(closing.ask(get("/hello", "Connection: foo, Close\r\n")).has("Connection: close"));
    BOOST_TEST(closing.ends());
    RawClient old = server.client();
    BOOST_TEST(old.ask("GET /hello HTTP/1.0\r\nHost: a\r\n\r\n").body == "hello");
    BOOST_TEST(old.ends());
}

BOOST_AUTO_TEST_CASE(a_slow_head_is_ended_by_one_total_deadline) {
    const TestServer server(hasty());
    RawClient client = server.client();
    const auto began = std::chrono::steady_clock::now();
    // A byte each 50 ms would keep a deadline per read alive for ever.
    bool cut = false;
    for (int i = 0; i < 200 && !cut; ++i) {
        try {
            client.send(i == 0 ? "GET /hello HTTP/1.1\r\nX-A: " : "a");
        } catch (const std::exception&) {
            cut = true;
        }
        std::this_thread::sleep_for(50ms);
        cut = cut || server.server->statistics().timedOut == 1U;
    }
    BOOST_TEST(cut);
    BOOST_TEST((std::chrono::steady_clock::now() - began < 10s));
    BOOST_TEST(client.read().status == 408);
}

BOOST_AUTO_TEST_CASE(silent_and_idle_connections_are_closed_without_a_word) {
    const TestServer server(hasty());
    RawClient silent = server.client();
    RawClient idle = server.client();
    BOOST_TEST(idle.ask(get("/hello")).status == 200);
    BOOST_TEST(silent.ends());
    BOOST_TEST(idle.ends());
}

BOOST_AUTO_TEST_CASE(a_truncated_small_body_never_reaches_its_handler) {
    const TestServer server;
    RawClient client = server.client();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nten bytes.");
    client.finish();
    const Answer answer = client.read();
    BOOST_TEST(answer.status == 400);
    BOOST_TEST(answer.has("/problems/truncated-body"));
    BOOST_TEST(server.afterCalls == 0);
}

BOOST_AUTO_TEST_CASE(a_truncated_streamed_body_is_an_error_of_the_source) {
    TestServer server;
    RawClient client = server.client();
    client.send("POST /store HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nten bytes.");
    client.finish();
    BOOST_TEST(client.read().has("/problems/truncated-body"));
    BOOST_TEST(lastErrorOf(server) == "truncated-body");
}

BOOST_AUTO_TEST_CASE(a_slow_streamed_body_is_given_up) {
    TestServer server(hasty());
    RawClient client = server.client();
    client.send("POST /store HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
    bool ended = false;
    for (int i = 0; i < 100 && !ended; ++i) {
        client.send("x");
        std::this_thread::sleep_for(50ms);
        ended = !lastErrorOf(server).empty();
    }
    BOOST_TEST(lastErrorOf(server) == "slow-body");
    BOOST_TEST(client.read().has("/problems/slow-body"));
}

BOOST_AUTO_TEST_CASE(a_slow_small_body_is_answered_408) {
    const TestServer server(hasty());
    BOOST_TEST(server.ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc").status == 408);
}

BOOST_AUTO_TEST_CASE(a_large_body_arrives_whole_and_the_connection_goes_on) {
    const TestServer server;
    RawClient client = server.client();
    BOOST_TEST(client.ask(post("/store", std::string(5U << 20U, 'x'))).body == std::to_string(5U << 20U));
    BOOST_TEST(client.ask(get("/hello")).body == "hello");
}

BOOST_AUTO_TEST_CASE(an_unread_body_is_never_run_as_a_request) {
    TestServer server;
    // Small: swallowed, the connection goes on. Large: the connection ends. In neither case does /secret run.
    RawClient small = server.client();
    BOOST_TEST(small.ask(post("/denied", get("/secret"))).status == 401);
    BOOST_TEST(small.ask(get("/hello")).body == "hello");
    RawClient large = server.client();
    std::string smuggled;
    while (smuggled.size() < 200'000) smuggled += get("/secret");
    BOOST_TEST(large.ask(post("/denied", smuggled)).status == 401);
    BOOST_TEST(large.ends());
    RawClient unknown = server.client();
    BOOST_TEST(unknown.ask(post("/nowhere", smuggled)).status == 404);
    BOOST_TEST(unknown.ends());
    BOOST_TEST(server.secretCalls == 0);
}

BOOST_AUTO_TEST_CASE(a_body_over_the_cap_is_refused_unread) {
    const TestServer server;
    RawClient client = server.client();
    const Answer answer = client.ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n");
    BOOST_TEST(answer.status == 413);
    BOOST_TEST(answer.has("At most 1048576 bytes."));
    BOOST_TEST(client.ends());
}

BOOST_AUTO_TEST_CASE(a_body_longer_than_declared_is_not_given_to_the_handler) {
    const TestServer server;
    RawClient client = server.client();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello(more)");
    BOOST_TEST(client.read().body == "hello");
    BOOST_TEST(client.read().status == 400);
    BOOST_TEST(client.ends());
}

BOOST_AUTO_TEST_CASE(one_hundred_continue_is_sent_only_when_the_handler_reads) {
    const TestServer server;
    RawClient read = server.client();
    read.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    BOOST_TEST(read.read().status == 100);
    BOOST_TEST(read.ask("hello").body == "hello");
    BOOST_TEST(read.ask(get("/hello")).status == 200);
    RawClient denied = server.client();
    denied.send("POST /denied HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    BOOST_TEST(denied.read().status == 401);
    BOOST_TEST(denied.ends());
}

BOOST_AUTO_TEST_CASE(two_hundred_idle_connections_leave_four_threads_free) {
    ServerOptions options;
    options.threads = 4;
    const TestServer server(std::move(options));
    std::vector<RawClient> idle;
    for (int i = 0; i < 200; ++i) {
        idle.push_back(server.client());
        BOOST_TEST(idle.back().ask(get("/hello")).status == 200);
    }
    BOOST_TEST(server.server->statistics().open == 200U);
    BOOST_TEST(server.ask(get("/hello")).body == "hello");
    for (RawClient& client : idle) BOOST_TEST(client.ask(get("/hello")).body == "hello");
}

BOOST_AUTO_TEST_CASE(half_sent_requests_and_unread_answers_take_no_thread) {
    ServerOptions options;
    options.threads = 2;
    const TestServer server(std::move(options));
    std::vector<RawClient> slow;
    for (int i = 0; i < 20; ++i) {
        slow.push_back(server.client());
        slow.back().send("GET /hello HTTP/1.1\r\nHo");
        slow.push_back(server.client());
        slow.back().send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe");
        slow.push_back(server.client());
        slow.back().send(get(i % 2 == 0 ? "/big" : "/large/50000000"));
    }
    BOOST_TEST(comesTrue([&] { return server.server->statistics().requests >= 40U; }));
    BOOST_TEST(server.ask(get("/hello")).body == "hello");
    slow[0].send("st: a\r\n\r\n");
    BOOST_TEST(slow[0].read().body == "hello");
    slow[1].send("llo");
    BOOST_TEST(slow[1].read().body == "hello");
    BOOST_TEST(slow[2].read().body == std::string(8U << 20U, 'b'));
}

BOOST_AUTO_TEST_CASE(a_reader_that_never_reads_is_ended) {
    ServerOptions options = hasty();
    options.limits.minimumRate = 1'000'000'000;  // the system's buffers alone swallow megabytes
    const TestServer server(std::move(options));
    RawClient client = server.client();
    client.send(get("/large/50000000"));
    BOOST_TEST(comesTrue([&] { return server.server->statistics().timedOut == 1U; }));
}

BOOST_AUTO_TEST_CASE(uploads_leave_threads_for_others) {
    ServerOptions options;
    options.threads = 4;
    const TestServer server(std::move(options));
    std::vector<RawClient> uploads;
    for (int i = 0; i < 3; ++i) {
        uploads.push_back(server.client());
        uploads.back().send("POST /store HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
    }
    BOOST_TEST(comesTrue([&] { return server.server->statistics().running == 3U; }));
    RawClient further = server.client();
    const Answer answer = further.ask("POST /store HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
    BOOST_TEST(answer.status == 503);
    BOOST_TEST(answer.has("Retry-After: 5"));
    BOOST_TEST(server.ask(get("/hello")).status == 200);
}

BOOST_AUTO_TEST_CASE(connections_per_address_are_capped) {
    ServerOptions options;
    options.limits.connectionsPerAddress = 3;
    const TestServer server(std::move(options));
    std::vector<RawClient> open;
    for (int i = 0; i < 3; ++i) {
        open.push_back(server.client());
        BOOST_TEST(open.back().ask(get("/hello")).status == 200);
    }
    RawClient further = server.client();
    BOOST_TEST(further.ends());
    BOOST_TEST(server.server->statistics().refused == 1U);
    BOOST_TEST(open.front().ask(get("/hello", "Connection: close\r\n")).status == 200);
    BOOST_TEST(open.front().ends());
    BOOST_TEST(comesTrue([&] { return server.server->statistics().open == 2U; }));
    BOOST_TEST(server.ask(get("/hello")).status == 200);
}

BOOST_AUTO_TEST_CASE(at_the_cap_the_longest_idle_connection_makes_room) {
    ServerOptions options;
    options.limits.connections = 3;
    const TestServer server(std::move(options));
    std::vector<RawClient> open;
    for (int i = 0; i < 4; ++i) {
        open.push_back(server.client());
        BOOST_TEST(open.back().ask(get("/hello")).status == 200);
        std::this_thread::sleep_for(5ms);
    }
    BOOST_TEST(open.front().ends());
    BOOST_TEST(open[1].ask(get("/hello")).status == 200);
}

BOOST_AUTO_TEST_CASE(sixty_four_clients_at_once_get_their_own_answers) {
    const TestServer server;
    std::vector<std::future<int>> clients;
    for (int i = 0; i < 64; ++i) {
        clients.push_back(std::async(std::launch::async, [&server, i] {
            RawClient client = server.client();
            int right = 0;
            for (int round = 0; round < 20; ++round) {
                const std::string text = std::to_string(i) + "/" + std::to_string(round);
                right += client.ask(post("/echo", text)).body == text ? 1 : 0;
            }
            return right;
        }));
    }
    for (auto& client : clients) BOOST_TEST(client.get() == 20);
    BOOST_TEST(server.server->statistics().requests == 64U * 20U);
}

BOOST_AUTO_TEST_CASE(a_second_server_on_the_port_is_refused_by_name) {
    const TestServer first;
    ServerOptions options;
    options.port = first.server->port();
    const auto second = Server::start(std::move(options), Router());
    BOOST_REQUIRE(!second.ok());
    BOOST_TEST((second.error().kind == ErrorKind::Conflict));
    BOOST_TEST(second.error().type == "port-in-use");
    BOOST_TEST(second.error().message.find("127.0.0.1:" + std::to_string(first.server->port())) !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_address_that_is_not_ours_is_refused) {
    for (const char* address : {"192.0.2.1", "not an address", "localhost"}) {
        ServerOptions options;
        options.address = address;
        const auto server = Server::start(std::move(options), Router());
        BOOST_REQUIRE(!server.ok());
        BOOST_TEST(server.error().type == "listen-address");
    }
}

BOOST_AUTO_TEST_CASE(stopping_lets_a_running_request_finish_and_ends_idle_ones) {
    const TestServer server;
    RawClient idle = server.client();
    BOOST_TEST(idle.ask(get("/hello")).status == 200);
    RawClient running = server.client();
    running.send(get("/slow"));
    BOOST_TEST(comesTrue([&] { return server.server->statistics().running == 1U; }));
    server.server->stop();
    BOOST_TEST(running.read().body == "late");
    BOOST_TEST(running.ends());
    BOOST_TEST(idle.ends());
    BOOST_CHECK_THROW(static_cast<void>(server.client()), std::exception);
    server.server->stop();
}

BOOST_AUTO_TEST_CASE(stopping_cuts_what_does_not_finish_in_time) {
    ServerOptions options;
    options.limits.stopDeadline = 100ms;
    TestServer server(std::move(options));
    RawClient upload = server.client();
    upload.send("POST /store HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
    RawClient download = server.client();
    download.send(get("/large/500000000"));
    BOOST_TEST(comesTrue([&] { return server.server->statistics().requests == 2U; }));
    server.server->stop();
    BOOST_TEST(lastErrorOf(server) == "truncated-body");
    BOOST_TEST(server.server->statistics().open == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

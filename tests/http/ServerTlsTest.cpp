// TLS: handshake, parking, versions, certificates.
#include <Poco/Net/Context.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>

#include "http/ServerFixture.h"

namespace {

using namespace std::chrono_literals;
using Poco::Net::Context;
using tickmark::http::Router;
using tickmark::http::Server;
using tickmark::http::ServerOptions;
using tickmark::http::test::get;
using tickmark::http::test::post;
using tickmark::http::test::RawClient;
using tickmark::http::test::TestServer;

/// A fresh key and self-signed certificate, made by the openssl command, removed at the end.
struct Certificate {
    Certificate()
        : folder(std::filesystem::temp_directory_path() / ("tickmark-tls-" + std::to_string(::getpid()))) {
        std::filesystem::create_directories(folder);
        const std::string command =
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "
            "/CN=localhost -keyout '" +
            key() + "' -out '" + path() + "' 2>/dev/null";
        made = std::system(command.c_str()) == 0;  // NOLINT(cert-env33-c): fixed text of this test
    }
    ~Certificate() { std::filesystem::remove_all(folder); }
    Certificate(const Certificate&) = delete;
    Certificate& operator=(const Certificate&) = delete;
    [[nodiscard]] std::string path() const { return (folder / "cert.pem").string(); }
    [[nodiscard]] std::string key() const { return (folder / "key.pem").string(); }

    std::filesystem::path folder;
    bool made = false;
};

ServerOptions secured(const Certificate& certificate) {
    ServerOptions options;
    options.threads = 4;
    options.tlsCertificate = certificate.path();
    options.tlsKey = certificate.key();
    options.limits.headDeadline = 3s;
    return options;
}

/// A TLS client; `disabled` switches protocol versions off.
RawClient secureClient(const TestServer& server, int disabled = 0) {
    Context::Ptr context = new Context(Context::TLS_CLIENT_USE, "", Context::VERIFY_NONE);
    if (disabled != 0) context->disableProtocols(disabled);
    Poco::Net::SecureStreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", server.server->port()),
                                         context);
    socket.setReceiveTimeout(Poco::Timespan(15, 0));
    return RawClient(socket);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ServerTls)

BOOST_AUTO_TEST_CASE(tls_serves_many_requests_over_one_connection) {
    const Certificate certificate;
    BOOST_REQUIRE(certificate.made);
    const TestServer server(secured(certificate));
    RawClient client = secureClient(server);
    BOOST_TEST(client.ask(get("/things/1")).has(" secure from 127.0.0.1"));
    for (int i = 0; i < 20; ++i) BOOST_TEST(client.ask(get("/hello")).body == "hello");
    client.send(get("/things/2") + post("/echo", std::string(20'000, 'e')) + get("/things/3"));
    BOOST_TEST(client.read().has("p:id=2"));
    BOOST_TEST(client.read().body == std::string(20'000, 'e'));
    BOOST_TEST(client.read().has("p:id=3"));
    BOOST_TEST(client.ask(post("/store", std::string(3'000'000, 'x'))).body == "3000000");
    BOOST_TEST(client.ask(get("/large/20000000")).body.size() == 20'000'000U);
    BOOST_TEST(client.ask(get("/big")).body == std::string(8U << 20U, 'b'));
    BOOST_TEST(client.ask(get("/hello", "Connection: close\r\n")).body == "hello");
    BOOST_TEST(client.ends());
}

BOOST_AUTO_TEST_CASE(idle_and_silent_tls_connections_take_no_thread) {
    const Certificate certificate;
    const TestServer server(secured(certificate));
    std::vector<RawClient> clients;
    for (int i = 0; i < 20; ++i) {
        clients.push_back(secureClient(server));
        BOOST_TEST(clients.back().ask(get("/hello")).status == 200);
        clients.push_back(server.client());
        clients.back().send("\x16\x03");
    }
    BOOST_TEST(secureClient(server).ask(get("/hello")).body == "hello");
    for (std::size_t i = 0; i < clients.size(); i += 2)
        BOOST_TEST(clients[i].ask(get("/hello")).body == "hello");
    // The handshake that never comes ends with the deadline of the head.
    BOOST_TEST(clients[1].ends());
}

BOOST_AUTO_TEST_CASE(versions_below_1_2_are_refused) {
    const Certificate certificate;
    const TestServer server(secured(certificate));
    BOOST_TEST(secureClient(server, Context::PROTO_TLSV1_3).ask(get("/hello")).status == 200);
    BOOST_CHECK_THROW(
        static_cast<void>(
            secureClient(server, Context::PROTO_TLSV1_2 | Context::PROTO_TLSV1_3).ask(get("/hello"))),
        Poco::Exception);
}

BOOST_AUTO_TEST_CASE(a_plain_request_on_the_tls_port_gets_no_page) {
    const Certificate certificate;
    const TestServer server(secured(certificate));
    BOOST_TEST(server.ask(get("/secret")).status != 200);
    BOOST_TEST(server.secretCalls == 0);
    BOOST_TEST(secureClient(server).ask(get("/hello")).status == 200);
}

BOOST_AUTO_TEST_CASE(many_tls_clients_at_once_are_served) {
    const Certificate certificate;
    ServerOptions options = secured(certificate);
    options.threads = 32;  // bodies above 32 KiB hold a thread each while they come in
    const TestServer server(std::move(options));
    std::vector<std::future<int>> clients;
    for (int i = 0; i < 16; ++i) {
        clients.push_back(std::async(std::launch::async, [&server, i] {
            RawClient client = secureClient(server);
            int right = 0;
            for (int round = 0; round < 10; ++round) {
                const std::string text(static_cast<std::size_t>(i * 3000 + round), 'a');
                right += client.ask(post("/echo", text)).body == text ? 1 : 0;
            }
            return right;
        }));
    }
    for (auto& client : clients) BOOST_TEST(client.get() == 10);
}

BOOST_AUTO_TEST_CASE(an_unusable_certificate_is_refused_at_the_start) {
    const Certificate certificate;
    const std::string garbage = (certificate.folder / "garbage.pem").string();
    std::ofstream(garbage) << "no certificate";
    for (const auto& [chain, key] :
         {std::pair(garbage, certificate.key()), std::pair(certificate.path(), garbage),
          std::pair(certificate.path(), std::string("/nonexistent"))}) {
        ServerOptions options;
        options.port = 0;
        options.tlsCertificate = chain;
        options.tlsKey = key;
        const auto server = Server::start(std::move(options), Router());
        BOOST_REQUIRE(!server.ok());
        BOOST_TEST(server.error().type == "tls-certificate");
    }
}

BOOST_AUTO_TEST_SUITE_END()

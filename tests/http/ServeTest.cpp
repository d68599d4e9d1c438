// Where the server may listen, what keeps it from starting, and how it ends.
#include <boost/test/unit_test.hpp>

#include <pthread.h>

#include <Poco/Net/ServerSocket.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "http/ApiFixture.h"
#include "http/ListenAddress.h"
#include "tickmark/app/Initialise.h"
#include "tickmark/storage/DataLock.h"

namespace tickmark::http::test {
namespace {

std::filesystem::path newData(const tickmark::test::TemporaryFolder& folder) {
    app::InitialiseInput input;
    input.root = folder.path() / "data";
    input.organisation = "Test organisation";
    BOOST_REQUIRE(app::initialise(input, SystemClock()).ok());
    return input.root;
}

/// The route of the last line that the access log has so far.
bool logHasLines(const std::filesystem::path& data) {
    std::ifstream log(data / "log" / "access.log");
    std::string line;
    return static_cast<bool>(std::getline(log, line));
}

std::uint16_t freePort() {
    Poco::Net::ServerSocket socket(Poco::Net::SocketAddress("127.0.0.1", 0));
    return socket.address().port();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(serving)

BOOST_AUTO_TEST_CASE(listen_addresses_are_numeric_and_know_whether_they_are_private) {
    const auto parsed = [](const char* text) {
        const auto listen = ListenAddress::parse(text);
        if (!listen) return std::string("refused");
        return listen->host() + "|" + std::to_string(listen->port) +
               (listen->isLoopback() ? "|private" : "|open");
    };
    BOOST_TEST(parsed("127.0.0.1:8080") == "127.0.0.1|8080|private");
    BOOST_TEST(parsed("localhost:80") == "127.0.0.1|80|private");
    BOOST_TEST(parsed("[::1]:8080") == "[::1]|8080|private");
    BOOST_TEST(parsed("0.0.0.0:0") == "0.0.0.0|0|open");
    BOOST_TEST(parsed("[::]:443") == "[::]|443|open");
    for (const char* bad : {"", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536",
                            "127.0.0.1:-1", "::1:8080", "[127.0.0.1]:1", "example.org:80", "127.0.0.1:80 "}) {
        BOOST_TEST_CONTEXT(bad) BOOST_TEST(parsed(bad) == "refused");
    }
}

BOOST_AUTO_TEST_CASE(passwords_do_not_cross_the_network_without_tls) {
    const tickmark::test::TemporaryFolder folder;
    const auto served = serve(newData(folder), "0.0.0.0:0");
    BOOST_REQUIRE(!served.ok());
    BOOST_TEST(served.error().type == "tls-needed");
    BOOST_TEST((served.error().kind == ErrorKind::Refused));
}

BOOST_AUTO_TEST_CASE(a_second_server_on_the_same_data_or_port_does_not_start) {
    const tickmark::test::TemporaryFolder folder;
    const auto data = newData(folder);
    {
        const auto first = storage::DataLock::serving(data);
        BOOST_REQUIRE(first.ok());
        const auto served = serve(data, "127.0.0.1:0");
        BOOST_REQUIRE(!served.ok());
        BOOST_TEST(served.error().type == "already-served");
    }
    Poco::Net::ServerSocket taken(Poco::Net::SocketAddress("127.0.0.1", 0));
    const auto served = serve(data, "127.0.0.1:" + std::to_string(taken.address().port()));
    BOOST_REQUIRE(!served.ok());
    BOOST_TEST(served.error().type == "port-in-use");
}

BOOST_AUTO_TEST_CASE(a_signal_ends_it_and_the_data_can_be_served_again) {
    const tickmark::test::TemporaryFolder folder;
    const auto data = newData(folder);
    for (const int signal : {SIGTERM, SIGINT}) {
        const std::uint16_t port = freePort();
        std::string outcome = "still running";
        std::thread server([&] {
            const auto served = serve(data, "127.0.0.1:" + std::to_string(port));
            outcome = served ? "ended" : describe(served.error());
        });
        bool answered = false;
        for (int i = 0; i < 200 && !answered; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            try {
                answered = Client{port, {}, {}, {}}.get("/healthz").status == 200;
            } catch (const std::exception&) {
                continue;
            }
        }
        pthread_kill(server.native_handle(), signal);
        server.join();
        BOOST_TEST(answered);
        BOOST_TEST(outcome == "ended");
    }
    BOOST_TEST(logHasLines(data));
}

BOOST_AUTO_TEST_CASE(a_name_that_points_here_from_elsewhere_is_not_answered) {
    const tickmark::test::TemporaryFolder folder;
    const auto data = newData(folder);
    const std::uint16_t port = freePort();
    std::thread server([&] { BOOST_TEST(serve(data, "127.0.0.1:" + std::to_string(port)).ok()); });
    int own = 0;
    int foreign = 0;
    for (int i = 0; i < 200 && own == 0; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        try {
            own = RawClient(port).ask("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").status;
            foreign = RawClient(port).ask("GET /healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n").status;
        } catch (const std::exception&) {
            continue;
        }
    }
    pthread_kill(server.native_handle(), SIGTERM);
    server.join();
    BOOST_TEST(own == 200);
    BOOST_TEST(foreign == 421);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test

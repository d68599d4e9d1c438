// A running server with test routes, and a raw client that sees every byte.
#pragma once

#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/http/server/Server.h"

namespace tickmark::http::test {

/// What a client read of one answer.
struct Answer {
    int status = 0;
    std::string head{};
    std::string body{};
    [[nodiscard]] bool has(std::string_view text) const {
        return head.find(text) != std::string::npos || body.find(text) != std::string::npos;
    }
};

/// A client that sends exactly the bytes it is given.
class RawClient {
  public:
    explicit RawClient(std::uint16_t port);
    explicit RawClient(Poco::Net::StreamSocket socket) : m_socket(std::move(socket)) {}
    void send(std::string_view bytes);
    /// Ends the sending direction.
    void finish() { m_socket.shutdownSend(); }
    /// Reads one answer by its Content-Length; status 0 when the connection ended before its head.
    [[nodiscard]] Answer read(bool headOnly = false);
    /// Whether the server ends the connection (waits up to 15 s for it) without sending any more.
    [[nodiscard]] bool ends();
    /// send, then read.
    [[nodiscard]] Answer ask(std::string_view bytes) {
        send(bytes);
        return read();
    }

  private:
    [[nodiscard]] bool fill();
    Poco::Net::StreamSocket m_socket{};
    std::string m_buffer{};
};

/// The server and what its handlers saw.
struct TestServer {
    TestServer() : TestServer(ServerOptions{}) {}
    explicit TestServer(ServerOptions options);
    [[nodiscard]] RawClient client() const { return RawClient(server->port()); }
    [[nodiscard]] Answer ask(std::string_view bytes) const { return client().ask(bytes); }

    std::atomic<int> secretCalls{0};  ///< how often /secret ran
    std::atomic<int> afterCalls{0};   ///< how often the after-hook ran
    std::mutex mutex{};               ///< guards the two below
    std::vector<std::string> logged{};
    std::string lastError{};           ///< type of the error the last body reader met
    std::unique_ptr<Server> server{};  ///< last: its threads use the members above
};

/// `GET path` with Host and the extra header lines, each ending with CR LF.
[[nodiscard]] std::string get(std::string_view path, std::string_view extra = {});
/// A POST with Content-Length.
[[nodiscard]] std::string post(std::string_view path, std::string_view body, std::string_view extra = {});

}  // namespace tickmark::http::test

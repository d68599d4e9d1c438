// The HTTP/1.1 server: connections, limits, TLS. A connection takes a thread only while its request runs.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/foundation/Result.h"
#include "tickmark/http/server/Request.h"
#include "tickmark/http/server/Response.h"
#include "tickmark/http/server/Router.h"

namespace tickmark::http {

/// Bounds that hold against slow, greedy and broken clients.
struct ServerLimits {
    std::size_t connections = 4096;            ///< open at once; at the cap the longest idle one is closed
    std::size_t connectionsPerAddress = 1024;  ///< open at once from one peer address
    std::size_t headBytes = 32U * 1024U;       ///< request line and header fields
    std::size_t headFields = 100;
    std::size_t targetBytes = 8U * 1024U;
    std::chrono::milliseconds headDeadline{
        10'000};  ///< from the first byte (from accepting, for the first
                  ///< request) to the end of the head, TLS handshake included
    std::chrono::milliseconds idleDeadline{60'000};  ///< how long a connection may wait between requests
    std::size_t bufferedBody = 32U * 1024U;          ///< bodies up to this are read before a thread is taken
    std::uint64_t minimumRate = 1024;  ///< bytes a second of waiting, for bodies in and answers out
    std::chrono::milliseconds rateGrace{10'000};        ///< waiting allowed before the rate counts
    std::chrono::milliseconds bodyDeadline{3'600'000};  ///< one body in, or one answer out, altogether
    std::chrono::milliseconds stopDeadline{10'000};     ///< how long stop() lets running requests finish
};

/// Functions around every handler. Each may be empty. They run on worker threads, many at once.
struct ServerHooks {
    /// Before the handler, only for matched routes: sign-in, roles, CSRF. An answer ends the request here.
    std::function<std::optional<Response>(Request&, const Route&)> before{};
    /// For every answer to a request whose head was sound: security headers, metrics, access log.
    std::function<void(Request&, Response&)> after{};
    /// Shapes the answers the server itself gives (404, 405, 413, 500 ...), e.g. as a page when the client
    /// wants HTML. Nothing means the problem document.
    std::function<std::optional<Response>(Request&, const Error&, int status)> failure{};
    /// Takes what must only stand in the log: the id of the request and the internal text.
    std::function<void(std::string_view requestId, std::string_view text)> log{};
};

struct ServerOptions {
    std::string address = "127.0.0.1";       ///< numeric IPv4 or IPv6 address
    std::uint16_t port = 8080;               ///< 0 takes a free one
    unsigned threads = 64;                   ///< running requests at once; threads start when needed
    std::size_t stackBytes = 1024U * 1024U;  ///< of each thread; touched pages only count
    std::string tlsCertificate{};            ///< PEM file with the chain; empty serves plain HTTP
    std::string tlsKey{};                    ///< PEM file, not encrypted
    std::vector<std::string>
        hostNames{};  ///< when not empty, Host must be one of them (port ignored): 421 else
    ServerLimits limits{};
    ServerHooks hooks{};
};

/// Figures since the start, for metrics.
struct ServerStatistics {
    std::uint64_t accepted = 0;   ///< connections
    std::uint64_t refused = 0;    ///< connections closed by a cap
    std::uint64_t requests = 0;   ///< heads that were sound
    std::uint64_t malformed = 0;  ///< heads that were refused
    std::uint64_t timedOut = 0;   ///< connections ended by a deadline
    std::uint64_t open = 0;       ///< connections now
    std::uint64_t running = 0;    ///< requests now
};

class Server {
  public:
    /// Binds, listens and starts the threads. Errors: Conflict "port-in-use" naming the address; Invalid
    /// "listen-address"; Invalid "tls-certificate" when certificate or key cannot be used.
    [[nodiscard]] static Result<std::unique_ptr<Server>> start(ServerOptions options, Router router);

    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    virtual ~Server() = default;

    /// The port that was bound.
    [[nodiscard]] virtual std::uint16_t port() const = 0;
    /// Stops accepting, closes idle connections, lets running requests finish until limits.stopDeadline, then
    /// cuts their connections and waits for their handlers to return. May be called twice; the destructor
    /// calls it.
    virtual void stop() = 0;
    [[nodiscard]] virtual ServerStatistics statistics() const = 0;
    [[nodiscard]] virtual const Router& router() const = 0;

  protected:
    Server() = default;
};

}  // namespace tickmark::http

// What all connections of one server share.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "tickmark/http/server/Server.h"

namespace tickmark::http {

struct Counters {
    std::atomic<std::uint64_t> accepted{0};
    std::atomic<std::uint64_t> refused{0};
    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> malformed{0};
    std::atomic<std::uint64_t> timedOut{0};
    std::atomic<std::uint64_t> running{0};
    std::atomic<std::uint64_t> streaming{0};  ///< running requests whose body still comes in
};

/// Options, routes and figures. Only the atomics change after the start.
class Core {
  public:
    Core(ServerOptions options, Router router);

    [[nodiscard]] const ServerOptions& options() const noexcept { return m_options; }
    [[nodiscard]] const ServerLimits& limits() const noexcept { return m_options.limits; }
    [[nodiscard]] const Router& router() const noexcept { return m_router; }
    [[nodiscard]] Counters& counters() noexcept { return m_counters; }
    [[nodiscard]] const Counters& counters() const noexcept { return m_counters; }

    /// A request id: a random part of this server's life and a running number.
    [[nodiscard]] std::string nextId();
    void log(std::string_view requestId, std::string_view text) const noexcept;
    /// Running requests that may wait for bodies at once; the other threads stay free for the rest of the
    /// world.
    [[nodiscard]] std::uint64_t mostStreaming() const noexcept;

    [[nodiscard]] bool stopping() const noexcept { return m_stopping.load(std::memory_order_relaxed); }
    void setStopping() noexcept { m_stopping.store(true, std::memory_order_relaxed); }

  private:
    ServerOptions m_options;
    Router m_router;
    Counters m_counters{};
    std::string m_life{};
    std::atomic<std::uint64_t> m_lastId{0};
    std::atomic<bool> m_stopping{false};
};

}  // namespace tickmark::http
